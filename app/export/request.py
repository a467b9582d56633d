"""What is to be exported, as one frozen description; and whether that can be done, as a sentence."""

import math
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.export.formats import FORMATS, Format, Kind
from app.export.moments import Every, Moments
from app.export.recording import Recording
from app.look.theme import LIGHT, THEMES, Theme
from app.panels import PANELS
from backprop import Cursor, Experiment

translate = QCoreApplication.translate

#: Sizes to choose from, as (width, height) in pixels; the last is for slides.
SIZES: tuple[tuple[int, int], ...] = ((800, 600), (1280, 720), (1920, 1080), (3840, 2160), (1080, 1080))
SMALLEST, LARGEST = 160, 4320
SHORTEST_MS, LONGEST_MS = 20, 60_000
MOST_FRAMES = 10_000
COLOURS = ("auto", "viridis", "diverging")
#: What the composed picture shows.
COMPOSED = ("network", "loss", "weights")


class RequestError(Exception):
    """A request that cannot be carried out: a translated sentence; ``field`` names what to mend in ExportRequest."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class ExportRequest:
    """One file to be exported.

    ``views`` are names in PANELS; several make one composed picture. Of ``moments`` an animation shows all, a picture
    the last of the range, and a table one row each. ``size`` is (width, height) in pixels. Each frame is shown for
    ``frame_ms``, the last one ``hold_ms`` longer. ``theme`` is a name in THEMES, ``colours`` one of COLOURS, for
    matrices. ``caption`` may be empty. The suffix of ``target`` names the format, in FORMATS.
    """

    target: Path
    views: tuple[str, ...] = ("weights",)
    moments: Moments = field(default_factory=Moments)
    size: tuple[int, int] = SIZES[0]
    frame_ms: int = 100
    hold_ms: int = 1000
    theme: str = LIGHT.name
    colours: str = "auto"
    caption: str = ""

    @property
    def format_name(self) -> str:
        """The format's name in FORMATS, or whatever else the target ends with."""
        return self.target.suffix.removeprefix(".").lower()

    @property
    def format(self) -> Format:
        """The format; raises KeyError before ``check`` has agreed."""
        return FORMATS[self.format_name]

    @property
    def ratio(self) -> float:
        """How many pixels of the picture make one of a panel: in large pictures, letters and lines are larger, too."""
        width, height = self.size
        return max(1.0, math.floor(2 * min(width / 1280, height / 720)) / 2)

    @property
    def colour_theme(self) -> Theme:
        """The theme; raises KeyError before ``check`` has agreed."""
        return THEMES[self.theme]

    def check(self, run: Recording | Experiment | None = None) -> None:
        """Raise RequestError for the first thing that makes no sense in itself or, if given, for ``run``."""
        self._check_format()
        self._check_views(run.experiment if isinstance(run, Recording) else run)
        self._check_numbers()
        self._check_target()

    def cursors(self, recording: Recording) -> list[Cursor]:
        """Return the moments to be shown, at least one. May take a tenth of a second. Raises RequestError."""
        if self.format.kind is Kind.PICTURE:
            return [self.moments.last_cursor(recording)]
        cursors = self.moments.cursors(recording)
        if not cursors:
            raise RequestError(
                "moments",
                translate(
                    "ExportRequest",
                    "There is nothing to export, because no epoch, batch or phase of that size is complete between "
                    "these moments; choose a smaller unit or a longer range, or play on.",
                ),
            )
        if len(cursors) > MOST_FRAMES and self.format.kind is Kind.ANIMATION:
            raise RequestError(
                "moments",
                translate(
                    "ExportRequest", "This would be {count} frames, and {most} are possible; show fewer of the moments."
                ).format(count=f"{len(cursors):,}", most=f"{MOST_FRAMES:,}"),
            )
        return cursors

    # --- what can be wrong

    def _check_format(self) -> None:
        if self.format_name not in FORMATS:
            sentence = translate(
                "ExportRequest",
                "{file} does not end like a file that can be exported; end it with one of these: {suffixes}.",
            )
            suffixes = ", ".join(f".{name}" for name in FORMATS)
            raise RequestError("target", sentence.format(file=self.target.name, suffixes=suffixes))
        if (missing := self.format.unavailable()) is not None:
            raise RequestError("target", missing)

    def _check_views(self, experiment: Experiment | None) -> None:
        if self.format.kind is Kind.TABLE:
            return
        if not self.views:
            raise RequestError("views", translate("ExportRequest", "No view is chosen; choose at least one."))
        for view in self.views:
            if view not in PANELS:
                sentence = translate("ExportRequest", "There is no view named {view}; choose from {views}.")
                raise RequestError("views", sentence.format(view=view, views=", ".join(PANELS)))
            if self.views.count(view) > 1:
                raise RequestError(
                    "views", translate("ExportRequest", "The view {view} is chosen twice.").format(view=view)
                )
            if experiment is not None and not PANELS[view].suits(experiment):
                sentence = translate(
                    "ExportRequest", "The view {view} has nothing to show of this run; choose another one."
                )
                raise RequestError("views", sentence.format(view=view))

    def _check_numbers(self) -> None:
        for side in self.size:
            if not SMALLEST <= side <= LARGEST:
                sentence = translate(
                    "ExportRequest",
                    "No picture of {width} x {height} can be made; choose sides of {least} to {most} pixels.",
                )
                raise RequestError(
                    "size", sentence.format(width=self.size[0], height=self.size[1], least=SMALLEST, most=LARGEST)
                )
            if side % 2 and self.format.even_sides:
                sentence = translate(
                    "ExportRequest", "A video has an even width and height; choose {width} x {height}."
                )
                width, height = (side + side % 2 for side in self.size)
                raise RequestError("size", sentence.format(width=width, height=height))
        if not SHORTEST_MS <= self.frame_ms <= LONGEST_MS:
            sentence = translate("ExportRequest", "A frame cannot last {ms} ms; choose {least} to {most} ms.")
            raise RequestError(
                "frame_ms", sentence.format(ms=f"{self.frame_ms:,}", least=SHORTEST_MS, most=f"{LONGEST_MS:,}")
            )
        if not 0 <= self.hold_ms <= LONGEST_MS:
            sentence = translate("ExportRequest", "The last frame cannot stay {ms} ms longer; choose 0 to {most} ms.")
            raise RequestError("hold_ms", sentence.format(ms=f"{self.hold_ms:,}", most=f"{LONGEST_MS:,}"))
        if self.theme not in THEMES:
            sentence = translate("ExportRequest", "There is no theme named {theme}; choose {themes}.")
            raise RequestError("theme", sentence.format(theme=self.theme, themes=", ".join(THEMES)))
        if self.colours not in COLOURS:
            sentence = translate("ExportRequest", "There is no colour map named {name}; choose {names}.")
            raise RequestError("colours", sentence.format(name=self.colours, names=", ".join(COLOURS)))
        spacing = self.moments.spacing
        if (spacing.count if isinstance(spacing, Every) else spacing.frames) < 1:
            raise RequestError(
                "moments",
                translate(
                    "ExportRequest",
                    "No moments can be chosen so; show every first, second ... moment, and at least one.",
                ),
            )

    def _check_target(self) -> None:
        if self.target.is_dir():
            sentence = translate("ExportRequest", "{target} is a folder; give the name of a file.")
            raise RequestError("target", sentence.format(target=self.target))
        if not self.target.parent.is_dir():
            sentence = translate(
                "ExportRequest", "The folder {folder} does not exist; create it or choose another one."
            )
            raise RequestError("target", sentence.format(folder=self.target.parent))

"""ExportForm: all that is chosen of an export, one row each, and the request that it comes to."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from app.export.formats import FORMATS, Kind
from app.export.request import COLOURS, COMPOSED, ExportRequest
from app.export_dialog.moments_field import MomentsField
from app.export_dialog.remembered import Remembered, Spacing
from app.export_dialog.rows import NumberField, Rows, side_by_side
from app.export_dialog.size_field import SizeField
from app.export_dialog.target_field import TargetField
from app.look.theme import DARK, LIGHT
from app.panels import PANELS
from app.panels.experiment.fields import Choice
from app.run.pace import Unit
from app.settings import Settings
from app.wording import Term
from backprop import Experiment


class ExportForm(Rows):
    """The rows; each is named after the field of ExportRequest that it sets, or "format"."""

    # Sent when a person has chosen something else.
    changed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.view = Choice()
        self.moments = MomentsField()
        self.size_field = SizeField()
        self.frame_ms, self.hold_ms = NumberField(suffix=" ms"), NumberField(suffix=" ms")
        self.look, self.colours = Choice(), Choice()
        self.caption = QLineEdit()
        self.target = TargetField(settings)
        self._offer()
        self._add_rows()
        self._connect()

    def _offer(self) -> None:
        for theme, label, hint in (
            (LIGHT, self.tr("Light"), self.tr("For paper, and for light slides.")),
            (DARK, self.tr("Dark"), self.tr("For dark slides.")),
        ):
            self.look.offer(theme.name, Term(label, hint))
        labels = {
            "auto": Term(
                self.tr("As suits the view"), self.tr("Weights in viridis; gradients and changes around zero.")
            ),
            "viridis": Term(self.tr("Viridis"), self.tr("From the smallest to the largest value, dark to bright.")),
            "diverging": Term(self.tr("Around zero"), self.tr("One colour for negative values, one for positive.")),
        }
        for name in COLOURS:
            self.colours.offer(name, labels[name])
        self.frame_ms.setSingleStep(20)
        self.hold_ms.setSingleStep(500)
        self.caption.setPlaceholderText(self.tr("None"))

    def _add_rows(self) -> None:
        add = self.add
        add("views", self.tr("View"), self.view, self.tr("One panel, or a picture composed of three."))
        add(
            "moments",
            self.tr("Moments"),
            self.moments,
            self.tr("Which part of the run, and which moments of it get a frame."),
            self.moments.inputs,
        )
        add("size", self.tr("Size"), self.size_field, self.tr("In pixels."), self.size_field.inputs)
        add(
            "frame_ms",
            self.tr("Each frame"),
            side_by_side(self.frame_ms, None),
            self.tr("How long a frame is shown; formats round it to hundredths of a second or less."),
            (self.frame_ms,),
        )
        add(
            "hold_ms",
            self.tr("Hold the last"),
            side_by_side(self.hold_ms, None),
            self.tr("How much longer the last frame stays, before the animation begins again."),
            (self.hold_ms,),
        )
        add("theme", self.tr("Colours"), self.look, self.tr("Light or dark, whatever the window is."))
        add("colours", self.tr("Matrices"), self.colours, self.tr("How numbers become colours in matrices."))
        add("caption", self.tr("Caption"), self.caption, self.tr("A line above the picture, such as its message."))
        add("format", self.tr("Format"), self.target.format, self.tr("GIF moves everywhere; videos are smaller."))
        add(
            "target",
            self.tr("File"),
            self.target,
            self.tr("Where the file goes; its ending names the format."),
            (self.target.path,),
        )
        self.finish()

    def _connect(self) -> None:
        for choice in (self.view, self.look, self.colours):
            choice.chosen.connect(self.changed)
        for part in (self.moments, self.size_field, self.target):
            part.changed.connect(self.changed)
        for number in (self.frame_ms, self.hold_ms):
            number.valueChanged.connect(self.changed)
        self.caption.textChanged.connect(self.changed)

    # --- what is chosen

    def request(self) -> ExportRequest:
        """Return what is chosen, whether or not it can be exported."""
        return ExportRequest(
            self.target.target(),
            self.views(),
            self.moments.moments(),
            self.size_field.size_chosen(),
            self.frame_ms.value(),
            self.hold_ms.value(),
            str(self.look.key()),
            str(self.colours.key()),
            self.caption.text().strip(),
        )

    def views(self) -> tuple[str, ...]:
        """Return the names of the panels that are shown."""
        views = self.view.key()
        return tuple(views) if isinstance(views, tuple | list) else ()

    def kind(self) -> Kind:
        """Return what a file of the chosen format shows."""
        entry = FORMATS.get(str(self.target.format.key()))
        return entry.kind if entry is not None else Kind.ANIMATION

    def offer_what_belongs(self) -> None:
        """Show the rows that mean something for the chosen format, and hide the others."""
        kind = self.kind()
        self.moments.set_kind(kind)
        for field in ("frame_ms", "hold_ms"):
            self.set_offered(field, kind is Kind.ANIMATION)
        for field in ("views", "size", "theme", "colours", "caption"):
            self.set_offered(field, kind is not Kind.TABLE)

    def propose_name(self, dataset: str) -> None:
        """Propose a name for the file: of the data set and of what is shown."""
        views = self.views()
        shown = "metrics" if self.kind() is Kind.TABLE else views[0] if len(views) == 1 else "run"
        self.target.propose(f"{dataset}-{shown}")

    def offer_views(self, experiment: Experiment, titles: Mapping[str, str]) -> None:
        """Offer the panels that have something to show of a run of ``experiment``, by their translated ``titles``."""
        chosen = self.view.key()
        self.view.clear()
        self.view.offer(
            COMPOSED,
            Term(self.tr("Network, loss and matrices"), self.tr("A picture composed of three panels.")),
        )
        for name, entry in PANELS.items():
            if entry.suits(experiment):
                self.view.offer((name,), Term(titles.get(name) or name, ""))
        self.view.set_key(("weights",))
        self.view.set_key(chosen)

    # --- what is remembered

    def choices(self) -> Remembered:
        """Return what is chosen and suits another run too."""
        spacing, unit = self.moments.spacing.key(), self.moments.unit.key()
        assert isinstance(spacing, Spacing)
        assert isinstance(unit, Unit)
        return Remembered(
            self.views(),
            spacing,
            self.moments.count.value(),
            unit,
            self.moments.frames.value(),
            self.size_field.size_chosen(),
            self.frame_ms.value(),
            self.hold_ms.value(),
            str(self.look.key()),
            str(self.colours.key()),
            str(self.target.format.key()),
        )

    def show_choices(self, choices: Remembered) -> None:
        """Choose what was chosen before."""
        self.view.offer(choices.views, Term("", ""))  # until the run tells which views there are
        self.moments.show_spacing(choices.spacing, choices.count, choices.unit, choices.frames)
        self.size_field.set_size(choices.size)
        self.frame_ms.setValue(choices.frame_ms)
        self.hold_ms.setValue(choices.hold_ms)
        self.look.set_key(choices.theme)
        self.colours.set_key(choices.colours)
        self.target.format.set_key(choices.format_name)

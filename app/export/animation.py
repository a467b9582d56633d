"""An animation to be exported: its file name, how long a frame lasts, and how to draw each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from app.export.formats import FORMATS, Format
from app.export.formats.timing import Timing
from app.export.steps import Steps


class DrawingError(Exception):
    """A frame could not be drawn; the cause is chained."""


def _itself(value: Any) -> Any:
    return value


@dataclass(frozen=True, eq=False)
class Animation:
    """What one exported file shows.

    A frame is made of an index from 0 to ``frame_count`` - 1: ``compute`` may take long, and is called ahead of time in
    any one thread; ``frames`` draws the picture of what it has returned, in steps, on the thread that the panels live
    on; and ``finish`` makes of the drawing what the format writes, in any one thread. The first two are called for a
    few sample frames first, then for the others in order. ``file_name`` has no folder; its suffix names the format.
    """

    file_name: str
    frames: Callable[[Any], Steps[Any]]
    frame_count: int
    duration_ms: int
    hold_ms: int = 0
    compute: Callable[[int], Any] = _itself
    finish: Callable[[Any], Any] = _itself

    def __post_init__(self) -> None:
        if self.file_name != PurePath(self.file_name).name:
            raise ValueError(f"not a file name: {self.file_name!r}")
        if self.frame_count < 1:
            raise ValueError("an animation needs at least one frame")
        if self.suffix not in FORMATS:
            raise ValueError(f"no such format: {self.suffix!r}; there are {', '.join(FORMATS)}")

    @property
    def suffix(self) -> str:
        """The format's name in FORMATS."""
        return PurePath(self.file_name).suffix.removeprefix(".").lower()

    @property
    def format(self) -> Format:
        """The format of the file."""
        return FORMATS[self.suffix]

    @property
    def timing(self) -> Timing:
        """How long its frames are shown."""
        return Timing(self.frame_count, self.duration_ms, self.hold_ms)

    @property
    def samples(self) -> list[int]:
        """The indices of the frames that a format may choose its colours from, ascending."""
        return sorted({0, self.frame_count // 2, self.frame_count - 1})


def compute(animations: Sequence[Animation]) -> Iterator[Any]:
    """Compute, when the next is asked for, what each frame is drawn from, in the order of draw. Raises DrawingError."""
    for animation in animations:
        samples = animation.samples
        for index in [*samples, *(index for index in range(animation.frame_count) if index not in samples)]:
            try:
                yield animation.compute(index)
            except Exception as error:
                raise DrawingError(f"frame {index} of {animation.file_name}") from error


def draw(animations: Sequence[Animation], computed: Iterator[Any] | None = None) -> Iterator[Any]:
    """Draw, when the next is asked for, each animation's samples and then all its frames, none of them finished.

    Yields None after each step on the way to one. ``computed`` has what compute yields. Every frame is drawn once.
    Raises DrawingError.
    """
    computed = compute(animations) if computed is None else computed
    for animation in animations:
        kept: dict[int, Any] = {}
        for index in animation.samples:
            kept[index] = yield from _draw(animation, index, next(computed))
            yield kept[index]
        for index in range(animation.frame_count):
            if index in kept:
                yield kept.pop(index)
            else:
                drawn = yield from _draw(animation, index, next(computed))
                yield drawn


def _draw(animation: Animation, index: int, computed: Any) -> Steps[Any]:
    try:
        drawn = yield from animation.frames(computed)
        return drawn
    except Exception as error:
        raise DrawingError(f"frame {index} of {animation.file_name}") from error

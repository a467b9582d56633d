"""An animation to be exported: its file name, how long a frame lasts, and how to draw each."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from app.export.formats import FORMATS, Writer
from app.export.frame import Frame


class DrawingError(Exception):
    """A frame could not be drawn; the cause is chained."""


@dataclass(frozen=True, eq=False)
class Animation:
    """What one exported file shows.

    ``frames`` draws the picture of an index from 0 to ``frame_count`` - 1, and is called on the
    thread that the panels live on: for a few sample frames first, then for the others in order.
    ``file_name`` has no folder; its suffix names the format.
    """

    file_name: str
    frames: Callable[[int], Frame]
    frame_count: int
    duration_ms: int

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
    def writer(self) -> Writer:
        """What writes the file."""
        return FORMATS[self.suffix]

    @property
    def samples(self) -> list[int]:
        """The indices of the frames that a format may choose its colours from, ascending."""
        return sorted({0, self.frame_count // 2, self.frame_count - 1})


def draw(animations: Sequence[Animation]) -> Iterator[Frame]:
    """Draw, when the next is asked for, each animation's samples and then all its frames.

    Every frame is drawn once. Raises DrawingError.
    """
    for animation in animations:
        kept: dict[int, Frame] = {}
        for index in animation.samples:
            kept[index] = _draw(animation, index)
            yield kept[index]
        for index in range(animation.frame_count):
            frame = kept.pop(index, None)
            yield _draw(animation, index) if frame is None else frame


def _draw(animation: Animation, index: int) -> Frame:
    try:
        return animation.frames(index)
    except Exception as error:
        raise DrawingError(f"frame {index} of {animation.file_name}") from error

"""What changes from frame to frame: only that has to be encoded."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.export.formats.frame import Frame, check_frame
from app.export.formats.timing import Timing


@dataclass(frozen=True, eq=False)
class Change:
    """``pixels``, at ``left`` and ``top`` of the picture, replace what was there, and stay for ``duration_ms``.

    ``new`` tells which of them differ, shape (height, width).
    """

    left: int
    top: int
    pixels: Frame
    new: NDArray[np.bool_]
    duration_ms: int


def changes(frames: Iterable[Frame], timing: Timing) -> Iterator[Change]:
    """Yield for each frame the smallest rectangle with all that is new in it; for the first, the whole picture.

    There is one for every frame: without a difference it is a single pixel. Raises ValueError for frames that are none,
    or of different sizes.
    """
    before: Frame | None = None
    for index, frame in enumerate(frames):
        check_frame(frame, None if before is None else before.shape)
        new = np.ones(frame.shape[:2], np.bool_)
        if before is not None:
            np.any(frame != before, axis=2, out=new)
        place = (_extent(new, axis=1), _extent(new, axis=0))
        yield Change(place[1].start, place[0].start, frame[place], new[place], timing.duration_ms(index))
        before = frame


def _extent(marked: NDArray[np.bool_], axis: int) -> slice:
    places = np.flatnonzero(np.any(marked, axis=axis))
    return slice(int(places[0]), int(places[-1]) + 1) if len(places) else slice(0, 1)

"""The WebP writer: Pillow takes one frame after another from what looks to it like one picture with all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO

from app.export.formats.frame import Frame, check_frame
from app.export.formats.timing import Timing

if TYPE_CHECKING:
    from PIL import Image

# Without loss; a tenth of the time that the best compression takes, for a file little larger. And without whole
# pictures in between, which would serve jumping about in a film.
_EFFORT = {"lossless": True, "quality": 40, "method": 2, "kmin": 0, "kmax": 0}


def write_webp(frames: Iterable[Frame], samples: Sequence[Frame], timing: Timing, file: BinaryIO) -> None:
    """Write an endlessly repeated WebP of ``frames``, in all their colours, shown as long as ``timing`` says.

    Equal frames become one that lasts as long. Only what is compressed is kept in memory. Raises ValueError without
    frames, for one of another size, or fewer than ``timing`` says; OSError as the file does.
    """
    frames = iter(frames)
    first = next(frames, None)
    if first is None:
        raise ValueError("an animation needs at least one frame")
    check_frame(first)
    durations = [timing.duration_ms(index) for index in range(timing.frame_count)]
    one_after_another(chain([first], frames), first.shape, timing.frame_count).save(
        file, format="webp", save_all=True, duration=durations, loop=0, **_EFFORT
    )


def one_after_another(frames: Iterator[Frame], shape: tuple[int, ...], count: int) -> Image.Image:
    """Return a picture of ``count`` frames that takes each out of ``frames`` when it is gone to, in order."""
    from PIL import Image  # not needed for the first picture on the screen

    class Pictures(Image.Image):
        n_frames = count

        def __init__(self) -> None:
            super().__init__()
            self._mode, self._size = "RGB", (shape[1], shape[0])
            self._at = -1

        def seek(self, frame: int) -> None:
            if frame == self._at + 1:
                following = next(frames, None)
                if following is None:
                    raise ValueError(f"{frame} frames in place of {count}")
                check_frame(following, shape)
                self.im, self._at = Image.fromarray(following).im, frame

        def tell(self) -> int:
            return max(0, self._at)

        def load(self) -> Any:
            if self._at < 0:
                self.seek(0)
            return super().load()

    return Pictures()

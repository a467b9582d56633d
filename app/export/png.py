"""One picture as a PNG file, and a sequence of numbered ones."""

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from app.export.frame import Frame, check_frame
from app.export.timing import Timing


def write_png(frames: Iterable[Frame], samples: Sequence[Frame], timing: Timing, file: BinaryIO) -> None:
    """Write the only one of ``frames``; raises ValueError for more or none, OSError as the file does."""
    (frame,) = frames
    check_frame(frame)
    from PIL import Image  # not needed for the first picture on the screen

    Image.fromarray(frame).save(file, format="png", optimize=True)

"""One picture as a PNG file, and many as a folder of numbered ones, packed into one file."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from app.export.formats.frame import Frame, check_frame
from app.export.formats.timing import Timing


def write_png(frames: Iterable[Frame], samples: Sequence[Frame], timing: Timing, file: BinaryIO) -> None:
    """Write the only one of ``frames``; raises ValueError for more or none, OSError as the file does."""
    (frame,) = frames
    file.write(_png(frame))


def write_png_sequence(frames: Iterable[Frame], samples: Sequence[Frame], timing: Timing, file: BinaryIO) -> None:
    """Write ``frames`` as frame_0001.png, frame_0002.png ... into a ZIP file, which appears as one and complete.

    Raises ValueError for frames of different sizes; OSError as the file does.
    """
    digits = max(4, len(str(timing.frame_count)))
    shape = None
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:  # PNG is compressed already
        for number, frame in enumerate(frames, 1):
            check_frame(frame, shape)
            shape = frame.shape
            archive.writestr(f"frame_{number:0{digits}}.png", _png(frame))


def _png(frame: Frame) -> bytes:
    from PIL import Image  # not needed for the first picture on the screen

    check_frame(frame)
    png = io.BytesIO()
    Image.fromarray(frame).save(png, format="png")
    return png.getvalue()

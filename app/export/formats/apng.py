"""The APNG writer: Pillow compresses what is new in each frame, and it is written at once.

Pillow itself would keep all frames until the end. The layout of the file is that of PNG with three more kinds of
chunks: https://www.w3.org/TR/png-3/#apng-frame-based-animation
"""

import io
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

import numpy as np

from app.export.formats.changes import Change, changes
from app.export.formats.frame import Frame
from app.export.formats.timing import Timing

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_KEEP, _OVER = 0, 1  # each frame is laid over the one before
_LONGEST_MS = 0xFFFF  # durations are fractions of 16 bits


def write_apng(frames: Iterable[Frame], samples: Sequence[Frame], timing: Timing, file: BinaryIO) -> None:
    """Write an endlessly repeated APNG of ``frames``, in all their colours, shown as long as ``timing`` says.

    Raises ValueError without frames, for one of another size, more or fewer than ``timing`` says, or one that lasts
    longer than 65 s; OSError as the file does.
    """
    if timing.frame_ms + timing.hold_ms > _LONGEST_MS:
        raise ValueError(f"a frame cannot last {timing.frame_ms} + {timing.hold_ms} ms")
    numbers = iter(range(2 * timing.frame_count))  # frames and their data are numbered in one sequence
    written = 0
    for change in changes(frames, timing):
        header, *data = _compressed(change)
        if written == 0:
            file.write(_SIGNATURE + _chunk(b"IHDR", header))
            file.write(_chunk(b"acTL", struct.pack(">II", timing.frame_count, 0)))
        file.write(_chunk(b"fcTL", struct.pack(">I", next(numbers)) + _frame_control(change)))
        if written == 0:
            file.writelines(_chunk(b"IDAT", part) for part in data)
        else:
            file.write(_chunk(b"fdAT", struct.pack(">I", next(numbers)) + b"".join(data)))
        written += 1
    if written != timing.frame_count or not written:
        raise ValueError(f"{written} frames in place of {timing.frame_count}")
    file.write(_chunk(b"IEND", b""))


def _frame_control(change: Change) -> bytes:
    height, width, _ = change.pixels.shape
    return struct.pack(">IIIIHHBB", width, height, change.left, change.top, change.duration_ms, 1000, _KEEP, _OVER)


def _compressed(change: Change) -> Iterator[bytes]:
    """Yield the content of the header, and then that of each data chunk, of the PNG file of what is new."""
    from PIL import Image  # not needed for the first picture on the screen

    # What is as before becomes transparent black, which halves the file.
    pixels = np.zeros((*change.new.shape, 4), np.uint8)
    pixels[change.new, :3] = change.pixels[change.new]
    pixels[change.new, 3] = 255
    png = io.BytesIO()
    Image.fromarray(pixels).save(png, format="png")
    content = png.getbuffer()
    place = len(_SIGNATURE)
    while place < len(content):
        length, name = struct.unpack_from(">I4s", content, place)
        if name in (b"IHDR", b"IDAT"):
            yield bytes(content[place + 8 : place + 8 + length])
        place += length + 12


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

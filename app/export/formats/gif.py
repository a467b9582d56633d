"""The GIF writer: frames through imageio, a few at a time, with one palette for all."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from app.export.formats.frame import Frame, check_frame
from app.export.formats.palette import Palette
from app.export.formats.timing import Timing

PIECE_BYTES = 16 << 20  # of indexed pixels; imageio and Pillow hold about three times as much
SHORTEST_PIECE = 8  # frames, however large: each piece takes a whole picture more to make
LONGEST_PIECE_MS = 600_000  # equal frames are merged into one, whose duration has 16 bits of 10 ms
EXTENSION, END = b"!", b";"


def write_gif(frames: Iterable[Frame], samples: Sequence[Frame], timing: Timing, file: BinaryIO) -> None:
    """Write an endlessly repeated GIF of ``frames``, shown as long as ``timing`` says.

    Durations are rounded to 10 ms, the unit of a GIF. Consecutive frames without a difference
    become one that lasts as long. The colours are chosen from ``samples``, see Palette. Memory
    does not grow with the number of frames: imageio and Pillow keep all they are given until the
    end, so they are given pieces of the animation, which are joined here. A piece begins with the
    last frame of the one before, which is left out again: so only what is new gets into the file.

    Raises ValueError without frames, for one of another size, or for a duration outside 10 ms to
    10 minutes; OSError as the file does.
    """
    import imageio.v3 as iio  # not needed for the first picture on the screen, and takes 0.1 s

    timing = Timing(timing.frame_count, 10 * round(timing.frame_ms / 10), 10 * round(timing.hold_ms / 10))
    if not (timing.frame_ms >= 10 and timing.frame_ms + timing.hold_ms <= LONGEST_PIECE_MS):
        raise ValueError(f"a frame cannot last {timing.frame_ms} + {timing.hold_ms} ms")
    palette = Palette(samples)
    table = palette.table()
    head = b""
    written = 0
    for indices, again in _pieces(frames, palette, timing):
        durations = [timing.duration_ms(index) for index in range(written - again, written + len(indices) - again)]
        written += len(indices) - again
        # Grey frames and a palette: Pillow takes the grey values for indices. Frames that bring
        # a palette of their own would get a colour table each, or a slow search for the colours.
        piece = iio.imwrite(
            "<bytes>",
            indices,
            plugin="pillow",
            extension=".gif",
            is_batch=True,
            palette=table,
            duration=durations if len(indices) > 1 else durations[0],
            optimize=True,  # pixels as in the frame before become transparent, and compress well
            loop=None if head else 0,  # said once, by the first piece; 0 is for ever
        )
        if not head:
            head = piece[: _header_length(piece)]
            file.write(piece[: -len(END)])
        else:
            file.write(_body(piece, head, again))
    if not head:
        raise ValueError("an animation needs at least one frame")
    file.write(END)


def _pieces(frames: Iterable[Frame], palette: Palette, timing: Timing) -> Iterator[tuple[NDArray[np.uint8], bool]]:
    """Yield indexed pixels, shape (frames, height, width), and whether the first of them has been there already.

    It has not where nothing would be new in the next. All are in one array, used again and again.
    """
    frames = iter(frames)
    first = next(frames, None)
    if first is None:
        return
    check_frame(first)
    height, width, _ = first.shape
    length = max(SHORTEST_PIECE, PIECE_BYTES // (height * width))
    length = max(1, min(length, (LONGEST_PIECE_MS - timing.hold_ms) // timing.frame_ms))
    piece = np.empty((1 + length, height, width), np.uint8)
    frames = chain([first], frames)
    again = False
    while True:
        filled = 1
        for frame in islice(frames, length):
            check_frame(frame, first.shape)
            palette.index(frame, piece[filled])
            filled += 1
        if filled == 1:
            return
        again = again and not np.array_equal(piece[0], piece[1])
        yield piece[0 if again else 1 : filled], again
        piece[0] = piece[filled - 1]
        again = True


def _header_length(gif: bytes) -> int:
    """Return how many bytes come before the first block: signature, screen, and colour table."""
    return 13 + (6 << (gif[10] & 7))


def _body(piece: bytes, head: bytes, again: bool) -> bytes:
    """Return the new frames of ``piece``, which must have the same size and colours as the first."""
    if not (piece.startswith(head) and piece.endswith(END)):
        raise RuntimeError("the pieces of an animation do not fit together")
    start = _end_of_image(piece, len(head)) if again else len(head)
    return piece[start : -len(END)]


def _end_of_image(gif: bytes, place: int) -> int:
    """Return where the image that begins at ``place``, with what is said of it, has come to its end."""
    while gif[place : place + 1] == EXTENSION:
        place = _end_of_blocks(gif, place + 2)
    flags = gif[place + 9]
    own_colours = 6 << (flags & 7) if flags & 0x80 else 0
    return _end_of_blocks(gif, place + 10 + own_colours + 1)


def _end_of_blocks(gif: bytes, place: int) -> int:
    """Return what comes after blocks that each begin with their length, of which the last is empty."""
    while gif[place]:
        place += 1 + gif[place]
    return place + 1

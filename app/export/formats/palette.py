"""One palette for a whole animation: its colours, and the nearest of them for every pixel."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.export.formats.frame import Frame

TABLE_SIZE = 255  # a palette of 256 has to have one index to spare, for "as in the frame before"
MOST_COLOURS = TABLE_SIZE - 1  # index 0 is never a colour, so that 0 can mean "not looked up yet"
PIXELS_AT_A_TIME = 1 << 16  # small enough for the processor's cache, large enough for NumPy


class Palette:
    """At most 254 colours, chosen from sample frames, that stand for all colours of an animation.

    The colours in use are divided by median cut, each counting once, however large its area; a
    box is then represented by its commonest member. Large flat areas so keep their exact colour,
    and thin lines theirs nearly. There is no dithering.
    """

    def __init__(self, samples: Sequence[Frame]) -> None:
        self._colours = _representatives(*_count_colours(samples))
        # From red + 256 green + 65536 blue to an index. Untouched pages of it take no memory.
        self._index_of = np.zeros(1 << 24, np.uint8)

    def table(self) -> bytes:
        """Return 255 different colours as red, green, blue bytes: index i is at 3 i."""
        used = _pack(self._colours)
        spare = np.setdiff1d(np.arange(2 * TABLE_SIZE), used)[: TABLE_SIZE - len(used)]
        packed = np.concatenate([spare[:1], used, spare[1:]])
        return _unpack(packed).astype(np.uint8).tobytes()

    def index(self, frame: Frame, out: NDArray[np.uint8]) -> None:
        """Write the index of each pixel's nearest colour into ``out``, shape (height, width)."""
        height, width = out.shape
        rows = max(1, PIXELS_AT_A_TIME // width)
        # Eight bytes a pixel, of which three are filled: read as integers they address the table.
        wide = np.zeros((min(rows, height), width, 8), np.uint8)
        for top in range(0, height, rows):
            band, target = frame[top : top + rows], out[top : top + rows]
            padded = wide[: len(band)]
            for channel in range(3):  # four times as fast as all three in one assignment
                padded[..., channel] = band[..., channel]
            self._look_up(padded.view("<i8")[..., 0], target)

    def _look_up(self, packed: NDArray[np.int64], out: NDArray[np.uint8]) -> None:
        np.take(self._index_of, packed, out=out, mode="clip")
        if out.all():
            return
        new = np.unique(packed[out == 0])
        for first in range(0, len(new), PIXELS_AT_A_TIME // MOST_COLOURS):
            some = new[first : first + PIXELS_AT_A_TIME // MOST_COLOURS]
            self._index_of[some] = _nearest(_unpack(some), self._colours) + 1
        np.take(self._index_of, packed, out=out, mode="clip")


def _pack(colours: NDArray[np.int64]) -> NDArray[np.int64]:
    return colours[:, 0] | colours[:, 1] << 8 | colours[:, 2] << 16


def _unpack(packed: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.stack([packed & 255, (packed >> 8) & 255, packed >> 16], axis=-1)


def _count_colours(samples: Sequence[Frame]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the different colours, shape (colours, 3), and how many pixels have each."""
    counted = []
    for sample in samples:
        packed = sample[..., 2].astype(np.uint32)
        for channel in (1, 0):
            packed <<= 8
            packed |= sample[..., channel]
        counted.append(np.unique(packed, return_counts=True))
    packed_all = np.concatenate([packed for packed, _ in counted]).astype(np.int64)
    pixels = np.concatenate([count for _, count in counted])
    colours, place = np.unique(packed_all, return_inverse=True)
    return _unpack(colours), np.bincount(place, weights=pixels).astype(np.int64)


def _representatives(colours: NDArray[np.int64], pixels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return at most 254 of ``colours``: the one with most pixels of each box of the median cut."""
    if len(colours) <= MOST_COLOURS:
        return colours
    from PIL import Image  # not needed for the first picture on the screen

    strip = Image.fromarray(colours.astype(np.uint8)[np.newaxis])
    cut = strip.quantize(MOST_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    box = np.asarray(cut)[0]
    by_box_then_pixels = np.lexsort((pixels, box))
    last_of_box = np.flatnonzero(np.diff(box[by_box_then_pixels], append=-1))
    return colours[by_box_then_pixels[last_of_box]]


def _nearest(colours: NDArray[np.int64], among: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return for each of ``colours`` the place of the nearest one of ``among``, by RGB distance."""
    # |c - p|^2 without |c|^2, which is the same for every p. These integers are exact in float32,
    # in which the product is many times faster.
    points = among.astype(np.float32)
    distance = (points**2).sum(axis=1) - 2 * (colours.astype(np.float32) @ points.T)
    nearest: NDArray[np.int64] = distance.argmin(axis=1)
    return nearest

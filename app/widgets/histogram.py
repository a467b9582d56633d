"""Histogram: how many numbers lie where, in bins around zero; fast enough to be counted anew in every frame."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from backprop.arrays import Array, Integers

#: An axis from 0 to more than its largest value needs ends at one of these, times a power of ten.
_ROUND = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.5, 10.0)
_SMALLEST, _LARGEST = 1e-30, 1e30
# Numbers are counted in parts that stay in the processor's cache.
_PART = 16384


@dataclass(frozen=True, eq=False)
class Histogram:
    """``counts`` (bins,) of numbers from ``-reach`` to ``reach`` in an odd number of equal bins: zero is in the middle.

    Numbers beyond are counted in the outermost bins. ``total`` leaves out numbers that are none; so do ``mean`` and
    ``deviation``, the standard deviation of all ``total`` numbers.
    """

    counts: Integers
    reach: float
    total: int
    mean: float
    deviation: float

    @property
    def bin_width(self) -> float:
        """How far a bin reaches."""
        return 2.0 * self.reach / len(self.counts)

    def edges(self, number: int) -> tuple[float, float]:
        """Return where bin ``number`` begins and ends."""
        middle = (number - len(self.counts) // 2) * self.bin_width
        return middle - self.bin_width / 2, middle + self.bin_width / 2

    def bin_of(self, value: float) -> int:
        """Return the number of the bin in which ``value`` is counted."""
        half = len(self.counts) // 2
        return half + math.floor(min(max(value / self.bin_width, -half), half) + 0.5)


def count(values: Array, reach: float, bins: int) -> Histogram:
    """Count ``values``, of any shape, in ``bins`` bins (an odd number) from ``-reach`` to ``reach``."""
    flat = values.reshape(-1)
    with np.errstate(all="ignore"):
        if not math.isfinite(float(flat.sum())):
            flat = flat[np.isfinite(flat)]
        mean = float(flat.sum()) / max(1, flat.size)
        # Not dot(): it would share the work among threads, which wait for each other.
        square = float(np.einsum("i,i->", flat, flat)) / max(1, flat.size)
        # One more bin on either side, for numbers on the very edge and beyond.
        counts = np.zeros(bins + 2, np.intp)
        for start in range(0, flat.size, _PART):
            counts += _count_part(flat[start : start + _PART], reach, bins)
    counts[1] += counts[0]
    counts[-2] += counts[-1]
    deviation = math.sqrt(max(0.0, square - mean * mean)) if math.isfinite(square) else math.nan
    return Histogram(counts[1:-1], reach, flat.size, mean, deviation)


def _count_part(values: Array, reach: float, bins: int) -> Integers:
    places = values * values.dtype.type(bins / (2.0 * reach))
    # Every pass over the numbers counts: they are cut off to whole ones, not rounded, and seldom clipped.
    places += bins // 2 + 1.5
    if not (places.min() >= 0.0 and places.max() < bins + 2):
        np.clip(places, 0.0, bins + 1.0, places)
    return np.bincount(places.astype(np.int32), minlength=bins + 2)


def round_reach(largest: float) -> float:
    """Return a round number a little above ``largest``, so that an axis stays as it is while values change a little."""
    if not _SMALLEST < largest < _LARGEST:
        return 1.0 if largest <= _SMALLEST else _LARGEST
    exponent = math.floor(math.log10(largest))
    # Through text, or powers of ten would differ in their last digit.
    ends = (float(f"{factor}e{exponent}") for factor in _ROUND)
    return next((end for end in ends if end >= largest), float(f"1e{exponent + 1}"))


def bins_for(numbers: int, room: float, narrowest: float) -> int:
    """Return how many bins suit ``numbers`` numbers, each at least ``narrowest`` of ``room`` pixels wide; it is odd."""
    wanted = min(81.0, max(11.0, 2.0 * math.sqrt(numbers)))
    fitting = max(3, int(room / narrowest))
    return int(min(wanted, fitting)) // 2 * 2 + 1 if fitting >= 5 else 3

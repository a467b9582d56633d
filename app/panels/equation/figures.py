"""Figures: numbers of a matrix with as many decimals as its cells have room for, the same in every cell."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

_MOST_DECIMALS = 5
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
#: A matrix whose largest number is below the first or from the second on is written with a power of ten.
SMALL, _LARGE = 0.0995, 999.5
#: The same for a number that stands by itself.
SMALL_ALONE = 0.00095
# Beyond, a power of ten and its inverse are not both numbers.
_LARGEST_EXPONENT = 300


@dataclass(frozen=True)
class Digits:
    """The widths of a sign, a figure and a point, in pixels; figures are equally wide."""

    figure: float
    minus: float
    point: float

    def width(self, whole: int, decimals: int, negative: bool) -> float:
        """Return the width of a number with so many figures before and after the point."""
        fraction = self.point + decimals * self.figure if decimals else 0.0
        return whole * self.figure + fraction + (self.minus if negative else 0.0)


@dataclass(frozen=True)
class Figures:
    """How the numbers of one matrix are written: times 10^-``exponent``, with ``decimals`` decimals."""

    exponent: int
    decimals: int
    width: float

    def text(self, value: float) -> str:
        """Return ``value``, without the power of ten."""
        text = format(value * self._factor, self._format)
        if text[0] != "-":
            return text
        # Numbers that round to zero have no sign.
        return f"\N{MINUS SIGN}{text[1:]}" if text.strip("-0.") else text[1:]

    @cached_property
    def _factor(self) -> float:
        return 10.0**-self.exponent

    @cached_property
    def _format(self) -> str:
        return f".{self.decimals}f"

    @property
    def power(self) -> str:
        """The power of ten that every number is to be multiplied with, or nothing."""
        return f"×10{str(self.exponent).translate(_SUPERSCRIPTS)}" if self.exponent else ""


def figures(values: Iterable[float], room: float, digits: Digits, smallest: float = SMALL) -> Figures:
    """Return how to write ``values`` so that each fits ``room`` pixels: whole numbers as they are.

    Where the largest is below ``smallest``, a power of ten is taken out.
    """
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return Figures(0, 1, room)
    low, high = min(finite), max(finite)
    largest = max(-low, high)
    if largest < _LARGE and all(value == int(value) for value in finite):
        return Figures(0, 0, digits.width(_whole(largest), 0, low < 0))
    exponent = 0 if smallest <= largest < _LARGE else _exponent(largest)
    found = _fitting(largest, exponent, low < 0, room, digits)
    if _significant(largest, found) < 2 and largest:
        closer = _fitting(largest, _clamped(math.floor(math.log10(largest))), low < 0, room, digits)
        found = closer if _significant(largest, closer) > _significant(largest, found) else found
    return found


def _fitting(largest: float, exponent: int, negative: bool, room: float, digits: Digits) -> Figures:
    """Return the way with most decimals whose numbers fit ``room``."""
    scaled = largest * 10.0**-exponent
    whole = _whole(scaled)
    places = int((room - digits.width(whole, 0, negative) - digits.point) / digits.figure)
    decimals = max(0, min(places, _MOST_DECIMALS - whole))
    if _whole(round(scaled, decimals)) > whole:
        # Rounding carries into one more figure before the point.
        whole, decimals = whole + 1, max(0, decimals - 1)
    return Figures(exponent, decimals, digits.width(whole, decimals, negative))


def _significant(largest: float, written: Figures) -> int:
    """Return how many significant digits the largest number is written with."""
    return written.decimals + 1 + math.floor(math.log10(largest)) - written.exponent if largest else 0


def _clamped(exponent: int) -> int:
    return max(-_LARGEST_EXPONENT, min(exponent, _LARGEST_EXPONENT))


def _whole(value: float) -> int:
    return max(1, len(str(int(value))))


def _exponent(largest: float) -> int:
    """Return the power of ten, a multiple of 3, that leaves numbers from 0.1 to 1000."""
    if largest == 0.0:
        return 0
    exponent = 3 * math.floor((math.log10(largest) + 1.0 - math.log10(SMALL / 0.1)) / 3)
    return _clamped(exponent)

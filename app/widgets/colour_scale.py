"""Colour scales: which number is shown in which colour, for heat maps of any kind.

A heat map is an array of shades, one byte a number, and a table that gives each shade its colour. Shade 255 is
transparent: gaps, and numbers that are none.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.look.colours import mix
from app.look.theme import Theme
from backprop.arrays import Array

#: The number of colours from the lowest to the highest value.
SHADES = 255
#: The shade of what has no colour.
MISSING = 255

#: Text on a colour is one of these two, whichever is told apart better: with any other pair, some would be too faint.
DARK_TEXT = "#000000"
LIGHT_TEXT = "#FFFFFF"

# Ranges below this are shown as the constant they nearly are: 255 shades of them would overflow in float32.
_SMALLEST = 1e-30

Shades = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class ColourTable:
    """``pixels`` (256,), uint32 0xAARRGGBB, is indexed by shade; ``text`` has the colour of text on each shade."""

    pixels: NDArray[np.uint32]
    text: tuple[str, ...]


@dataclass(frozen=True)
class Levels:
    """The values of the first and the last shade; ``low`` is always below ``high``, and both are finite."""

    low: float
    high: float

    def shades(self, values: Array) -> Shades:
        """Return the shade of each of ``values``, in their shape; beyond the levels that of the nearer level."""
        number = values.dtype.type
        with np.errstate(over="ignore"):  # huge values become infinite, which is as far beyond the levels as they are
            share = values - number(self.low)
            share *= number(SHADES / (self.high - self.low))
        np.clip(share, 0, SHADES - 1, out=share)
        if share.size and math.isnan(share.max()):
            missing = np.isnan(share)
            share[missing] = MISSING
        return share.astype(np.uint8)


def full_range(*arrays: Array) -> Levels:
    """Return the smallest and largest finite value in ``arrays``; around a constant, room on both sides."""
    low, high = _extremes(arrays)
    largest = max(abs(low), abs(high))
    if high - low > max(1e-6 * largest, _SMALLEST):
        return Levels(low, high)
    room = 0.5 * largest if largest > _SMALLEST else 1.0
    return Levels(low - room, high + room)


def centred_range(*arrays: Array) -> Levels:
    """Return levels at equal distance on both sides of 0 that hold every finite value in ``arrays``."""
    largest = max(abs(extreme) for extreme in _extremes(arrays))
    if largest <= _SMALLEST:
        largest = 1.0
    return Levels(-largest, largest)


def _extremes(arrays: tuple[Array, ...]) -> tuple[float, float]:
    lows, highs = [], []
    for array in arrays:
        if not array.size:
            continue
        low, high = float(array.min()), float(array.max())
        if not (math.isfinite(low) and math.isfinite(high)):
            finite = array[np.isfinite(array)]
            if not finite.size:
                continue
            low, high = float(finite.min()), float(finite.max())
        # So far from the largest number that neither a difference nor a middle can overflow.
        limit = float(np.finfo(array.dtype).max) / 8
        lows.append(max(low, -limit))
        highs.append(min(high, limit))
    return (min(lows), max(highs)) if lows else (0.0, 0.0)


@cache
def viridis() -> ColourTable:
    """Return the table from dark blue over green to yellow, even in lightness and safe for colour-blind eyes."""
    from pyqtgraph import colormap  # late: the first picture needs no colour map

    return _table(colormap.get("viridis").getLookupTable(nPts=SHADES)[:, :3])


@cache
def diverging(theme: Theme) -> ColourTable:
    """Return the table from ``theme.negative`` over nearly the card's colour at zero to ``theme.positive``.

    Orange and blue are told apart with every common kind of colour blindness, and both sides grow evenly away from
    the card: darker on a light one, lighter on a dark one.
    """
    beyond = "#FFFFFF" if theme.name == "dark" else "#000000"
    middle = mix(theme.card, theme.text, 0.05)
    stops = [
        mix(theme.negative, beyond, 0.45),
        theme.negative,
        mix(middle, theme.negative, 0.5),
        middle,
        mix(middle, theme.positive, 0.5),
        theme.positive,
        mix(theme.positive, beyond, 0.45),
    ]
    channels = np.concatenate([_rgb(stop) for stop in stops])
    places = np.linspace(0.0, 1.0, len(stops))
    wanted = np.linspace(0.0, 1.0, SHADES)
    return _table(np.stack([np.interp(wanted, places, channel) for channel in channels.T], axis=1))


def _table(rgb: Array) -> ColourTable:
    """Return the table of ``rgb`` (255, 3), 0 to 255, with transparent pixels for what has no colour."""
    channels = np.rint(rgb).astype(np.uint32)
    pixels = np.zeros(SHADES + 1, np.uint32)
    pixels[:SHADES] = 0xFF000000 | channels[:, 0] << 16 | channels[:, 1] << 8 | channels[:, 2]
    pixels.flags.writeable = False
    background = _luminance(channels)
    dark, light = (_luminance(_rgb(text)) for text in (DARK_TEXT, LIGHT_TEXT))
    prefers_dark = (background + 0.05) / (dark + 0.05) >= (light + 0.05) / (background + 0.05)
    return ColourTable(pixels, tuple(DARK_TEXT if choice else LIGHT_TEXT for choice in prefers_dark))


def _rgb(colour: str) -> Array:
    return np.array([[float(int(colour[i : i + 2], 16)) for i in (1, 3, 5)]])


def _luminance(rgb: NDArray[Any]) -> Array:
    """Return the relative luminance of WCAG 2, 0 to 1, of each row of ``rgb``."""
    share = rgb / 255.0
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    result: Array = linear @ np.array([0.2126, 0.7152, 0.0722])
    return result

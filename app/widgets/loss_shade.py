"""LossShade: a loss curve as a soft area behind a timeline, cheap enough to grow with every frame."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QColor, QImage

from app.widgets.decimation import thin
from backprop.arrays import Array

# The share of the picture's height over which a trembling curve is evened out to both sides, as columns.
_EVENED = 0.2
_HATCH = 6.0
# Keeps a curve of zeros on the ground.
_LOWEST = 1e-12


@dataclass(frozen=True)
class Ink:
    """A colour, the opacity of an area and of the line along its top, and how many columns that line keeps clear of."""

    colour: QColor
    area: float
    line: float
    clear: int = 0


class LossShade:
    """Keeps a growing curve thinned to the width of a picture, and paints the area under it.

    Only what is new is thinned, so that ten million values cost no more a frame than ten thousand.
    """

    def __init__(self) -> None:
        self._stride = 0
        self._done = 0
        self._last = math.nan
        self._positions: Array = np.empty(0)
        self._values: Array = np.empty(0)

    def image(
        self,
        curve: Array,
        run_length: float,
        share: float,
        size: tuple[int, int],
        ink: Ink,
        hatched: bool = False,
    ) -> QImage:
        """Return the area under ``curve`` (n,) as far as ``share`` (0 to 1) of the run.

        ``run_length`` is how many values a whole run has; value i lies at (i + 1) / run_length of the width. ``size``
        is that of the whole run, columns and rows in device pixels; the picture has only the columns that are needed.
        What trembles from batch to batch is evened out: this is a hint of the course of a run, not the chart of it.
        Its highest place reaches the top, infinities stand as high as the largest number, and where there is no number
        there is no area.
        """
        columns, rows = size
        used = min(columns, math.ceil(share * columns))
        if used < 1 or rows < 1 or not len(curve):
            return QImage()
        places = (np.arange(used) + 0.5) / columns * run_length - 1
        heights = _evened(self._heights(curve, math.ceil(run_length / columns), places), round(_EVENED * rows))
        heights /= max(float(np.nan_to_num(heights).max()), _LOWEST)
        heights = (np.nan_to_num(heights, nan=-1.0) * (rows - 1)).astype(np.float32)
        level = (rows - np.arange(rows, dtype=np.float32) - 1)[:, np.newaxis]
        area = _cover(heights, level)
        line = area - _cover(heights - max(1.0, rows / 28), level)
        line *= np.clip((np.arange(used, dtype=np.float32) - ink.clear) / (rows + 1), 0.0, 1.0)
        opacity = ink.area * area + (ink.line - ink.area) * line
        if hatched:
            opacity *= _stripes(rows, used, rows / 31)
        return _tinted(opacity, ink.colour)

    def _heights(self, curve: Array, stride: int, places: Array) -> Array:
        """Return the curve at ``places``, as shares of its largest finite value, 0 to 1 or NaN."""
        with np.errstate(invalid="ignore", over="ignore"):
            positions, values = self._thinned(curve, stride)
            finite = values[np.isfinite(values)]
            top = float(finite.max()) if len(finite) else 0.0
            shares = np.clip(values / top, 0.0, 1.0) if top > 0 else np.where(values > top, 1.0, values * 0.0)
            return np.interp(places, positions, shares)

    def _thinned(self, curve: Array, stride: int) -> tuple[Array, Array]:
        """Return ``curve`` thinned in blocks of ``stride``, adding the blocks that were completed since."""
        complete = len(curve) // stride * stride
        changed = self._done and (len(curve) < self._done or not _same(curve[self._done - 1], self._last))
        if stride != self._stride or changed:
            self._stride, self._done = stride, 0
            self._positions, self._values = np.empty(0), np.empty(0)
        if complete > self._done:
            positions, values = thin(curve[self._done : complete], stride)
            self._positions = np.concatenate([self._positions, positions + self._done])
            self._values = np.concatenate([self._values, values])
            self._done, self._last = complete, float(curve[complete - 1])
        positions, values = thin(curve[complete:], stride)
        return np.concatenate([self._positions, positions + complete]), np.concatenate([self._values, values])


def _evened(heights: Array, reach: int) -> Array:
    """Return the mean of ``heights`` (columns,) over ``reach`` columns to both sides; NaN stays, and is left out."""
    known = np.isfinite(heights)
    sums = np.concatenate([[0.0], np.cumsum(np.where(known, heights, 0.0))])
    counts = np.concatenate([[0], np.cumsum(known)])
    first = np.maximum(np.arange(len(heights)) - reach, 0)
    last = np.minimum(np.arange(len(heights)) + reach + 1, len(heights))
    return np.where(known, (sums[last] - sums[first]) / np.maximum(counts[last] - counts[first], 1), np.nan)


def _same(first: float, second: float) -> bool:
    return first == second or (math.isnan(first) and math.isnan(second))


def _cover(heights: Array, level: Array) -> Array:
    """Return how much of each pixel lies under ``heights`` (columns,): rows × columns, 0 to 1."""
    return np.clip(heights - level, 0.0, 1.0)


def _stripes(rows: int, columns: int, scale: float) -> Array:
    """Return diagonal stripes, rows × columns: what the past has ahead of it looks thinner than what is done."""
    diagonal = (np.arange(columns)[np.newaxis, :] + np.arange(rows)[:, np.newaxis]) / (scale * _HATCH)
    wave = np.abs((diagonal % 1.0) * 2 - 1)
    return 0.35 + 0.65 * np.clip((wave - 0.5) * 4 + 0.5, 0.0, 1.0)


def _tinted(opacity: Array, colour: QColor) -> QImage:
    """Return a picture of one colour with ``opacity``, rows × columns from 0 to 1."""
    alpha = np.round(np.clip(opacity, 0.0, 1.0) * 255).astype(np.uint32)
    shades = np.arange(256, dtype=np.uint32)
    channels = [(shades * part + 127) // 255 for part in (colour.red(), colour.green(), colour.blue())]
    table = shades << 24 | channels[0] << 16 | channels[1] << 8 | channels[2]
    pixels = np.ascontiguousarray(table[alpha])
    rows, columns = pixels.shape
    picture = QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied)
    return picture.copy()

"""Course axes: where the axes of a chart stand that has values on both sides of zero."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QRectF, QSize

from app.widgets.chart_axes import Axes, Frame, Titles
from app.widgets.lettering import Lettering
from app.widgets.ticks import Tick, linear_ticks
from app.widgets.value_text import with_minus
from backprop.arrays import Array

_MOST_ON_X, _MOST_ON_Y = 10, 6
_SMALLEST, _LARGEST = 1e-300, 1e300
_PARTS = 4


def signed_axis(low: float, high: float, most: int) -> tuple[float, float, list[Tick]]:
    """Return the ends of an axis that holds ``low``, ``high`` and zero, and its ticks.

    There are about ``most`` intervals, and 2 at least. The ends are quarters of an interval: while values change a
    little, the axis stays as it is.
    """
    low, high = max(min(low, 0.0), -_LARGEST), min(max(high, 0.0), _LARGEST)
    if high - low < _SMALLEST:
        high = 1.0
    step = linear_ticks(high - low, max(2, most))[1].place
    first, last = math.floor(low / step * _PARTS + 1e-9), math.ceil(high / step * _PARTS - 1e-9)
    most_steps = max(-first, last) // _PARTS
    texts = [tick.text for tick in linear_ticks(most_steps * step, most_steps)] if most_steps else ["0"]
    ticks = [
        Tick(k * step, texts[k] if k >= 0 else with_minus("-") + texts[-k])
        for k in range(-(-first // _PARTS), last // _PARTS + 1)
        if abs(k) < len(texts)
    ]
    return first * step / _PARTS, last * step / _PARTS, ticks


def value_range(values: Array) -> tuple[float, float]:
    """Return the smallest and the largest finite number of ``values``; zeros if there is none."""
    if not values.size:
        return 0.0, 0.0
    low, high = float(np.fmin.reduce(values, axis=None)), float(np.fmax.reduce(values, axis=None))
    if not (math.isfinite(low) and math.isfinite(high)):
        known = values[np.isfinite(values)]
        return (float(known.min()), float(known.max())) if known.size else (0.0, 0.0)
    return low, high


def lay_out_signed(
    x_high: float,
    y_range: tuple[float, float],
    size: QSize,
    room_right: float,
    titles: Titles,
    lettering: Lettering,
) -> Frame:
    """Return the frame for a chart of ``size`` in which every label has room, and ``room_right`` is kept free."""
    line = lettering.line
    top = line / 2 + 2 + (2.4 * line if titles.figure else 0.0)
    bottom = line + 6 + (1.4 * line if titles.x else 0.0)
    height = max(10.0, size.height() - top - bottom)
    low, high, y_ticks = signed_axis(*y_range, max(2, min(_MOST_ON_Y, int(height / (1.9 * line)))))
    left = max(lettering.width(text) for text in ("0.00", *(tick.text for tick in y_ticks))) + 9
    left += 1.7 * line if titles.y else 0.0
    widest = lettering.width(f"{math.ceil(x_high):,}")
    right = max(widest / 2 + 2, 8.0, room_right)
    width = max(10.0, size.width() - left - right)
    x_ticks = linear_ticks(x_high, max(1, min(_MOST_ON_X, int(width / (widest + 26)))), whole=True)
    plot = QRectF(round(left), round(top), round(width), round(height))
    return Frame(Axes(x_high), plot, low, high, tuple(x_ticks), tuple(y_ticks))

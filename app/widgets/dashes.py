"""Dashes along a curve, as points: Qt's own would begin anew in each of the segments that a long curve is drawn in."""

import numpy as np

from backprop.arrays import Array

#: Between two dashes, in pixels.
GAP = 3.0


def dashed(x: Array, y: Array, dash: float) -> tuple[Array, Array]:
    """Return points of dashes, ``dash`` pixels long, along the line through ``x`` and ``y``, each (points,) and finite.

    Between two dashes lies a point whose y is NaN.
    """
    if len(x) < 2:
        return x, y
    along = np.concatenate(([0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))))
    starts = np.arange(0.0, along[-1], dash + GAP)
    places = np.sort(np.concatenate((along, starts, starts + dash, starts + dash + GAP / 2)))
    places = places[places <= along[-1]]
    within = places % (dash + GAP)
    points = np.interp(places, along, y)
    points[(within > dash + 1e-6) & (within < dash + GAP - 1e-6)] = np.nan
    return np.interp(places, along, x), points

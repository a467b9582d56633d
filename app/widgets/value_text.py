"""Numbers as text: short ones for cells and scales, readable ones for a read-out, exact ones for tool tips."""

from __future__ import annotations

import math
from typing import Any

import numpy as np


def short(value: float, span: float, digits: int = 2) -> str:
    """Return ``value`` so exactly that values ``span`` apart differ in ``digits`` digits after the first."""
    if not math.isfinite(value):
        return with_minus(str(value))
    if value == 0:
        return "0"
    largest = max(abs(value), abs(span))
    if largest and not 1e-3 <= largest < 1e5:
        text = f"{value:.1e}".replace("e-0", "e-").replace("e+0", "e").replace("e+", "e")
        return with_minus(text)
    decimals = min(6, max(0, digits - math.floor(math.log10(span)))) if span else 2
    return with_minus(f"{value:.{decimals}f}")


def readable(value: float) -> str:
    """Return ``value`` with four decimals, or four digits where those would all be zeros."""
    if value and math.isfinite(value) and (abs(value) < 0.01 or abs(value) >= 1e6):
        return with_minus(f"{value:.4g}")
    return with_minus(f"{value:.4f}")


def exact(value: np.floating[Any]) -> str:
    """Return ``value`` with every digit that its precision has."""
    return with_minus(str(value))


def with_minus(text: str) -> str:
    """Return ``text`` with minus signs as wide as a figure instead of hyphens."""
    return text.replace("-", "\N{MINUS SIGN}")

"""Figures: numbers written so that they fit where they stand, and never claim to be zero when they are not."""

import math

from app.widgets.value_text import with_minus


def short(value: float, decimals: int = 3, whole: int = 1) -> str:
    """Return ``value`` with ``decimals`` decimals, and one fewer for each digit beyond ``whole`` before the point."""
    if not math.isfinite(value):
        return with_minus(str(value))
    size = abs(value)
    if size >= 10_000:
        return _scientific(value)
    spare = max(0, len(str(int(size))) - whole)
    text = f"{value:.{max(0, decimals - spare)}f}"
    return text.removeprefix("-") if float(text) == 0.0 else with_minus(text)


def signed(value: float, decimals: int = 4) -> str:
    """Return ``value`` with its sign, and as a power of ten where ``decimals`` decimals would show only zeros."""
    if not math.isfinite(value):
        return with_minus(str(value))
    if value and (abs(value) < 0.5 * 10.0**-decimals or abs(value) >= 10_000):
        return _scientific(value, "+")
    return with_minus(f"{value:+.{decimals}f}") if value else f"{0:.{decimals}f}"


def compact(value: float) -> str:
    """Return ``value`` with two digits and nothing that is not needed: 0, 1, 2.5, 1.3e-7."""
    text = f"{value:.2g}"
    return _scientific(value) if "e" in text else with_minus(text)


def _scientific(value: float, sign: str = "") -> str:
    mantissa, exponent = f"{value:{sign}.1e}".split("e")
    return with_minus(f"{mantissa}e{int(exponent)}")

"""Ticks: round numbers along an axis, and numbers as short text."""

import math
from dataclasses import dataclass

from app.widgets.value_text import with_minus

#: Beyond these a number is written with a power of ten.
_SMALLEST_PLAIN = 1e-4
_LARGEST_PLAIN = 1e6
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Tick:
    """A place on an axis, in the axis's own unit (log10 of the value on a logarithmic one), and its label."""

    place: float
    text: str


def linear_ticks(high: float, most: int, whole: bool = False, suffix: str = "") -> list[Tick]:
    """Return ticks from 0 to at most ``high``, round numbers apart, in at most ``most`` intervals.

    With ``whole`` only whole numbers are marked. ``suffix`` follows every label.
    """
    step = _round_step(high / max(1, most), whole)
    count = math.floor(high / step * (1 + 1e-9))
    if not whole and not (step >= _SMALLEST_PLAIN and high < _LARGEST_PLAIN):
        return [Tick(k * step, _power_text(k * step, 2) + suffix) for k in range(count + 1)]
    # As many decimals as the step needs, the same for every label.
    decimals = 0 if whole else next(d for d in range(9) if math.isclose(step, round(step, d), rel_tol=1e-6))
    return [Tick(k * step, f"{k * step:,.{decimals}f}{suffix}") for k in range(count + 1)]


def logarithmic_ticks(low: float, high: float, most: int) -> list[Tick]:
    """Return ticks from ``low`` to ``high``, both log10 of the values: powers of ten, and 2 and 5 between few."""
    first, last = math.floor(low), math.ceil(high)
    plain = first >= -4 and last <= 6
    for mantissas, stride in (((1, 2, 5), 1), *(((1,), s) for s in (1, 2, 3, 5, 10, 20, 50, 100, 200))):
        ticks = [
            Tick(exponent + math.log10(mantissa), _decade_text(mantissa, exponent, plain))
            for exponent in range(first - first % stride, last + 1, stride)
            for mantissa in mantissas
        ]
        ticks = [tick for tick in ticks if low - 1e-9 <= tick.place <= high + 1e-9]
        if len(ticks) <= max(2, most):
            break
    return ticks


def logarithmic_range(smallest: float, largest: float) -> tuple[float, float]:
    """Return the log10 of the numbers 1, 2 or 5 times a power of ten around two positive values."""
    low, high = math.log10(smallest), math.log10(largest)
    steps = (0.0, math.log10(2), math.log10(5), 1.0)
    below = math.floor(low) + max(s for s in steps if s <= low - math.floor(low) + 1e-9)
    above = math.floor(high) + min(s for s in steps if s >= high - math.floor(high) - 1e-9)
    return (below, above) if above > below else (below, below + math.log10(2))


def value_text(value: float) -> str:
    """Return ``value`` with four significant digits and thousands separators, such as 0.06291, 1,234 or 1.5·10⁻⁷."""
    if not math.isfinite(value):
        return with_minus(str(value))
    if value == 0:
        return "0"
    if not _SMALLEST_PLAIN <= abs(value) < _LARGEST_PLAIN:
        return _power_text(value, 4)
    decimals = max(0, 3 - math.floor(math.log10(abs(value))))
    return with_minus(f"{value:,.{decimals}f}")


def _round_step(least: float, whole: bool) -> float:
    """Return the smallest of 1, 2, 2.5 and 5 times a power of ten that is at least ``least``."""
    exponent = math.floor(math.log10(least))
    for power in (exponent, exponent + 1):
        for mantissa in (1.0, 2.0, 2.5, 5.0):
            # Through text, as powers of ten below 1e-308 cannot be multiplied up without losing digits.
            step = float(f"{mantissa}e{power}")
            if step >= least * (1 - 1e-9) and (not whole or step == round(step)):
                return step
    return 1.0 if whole else least


def _decade_text(mantissa: int, exponent: int, plain: bool) -> str:
    if plain or 0 <= exponent <= 1:
        return f"{mantissa * 10.0**exponent:,.{max(0, -exponent)}f}"
    power = "10" + str(exponent).translate(_SUPERSCRIPTS)
    return power if mantissa == 1 else f"{mantissa}·{power}"


def _power_text(value: float, digits: int) -> str:
    if value == 0:
        return "0"
    mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    power = "10" + str(int(exponent)).translate(_SUPERSCRIPTS)
    return power if mantissa == "1" else with_minus(f"{mantissa}·{power}")

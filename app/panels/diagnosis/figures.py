"""Figures: numbers as the diagnosis writes them, in sentences and in the narrow cells of its table."""

import math

from app.widgets.value_text import with_minus

_NARROW = "\N{NO-BREAK SPACE}"


def percent(share: float) -> str:
    """Return a fraction as percent with two digits, such as "67 %" or "0.045 %"."""
    value = 100.0 * share
    if not math.isfinite(value):
        return figure(value)
    if abs(value) >= 9.95:
        return with_minus(f"{value:,.0f}{_NARROW}%")
    return with_minus(f"{plain(value, 2)}{_NARROW}%")


def figure(value: float | None) -> str:
    """Return ``value`` with two digits, as short as can be; a dash where it is not known."""
    if value is None:
        return "\N{EN DASH}"
    if not math.isfinite(value):
        return with_minus("\N{INFINITY}" if math.isinf(value) else "?")
    size = abs(value)
    if value == 0.0 or 1e-3 <= size < 999.5:
        return plain(value, 2)
    exponent = math.floor(math.log10(size))
    mantissa = f"{value / 10.0**exponent:.1f}" if exponent > -300 else f"{value:.1e}".split("e")[0]
    if mantissa in ("10.0", "-10.0"):
        mantissa, exponent = mantissa[:-3] + ".0", exponent + 1
    return with_minus(f"{mantissa}e{exponent}")


def power_of_ten(exponent: float) -> str:
    """Return 10 to a whole power as a scale has it: "1e−6", "1"."""
    return with_minus(f"1e{exponent:.0f}") if exponent else "1"


def loss_figure(value: float) -> str:
    """Return a loss with four decimals or, where those would hide it, four digits."""
    return with_minus(f"{value:.4f}" if 1e-3 <= abs(value) < 1000.0 else f"{value:.4g}")


def precise(value: float) -> str:
    """Return ``value`` with six digits, for hints."""
    return with_minus(f"{value:.6g}")


def plain(value: float, digits: int) -> str:
    """Return ``value`` with ``digits`` significant digits and no exponent."""
    if value == 0.0:
        return "0"
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    text = f"{value:.{decimals}f}"
    return with_minus(text.rstrip("0").rstrip(".") if "." in text else text)

"""Digits that reconcile by hand: as few of them as will do, such that what is shown gives what is shown.

All functions return text with plain hyphens, and numbers that are not finite as Python writes them.
"""

import math
from collections.abc import Callable, Sequence
from decimal import Decimal

#: Significant digits that a result has where nothing speaks against it.
RESULT_DIGITS = 4
_MOST_DIGITS = 17


def significant(value: float, digits: int) -> str:
    """Return ``value`` with that many significant digits; fewer where they say all of it, such as 0.5."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else str(value)
    return _rounded(value, digits - 1 - _magnitude(value))


def product(factors: Sequence[float], result: float) -> tuple[list[str], str]:
    """Return texts of ``factors`` and ``result`` such that the product of the former, rounded, is the latter."""
    return reconciled(factors, result, math.prod)


def reconciled(
    values: Sequence[float], result: float, compute: Callable[[list[Decimal]], Decimal | int]
) -> tuple[list[str], str]:
    """Return texts of ``values`` and ``result`` such that ``compute`` of the former, rounded, is the latter."""
    if all(math.isfinite(value) for value in (*values, result)):
        for precision in range(RESULT_DIGITS, 0, -1):
            shown = significant(result, precision)
            for digits in range(precision + 1, _MOST_DIGITS + 1):
                texts = [significant(value, digits) for value in values]
                if significant(float(compute([Decimal(text) for text in texts])), precision) == shown:
                    return texts, shown
    return [significant(value, _MOST_DIGITS) for value in values], significant(result, _MOST_DIGITS)


def total(parts: Sequence[float], result: float) -> tuple[list[str], str]:
    """Return texts of ``parts`` and ``result`` such that the sum of the former, rounded, is the latter."""
    largest = max((abs(value) for value in (*parts, result)), default=0.0)
    if largest and math.isfinite(largest):
        for precision in range(RESULT_DIGITS, 0, -1):
            shown = significant(result, precision)
            first = precision - 1 - _magnitude(result or largest)
            for decimals in range(first, first + _MOST_DIGITS):
                texts = [_to_decimals(part, decimals) for part in parts]
                if significant(float(sum(Decimal(text) for text in texts)), precision) == shown:
                    return texts, shown
    return [significant(value, _MOST_DIGITS) for value in parts], significant(result, _MOST_DIGITS)


def difference(before: float, rate: float, gradient: float, after: float) -> tuple[str, str, str, str]:
    """Return texts of a weight, eta, gradient and new weight such that the first three give the last, rounded.

    The gradient has the digits that ``product`` and ``total`` give a result, or more where they are needed.
    """
    eta = f"{rate:.12g}"
    change = rate * gradient
    if all(math.isfinite(value) for value in (before, change, after)):
        first = 2 - _magnitude(change) if change else 4
        last = min(max(4, first), 15 - _magnitude(before or 1.0))
        places = (*range(last, last + 4), *range(last - 1, -1, -1))
        few, many = range(RESULT_DIGITS, RESULT_DIGITS + 4), range(RESULT_DIGITS + 4, _MOST_DIGITS + 1)
        for decimals, precisions in (*((place, few) for place in places), *((place, many) for place in places)):
            old, new = _fixed(before, decimals), _fixed(after, decimals)
            for digits in precisions:
                slope = significant(gradient, digits)
                if round(Decimal(old) - Decimal(eta) * Decimal(slope), decimals) == Decimal(new):
                    return old, eta, slope, new
    full = [significant(value, _MOST_DIGITS) for value in (before, gradient, after)]
    return full[0], eta, full[1], full[2]


def _magnitude(value: float) -> int:
    return math.floor(math.log10(abs(value)))


def _rounded(value: float, decimals: int) -> str:
    """Return ``value`` to 10^-decimals, as a power of ten where it is very small or large."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else str(value)
    magnitude = _magnitude(value)
    whole = repr(float(value))
    if -5 <= magnitude < 7:
        text = f"{value:.{max(0, decimals)}f}"
        plain = whole.removesuffix(".0")
        text = plain if "e" not in plain and len(plain) <= len(text) else text
        return text if float(text) else "0"
    if magnitude < -decimals - 1:
        return "0"
    mantissa, exponent = f"{value:.{max(0, min(_MOST_DIGITS, decimals + magnitude))}e}".split("e")
    return f"{mantissa}e{int(exponent)}"


def _to_decimals(value: float, decimals: int) -> str:
    """Return ``value`` to 10^-decimals, or its first digit where that would claim it were zero."""
    text = _rounded(value, decimals)
    return significant(value, 1) if text == "0" else text


def _fixed(value: float, decimals: int) -> str:
    text = f"{value:.{max(0, decimals)}f}"
    return text if float(text) else text.removeprefix("-")

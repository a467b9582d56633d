"""Calculations: how one number of a step comes about, written out with digits that reconcile by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from app.widgets.value_text import with_minus
from backprop.arrays import Array
from backprop.chain_rule.digits import RESULT_DIGITS, difference, significant

_MOST_DIGITS = 17
# Where a sum's terms cancel to less than this share of the largest, the result is rounded as they are.
_CANCELLED = 1e-3
# An update's result that is rounded by more than this share of it says too little.
_COARSE = 2e-3

#: Takes numbers as they are shown, and returns what they give.
Rule = Callable[[list[Decimal]], Decimal]


@dataclass(frozen=True)
class Piece:
    """A part of a line: a number that comes from ``source``, the how manieth one of its cell, or plain text."""

    text: str
    source: int | None = None
    bold: bool = False


Line = list[Piece]


def plain(line: Line) -> str:
    """Return a line as text."""
    return "".join(piece.text for piece in line)


@dataclass(frozen=True)
class Factor:
    """A number and the source it comes from."""

    value: float
    source: int | None = None


def sum_of_products(terms: Sequence[Sequence[Factor]], result: float, rest: Rest | None = None) -> Line:
    """Return "a · b + c · d + e = result", with what is left out of the sum as one number."""
    values = [factor.value for term in terms for factor in term]
    counts = [len(term) for term in terms]

    def rule(given: list[Decimal]) -> Decimal:
        total = given[-1] if rest else Decimal(0)
        at = 0
        for count in counts:
            total += math.prod(given[at : at + count], start=Decimal(1))
            at += count
        return total

    numbers = [*values, rest.value] if rest else values
    sizes = [abs(math.prod(factor.value for factor in term)) for term in terms]
    texts, total = reconciled(numbers, rule, result, max([*sizes, abs(result), abs(rest.value) if rest else 0.0]))
    line: Line = []
    at = 0
    for term in terms:
        for place, factor in enumerate(term):
            text, single = texts[at], bool(line) and len(term) == 1
            minus = single and text.startswith("-")
            if line:
                line.append(Piece(" · " if place else " − " if minus else " + "))
            line.append(Piece(bracketed(text.lstrip("-") if minus else text, first=not line), factor.source))
            at += 1
    if rest:
        line.append(Piece(f"{' + ' if line else ''}{rest.words} ({with_minus(texts[-1])})"))
    return [*line, *_result(total)]


@dataclass(frozen=True)
class Rest:
    """What the terms that are not written add together, and the words for them, such as "780 more"."""

    words: str
    value: float


def largest(products: Array, most: int) -> tuple[list[int], list[int]]:
    """Return the places of the ``most`` largest of ``products`` and those of the others, each in their order."""
    if len(products) <= most:
        return list(range(len(products))), []
    order = np.argsort(-np.abs(np.nan_to_num(products)), kind="stable")
    return sorted(order[:most].tolist()), sorted(order[most:].tolist())


def product(factors: Sequence[Factor], result: float) -> Line:
    """Return "a · b = result"."""
    return sum_of_products([factors], result)


def formula(template: str, factors: Sequence[Factor], rule: Rule, result: float) -> Line:
    """Return ``template`` with {0}, {1} ... as the factors, and the result; numbers below zero get brackets."""
    texts, total = reconciled([factor.value for factor in factors], rule, result, abs(result))
    line: Line = []
    for part in template.split("{"):
        number, bracket, after = part.partition("}")
        if not bracket:
            line.append(Piece(number))
            continue
        at = int(number)
        opening = bool(line) and line[-1].text.endswith("(") and after.startswith(")")
        line += [Piece(bracketed(texts[at], first=opening or not plain(line)), factors[at].source), Piece(after)]
    return [*line, *_result(total)]


def update(before: Factor, rate: float, gradient: Factor, after: float) -> Line:
    """Return "w − eta · dL/dw = new w"."""
    old, eta, slope, new = difference(before.value, rate, gradient.value, after)
    if abs(float(new) - after) > _COARSE * abs(after):
        old, slope, new = _finer(before.value, rate, gradient.value, after)
    return [
        Piece(with_minus(old), before.source),
        Piece(f" − {eta} · "),
        Piece(bracketed(slope), gradient.source),
        *_result(new),
    ]


def _finer(before: float, rate: float, gradient: float, after: float) -> tuple[str, str, str]:
    """Return texts of a small weight, gradient and new weight; the old weight may have more decimals than the new."""
    decimals = RESULT_DIGITS - 1 - math.floor(math.log10(abs(after)))
    new = significant(after, RESULT_DIGITS)
    for digits in range(RESULT_DIGITS, _MOST_DIGITS):
        old, slope = significant(before, digits), significant(gradient, digits)
        if round(Decimal(old) - Decimal(f"{rate:.12g}") * Decimal(slope), decimals) == round(Decimal(new), decimals):
            return old, slope, new
    return significant(before, _MOST_DIGITS), significant(gradient, _MOST_DIGITS), significant(after, _MOST_DIGITS)


def _result(text: str) -> Line:
    return [Piece(" = "), Piece(with_minus(text), bold=True)]


def bracketed(text: str, first: bool = False) -> str:
    """Return a number in brackets where its sign would follow another; the first of a line stands without."""
    return f"({with_minus(text)})" if text.startswith("-") and not first else with_minus(text)


def reconciled(values: Sequence[float], rule: Rule, result: float, scale: float) -> tuple[list[str], str]:
    """Return texts of ``values`` and ``result`` such that the former, put into ``rule``, give the latter, rounded.

    ``scale`` is the size of the largest number that is added up. As few digits as will do.
    """
    if _finite([*values, result, scale]):
        for precision in range(RESULT_DIGITS, 0, -1):
            shown = _rounded(result, precision, scale)
            for digits in range(precision, _MOST_DIGITS + 1):
                texts = [significant(value, digits) for value in values]
                try:
                    found = float(rule([Decimal(text) for text in texts]))
                except (ArithmeticError, ValueError):
                    break
                if _rounded(found, precision, scale) == shown:
                    return texts, shown
    return [significant(value, _MOST_DIGITS) for value in values], significant(result, RESULT_DIGITS)


def _rounded(value: float, precision: int, scale: float) -> str:
    if scale and abs(value) < _CANCELLED * scale:
        step = math.floor(math.log10(scale)) + 1 - precision - 2
        rounded = round(value * 10.0**-step) if -300 < step < 300 else 0
        return significant(rounded * 10.0**step, len(str(abs(rounded)))) if rounded else "0"
    return significant(value, precision)


def _finite(values: Sequence[float]) -> bool:
    return all(math.isfinite(value) for value in values)

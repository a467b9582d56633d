"""A unit's numbers as text and as LaTeX: z, a, the slope and delta, such that what is shown reconciles by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from backprop.chain_rule import digits
from backprop.chain_rule.notation import Formula, as_latex, as_text, joined
from backprop.chain_rule.parameter import Factor
from backprop.chain_rule.text import shown_factors
from backprop.chain_rule.unit import UnitExplanation
from backprop.chain_rule.unit_notation import UnitNotation

_MOST_INPUTS = 6
# Beyond that many characters a number near 1 is written by what it lacks: 1 - 9.3e-14.
_LONG = 11

# --- the numbers, as the panel shows them too


@dataclass(frozen=True)
class SumTerm:
    """What an input, or all that are not named, adds to z: ``source`` from 0, ``text`` a product or a number."""

    source: int | None
    text: str


@dataclass(frozen=True)
class SumTexts:
    """The texts of z and all that it is the sum of; ``others`` is how many inputs the last term stands for."""

    terms: tuple[SumTerm, ...]
    others: int
    bias: str | None
    z: str


def sum_texts(explanation: UnitExplanation, row: int, most: int = _MOST_INPUTS) -> SumTexts:
    """Return z of a sample with at most ``most`` terms, the largest where there are more, and one for all the others.

    Raises ValueError before z is computed.
    """
    terms, z, inputs = explanation.terms(row), explanation.z, explanation.inputs
    if terms is None or z is None or inputs is None:
        raise ValueError("this step has not computed z yet")
    named = list(range(len(terms)))
    if len(terms) > max(1, most):
        named = np.argsort(-np.abs(terms), kind="stable")[: max(0, most - 1)].tolist()
    others = len(terms) - len(named)
    values = [float(value) for source in named for value in (explanation.weights[source], inputs[row, source])]
    if others:
        left = np.ones(len(terms), np.bool_)
        left[named] = False
        with np.errstate(all="ignore"):
            values.append(float(terms[left].sum(dtype=np.float64)))
    if explanation.bias is not None:
        values.append(float(explanation.bias))

    def added(numbers: list[Decimal]) -> Decimal:
        pairs = zip(numbers[: 2 * len(named) : 2], numbers[1 : 2 * len(named) : 2], strict=True)
        return sum((w * x for w, x in pairs), Decimal(0)) + sum(numbers[2 * len(named) :], Decimal(0))

    texts, result = digits.reconciled(values, float(z[row]), added)
    parts = [
        SumTerm(source, f"{texts[2 * place]} · {bracketed(texts[2 * place + 1])}") for place, source in enumerate(named)
    ]
    if others:
        parts.append(SumTerm(None, texts[2 * len(named)]))
    return SumTexts(tuple(parts), others, texts[-1] if explanation.bias is not None else None, result)


def slope_texts(explanation: UnitExplanation, row: int) -> tuple[str, str]:
    """Return the texts of a and f'(z) of a sample such that one follows from the other. ValueError before z."""
    if explanation.a is None or explanation.slope is None or explanation.z is None:
        raise ValueError("this step has not computed z yet")
    a, slope = explanation.a[row], float(explanation.slope[row])
    if explanation.activation.name == "tanh":
        texts, result = digits.reconciled([float(a)], slope, lambda shown: 1 - shown[0] ** 2)
    elif explanation.activation.greatest_slope == 0.25:
        texts, result = digits.reconciled([float(a)], slope, lambda shown: shown[0] * (1 - shown[0]))
    else:
        return digits.significant(float(a), digits.RESULT_DIGITS), digits.significant(slope, digits.RESULT_DIGITS)
    return (texts[0] if len(texts[0]) < _LONG else _by_what_it_lacks(float(a))), result


def delta_texts(explanation: UnitExplanation, row: int) -> tuple[list[str], str]:
    """Return the texts of the shown factors of delta and of delta. Raises ValueError before they are all computed."""
    if explanation.delta is None:
        raise ValueError("this step has not computed delta yet")
    values = [float(factor.values[row]) for factor in delta_factors(explanation) if factor.values is not None]
    return digits.product(values, float(explanation.delta[row]))


def delta_factors(explanation: UnitExplanation) -> list[Factor]:
    """Return the factors of delta worth writing: the objective's own only where it is not 1."""
    return shown_factors(explanation.first_weight)[:-1]


def bracketed(text: str) -> str:
    """Return a number that may stand behind a product sign."""
    return f"({text})" if text.startswith("-") else text


def _by_what_it_lacks(a: float) -> str:
    if 0.5 < abs(a) < 1.0:
        lacks = digits.significant(1.0 - abs(a), digits.RESULT_DIGITS)
        return f"1 - {lacks}" if a > 0 else f"-1 + {lacks}"
    return digits.significant(a, digits.RESULT_DIGITS)


# --- to be copied


@dataclass(frozen=True)
class UnitWords:
    """The words between the formulas, as templates; give translated ones to write in another language."""

    unit: str = "Unit {unit} of layer {layer} · epoch {epoch}, batch {batch}, phase {phase} of {phases}"
    sample: str = "sample {number} of {count}"
    others: str = "the other {count} inputs"
    waiting: str = "Not computed yet in this step: {symbol} comes with the {kind} phase of layer {layer}."


_ENGLISH = UnitWords()


def to_text(explanation: UnitExplanation, sample: int = 0, words: UnitWords = _ENGLISH) -> str:
    """Return what is known of the unit as lines of plain text, for ``sample``, a row of the batch."""
    lines = [*_heading(explanation, sample, words)]
    for left, right, numbers in _equations(explanation, sample, words, as_text, latex=False):
        lines.append(" = ".join([left, right, *numbers]))
    return "\n".join([*lines, *_waiting(explanation, words)])


def to_latex(explanation: UnitExplanation, sample: int = 0, words: UnitWords = _ENGLISH) -> str:
    """Return the same for LaTeX, as an ``align*`` environment of amsmath."""
    rows = [rf"&\text{{{line}}}" for line in _heading(explanation, sample, words)]
    for left, right, numbers in _equations(explanation, sample, words, as_latex, latex=True):
        rows.append(f"{left} &= " + " = ".join([right, *numbers]))
    rows += [rf"&\text{{{line}}}" for line in _waiting(explanation, words)]
    body = " \\\\\n".join(f"  {row}" for row in rows)
    return f"\\begin{{align*}}\n{body}\n\\end{{align*}}"


def _heading(explanation: UnitExplanation, sample: int, words: UnitWords) -> list[str]:
    cursor = explanation.first_weight.cursor
    heading = words.unit.format(
        unit=explanation.unit + 1,
        layer=explanation.layer,
        epoch=cursor.epoch,
        batch=cursor.batch,
        phase=cursor.phase,
        phases=2 * len(explanation.first_weight.experiment.layers) + 2,
    )
    return [heading, words.sample.format(number=sample + 1, count=explanation.samples)]


#: Left side, right side in symbols, and what follows with numbers.
_Equation = tuple[str, str, list[str]]


def _equations(
    explanation: UnitExplanation, sample: int, words: UnitWords, write: Callable[[Formula], str], *, latex: bool
) -> list[_Equation]:
    notation = UnitNotation(explanation)
    number = _latex_number if latex else _plain_number
    equations: list[_Equation] = []
    if explanation.z is not None:
        texts = sum_texts(explanation, sample)
        parts = [number(term.text) for term in texts.terms]
        if texts.others:
            others = words.others.format(count=texts.others)
            parts[-1] += rf"\ \text{{({others})}}" if latex else f" ({others})"
        parts += [number(texts.bias)] if texts.bias is not None else []
        equations.append((write((notation.z(),)), write(notation.sum()), [_sum(parts), number(texts.z)]))
        a, slope = slope_texts(explanation, sample)
        equations.append((write((notation.a(),)), write(notation.function()), [number(a)]))
        right = notation.slope()
        same = [] if right == notation.slope_name() else [number(slope)]
        equations.append((write(notation.slope_name()), write(right) if same else number(slope), same))
    if explanation.delta is not None:
        factors, result = delta_texts(explanation, sample)
        sign = r" \cdot " if latex else " * "
        product = sign.join(number(bracketed(text)) for text in factors)
        formula = joined([notation.factor(factor) for factor in delta_factors(explanation)])
        equations.append((write((notation.own_delta(),)), write(formula), [product, number(result)]))
    return equations


def _sum(parts: Sequence[str]) -> str:
    return " + ".join(parts).replace("+ -", "- ")


def _waiting(explanation: UnitExplanation, words: UnitWords) -> list[str]:
    awaited = explanation.awaited
    if awaited is None:
        return []
    symbol = "z" if explanation.z is None else "delta"
    return [words.waiting.format(symbol=symbol, kind=awaited.kind, layer=awaited.layer)]


def _plain_number(text: str) -> str:
    return text.replace("·", "*")


def _latex_number(text: str) -> str:
    pieces = []
    for piece in text.split(" "):
        opened, closed = piece.startswith("("), piece.endswith(")")
        mantissa, _, exponent = piece.strip("()").partition("e")
        is_power = exponent.lstrip("-").isdigit()
        plain = rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if is_power else piece.strip("()")
        pieces.append("(" * opened + plain.replace("·", r"\cdot") + ")" * closed)
    return " ".join(pieces)

"""An explanation as text and as LaTeX, to be copied: formula, numbers, sum over the batch and update."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backprop.arrays import Array
from backprop.chain_rule import digits
from backprop.chain_rule.notation import Notation, as_latex, as_text, joined
from backprop.chain_rule.parameter import Explanation, Factor

_MOST_SHARES = 12


@dataclass(frozen=True)
class Words:
    """The words between the formulas, as templates; give translated ones to write in another language."""

    parameter: str = "{name} in NumPy · epoch {epoch}, batch {batch}, phase {phase} of {phases}"
    sample: str = "sample {number} of {count}"
    rest: str = "the other {count}"
    total: str = "Sum over {count} samples"
    made: str = "The update has been made"
    to_come: str = "The update will give"
    waiting: str = "Not computed yet in this step: the gradient comes with the backward phase of layer {layer}."
    not_yet: str = "not yet"


_ENGLISH = Words()


def to_text(explanation: Explanation, sample: int = 0, words: Words = _ENGLISH) -> str:
    """Return the explanation as lines of plain text, the factors for ``sample``, a row of the batch."""
    notation = Notation(explanation)
    shown = shown_factors(explanation)
    lines = [
        _heading(explanation, words),
        as_text(notation.objective()),
        " = ".join([as_text(notation.gradient(of_sample=True)), as_text(joined([notation.factor(f) for f in shown]))]),
    ]
    row = _sample(explanation, sample, words)
    if explanation.shares is None:
        values = [None if f.values is None else digits.significant(float(f.values[sample]), 6) for f in shown]
        lines.append(f"{row}: {' * '.join(words.not_yet if v is None else _bracketed(v) for v in values)}")
        return "\n".join([*lines, words.waiting.format(layer=explanation.layer)])
    texts, result = factor_texts(explanation, sample)
    lines.append(f"{row}: {' * '.join(_bracketed(text) for text in texts)} = {result}")
    shares, total = share_texts(explanation, keep=sample)
    lines.append(f"{words.total.format(count=explanation.samples)}: {total}")
    for share in shares:
        others = words.rest.format(count=explanation.samples - len(shares) + 1)
        name = others if share.row is None else _sample(explanation, share.row, words)
        lines.append(f"  {name}: {share.text}")
    old, eta, gradient, new = update_texts(explanation)
    made = words.made if explanation.update.made else words.to_come
    lines.append(f"{made}: {as_text((notation.parameter(),))} = {old} - {eta} * {_bracketed(gradient)} = {new}")
    return "\n".join(lines)


def to_latex(explanation: Explanation, sample: int = 0, words: Words = _ENGLISH) -> str:
    """Return the same for LaTeX, as an ``align*`` environment of amsmath."""
    notation = Notation(explanation)
    shown = shown_factors(explanation)
    product = joined([notation.factor(factor) for factor in shown])
    gradient = rf"\frac{{\partial L}}{{\partial {as_latex((notation.parameter(),))}}}"
    sides = as_latex(notation.objective()).split(" = ", 1)
    rows = [f"{sides[0]} &= {sides[1]}"]
    if explanation.shares is None:
        waiting = words.waiting.format(layer=explanation.layer)
        rows += [rf"{gradient} &= \sum_{{n}} {as_latex(product)}", rf"&\text{{{waiting}}}"]
        return _aligned(rows)
    texts, result = factor_texts(explanation, sample)
    numbers = r" \cdot ".join(_latex_number(text, bracketed=True) for text in texts)
    shares, total = share_texts(explanation, keep=sample)
    summed = " + ".join(_latex_number(share.text, bracketed=True) for share in shares)
    old, eta, slope, new = update_texts(explanation)
    step = rf"{_latex_number(old)} - {_latex_number(eta)} \cdot {_latex_number(slope, bracketed=True)}"
    rows += [
        rf"{gradient} &= \sum_{{n}} {as_latex(product)}",
        rf"\text{{{_sample(explanation, sample, words)}:}} \quad {numbers} &= {_latex_number(result)}",
        rf"{gradient} &= {summed} = {_latex_number(total)}",
        rf"{as_latex((notation.parameter(),))} &\leftarrow {step} = {_latex_number(new)}",
    ]
    return _aligned(rows)


# --- the numbers, as the panel shows them too


def shown_factors(explanation: Explanation) -> list[Factor]:
    """Return the factors worth writing: the objective's own only where it is not 1."""
    mean = explanation.experiment.loss.startswith("mean_")
    return [factor for factor in explanation.factors if factor.kind != "objective" or mean]


def factor_texts(explanation: Explanation, sample: int) -> tuple[list[str], str]:
    """Return the texts of the shown factors and of their product. Raises ValueError before they are all computed."""
    if explanation.shares is None:
        raise ValueError("this step has not computed the gradient yet")
    values = [float(f.values[sample]) for f in shown_factors(explanation) if f.values is not None]
    return digits.product(values, float(explanation.shares[sample]))


@dataclass(frozen=True)
class Share:
    """What ``row`` of the batch adds to a gradient, as number and text; ``row`` is None for all the others together."""

    row: int | None
    value: float
    text: str


def share_texts(explanation: Explanation, most: int = _MOST_SHARES, keep: int | None = None) -> tuple[list[Share], str]:
    """Return at most ``most`` shares, 2 at least, and the text of the gradient they sum to.

    Where there are more samples, the largest shares come first, the sample ``keep`` is always among them, and the last
    one is all the others. Raises ValueError before the gradient is computed.
    """
    shares, gradient = explanation.shares, explanation.gradient
    if shares is None or gradient is None:
        raise ValueError("this step has not computed the gradient yet")
    return part_texts(shares, float(gradient), most, keep)


def part_texts(
    shares: Array, total: float, most: int = _MOST_SHARES, keep: int | None = None
) -> tuple[list[Share], str]:
    """Return texts of what each sample adds to ``total``, (samples,), and of that, as ``share_texts`` does."""
    rows: list[int | None] = [*range(len(shares))]
    values = shares.tolist()
    if len(shares) > max(2, most):
        order = np.argsort(-np.abs(shares), kind="stable").tolist()
        named = order[: max(2, most) - 1]
        if keep is not None and keep not in named:
            named[-1] = keep
        others = sorted(set(order) - set(named))
        rows = [*named, None]
        with np.errstate(all="ignore"):
            values = [*(values[row] for row in named), float(shares[others].sum(dtype=np.float64))]
    texts, result = digits.total(values, total)
    return [Share(*share) for share in zip(rows, values, texts, strict=True)], result


def update_texts(explanation: Explanation) -> tuple[str, str, str, str]:
    """Return the texts of w, eta, gradient and new w. Raises ValueError before the gradient is computed."""
    update = explanation.update
    if update.after is None or explanation.gradient is None:
        raise ValueError("this step has not computed the gradient yet")
    return digits.difference(
        float(update.before), update.learning_rate, float(explanation.gradient), float(update.after)
    )


def _heading(explanation: Explanation, words: Words) -> str:
    cursor = explanation.cursor
    name = f"{explanation.name}[{', '.join(str(place) for place in explanation.index)}]"
    return words.parameter.format(
        name=name,
        epoch=cursor.epoch,
        batch=cursor.batch,
        phase=cursor.phase,
        phases=2 * len(explanation.experiment.layers) + 2,
    )


def _sample(explanation: Explanation, row: int, words: Words) -> str:
    return words.sample.format(number=row + 1, count=explanation.samples)


def _bracketed(text: str) -> str:
    return f"({text})" if text.startswith("-") else text


def _latex_number(text: str, bracketed: bool = False) -> str:
    mantissa, _, exponent = text.partition("e")
    number = rf"{mantissa} \cdot 10^{{{int(exponent)}}}" if exponent else text
    return f"({number})" if bracketed and text.startswith("-") else number


def _aligned(rows: Sequence[str]) -> str:
    body = " \\\\\n".join(f"  {row}" for row in rows)
    return f"\\begin{{align*}}\n{body}\n\\end{{align*}}"

"""Explanations: the line that says how the number of a cell was computed, from the numbers of other cells."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication

from app import wording
from app.panels.equation.calculation import (
    Factor,
    Line,
    Piece,
    Rest,
    formula,
    largest,
    plain,
    product,
    sum_of_products,
    update,
)
from app.panels.equation.terms import Cell, Key, Terms, softmax_couples
from app.widgets.value_text import exact, readable, with_minus
from backprop.activations import ACTIVATIONS
from backprop.arrays import Array
from backprop.chain_rule.digits import significant
from backprop.losses import LOSSES

#: So many terms of a sum are written, fewer where they do not fit.
TERMS = (8, 6, 4, 3, 2, 1)


def numpy_name(cell: Cell) -> str:
    """Return what a cell would be called in NumPy, such as "Z1[2, 0]"; indices count from 0."""
    layer, index = cell.key.layer, f"[{', '.join(str(place) for place in cell.index)}]"
    name = {
        "A": f"A{layer}" if layer else "X",
        "Y": "Y",
        "loss": "L",
        "slope": f"f′(Z{layer})",
        "signal": f"∂L/∂A{layer}",
        "delta": f"δ{layer}",
        "new_W": f"W{layer}",
        "new_b": f"b{layer}",
    }.get(cell.key.kind, f"{cell.key.kind}{layer}")
    return name + index if cell.index else name


def explain(terms: Terms, cell: Cell, most: int = TERMS[0]) -> Line:
    """Return how ``cell`` was computed, sums with their ``most`` largest terms; empty for what is not computed yet."""
    value = terms.value(cell)
    if value is None:
        return []
    with np.errstate(all="ignore"):
        return _Calculation(terms, cell, float(value), most).line()


def exactly(terms: Terms, cell: Cell) -> str:
    """Return name and value to the last digit, or that there is none yet."""
    value = terms.value(cell)
    if value is None:
        text = QCoreApplication.translate("Equation", "{name}: not computed yet in this step")
        return text.format(name=numpy_name(cell))
    return f"{numpy_name(cell)} = {exact(value)}"


class _Calculation:
    def __init__(self, terms: Terms, cell: Cell, value: float, most: int) -> None:
        self.terms, self.cell, self.result, self.most = terms, cell, value, most
        self.layer, self.index = cell.key.layer, cell.index

    def line(self) -> Line:
        kind = self.cell.key.kind
        if kind in ("W", "b", "Y") or (kind == "A" and self.layer == 0):
            return self._given()
        lines = {
            "A": self._activation,
            "Z": self._sum,
            "delta": self._delta,
            "slope": self._slope,
            "signal": self._signal,
            "dW": self._gradient,
            "db": self._gradient,
            "new_W": self._update,
            "new_b": self._update,
            "loss": self._loss,
        }
        return lines[kind]()

    def _array(self, kind: Any, layer: int) -> Array:
        array = self.terms.array(Key(kind, layer))
        assert array is not None
        return array

    def _at(self, kind: Any, layer: int, index: tuple[int, ...], source: int | None) -> Factor:
        return Factor(float(self.terms.value(Cell(Key(kind, layer), index))), source)

    def _dot(self, first: Array, second: Array | None = None, *more: Factor) -> Line:
        """Return the sum of products of two arrays, (terms,), and of further numbers; the largest by themselves."""
        products = first if second is None else first * second
        kept, others = largest(products, self.most)
        terms = [
            [Factor(float(first[at]), 0), *([] if second is None else [Factor(float(second[at]), 1)])] for at in kept
        ]
        rest = self._rest(products[others]) if others else None
        return sum_of_products([*terms, *([factor] for factor in more)], self.result, rest)

    def _rest(self, parts: Array) -> Rest:
        words = QCoreApplication.translate("Equation", "{count} more")
        return Rest(words.format(count=f"{len(parts):,}"), float(parts.sum(dtype=np.float64)))

    def _given(self) -> Line:
        """Return a number that is not computed; of a parameter that has been updated, also what it has become."""
        line = [Piece(with_minus(significant(self.result, 6)), bold=True)]
        kind = self.cell.key.kind
        if kind in ("W", "b") and self.terms.updated:
            text = QCoreApplication.translate("Equation", ", and {value} after the update")
            new = float(self.terms.snapshot.parameters[f"{kind}{self.layer}"][self.index])
            line.append(Piece(text.format(value=with_minus(significant(new, 6)))))
        return line

    # --- forwards

    def _sum(self) -> Line:
        row, unit = self.index
        before = self._array("A", self.layer - 1)[row]
        weights = self.terms.used(Key("W", self.layer), (slice(None), unit))
        bias = Key("b", self.layer)
        more = [self._at("b", self.layer, (unit,), 2)] if self.terms.exists(bias) else []
        return self._dot(before, weights, *more)

    def _activation(self) -> Line:
        name = self.terms.experiment.layers[self.layer - 1].activation
        label = wording.term("activation", name).label
        if name == "softmax":
            return self._softmax(label)
        z = self._at("Z", self.layer, self.index, 0)
        if name == "identity":
            return formula("{0}", [z], lambda given: given[0], self.result)
        function = ACTIVATIONS[name].function

        def rule(given: list[Decimal]) -> Decimal:
            a = np.empty((1, 1))
            function(np.array([[float(given[0])]]), a)
            return Decimal(float(a[0, 0]))

        return formula(f"{label}({{0}})", [z], rule, self.result)

    def _softmax(self, label: str) -> Line:
        row, unit = self.index
        z = self._array("Z", self.layer)[row].tolist()
        if len(z) > self.most:
            text = QCoreApplication.translate("Equation", "{function} of {value} among {count}")
            words = text.format(function=label, value=readable(z[unit]), count=f"{len(z):,}")
            return [Piece(words), Piece(" = "), Piece(readable(self.result), bold=True)]

        def rule(given: list[Decimal]) -> Decimal:
            top = max(given)
            powers = [math.exp(float(value - top)) for value in given]
            return Decimal(powers[unit] / math.fsum(powers))

        template = f"exp({{{unit}}}) / (" + " + ".join(f"exp({{{place}}})" for place in range(len(z))) + ")"
        return formula(template, [Factor(value, 0) for value in z], rule, self.result)

    def _loss(self) -> Line:
        """The squares of the errors where that is what is added up, otherwise each sample's part of the objective."""
        terms = self.terms
        z, a, y = self._array("Z", self.layer), self._array("A", self.layer), self._array("Y", self.layer)
        if terms.loss.name == "half_squared_error":
            return self._half_squares((a - y).ravel())
        of_one = LOSSES[terms.experiment.loss.removeprefix("mean_")]
        each = np.array([of_one.value(z[row : row + 1], a[row : row + 1], y[row : row + 1]) for row in range(len(y))])
        return self._dot(each * terms.factor)

    def _half_squares(self, errors: Array) -> Line:
        terms = self.terms
        kept, others = largest(errors, self.most)
        squares = [f"{{{place}}}²" for place in range(len(kept))]
        factors = [Factor(float(errors[place]), 0) for place in kept]
        rest = self._rest(errors[others] ** 2) if others else None
        if rest is not None:
            squares.append(f"{rest.words} ({{{len(kept)}}})")
            factors.append(Factor(rest.value))
        share = Decimal(terms.factor) / 2

        def rule(given: list[Decimal]) -> Decimal:
            left_out = given[len(kept) :]
            return share * (sum(error * error for error in given[: len(kept)]) + sum(left_out))

        mean = f"1/{len(terms.snapshot.rows)} · " if terms.loss.mean else ""
        return formula(f"{mean}½ · (" + " + ".join(squares) + ")", factors, rule, self.result)

    # --- backwards

    def _delta(self) -> Line:
        signal = self._at("signal", self.layer, self.index, 0)
        factors = [signal]
        if self.terms.exists(Key("slope", self.layer)):
            factors.append(self._at("slope", self.layer, self.index, 1))
        if self.layer == self.terms.last and self.terms.loss.mean:
            factors.insert(0, Factor(self.terms.factor))
        return product(factors, self.result)

    def _slope(self) -> Line:
        name = self.terms.experiment.layers[self.layer - 1].activation
        if softmax_couples(self.terms.experiment, self.layer) or name == "identity":
            return [Piece(readable(self.result), bold=True)]
        if name == "relu":
            z = self._at("Z", self.layer, self.index, 0)
            sign = "> 0" if z.value > 0 else "≤ 0"
            return [Piece(readable(z.value), 0), Piece(f" {sign}, f′ = "), Piece(f"{self.result:g}", bold=True)]
        a = self._at("A", self.layer, self.index, 0)
        if name == "sigmoid":
            return formula("{0} · (1 − {1})", [a, a], lambda given: given[0] * (1 - given[1]), self.result)
        return formula("1 − {0} · {1}", [a, a], lambda given: 1 - given[0] * given[1], self.result)

    def _signal(self) -> Line:
        row, unit = self.index
        if softmax_couples(self.terms.experiment, self.layer):
            text = QCoreApplication.translate("Equation", "minus its mean over the units that share the softmax")
            return [Piece(f"{text} = "), Piece(readable(self.result), bold=True)]
        if self.layer < self.terms.last:
            weights = self.terms.used(Key("W", self.layer + 1), (unit,))
            return self._dot(self._array("delta", self.layer + 1)[row], weights)
        a, y = self._at("A", self.layer, self.index, 0), self._at("Y", self.layer, self.index, 1)
        if self.terms.loss.name == "cross_entropy" and not self.terms.sums_to_one():
            whole = Factor(float(self._array("Y", self.layer)[row].sum()), 1)
            return formula("{0} · {1} − {2}", [a, whole, y], lambda g: g[0] * g[1] - g[2], self.result)
        return formula("{0} − {1}", [a, y], lambda given: given[0] - given[1], self.result)

    def _gradient(self) -> Line:
        deltas = self._array("delta", self.layer)[:, self.index[-1]]
        if self.cell.key.kind == "db":
            return self._dot(deltas)
        return self._dot(self._array("A", self.layer - 1)[:, self.index[0]], deltas)

    def _update(self) -> Line:
        letter = self.cell.key.kind[4:]
        before = self._at(letter, self.layer, self.index, 0)
        gradient = self._at(f"d{letter}", self.layer, self.index, 1)
        return update(before, self.terms.snapshot.learning_rate, gradient, self.result)


def fitting(terms: Terms, cell: Cell, fits: Any) -> Line:
    """Return the longest explanation of ``cell`` whose text ``fits``, or the shortest there is."""
    line: Line = []
    for most in TERMS:
        line = explain(terms, cell, most)
        if fits(plain(line)):
            break
    return line

"""Notation: what matrices, operations and phases are called in the equations, and how such a text is painted.

Texts are plain, with ᵀ for a transpose and ⊙ for a product element by element; both are drawn by hand, for typefaces
seldom have them.
"""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from app import wording
from app.look.fonts import number_font
from app.panels.equation.terms import Key, Terms, has_slope, softmax_couples
from app.widgets.typeface import Typeface
from backprop import Experiment, Phase
from backprop.losses import LOSSES

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_DRAWN = re.compile("([ᵀ⊙])")
_RAISED = 0.68
#: Between two formulas of a phase.
FORMULA_GAP = ",   "


def symbol(letter: str, layer: int) -> str:
    """Return a letter with its layer below: W₁."""
    return letter + str(layer).translate(_SUBSCRIPTS)


class Notation:
    """Names and formulas of the equations of one experiment."""

    def __init__(self, experiment: Experiment) -> None:
        self.experiment = experiment
        self.last = len(experiment.layers)
        self.loss = LOSSES[experiment.loss]

    def name(self, key: Key, short: bool = False) -> str:
        """Return what a matrix is called; ``short`` where there is little room."""
        kind, layer = key.kind, key.layer
        if kind == "A":
            return symbol("A", layer) if layer else "X"
        if kind in ("W", "b", "Z"):
            return symbol(kind, layer)
        if kind == "Y":
            return "Y"
        if kind == "loss":
            return "L"
        if kind == "delta":
            return symbol("δ", layer)
        if kind in ("dW", "db"):
            return symbol(kind if short else f"∂L/∂{kind[1:]}", layer)
        if kind in ("new_W", "new_b"):
            letter = symbol(kind[4:], layer)
            gradient = symbol(f"d{kind[4:]}" if short else f"∂L/∂{kind[4:]}", layer)
            return f"{letter} ← {letter} − η {gradient}"
        return self._slope(layer, short) if kind == "slope" else self._signal(layer)

    def _slope(self, layer: int, short: bool) -> str:
        if softmax_couples(self.experiment, layer):
            return symbol("A", layer)
        return "f′" if short else f"f′({symbol('Z', layer)})"

    def _signal(self, layer: int) -> str:
        if softmax_couples(self.experiment, layer):
            return "centred"
        if layer == self.last:
            return f"{symbol('A', layer)} − Y"
        return f"{symbol('δ', layer + 1)} {symbol('W', layer + 1)}ᵀ"

    def activation(self, layer: int) -> str:
        """Return the name of f of a layer."""
        return wording.term("activation", self.experiment.layers[layer - 1].activation).label

    def mean(self, layer: int) -> str:
        """Return the factor that a mean objective gives the deltas of the output layer, or nothing."""
        return "1/n" if self.loss.mean and layer == self.last else ""

    def delta(self, layer: int) -> str:
        """Return the right side of delta."""
        factors = [self.mean(layer)] if self.mean(layer) else []
        signal = self._signal(layer)
        slope = [self._slope(layer, short=False)] if has_slope(self.experiment, layer) else []
        # A difference needs brackets in a product.
        bracketed = f"({signal})" if layer == self.last and (slope or factors) else signal
        elements = " ⊙ ".join([*slope, bracketed])
        return " ".join([*factors, elements])

    def objective(self) -> str:
        """Return the objective with its own factor: half, sum or mean."""
        a, mean = symbol("A", self.last), "1/n " if self.loss.mean else ""
        if self.loss.name == "half_squared_error":
            return f"L = {mean}½ Σ ({a} − Y)²"
        if self.loss.name == "binary_cross_entropy":
            return f"L = {mean}Σ [−Y ln {a} − (1 − Y) ln(1 − {a})]"
        return f"L = {mean}Σ −Y ln {a}"

    def phase(self, phase: Phase, terms: Terms) -> str:
        """Return the formulas that a phase computes, with η as the number it is."""
        layer = phase.layer or self.last
        if phase.kind == "loss":
            return self.objective()
        if phase.kind == "update":
            eta = f"{terms.snapshot.learning_rate:g}"
            every = [k for n in range(1, self.last + 1) for k in (Key("W", n), Key("b", n)) if terms.exists(k)]
            names = [self.name(key) for key in every]
            return FORMULA_GAP.join(f"{name} ← {name} − {eta} ∂L/∂{name}" for name in names)
        below = self.name(Key("A", layer - 1))
        biased = terms.exists(Key("b", layer))
        if phase.kind == "forward":
            z, a = symbol("Z", layer), symbol("A", layer)
            bias = f" + {symbol('b', layer)}" if biased else ""
            return f"{z} = {below} {symbol('W', layer)}{bias}{FORMULA_GAP}{a} = {self.activation(layer)}({z})"
        delta = symbol("δ", layer)
        bias = f"{FORMULA_GAP}∂L/∂{symbol('b', layer)} = Σ {delta}" if biased else ""
        return f"{delta} = {self.delta(layer)}{FORMULA_GAP}∂L/∂{symbol('W', layer)} = {below}ᵀ {delta}{bias}"


class Face:
    """A font for such texts, ``pixels`` high at a text scale of 1."""

    def __init__(self, pixels: float, bold: bool = False) -> None:
        self.typeface = Typeface(_font(pixels, bold))
        self._raised = Typeface(_font(_RAISED * pixels, bold))
        metrics = QFontMetricsF(self.typeface.font)
        self.height = metrics.height()
        self.ascent = metrics.ascent()
        self.cap = metrics.capHeight()
        self._widths: dict[str, float] = {}

    def width(self, text: str) -> float:
        """Return how wide ``text`` is."""
        if text not in self._widths:
            self._widths[text] = sum(self._advance(part) for part in _DRAWN.split(text))
        return self._widths[text]

    def _advance(self, part: str) -> float:
        if part == "ᵀ":
            return self._raised.advance("T") + 1.0
        return self.cap if part == "⊙" else self.typeface.advance(part)

    def paint(self, painter: QPainter, at: QPointF, text: str, colour: QColor) -> None:
        """Paint ``text`` from ``at``, a point on its base line."""
        painter.setPen(colour)
        painter.setFont(self.typeface.font)
        x = at.x()
        for part in _DRAWN.split(text):
            if part == "ᵀ":
                painter.setFont(self._raised.font)
                painter.drawText(QPointF(x + 0.5, at.y() - 0.42 * self.cap), "T")
                painter.setFont(self.typeface.font)
            elif part == "⊙":
                _paint_dot_in_circle(painter, QPointF(x + 0.5 * self.cap, at.y() - 0.5 * self.cap), self.cap, colour)
            elif part:
                painter.drawText(QPointF(x, at.y()), part)
            x += self._advance(part)


def _paint_dot_in_circle(painter: QPainter, centre: QPointF, size: float, colour: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, max(1.0, 0.1 * size)))
    painter.drawEllipse(centre, 0.48 * size, 0.48 * size)
    painter.setBrush(colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawEllipse(centre, 0.11 * size, 0.11 * size)
    painter.setPen(colour)


def _font(pixels: float, bold: bool) -> QFont:
    return number_font(max(1.0, pixels) * 72 / 96, bold)

"""The chain rule in the field's notation: formulas as symbols that can be painted, written as text, or as LaTeX.

Layers are numbers in brackets above, units count from 1 below: the weight that NumPy finds at W1[0, 1] is w^(1)_12,
from input x_1 to unit 2 of layer 1. Inputs are x, outputs y-hat, targets y.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from backprop.activations import ACTIVATIONS
from backprop.chain_rule.parameter import Explanation, Factor
from backprop.losses import LOSSES


@dataclass(frozen=True)
class Symbol:
    """A letter, the layer above it (None to leave it out), and the indices below it, ready to be shown."""

    letter: str
    layer: int | None = None
    indices: tuple[str, ...] = ()

    @property
    def below(self) -> str:
        """The indices as one text: together where each is a single character, with commas otherwise."""
        single = all(len(index) == 1 for index in self.indices)
        return ("" if single else ",").join(self.indices)


#: Symbols, and between them operators and brackets as they are.
Formula = tuple[Symbol | str, ...]


class Notation:
    """Names of everything that an explanation speaks of."""

    def __init__(self, explanation: Explanation) -> None:
        self.explanation = explanation
        self.layers = explanation.experiment.layers
        self.last = len(self.layers)
        self._loss = LOSSES[explanation.experiment.loss]

    # --- symbols

    def parameter(self) -> Symbol:
        """Return the parameter itself, such as w^(1)_12."""
        explanation = self.explanation
        letter = "b" if explanation.source is None else "w"
        return Symbol(letter, self._layer(explanation.layer), tuple(str(place + 1) for place in explanation.index))

    def activation(self, layer: int, unit: int | str) -> Symbol:
        """Return an input x, an activation a, or an output y-hat; ``unit`` from 0, or a letter for any."""
        if layer == 0:
            return Symbol("x", None, _indices(unit))
        if layer == self.last:
            return Symbol("ŷ", None, self._output_indices(unit))
        return Symbol("a", self._layer(layer), _indices(unit))

    def target(self, unit: int | str) -> Symbol:
        """Return a target."""
        return Symbol("y", None, self._output_indices(unit))

    def delta(self, layer: int, unit: int | str) -> Symbol:
        """Return dL/dz of a unit."""
        return Symbol("δ", self._layer(layer), _indices(unit))

    def _layer(self, layer: int) -> int | None:
        return layer if self.last > 1 else None

    def _output_indices(self, unit: int | str) -> tuple[str, ...]:
        return _indices(unit) if self.layers[-1].units > 1 else ()

    # --- formulas

    def objective(self) -> Formula:
        """Return the objective with its own factor: half, sum or mean."""
        outputs, targets = self.activation(self.last, "j"), self.target("j")
        mean: Formula = ("1/n ",) if self._loss.mean else ()
        if self._loss.name.endswith("half_squared_error"):
            body: Formula = ("½ Σ (", outputs, " − ", targets, ")²")
        elif self._loss.name.endswith("binary_cross_entropy"):
            body = ("Σ [−", targets, " ln ", outputs, " − (1 − ", targets, ") ln(1 − ", outputs, ")]")
        else:
            body = ("Σ −", targets, " ln ", outputs)
        # A mean of half a squared error reads 1/n ½ Σ, with a product sign between the two.
        joined: Formula = ("1/n · ",) if mean and body[0] == "½ Σ (" else mean
        return (Symbol("L"), " = ", *joined, *body)

    def gradient(self, of_sample: bool = False) -> Formula:
        """Return dL/dw, or dL_n/dw: what a single sample n adds to it."""
        return ("∂", Symbol("L", None, ("n",) if of_sample else ()), "/∂", self.parameter())

    def short(self) -> tuple[Formula, Formula]:
        """Return the two factors that every gradient comes down to: delta and what came in."""
        explanation = self.explanation
        return (self.delta(explanation.layer, explanation.unit),), self._input()

    def factor(self, factor: Factor) -> Formula:
        """Return one factor of the explanation."""
        layer, unit = self.explanation.layer, self.explanation.unit
        if factor.kind == "input":
            return self._input()
        if factor.kind == "delta_above":
            return self._delta_above()
        if factor.kind == "weight":
            return (Symbol("w", self._layer(layer + 1), (str(unit + 1), "1")),)
        if factor.kind in ("signal", "centred_signal"):
            return self._signal(factor.kind == "centred_signal")
        return self._own(factor.kind, layer, unit)

    def _own(self, kind: str, layer: int, unit: int) -> Formula:
        """Return a factor of a unit of ``layer``: the objective's, its error, or its slope."""
        a, y = self.activation(layer, unit), self.target(unit)
        if kind == "objective":
            return ("1/n",) if self._loss.mean else ("1",)
        if kind == "error":
            return ("(", a, " − ", y, ")")
        if kind == "scaled_error":
            return ("(", a, " Σ", Symbol("y", None, ("i",)), " − ", y, ")")
        if kind == "centred_error":
            mean = (Symbol("a", None, ("i",)), "(", Symbol("a", None, ("i",)), " − ", Symbol("y", None, ("i",)), ")")
            return ("(", a, " − ", y, " − Σ", *_outputs(mean), ")")
        if kind == "share":
            return (a,)
        return self._slope(layer, unit)

    def _slope(self, layer: int, unit: int) -> Formula:
        name = ACTIVATIONS[self.layers[layer - 1].activation].name
        a = self.activation(layer, unit)
        if name == "sigmoid":
            return (a, "(1 − ", a, ")")
        if name == "tanh":
            # A square beside the number of a layer would read as one exponent.
            return ("(1 − ", a, "²)") if a.layer is None else ("(1 − (", a, ")²)")
        return (Symbol("f"), "′(", Symbol("z", self._layer(layer), _indices(unit)), ")")

    def _input(self) -> Formula:
        explanation = self.explanation
        if explanation.source is None:
            return ("1",)
        return (self.activation(explanation.layer - 1, explanation.source),)

    def _delta_above(self) -> Formula:
        """Return delta of the one unit above, written out where that is short enough."""
        above = self.explanation.layer + 1
        written_out = (
            above == self.last
            and self._loss.name.endswith("half_squared_error")
            and self.layers[-1].activation == "sigmoid"
            and not self._loss.mean
        )
        if not written_out:
            return (self.delta(above, 0),)
        return (*self._own("error", above, 0), "·", *self._slope(above, 0))

    def _signal(self, centred: bool) -> Formula:
        layer, unit = self.explanation.layer, self.explanation.unit
        above = self._layer(layer + 1)
        sum_over = Symbol("Σ", None, ("m",))
        delta = Symbol("δ", above, ("m",))
        if not centred:
            return (sum_over, delta, Symbol("w", above, (str(unit + 1), "m")))
        own = Symbol("w", above, (str(unit + 1), "m"))
        mean = Symbol("w", above, ("i", "m"))
        return (sum_over, delta, "(", own, " − ", Symbol("Σ", None, ("i",)), Symbol("a", layer, ("i",)), mean, ")")


def _outputs(formula: Formula) -> Formula:
    return tuple(Symbol("ŷ", None, p.indices) if isinstance(p, Symbol) and p.letter == "a" else p for p in formula)


def _indices(unit: int | str) -> tuple[str, ...]:
    return (unit if isinstance(unit, str) else str(unit + 1),)


def as_text(formula: Formula) -> str:
    """Return ``formula`` in a line of plain text: w^(1)_12 becomes w1[1,2]."""
    return "".join(piece if isinstance(piece, str) else _symbol_text(piece) for piece in formula)


def as_latex(formula: Formula) -> str:
    """Return ``formula`` for LaTeX's math mode."""
    return "".join(_operator_latex(piece) if isinstance(piece, str) else _symbol_latex(piece) for piece in formula)


def joined(formulas: Sequence[Formula], sign: str = " · ") -> Formula:
    """Return the product of ``formulas``."""
    result: list[Symbol | str] = []
    for formula in formulas:
        result += [sign, *formula] if result else [*formula]
    return tuple(result)


def _symbol_text(symbol: Symbol) -> str:
    layer = "" if symbol.layer is None else str(symbol.layer)
    if symbol.letter == "Σ":
        return f"Σ_{symbol.below} "
    return symbol.letter + layer + (f"[{','.join(symbol.indices)}]" if symbol.indices else "")


_LATEX = {"ŷ": r"\hat{y}", "δ": r"\delta", "Σ": r"\sum"}
_OPERATORS = {
    "½": r"\tfrac{1}{2}",
    "1/n": r"\tfrac{1}{n}",
    "Σ": r"\sum ",
    "−": "-",
    "²": "^2",
    "·": r"\cdot ",
    "∂": r"\partial ",
    "′": "'",
    " ln ": r" \ln ",
    " ln(": r" \ln(",
    "σ(": r"\sigma(",
    "tanh(": r"\tanh(",
    "max(": r"\max(",
    "exp ": r"\exp ",
}


def _symbol_latex(symbol: Symbol) -> str:
    layer = "" if symbol.layer is None else f"^{{({symbol.layer})}}"
    below = f"_{{{symbol.below}}}" if symbol.indices else ""
    return _LATEX.get(symbol.letter, symbol.letter) + layer + below + (" " if symbol.letter == "Σ" else "")


def _operator_latex(text: str) -> str:
    for plain, latex in _OPERATORS.items():
        text = text.replace(plain, latex)
    return text

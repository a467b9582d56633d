"""A unit in the field's notation: z, a, f'(z) and delta as formulas."""

from backprop.chain_rule.notation import Formula, Notation, Symbol
from backprop.chain_rule.parameter import Factor
from backprop.chain_rule.unit import UnitExplanation

_FUNCTIONS: dict[str, tuple[str, str]] = {
    "sigmoid": ("σ(", ")"),
    "tanh": ("tanh(", ")"),
    "relu": ("max(0, ", ")"),
    "identity": ("", ""),
}


class UnitNotation(Notation):
    """Names of everything that an explanation of a unit speaks of."""

    def __init__(self, explanation: UnitExplanation) -> None:
        super().__init__(explanation.first_weight)
        self.unit_explanation = explanation
        self._of = (explanation.layer, explanation.unit)

    def z(self) -> Symbol:
        """Return the pre-activation."""
        layer, unit = self._of
        return Symbol("z", self._layer(layer), (str(unit + 1),))

    def a(self) -> Symbol:
        """Return the activation."""
        return self.activation(*self._of)

    def own_delta(self) -> Symbol:
        """Return dL/dz of the unit."""
        return self.delta(*self._of)

    def weighted(self, source: int | str) -> Formula:
        """Return a weight times its input; ``source`` from 0, or a letter for any."""
        layer, unit = self._of
        first = source if isinstance(source, str) else str(source + 1)
        return (Symbol("w", self._layer(layer), (first, str(unit + 1))), " ", self.activation(layer - 1, source))

    def bias(self) -> Symbol:
        """Return the bias."""
        layer, unit = self._of
        return Symbol("b", self._layer(layer), (str(unit + 1),))

    def sum(self) -> Formula:
        """Return how z comes about: the sum over the inputs i, and the bias where there is one."""
        bias: Formula = (" + ", self.bias()) if self.unit_explanation.bias is not None else ()
        return (Symbol("Σ", None, ("i",)), *self.weighted("i"), *bias)

    def function(self) -> Formula:
        """Return f(z)."""
        if not self.unit_explanation.activation.elementwise:
            layer = self._layer(self._of[0])
            return ("exp ", self.z(), " / ", Symbol("Σ", None, ("i",)), "exp ", Symbol("z", layer, ("i",)))
        before, after = _FUNCTIONS.get(self.unit_explanation.activation.name, ("f(", ")"))
        return (before, self.z(), after)

    def slope(self) -> Formula:
        """Return f'(z) written with a where that is possible."""
        if not self.unit_explanation.activation.elementwise:
            a = self.a()
            return (a, "(1 − ", a, ")")
        return self.factor(Factor("slope", None))

    def slope_name(self) -> Formula:
        """Return f'(z) by its name; of a softmax, the change of a with its own z."""
        if not self.unit_explanation.activation.elementwise:
            return ("∂", self.a(), "/∂", self.z())
        return (Symbol("f"), "′(", self.z(), ")")

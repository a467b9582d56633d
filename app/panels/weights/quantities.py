"""What can be shown of a layer's weights: these, the gradient, the last change, the change since the start."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from backprop import Snapshot
from backprop.arrays import Array

#: Their keys, in the order in which they stand side by side.
QUANTITIES = ("weights", "gradient", "last", "change")
#: Stands for all of them.
ALL = "all"

#: Weights of one layer and, where it has any, its biases.
Numbers = tuple[Array, Array | None]


def numbers(snapshot: Snapshot, layer: int, quantity: str) -> Numbers | None:
    """Return ``quantity`` of the weights and biases of ``layer`` at a moment; None where it is not computed yet."""
    weights, biases = f"W{layer}", f"b{layer}"
    if quantity in ("gradient", "last"):
        if weights not in snapshot.gradients or (quantity == "last" and not updated(snapshot)):
            return None
        both = snapshot.gradients[weights], snapshot.gradients.get(biases)
        if quantity == "gradient":
            return both
        eta = snapshot.learning_rate
        return _against(both[0], eta), None if both[1] is None else _against(both[1], eta)
    now, bias_now = snapshot.parameters[weights], snapshot.parameters.get(biases)
    if quantity == "weights":
        return now, bias_now
    start = snapshot.initial_parameters
    return now - start[weights], None if bias_now is None else bias_now - start[biases]


def _against(gradient: Array, eta: float) -> Array:
    """Return what the update has added: the very numbers, as the product is rounded to the precision of the run."""
    # Subtracted from zero and not negated: a zero with a minus sign would be read out with it.
    return 0.0 - gradient * eta


def updated(snapshot: Snapshot) -> bool:
    """Return whether this step's update has been made."""
    return snapshot.cursor.phase == len(snapshot.phases)


def waiting(quantity: str, layer: int) -> str:
    """Return why ``quantity`` is not there yet."""
    if quantity == "last":
        return QCoreApplication.translate("Quantities", "Not made yet in this step: it comes with phase Update.")
    text = QCoreApplication.translate(
        "Quantities", "Not computed yet in this step: it comes with phase Backward {layer}."
    )
    return text.format(layer=layer)


def titles(quantity: str, symbol: str) -> tuple[str, ...]:
    """Return what ``quantity`` of the weights called ``symbol`` is called, in full and shorter."""
    translate = QCoreApplication.translate
    words, formula = {
        "weights": (translate("Quantities", "Weights"), symbol),
        "gradient": (translate("Quantities", "Gradient"), f"∂L/∂{symbol}"),
        "last": (translate("Quantities", "Last change"), f"−η ∂L/∂{symbol}"),
        "change": (translate("Quantities", "Since the start"), f"Δ{symbol}"),
    }[quantity]
    return f"{words} {formula}", words, formula


def axis_names(quantity: str) -> tuple[str, str]:
    """Return what a histogram of ``quantity`` has along its axis and how many of what it counts."""
    translate = QCoreApplication.translate
    across = {
        "weights": translate("Quantities", "weight"),
        "gradient": translate("Quantities", "gradient of a weight"),
        "last": translate("Quantities", "last change of a weight"),
        "change": translate("Quantities", "change of a weight since the start"),
    }[quantity]
    return across, translate("Quantities", "number of weights")


def sentence(quantity: str) -> str:
    """Return what is shown, with a place for {epoch}."""
    translate = QCoreApplication.translate
    return {
        "weights": translate("Quantities", "The weights at epoch {epoch}."),
        "gradient": translate("Quantities", "The gradient of the weights at epoch {epoch}."),
        "last": translate("Quantities", "The change of the weights by the update of epoch {epoch}."),
        "change": translate("Quantities", "The change of the weights from the start to epoch {epoch}."),
    }[quantity]

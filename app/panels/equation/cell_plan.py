"""Plans: which matrices of a small network stand beside and below one another, and the signs between them.

Every matrix stands in the band of the phase that computes it, forwards, backwards or update, and every gradient below
what it is the gradient of. So both passes can be read as equations, forwards from the left, backwards from the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from app.panels.equation.notation import Notation
from app.panels.equation.terms import Key, Kind, Terms, has_slope, softmax_couples

Band = Literal["forward", "backward", "update"]
BANDS: tuple[Band, ...] = ("forward", "backward", "update")
Form = Literal["matrix", "transposed", "number", "arrow"]


@dataclass(frozen=True)
class Slot:
    """A matrix in a band of a column, (rows, columns) with a batch as ``rows``; a bias stands below its weights.

    A ``result`` is named without its formula, which the signs beside it say already.
    """

    key: Key
    rows: int
    columns: int
    form: Form = "matrix"
    bias: Key | None = None
    result: bool = False


@dataclass(frozen=True)
class Column:
    """What stands below each other; ``signs`` are what stands between it and the column to its left."""

    slots: dict[Band, Slot] = field(default_factory=dict)
    signs: dict[Band, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Request:
    """What is to be shown of a network: its sizes, the layers, the bands, rows of the batch, and how explicitly."""

    sizes: tuple[int, ...]
    layers: range
    rows: int
    bands: tuple[Band, ...] = BANDS
    slopes: bool = True
    operands: bool = True


def plan(terms: Terms, notation: Notation, request: Request) -> tuple[Column, ...]:
    """Return the columns from left to right."""
    if request.bands == ("update",):
        return _updates(terms, request)
    layers, sizes = request.layers, request.sizes
    first = layers[0] - 1
    columns = [Column({"forward": Slot(Key("A", first), request.rows, sizes[first])})]
    for layer in layers:
        columns += _layer(terms, notation, request, layer)
    columns += _end(notation, request)
    return _only(columns, request.bands)


def _layer(terms: Terms, notation: Notation, request: Request, layer: int) -> list[Column]:
    rows, inputs, units = request.rows, request.sizes[layer - 1], request.sizes[layer]
    experiment = terms.experiment
    kinds: dict[Band, tuple[Key, Key]] = {
        "forward": (Key("W", layer), Key("b", layer)),
        "backward": (Key("dW", layer), Key("db", layer)),
        "update": (Key("new_W", layer), Key("new_b", layer)),
    }
    weights = Column(
        {
            band: Slot(weight, inputs, units, bias=bias if terms.exists(bias) else None)
            for band, (weight, bias) in kinds.items()
        }
    )
    below = notation.name(Key("A", layer - 1))
    sums = Column(
        {"forward": Slot(Key("Z", layer), rows, units), "backward": Slot(Key("delta", layer), rows, units)},
        {"forward": "=", "backward": f"= {below}ᵀ"},
    )
    equals = f"= {notation.mean(layer)}".strip()
    activations: dict[Band, Slot] = {
        "forward": Slot(Key("A", layer), rows, units),
        "backward": Slot(Key("signal", layer), rows, units),
    }
    arrow = Slot(Key("A", layer), rows, 1, "arrow")
    if not has_slope(experiment, layer):
        return [weights, sums, Column({"forward": arrow}, {"backward": equals}), Column(activations)]
    if not request.slopes:
        name = "f′" if not softmax_couples(experiment, layer) else notation.name(Key("A", layer))
        return [weights, sums, Column({"forward": arrow}, {"backward": f"{equals} {name} ⊙"}), Column(activations)]
    slope = Column({"forward": arrow, "backward": Slot(Key("slope", layer), rows, units)}, {"backward": equals})
    return [weights, sums, slope, Column(activations, {"backward": "⊙"})]


def _end(notation: Notation, request: Request) -> list[Column]:
    """Return what follows the last layer shown: target and loss, or what its signal comes from."""
    layer, rows = request.layers[-1], request.rows
    if layer == notation.last:
        loss = Slot(Key("loss", layer), 1, 1, "number")
        return [Column({"forward": Slot(Key("Y", layer), rows, request.sizes[-1]), "backward": loss})]
    if not request.operands or softmax_couples(notation.experiment, layer):
        return []
    above, units = request.sizes[layer + 1], request.sizes[layer]
    return [
        Column({"backward": Slot(Key("delta", layer + 1), rows, above)}, {"backward": "="}),
        Column({"backward": Slot(Key("W", layer + 1), above, units, "transposed")}),
    ]


def _updates(terms: Terms, request: Request) -> tuple[Column, ...]:
    columns: list[Column] = []
    eta = f"− {terms.snapshot.learning_rate:g}"
    for layer in request.layers:
        inputs, units = request.sizes[layer - 1], request.sizes[layer]
        steps: list[tuple[Kind, Kind, str]] = [("W", "b", "     "), ("dW", "db", eta), ("new_W", "new_b", "=")]
        for weight, bias, sign in steps:
            biases = Key(bias, layer) if terms.exists(Key(bias, layer)) else None
            slot = Slot(Key(weight, layer), inputs, units, bias=biases, result=weight == "new_W")
            columns.append(Column({"update": slot}, {"update": sign}))
    return tuple(columns)


def _only(columns: Sequence[Column], bands: tuple[Band, ...]) -> tuple[Column, ...]:
    """Return the columns with nothing but ``bands``, without those that are empty then."""
    kept = [
        replace(
            column,
            slots={band: slot for band, slot in column.slots.items() if band in bands},
            signs={band: sign for band, sign in column.signs.items() if band in bands},
        )
        for column in columns
    ]
    return tuple(column for column in kept if column.slots or any(column.signs.values()))

"""Origins: which rows, columns and cells one number of a step was computed from."""

from __future__ import annotations

from dataclasses import dataclass

from app.look.theme import Theme
from app.panels.equation.terms import BACKWARD, FORWARD, Cell, Key, Kind, Terms, softmax_couples

#: A place in a matrix, where None stands for every index: (2, None) is its third row.
Pattern = tuple[int | None, ...]


@dataclass(frozen=True)
class Source:
    """A part of a matrix that a number was computed from."""

    key: Key
    pattern: Pattern


def origins(terms: Terms, cell: Cell) -> list[Source]:
    """Return what ``cell`` was computed from: nothing for inputs, targets and parameters, which are given."""
    kind, layer, index = cell.key.kind, cell.key.layer, cell.index
    if kind == "A" and layer > 0:
        row = index if not softmax_couples_values(terms, layer) else (index[0], None)
        return [Source(Key("Z", layer), row)]
    if kind == "Z":
        found = [_source("A", layer - 1, index[0], None), _source("W", layer, None, index[1])]
        bias = Source(Key("b", layer), (index[1],))
        return [*found, bias] if terms.exists(bias.key) else found
    if kind == "delta":
        signal, slope = Source(Key("signal", layer), index), Source(Key("slope", layer), index)
        return [signal, slope] if terms.exists(slope.key) else [signal]
    if kind == "slope":
        return _slope(terms, layer, index)
    if kind == "signal":
        return _signal(terms, layer, index)
    if kind == "dW":
        return [_source("A", layer - 1, None, index[0]), _source("delta", layer, None, index[1])]
    if kind == "db":
        return [_source("delta", layer, None, index[0])]
    if kind in ("new_W", "new_b"):
        letter: tuple[Kind, Kind] = ("W", "dW") if kind == "new_W" else ("b", "db")
        return [Source(Key(which, layer), index) for which in letter]
    if kind == "loss":
        return [_source("A", layer, None, None), _source("Y", layer, None, None)]
    return []


def softmax_couples_values(terms: Terms, layer: int) -> bool:
    """Return whether every activation of a row depends on every z of that row."""
    return terms.experiment.layers[layer - 1].activation == "softmax"


def _source(kind: Kind, layer: int, *pattern: int | None) -> Source:
    return Source(Key(kind, layer), pattern)


def _slope(terms: Terms, layer: int, index: tuple[int, ...]) -> list[Source]:
    activation = terms.experiment.layers[layer - 1].activation
    if activation == "identity":
        return []
    return [Source(Key("Z" if activation == "relu" else "A", layer), index)]


def _signal(terms: Terms, layer: int, index: tuple[int, ...]) -> list[Source]:
    row, unit = index
    couples = softmax_couples(terms.experiment, layer)
    every = None if couples else unit
    if layer == terms.last:
        return [_source("A", layer, row, every), _source("Y", layer, row, every)]
    found = [_source("delta", layer + 1, row, None), _source("W", layer + 1, every, None)]
    return [*found, _source("A", layer, row, None)] if couples else found


def colour_of(key: Key, theme: Theme) -> str:
    """Return the colour that numbers of such a matrix have in marks and sums: that of the direction they come from."""
    if key.kind in FORWARD:
        return theme.forward
    return theme.backward if key.kind in BACKWARD else theme.text

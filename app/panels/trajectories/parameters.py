"""Parameters of one network by name, and where they are in its flat vector."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from backprop import Dataset, Experiment
from backprop.arrays import Array, Integers
from backprop.network import parameter_layout

#: The name of a parameter array and the index in it: ("W1", (0, 1)).
Key = tuple[str, tuple[int, ...]]

# As NumPy would write it, W1[0, 1], or in a hurry: w1 0 1.
_TYPED = re.compile(r"\s*([wb])\s*(\d+)\s*[\[(]?\s*(\d+)(?:\s*[,;\s]\s*(\d+))?\s*[\])]?\s*", re.IGNORECASE)


def text_of(key: Key) -> str:
    """Return what a parameter is called: W1[0, 1]."""
    name, index = key
    return f"{name}[{', '.join(map(str, index))}]"


def typed(text: str) -> Key | None:
    """Return which parameter a person means by ``text``, or None if it names none."""
    match = _TYPED.fullmatch(text)
    if match is None:
        return None
    kind, layer, *index = match.groups()
    return f"{'W' if kind in 'wW' else 'b'}{int(layer)}", tuple(int(number) for number in index if number is not None)


class Parameters:
    """All parameters of the network that ``experiment`` makes for ``dataset``."""

    def __init__(self, experiment: Experiment, dataset: Dataset) -> None:
        self._layout = {p.name: p for p in parameter_layout(dataset.info.inputs, experiment.layers)}
        self.shapes = {name: p.shape for name, p in self._layout.items()}
        self.count = sum(p.stop - p.start for p in self._layout.values())
        self.layers = len(experiment.layers)

    def __contains__(self, key: object) -> bool:
        if not (isinstance(key, tuple) and len(key) == 2 and key[0] in self.shapes):
            return False
        shape = self.shapes[key[0]]
        return len(key[1]) == len(shape) and all(0 <= i < n for i, n in zip(key[1], shape, strict=True))

    def all(self) -> list[Key]:
        """Return every parameter, in the order of the vector."""
        return [
            (name, tuple(int(i) for i in index)) for name, shape in self.shapes.items() for index in np.ndindex(*shape)
        ]

    def layer(self, key: Key) -> int:
        """Return the layer of a parameter, counted from 1."""
        return int(key[0][1:])

    def places(self, keys: Sequence[Key]) -> Integers:
        """Return where ``keys`` are in the flat vector, (keys,)."""
        return np.array(
            [self._layout[name].start + int(np.ravel_multi_index(index, self.shapes[name])) for name, index in keys],
            np.intp,
        )

    def most_changed(self, vector: Array, start: Mapping[str, Array], most: int) -> list[Key]:
        """Return those of the last layer that differ most in ``vector`` from the ``start``, in the vector's order.

        Parameters that have not changed, or are no numbers, are left out.
        """
        names = [name for name in self.shapes if int(name[1:]) == self.layers]
        changes = np.concatenate(
            [np.abs(vector[self._layout[n].start : self._layout[n].stop] - start[n].reshape(-1)) for n in names]
        )
        changes = np.where(np.isfinite(changes), changes, 0.0)
        largest = np.argsort(-changes, kind="stable")[:most]
        first = self._layout[names[0]].start
        return [self._key_at(first + int(place)) for place in sorted(largest) if changes[place] > 0.0]

    def _key_at(self, place: int) -> Key:
        found = next(p for p in self._layout.values() if p.start <= place < p.stop)
        return found.name, tuple(int(i) for i in np.unravel_index(place - found.start, found.shape))

"""Scales: which colour, or which place on an axis, stands for which number: for each map its own, or one for all."""

from __future__ import annotations

from collections.abc import Mapping

from app.panels.weights.options import WeightsOptions
from app.panels.weights.quantities import Numbers
from app.widgets.colour_scale import Levels, centred_range, full_range
from app.widgets.histogram import round_reach
from backprop.arrays import Array

#: A quantity of the weights of a layer.
Place = tuple[str, int]


class Scales:
    """Finds the scales of what is shown together, and keeps them while the options say so."""

    def __init__(self, options: WeightsOptions) -> None:
        self._options = options
        self._kept: dict[tuple[object, ...], Levels] = {}

    def forget(self) -> None:
        """Follow the numbers again."""
        self._kept.clear()

    def take_over(self, before: Scales) -> None:
        """Keep what ``before`` keeps."""
        self._kept = dict(before._kept)

    def levels(self, shown: Mapping[Place, Numbers]) -> dict[Place, Levels]:
        """Return the colour scale of each of the maps ``shown`` together."""
        colours = {place: self._options.colours(place[0]) for place in shown}
        return self._find(shown, colours)

    def reaches(self, shown: Mapping[Place, Numbers]) -> dict[Place, float]:
        """Return how far from zero the axis of each of the histograms ``shown`` together reaches; a round number."""
        found = self._find(shown, dict.fromkeys(shown, "diverging"))
        return {place: round_reach(levels.high) for place, levels in found.items()}

    def _find(self, shown: Mapping[Place, Numbers], colours: Mapping[Place, str]) -> dict[Place, Levels]:
        if self._options.shared() and shown:
            arrays = [array for numbers in shown.values() for array in numbers if array is not None]
            kinds = sorted({quantity for quantity, _ in shown})
            levels = self._keep(("shared", *kinds, *sorted(set(colours.values()))), arrays, min(colours.values()))
            return dict.fromkeys(shown, levels)
        found = {}
        for place, numbers in shown.items():
            arrays = [array for array in numbers if array is not None]
            found[place] = self._keep((*place, colours[place]), arrays, colours[place])
        return found

    def _keep(self, key: tuple[object, ...], arrays: list[Array], colours: str) -> Levels:
        if self._options.locked() and key in self._kept:
            return self._kept[key]
        levels = centred_range(*arrays) if colours == "diverging" else full_range(*arrays)
        if self._options.locked():
            self._kept[key] = levels
        return levels

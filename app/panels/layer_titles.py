"""LayerTitles: what the layers of a network and their arrays are called."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.panels.network.sample_view import Shape
from app.widgets.heat_data import Cell
from backprop import Dataset, Experiment

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class LayerTitles:
    """Names for the layers of one network, which count from 1; 0 is the input."""

    def __init__(self, experiment: Experiment, dataset: Dataset) -> None:
        self.dataset = dataset
        self._shape = Shape(experiment, dataset)
        #: Units of each layer, the inputs first.
        self.sizes = self._shape.sizes
        self.layers = range(1, len(self.sizes))

    def symbol(self, number: int) -> str:
        """Return the symbol of a layer's weights, such as W₁."""
        return f"W{number}".translate(_SUBSCRIPTS)

    def title(self, number: int) -> str:
        """Return what weights lead from where to where, such as "Input → hidden W₁"."""
        names = self._layer_names()
        source = names[number - 1]
        text = QCoreApplication.translate("LayerTitles", "{source} → {target} {symbol}")
        return text.format(source=source[:1].upper() + source[1:], target=names[number], symbol=self.symbol(number))

    def title_with_size(self, number: int) -> str:
        """Return the same with rows and columns, such as "Input → hidden W₁ · 784 × 128"."""
        return f"{self.title(number)} · {self.sizes[number - 1]} × {self.sizes[number]}"

    def figure_title(self, number: int) -> str:
        """Return the title in an exported figure, such as "Weights Input-Hidden"."""
        names = [name[:1].upper() + name[1:] for name in self._layer_names()]
        text = QCoreApplication.translate("LayerTitles", "Weights {source}-{target}")
        return text.format(source=names[number - 1], target=names[number])

    def array_names(self, number: int, quantity: str) -> tuple[str, str]:
        """Return what the arrays of weights and biases are called when ``quantity`` of them is shown."""
        prefix = {"weights": "", "gradient": "d", "last": "−η d", "change": "Δ"}[quantity]
        return f"{prefix}W{number}", f"{prefix}b{number}"

    def explainer(self, number: int) -> Callable[[Cell], str]:
        """Return a function that says what a cell of a layer's weights connects."""

        def explain(cell: Cell) -> str:
            target = self._shape.full_name(number, cell.column)
            if cell.row is None:
                return QCoreApplication.translate("LayerTitles", "bias of {target}").format(target=target)
            text = QCoreApplication.translate("LayerTitles", "from {source} to {target}")
            return text.format(source=self._source(number, cell.row), target=target)

        return explain

    def _source(self, number: int, row: int) -> str:
        image = self.dataset.info.image_shape
        if number > 1 or image is None:
            return self._shape.full_name(number - 1, row)
        down, across = divmod(row, image[1])
        text = QCoreApplication.translate("LayerTitles", "the pixel in row {row}, column {column}")
        return text.format(row=down, column=across)

    def _layer_names(self) -> list[str]:
        hidden = len(self.sizes) - 2
        one = QCoreApplication.translate("LayerTitles", "hidden")
        several = QCoreApplication.translate("LayerTitles", "hidden {number}")
        names = [one] if hidden == 1 else [several.format(number=number + 1) for number in range(hidden)]
        first = QCoreApplication.translate("LayerTitles", "input")
        return [first, *names, QCoreApplication.translate("LayerTitles", "output")]

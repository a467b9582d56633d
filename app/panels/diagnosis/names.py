"""Names: what layers, units, classes and samples of a network are called in sentences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.panels.network.sample_view import Shape
from backprop import Dataset, Experiment

_FEW_INPUTS = 4
_MOST_NAMED = 5


class Names:
    """Names for one experiment; layers count from 1, units, classes and samples from 0."""

    def __init__(self, experiment: Experiment, dataset: Dataset) -> None:
        self._shape = Shape(experiment, dataset)
        self._dataset = dataset
        self._hidden = len(experiment.layers) - 1

    def layer(self, number: int) -> str:
        """Return the name of a layer in a table: hidden, hidden 2, output."""
        if number > self._hidden:
            return QCoreApplication.translate("Diagnosis", "output")
        if self._hidden == 1:
            return QCoreApplication.translate("Diagnosis", "hidden")
        return QCoreApplication.translate("Diagnosis", "hidden {number}").format(number=number)

    def the_layer(self, number: int) -> str:
        """Return the name of a layer in a sentence."""
        if number > self._hidden:
            return QCoreApplication.translate("Diagnosis", "the output layer")
        if self._hidden == 1:
            return QCoreApplication.translate("Diagnosis", "the hidden layer")
        return QCoreApplication.translate("Diagnosis", "hidden layer {number}").format(number=number)

    def is_output(self, number: int) -> bool:
        """Return whether a layer is the last one."""
        return number > self._hidden

    def unit(self, layer: int, unit: int) -> str:
        """Return the name of a unit."""
        return self._shape.full_name(layer, unit)

    def inputs(self, values: tuple[float, ...], sample: int) -> str:
        """Return what a sample with these inputs is called: "(1, 0)", or its number from 1 where they are many."""
        if len(values) <= _FEW_INPUTS:
            return "({inputs})".format(inputs=", ".join(f"{value:g}" for value in values))
        return f"{sample + 1:,}"

    def sample(self, sample: int) -> str:
        """Return what a sample of the training set is called."""
        return self.inputs(tuple(map(float, self._dataset.train.x[sample][: _FEW_INPUTS + 1])), sample)

    @property
    def digits(self) -> bool:
        """Whether the classes are digits."""
        return all(name.isdigit() for name in self._dataset.info.class_names)

    def class_name(self, which: int) -> str:
        """Return the name of one class, such as "Digit 8" or "Sandal"."""
        name = self._dataset.info.class_names[which]
        return QCoreApplication.translate("Diagnosis", "Digit {name}").format(name=name) if self.digits else name

    def classes(self, which: tuple[int, ...]) -> str:
        """Return several classes as "Digits 3, 5 and 8", or how many they are where they are many."""
        every = self._dataset.info.class_names
        if len(which) == 1:
            return self.class_name(which[0])
        if len(which) > _MOST_NAMED:
            text = (
                QCoreApplication.translate("Diagnosis", "{count} of {all} digits")
                if self.digits
                else QCoreApplication.translate("Diagnosis", "{count} of {all} classes")
            )
            return text.format(count=len(which), all=len(every))
        *first, last = (every[k] for k in which)
        text = (
            QCoreApplication.translate("Diagnosis", "Digits {names} and {last}")
            if self.digits
            else QCoreApplication.translate("Diagnosis", "{names} and {last}")
        )
        return text.format(names=", ".join(first), last=last)

"""What one sample looks like at one moment: the part of a snapshot that a drawing of the network needs."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PySide6.QtCore import QCoreApplication

from backprop import Dataset, Experiment, Phase, Snapshot
from backprop.arrays import Array
from backprop.metrics import predicted_classes

_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Unit:
    """A unit of the network; ``layer`` 0 is the input, layers and units count as in the arrays."""

    layer: int
    unit: int


@dataclass(frozen=True)
class Parameter:
    """One number of a parameter array: ``Parameter("W1", (0, 1))`` leads from input 0 to unit 1 of layer 1."""

    name: str
    index: tuple[int, ...]

    @property
    def layer(self) -> int:
        """The layer it belongs to, counted from 1."""
        return int(self.name[1:])


#: What can be pointed at.
Target = Unit | Parameter


@dataclass(frozen=True, eq=False)
class Shape:
    """Sizes and names of a network: everything about it that does not change during a run."""

    experiment: Experiment
    dataset: Dataset

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Units of each layer, the inputs first."""
        return (self.dataset.info.inputs, *(layer.units for layer in self.experiment.layers))

    @property
    def last(self) -> int:
        """The number of the output layer."""
        return len(self.sizes) - 1

    @property
    def biases(self) -> tuple[bool, ...]:
        """Whether the units of each layer have biases; inputs have none."""
        return (False, *(layer.biases for layer in self.experiment.layers))

    @property
    def has_signed_values(self) -> bool:
        """Whether inputs or activations can be negative."""
        signed = any(layer.activation in ("tanh", "identity") for layer in self.experiment.layers)
        return signed or bool((self.dataset.train.x[:1000] < 0.0).any())

    def unit_name(self, layer: int, unit: int) -> str:
        """Return a short name: x₁, hidden 1 (hidden 2.1 where there are more hidden layers), output, or a class."""
        if layer == 0:
            return f"x{str(unit + 1).translate(_SUBSCRIPTS)}"
        if layer == self.last:
            names = self.dataset.info.class_names
            if self.sizes[-1] == 1:
                return QCoreApplication.translate("Network", "output")
            return names[unit] if len(names) == self.sizes[-1] else str(unit + 1)
        number = f"{unit + 1}" if self.last == 2 else f"{layer}.{unit + 1}"
        return QCoreApplication.translate("Network", "hidden {number}").format(number=number)

    def full_name(self, layer: int, unit: int) -> str:
        """Return a name that needs nothing around it."""
        if layer == self.last and self.sizes[-1] > 1:
            return QCoreApplication.translate("Network", "output {name}").format(name=self.unit_name(layer, unit))
        return self.unit_name(layer, unit)


@dataclass(frozen=True, eq=False)
class SampleView:
    """One sample of the batch of ``snapshot``: row ``row`` of its arrays."""

    shape: Shape
    snapshot: Snapshot
    row: int

    @property
    def phase(self) -> Phase | None:
        """The phase that has just been computed."""
        return self.snapshot.phase

    @property
    def inputs(self) -> Array:
        """What the network is given, (inputs,)."""
        values: Array = self.snapshot.x[self.row]
        return values

    def activations(self, layer: int) -> Array | None:
        """Return a of ``layer``, (units,), the inputs for layer 0; None where this step has not computed it yet."""
        if layer == 0:
            return self.inputs
        values = self.snapshot.a[layer - 1]
        return None if values is None else values[self.row]

    def sums(self, layer: int) -> Array | None:
        """Return z of ``layer``, (units,), or None where this step has not computed it yet."""
        values = self.snapshot.z[layer - 1]
        return None if values is None else values[self.row]

    def deltas(self, layer: int) -> Array | None:
        """Return delta of ``layer``, (units,), or None where this step has not computed it yet; inputs have none."""
        values = self.snapshot.delta[layer - 1] if layer else None
        return None if values is None else values[self.row]

    def weights(self, layer: int) -> Array:
        """Return the weights into ``layer``, (units before, units)."""
        return self.snapshot.parameters[f"W{layer}"]

    def biases(self, layer: int) -> Array | None:
        """Return the biases of ``layer``, (units,), or None where it has none."""
        return self.snapshot.parameters.get(f"b{layer}")

    @property
    def targets(self) -> Array:
        """What the outputs should be, (outputs,)."""
        values: Array = self.snapshot.y[self.row]
        return values

    @cached_property
    def right_class(self) -> int:
        """The class of the sample."""
        return int(predicted_classes(self.targets[np.newaxis])[0])

    @cached_property
    def answered_class(self) -> int | None:
        """The class that the outputs say, or None where they are not computed yet."""
        outputs = self.activations(self.shape.last)
        return None if outputs is None else int(predicted_classes(outputs[np.newaxis])[0])

    def scale(self, layer: int) -> tuple[float, float]:
        """Return the smallest and largest activation that colours and bars of ``layer`` stand for.

        It follows from the activation function; where that has no bounds, from the values, and is at least 1 wide.
        """
        name = self.shape.experiment.layers[layer - 1].activation if layer else "input"
        if name in ("sigmoid", "softmax"):
            return 0.0, 1.0
        if name == "tanh":
            return -1.0, 1.0
        values = self.activations(layer)
        finite = values[np.isfinite(values)] if values is not None else np.empty(0)
        low = float(finite.min(initial=0.0))
        largest = float(max(1.0, finite.max(initial=0.0), -low))
        return (-largest if low < 0.0 else 0.0), largest

"""The frozen recipe of a run: everything that decides what is computed, checked when it is made; JSON in and out."""

from numbers import Integral, Real
from typing import Any, Literal, TypeVar

import msgspec

from backprop.activations import ACTIVATIONS
from backprop.dataset_catalogue import CATALOGUE, DatasetInfo
from backprop.errors import ExperimentError
from backprop.initializers import INITIALIZERS
from backprop.losses import LOSSES
from backprop.optimizers import OPTIMIZERS

#: The largest value of each bounded field; a form can use them for its own limits.
MAX_UNITS = 4096
MAX_LAYERS = 8
MAX_EPOCHS = 10_000_000
MAX_LEARNING_RATE = 1000.0
MAX_SEED = 2**32 - 1


T = TypeVar("T")


class Layer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One dense layer: its number of units, and by name its activation and initializer; biases on or off."""

    units: int
    activation: str = "sigmoid"
    initializer: str = "xavier"
    biases: bool = True


class Experiment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The recipe of a run. The same experiment always gives the same run.

    ``layers`` lists hidden layers and the output layer; the inputs come with the data set. ``batch_size`` is the
    number of samples a step, or None for all of them. Raises ExperimentError, which names the field to mend.
    """

    dataset: str
    layers: tuple[Layer, ...]
    loss: str = "half_squared_error"
    optimizer: str = "sgd"
    learning_rate: float = 0.5
    batch_size: int | None = None
    epochs: int = 1000
    shuffle: bool = False
    seed: int = 0
    dtype: Literal["float32", "float64"] = "float64"

    def __post_init__(self) -> None:
        info = _choose("dataset", self.dataset, CATALOGUE)
        _choose("loss", self.loss, LOSSES)
        _choose("optimizer", self.optimizer, OPTIMIZERS)
        _choose("dtype", self.dtype, {"float32": None, "float64": None})
        _yes_or_no("shuffle", self.shuffle)
        self._check_layers(info)
        # Numbers of NumPy's types are taken, and kept as Python's own, which JSON can hold.
        whole = {
            "epochs": _within("epochs", self.epochs, 1, MAX_EPOCHS),
            "seed": _within("seed", self.seed, 0, MAX_SEED),
        }
        if self.batch_size is not None:
            whole["batch_size"] = _within("batch_size", self.batch_size, 1, info.samples)
        for field, value in whole.items():
            msgspec.structs.force_setattr(self, field, value)
        msgspec.structs.force_setattr(self, "learning_rate", _checked_learning_rate(self.learning_rate))

    def _check_layers(self, info: DatasetInfo) -> None:
        if not isinstance(self.layers, list | tuple) or not all(isinstance(layer, Layer) for layer in self.layers):
            raise ExperimentError("layers", "The layers cannot be used: give a list of layers, the output layer last.")
        msgspec.structs.force_setattr(self, "layers", tuple(self.layers))
        _within("layers", len(self.layers), 1, MAX_LAYERS)
        for layer in self.layers:
            msgspec.structs.force_setattr(layer, "units", _within("units", layer.units, 1, MAX_UNITS))
            _choose("activation", layer.activation, ACTIVATIONS)
            _choose("initializer", layer.initializer, INITIALIZERS)
            _yes_or_no("biases", layer.biases)
        output = self.layers[-1]
        if output.units != info.outputs:
            raise ExperimentError(
                "units",
                "The output layer has {units} units, but the data set {dataset} has {outputs} targets: "
                "give it {outputs} units.",
                units=output.units,
                dataset=self.dataset,
                outputs=info.outputs,
            )
        allowed = LOSSES[self.loss].output_activations
        if allowed and output.activation not in allowed:
            raise ExperimentError(
                "loss",
                "The loss {loss} is defined for an output layer of {allowed} units, not {activation}: "
                "change one of the two.",
                loss=self.loss,
                allowed=" or ".join(allowed),
                activation=output.activation,
            )

    def replace(self, **changes: Any) -> "Experiment":
        """Return a checked copy with some fields changed, such as ``replace(seed=7)``."""
        return msgspec.structs.replace(self, **changes)

    @property
    def info(self) -> DatasetInfo:
        """The catalogue's entry of this experiment's data set: sizes, without the data."""
        return CATALOGUE[self.dataset]

    @property
    def samples_per_step(self) -> int:
        """The batch size in samples, also where ``batch_size`` is None."""
        return self.batch_size or self.info.samples

    @property
    def steps_per_epoch(self) -> int:
        """The number of batches an epoch; the last one may be smaller."""
        return -(-self.info.samples // self.samples_per_step)

    def to_json(self) -> bytes:
        """Return the recipe as indented JSON text, in UTF-8."""
        return msgspec.json.format(msgspec.json.encode(self))

    @classmethod
    def from_json(cls, text: bytes | str) -> "Experiment":
        """Read a recipe from JSON; raises ExperimentError if it is not one."""
        try:
            return msgspec.json.decode(text, type=cls)
        except ExperimentError:
            raise
        except (msgspec.MsgspecError, UnicodeError) as error:
            # A check that fails inside __post_init__ arrives wrapped; the sentence a person needs is the cause.
            if isinstance(error.__cause__, ExperimentError):
                raise error.__cause__ from None
            raise ExperimentError(
                "json",
                "This is not an experiment that Backscope can read, because {reason}: check the file.",
                reason=str(error),
            ) from error


def _choose(field: str, name: str, table: dict[str, T]) -> T:
    try:
        return table[name]
    except (KeyError, TypeError):
        raise ExperimentError(
            field,
            "There is no {what} named {name}: choose one of {choices}.",
            what=field,
            name=name,
            choices=", ".join(table),
        ) from None


def _within(field: str, value: Any, smallest: int, largest: int) -> int:
    number = not isinstance(value, bool) and isinstance(value, Integral)
    if not number or not smallest <= int(value) <= largest:
        raise ExperimentError(
            field,
            "The value {value} cannot be used for {what}: choose a whole number from {smallest} to {largest}.",
            value=value,
            what=field.replace("_", " "),
            smallest=smallest,
            largest=largest,
        )
    return int(value)


def _checked_learning_rate(value: Any) -> float:
    number = not isinstance(value, bool) and isinstance(value, Real)
    if not number or not 0.0 < value <= MAX_LEARNING_RATE:
        raise ExperimentError(
            "learning_rate",
            "The learning rate {value} cannot be used: choose a number above 0 and up to {largest}.",
            value=value,
            largest=int(MAX_LEARNING_RATE),
        )
    return float(value)


def _yes_or_no(field: str, value: Any) -> None:
    if not isinstance(value, bool):
        raise ExperimentError(
            field, "The value {value} cannot be used for {what}: choose true or false.", value=value, what=field
        )

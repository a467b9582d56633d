"""Checks what a form says with the engine's own rules, and finds what would help."""

from dataclasses import dataclass
from typing import Any

from app import wording
from backprop import Experiment, ExperimentError
from backprop.losses import LOSSES

#: Values that are always allowed stand in for wrong ones, so that one wrong field does not hide another.
SAFE: dict[str, Any] = {
    "learning_rate": 0.1,
    "batch_size": None,
    "epochs": 1,
    "seed": 0,
    "loss": "half_squared_error",
}
# Which field of the form shows an error that the engine found in a field of the experiment.
_SHOWN_AT = {"layers": "hidden", "units": "hidden"}


def checked(values: dict[str, Any], errors: dict[str, str]) -> Experiment | None:
    """Return the experiment of ``values``, its fields by name, or None if there are or come to be ``errors``.

    A translated sentence is added to ``errors`` for each field of the form that cannot be used, unless it has one.
    """
    values = dict(values)
    for _ in range(len(values) + 1):
        try:
            experiment = Experiment(**values)
        except ExperimentError as error:
            errors.setdefault(_SHOWN_AT.get(error.field, error.field), wording.sentence(error))
            if error.field in _SHOWN_AT:
                values["layers"] = values["layers"][-1:]
            elif error.field in SAFE:
                values[error.field] = SAFE[error.field]
            else:
                return None
        else:
            return None if errors else experiment
    return None


@dataclass(frozen=True)
class Remedy:
    """A value for one field of the form that makes objective and outputs fit each other."""

    field: str
    value: str

    @property
    def kind(self) -> str:
        """What the value names, as ``wording.term`` knows it."""
        return "activation" if self.field == "output_activation" else self.field


def remedy(loss: str, output: str, keep_output: bool) -> Remedy:
    """Return what makes the objective ``loss`` fit an ``output`` activation: change that one, or keep it."""
    allowed = LOSSES[loss].output_activations
    if allowed and not keep_output:
        return Remedy("output_activation", allowed[0])
    # One made for these outputs, else one for any; with a mean if there was one.
    mean = LOSSES[loss].mean
    fitting = [k for k, v in LOSSES.items() if output in v.output_activations or not v.output_activations]
    best = min(fitting, key=lambda k: (output not in LOSSES[k].output_activations, LOSSES[k].mean != mean))
    return Remedy("loss", best)

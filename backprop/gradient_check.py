"""Is the gradient right? The backward pass against central differences, and against TensorFlow where it is installed.

A central difference needs nothing but the forward pass: dL/dw is about (L(w + h) - L(w - h)) / 2h, with an error of the
order of h^2 from the curve and of eps L / h from rounding; h = 1e-5 in float64 keeps both small. Where a ReLU's corner
lies between w - h and w + h, the difference is the slope of neither side, and nothing can be checked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from backprop.arrays import Array, Integers, frozen
from backprop.datasets import Dataset, Samples
from backprop.errors import BackpropError
from backprop.experiment import Experiment
from backprop.losses import LOSSES
from backprop.network import forward
from backprop.snapshot import Snapshot
from backprop.stepper import Stepper
from backprop.tensorflow_gradients import tensorflow_gradients

#: A larger relative error than this means that one of the two is wrong.
TOLERANCE = 1e-5
#: So many samples of a larger batch are checked.
MOST_SAMPLES = 256
_STEP = 1e-5
# Tried where the first step does not agree: a smaller one passes beside a corner, a larger one rounds less.
_OTHER_STEPS = (1e-6, 1e-4, 1e-7, 1e-3)
# A loss of this many roundings of a sample's share is taken to be exact.
_ROUNDINGS = 4.0

#: Is told how many numbers of how many have been checked, and returns whether to go on.
Proceed = Callable[[int, int], bool]


class UncheckableError(BackpropError):
    """A moment at which there is no gradient to be checked."""


class CheckStopped(Exception):  # noqa: N818 - nothing has gone wrong
    """The check was given up because ``proceed`` said so."""


@dataclass(frozen=True, eq=False)
class CheckPoint:
    """Where gradients are checked: parameters and a batch in float64, and the gradients of the backward pass there.

    ``batch_samples`` is the size of the whole batch, of which x (samples, inputs) and y (samples, outputs) may be the
    first part. ``loss`` is the objective there.
    """

    experiment: Experiment
    parameters: Mapping[str, Array]
    gradients: Mapping[str, Array]
    x: Array
    y: Array
    loss: float
    batch_samples: int

    @classmethod
    def at_start(cls, experiment: Experiment, dataset: Dataset, samples: int = 16) -> "CheckPoint":
        """Return the initial weights of ``experiment``, with the first ``samples`` samples of ``dataset``."""
        return _computed(experiment, {}, dataset.train.x[:samples], dataset.train.y[:samples], samples)

    @classmethod
    def at(cls, snapshot: Snapshot, samples: int = MOST_SAMPLES) -> "CheckPoint":
        """Return the parameters and the batch of a moment, of that at most ``samples`` samples.

        Raises UncheckableError where they are no finite numbers.
        """
        x, y = snapshot.x[:samples], snapshot.y[:samples]
        return _computed(snapshot.experiment, snapshot.parameters, x, y, len(snapshot.rows))


@dataclass(frozen=True)
class ParameterCheck:
    """How far one parameter's gradient, such as that of W1, is from a second opinion.

    ``relative_error`` is the largest |ours - theirs| / max(|ours|, |theirs|, rms of this gradient) over the ``checked``
    of ``total`` numbers; it was found at ``index``. ``corners`` numbers more could not be checked, because the
    difference goes over a ReLU's corner.
    """

    name: str
    total: int
    checked: int
    relative_error: float
    index: tuple[int, ...]
    ours: float
    theirs: float
    corners: int = 0

    @property
    def passed(self) -> bool:
        """Whether the two agree within the tolerance."""
        return self.relative_error <= TOLERANCE


def check_differences(
    point: CheckPoint, *, at_most: int = 200, proceed: Proceed = lambda done, total: True
) -> list[ParameterCheck]:
    """Check the gradients of ``point`` against central differences.

    Of each parameter at most ``at_most`` numbers are checked, drawn at random from the experiment's seed. Raises
    CheckStopped as soon as ``proceed`` says no.
    """
    random = np.random.default_rng(point.experiment.seed)
    drawn = {name: np.sort(random.permutation(gradient.size)[:at_most]) for name, gradient in point.gradients.items()}
    total = sum(map(len, drawn.values()))
    done = 0
    checks = []
    for name, places in drawn.items():
        size = _rms(point.gradients[name])
        theirs: list[float | None] = []
        for place in places.tolist():
            if not proceed(done, total):
                raise CheckStopped
            theirs.append(_difference(point, name, place, size))
            done += 1
        found = np.array([value is not None for value in theirs])
        values = np.array([value for value in theirs if value is not None])
        check = _compare(name, point.gradients[name], places[found], values, _unresolved(point))
        checks.append(replace(check, corners=len(places) - len(values)))
    proceed(total, total)
    return checks


def check_tensorflow(point: CheckPoint) -> list[ParameterCheck]:
    """Check all gradients against TensorFlow's GradientTape; raises ImportError where it is not installed."""
    experiment = point.experiment
    return compare_gradients(
        point, tensorflow_gradients(experiment.layers, experiment.loss, point.parameters, point.x, point.y)
    )


def compare_gradients(point: CheckPoint, theirs: Mapping[str, Array]) -> list[ParameterCheck]:
    """Check all gradients of ``point`` against those of somebody else, by the same names and in the same shapes."""
    return [
        _compare(name, gradient, np.arange(gradient.size), theirs[name].ravel())
        for name, gradient in point.gradients.items()
    ]


def _computed(
    experiment: Experiment, parameters: Mapping[str, Array], x: Array, y: Array, batch_samples: int
) -> CheckPoint:
    """Return the gradients that the phases of a run compute, in float64, with these samples as the only batch."""
    x, y = (np.ascontiguousarray(array, np.float64) for array in (x, y))
    batch = Samples(frozen(x), frozen(y), np.zeros(len(x), np.int64))
    wide = experiment.replace(dtype="float64", batch_size=None, shuffle=False)
    stepper = Stepper(wide, Dataset(experiment.dataset, experiment.info, batch))
    for name, value in parameters.items():
        stepper.network.parameters[name][...] = value
    with np.errstate(all="ignore"):
        while stepper.phase < stepper.last_phase - 1:
            stepper.step_phase()
        loss = stepper.objective()
    gradients = {name: frozen(value.copy()) for name, value in stepper.network.gradients.items()}
    used = {name: frozen(value.copy()) for name, value in stepper.network.parameters.items()}
    if not all(np.isfinite(value).all() for value in (*used.values(), *gradients.values(), np.array(loss))):
        raise UncheckableError(
            "The numbers of this moment are no longer finite, so there is no gradient to check: "
            "go back to an earlier moment, or reset and try a smaller learning rate."
        )
    return CheckPoint(wide, used, gradients, batch.x, batch.y, loss, batch_samples)


def _difference(point: CheckPoint, name: str, place: int, size: float) -> float | None:
    """Return the central difference for a number of a gradient whose RMS is ``size``.

    None where every step goes over a corner.
    """
    ours = float(point.gradients[name].flat[place])
    best: float | None = None
    for step in (_STEP, *_OTHER_STEPS):
        theirs = _difference_with(point, name, place, step)
        if theirs is None:
            continue
        if best is None or abs(theirs - ours) < abs(best - ours):
            best = theirs
        # A gradient that is wrong agrees with no step.
        if abs(best - ours) <= TOLERANCE * max(abs(ours), abs(best), size):
            break
    return best


def _difference_with(point: CheckPoint, name: str, place: int, step: float) -> float | None:
    losses, sides = [], []
    layers = point.experiment.layers
    for way in (step, -step):
        moved = dict(point.parameters) | {name: point.parameters[name].copy()}
        moved[name].flat[place] += way
        values = forward(layers, moved, point.x)
        losses.append(LOSSES[point.experiment.loss].value(*values[-1], point.y))
        sides.append([z > 0 for layer, (z, _) in zip(layers, values, strict=True) if layer.activation == "relu"])
    if not all(np.array_equal(above, below) for above, below in zip(*sides, strict=True)):
        return None
    return (losses[0] - losses[1]) / (2 * step)


def _unresolved(point: CheckPoint) -> float:
    """Return how far off a difference may be by rounding alone."""
    share = LOSSES[point.experiment.loss].factor(len(point.x))
    rounding = float(np.finfo(np.float64).eps) * (abs(point.loss) + share * len(point.x))
    return _ROUNDINGS * rounding / _STEP


def _compare(name: str, gradient: Array, places: Integers, theirs: Array, unresolved: float = 0.0) -> ParameterCheck:
    ours = gradient.ravel()[places]
    # A number that rounding could change as a whole is compared with what rounding leaves of it.
    least = max(_rms(gradient), unresolved / TOLERANCE)
    scale = np.maximum(np.maximum(np.abs(ours), np.abs(theirs)), least)
    # Where the whole gradient is zero, nothing can be wrong by a part of it.
    errors = np.divide(np.abs(ours - theirs), scale, out=np.abs(ours - theirs), where=scale > 0)
    if not errors.size:
        return ParameterCheck(name, gradient.size, 0, 0.0, (), 0.0, 0.0)
    worst = int(np.argmax(errors))
    return ParameterCheck(
        name,
        gradient.size,
        len(places),
        float(errors[worst]),
        tuple(int(i) for i in np.unravel_index(int(places[worst]), gradient.shape)),
        float(ours[worst]),
        float(theirs[worst]),
    )


def _rms(gradient: Array) -> float:
    return float(np.sqrt(np.mean(gradient**2)))

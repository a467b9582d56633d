"""Is the gradient right? The backward pass against central differences, and against TensorFlow where it is installed.

A central difference needs nothing but the forward pass: dL/dw is about (L(w + h) - L(w - h)) / 2h, with an error of the
order of h^2 from the curve and of eps L / h from rounding; h = 1e-5 in float64 keeps both small.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from backprop.arrays import Array, Integers, frozen
from backprop.datasets import Dataset, Samples
from backprop.experiment import Experiment
from backprop.losses import LOSSES
from backprop.network import forward
from backprop.trainer import Trainer

#: A larger relative error than this means that one of the two is wrong.
TOLERANCE = 1e-5
_STEP = 1e-5


@dataclass(frozen=True)
class ParameterCheck:
    """How far one parameter's gradient, such as that of W1, is from a second opinion.

    ``relative_error`` is the largest |ours - theirs| / max(|ours|, |theirs|, rms of this gradient) over the ``checked``
    of ``total`` numbers; it was found at ``index``.
    """

    name: str
    total: int
    checked: int
    relative_error: float
    index: tuple[int, ...]
    ours: float
    theirs: float

    @property
    def passed(self) -> bool:
        """Whether the two agree within the tolerance."""
        return self.relative_error <= TOLERANCE


def check_differences(
    experiment: Experiment, dataset: Dataset, *, samples: int = 16, at_most: int = 200
) -> list[ParameterCheck]:
    """Check the gradients at the initial weights, in float64, on the first ``samples`` samples of ``dataset``.

    Of each parameter at most ``at_most`` numbers are checked, drawn at random from the experiment's seed.
    """
    trainer, batch = _in_float64(experiment, dataset, samples)
    gradients = trainer.loss_and_gradients(batch.x, batch.y)[1]
    parameters = trainer.parameters
    random = np.random.default_rng(experiment.seed)
    checks = []
    for name, gradient in gradients.items():
        places = np.sort(random.permutation(gradient.size)[:at_most])
        theirs = np.array([_difference(experiment, parameters, name, place, batch) for place in places])
        checks.append(_compare(name, gradient, places, theirs))
    return checks


def check_tensorflow(experiment: Experiment, dataset: Dataset, *, samples: int = 16) -> list[ParameterCheck]:
    """Check all gradients against TensorFlow's GradientTape, likewise; raises ImportError where it is not installed."""
    import tensorflow as tf

    trainer, batch = _in_float64(experiment, dataset, samples)
    gradients = trainer.loss_and_gradients(batch.x, batch.y)[1]
    variables = {name: tf.Variable(value) for name, value in trainer.parameters.items()}
    activations = {
        "sigmoid": tf.sigmoid,
        "tanh": tf.tanh,
        "relu": tf.nn.relu,
        "softmax": tf.nn.softmax,
        "identity": tf.identity,
    }
    with tf.GradientTape() as tape:
        a = z = tf.constant(batch.x)
        for number, layer in enumerate(experiment.layers, 1):
            z = a @ variables[f"W{number}"]
            if layer.biases:
                z = z + variables[f"b{number}"]
            a = activations[layer.activation](z)
        y = tf.constant(batch.y)
        terms = {
            "half_squared_error": lambda: 0.5 * (a - y) ** 2,
            "cross_entropy": lambda: tf.nn.softmax_cross_entropy_with_logits(y, z),
            "binary_cross_entropy": lambda: tf.nn.sigmoid_cross_entropy_with_logits(y, z),
        }
        objective = tf.reduce_sum(terms[experiment.loss.removeprefix("mean_")]())
        if LOSSES[experiment.loss].mean:
            objective /= len(batch)
    theirs = tape.gradient(objective, variables)
    return [
        _compare(name, gradient, np.arange(gradient.size), theirs[name].numpy().ravel())
        for name, gradient in gradients.items()
    ]


def _in_float64(experiment: Experiment, dataset: Dataset, samples: int) -> tuple[Trainer, Samples]:
    train = dataset.train
    x, y = (array[:samples].astype(np.float64) for array in (train.x, train.y))
    batch = Samples(frozen(x), frozen(y), train.labels[:samples])
    small = Dataset(dataset.name, dataset.info, batch)
    return Trainer(experiment.replace(dtype="float64", batch_size=None, shuffle=False), small), batch


def _difference(
    experiment: Experiment, parameters: Mapping[str, Array], name: str, place: int, batch: Samples
) -> float:
    losses = []
    for step in (_STEP, -_STEP):
        moved = dict(parameters) | {name: parameters[name].copy()}
        moved[name].flat[place] += step
        z, a = forward(experiment.layers, moved, batch.x)[-1]
        losses.append(LOSSES[experiment.loss].value(z, a, batch.y))
    return (losses[0] - losses[1]) / (2 * _STEP)


def _compare(name: str, gradient: Array, places: Integers, theirs: Array) -> ParameterCheck:
    ours = gradient.ravel()[places]
    scale = np.maximum(np.maximum(np.abs(ours), np.abs(theirs)), np.sqrt(np.mean(gradient**2)))
    # Where the whole gradient is zero, nothing can be wrong by a part of it.
    errors = np.divide(np.abs(ours - theirs), scale, out=np.abs(ours - theirs), where=scale > 0)
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

"""Every gradient against TensorFlow's GradientTape, which differentiates the same network by its own means."""

import warnings
from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest

import backprop
from backprop import Layer
from backprop.activations import ACTIVATIONS
from backprop.losses import LOSSES

SAMPLES, INPUTS, OUTPUTS = 6, 3, 4


@pytest.fixture(scope="module")
def tf() -> Any:
    """TensorFlow, imported when the first test needs it: that takes seconds, and may warn of things not ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import tensorflow
    return tensorflow


def objective_in_tensorflow(tf: Any, loss: str, z: Any, a: Any, y: Any) -> Any:
    """The objective as TensorFlow would be told of it, summed over outputs and samples, or divided by the samples."""
    if loss.endswith("half_squared_error"):
        total = tf.reduce_sum(tf.square(a - y)) / 2
    elif loss.endswith("binary_cross_entropy"):
        total = tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=z))
    else:
        total = -tf.reduce_sum(y * tf.nn.log_softmax(z))
    return total / len(y) if loss.startswith("mean_") else total


def gradients_in_tensorflow(
    tf: Any, experiment: backprop.Experiment, parameters: dict[str, Any], x: Any, y: Any
) -> tuple[float, dict[str, Any]]:
    activations = {
        "sigmoid": tf.math.sigmoid,
        "tanh": tf.math.tanh,
        "relu": tf.nn.relu,
        "softmax": tf.nn.softmax,
        "identity": tf.identity,
    }
    variables = {name: tf.Variable(value) for name, value in parameters.items()}
    with tf.GradientTape() as tape:
        z = a = tf.constant(x)
        for number, layer in enumerate(experiment.layers, 1):
            z = tf.linalg.matmul(a, variables[f"W{number}"])
            if layer.biases:
                z = z + variables[f"b{number}"]
            a = activations[layer.activation](z)
        objective = objective_in_tensorflow(tf, experiment.loss, z, a, tf.constant(y))
    gradients = tape.gradient(objective, variables)
    return float(objective), {name: gradient.numpy() for name, gradient in gradients.items()}


def combinations() -> list[tuple[str, str, str, bool]]:
    return [
        (hidden, output, loss, biases)
        for hidden, output, loss, biases in product(ACTIVATIONS, ACTIVATIONS, LOSSES, (True, False))
        if not LOSSES[loss].output_activations or output in LOSSES[loss].output_activations
    ]


@pytest.mark.parametrize(("hidden", "output", "loss", "biases"), combinations())
def test_objective_and_gradients(
    hidden: str, output: str, loss: str, biases: bool, tf: Any, small_dataset: Callable[..., backprop.Dataset]
) -> None:
    dataset = small_dataset(SAMPLES, INPUTS, OUTPUTS)
    layers = (
        Layer(5, hidden, "xavier", biases),
        Layer(3, hidden, "xavier", biases),
        Layer(OUTPUTS, output, "xavier", biases),
    )
    experiment = backprop.Experiment(dataset=dataset.name, layers=layers, loss=loss, learning_rate=0.02, seed=5)
    trainer = backprop.Trainer(experiment, dataset)
    trainer.step_epoch()  # biases begin at zero; now they are not
    x, y = dataset.train.x, dataset.train.y
    expected_value, expected = gradients_in_tensorflow(tf, experiment, trainer.parameters, x, y)
    value, gradients = trainer.loss_and_gradients(x, y)
    assert value == pytest.approx(expected_value, rel=1e-12)
    assert sorted(gradients) == sorted(expected)
    for name in expected:
        np.testing.assert_allclose(gradients[name], expected[name], rtol=1e-10, atol=1e-13, err_msg=name)


def test_a_batch_of_the_mnist_lesson_in_float32(tf: Any, mnist: backprop.Dataset) -> None:
    experiment = backprop.LESSONS["mnist"].experiment
    trainer = backprop.Trainer(experiment, mnist)
    x, y = mnist.train.x[:64], mnist.train.y[:64]
    expected_value, expected = gradients_in_tensorflow(tf, experiment, trainer.parameters, x, y)
    value, gradients = trainer.loss_and_gradients(x, y)
    assert value == pytest.approx(expected_value, rel=1e-5)
    for name in ("W1", "b1", "W2", "b2"):
        assert gradients[name].dtype == np.float32
        largest = np.abs(expected[name]).max()
        np.testing.assert_allclose(gradients[name], expected[name], rtol=1e-3, atol=1e-5 * largest, err_msg=name)

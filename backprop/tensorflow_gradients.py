"""The gradients that TensorFlow finds: a second opinion, of somebody who does not know how we got ours."""

from collections.abc import Mapping, Sequence

from backprop.arrays import Array
from backprop.experiment import Layer
from backprop.losses import LOSSES


def tensorflow_gradients(
    layers: Sequence[Layer], loss: str, parameters: Mapping[str, Array], x: Array, y: Array
) -> dict[str, Array]:
    """Return the gradients by name, for x (samples, inputs) and y (samples, outputs).

    Raises ImportError where TensorFlow is not installed; to load it takes seconds.
    """
    import tensorflow as tf

    variables = {name: tf.Variable(value) for name, value in parameters.items()}
    activations = {
        "sigmoid": tf.sigmoid,
        "tanh": tf.tanh,
        "relu": tf.nn.relu,
        "softmax": tf.nn.softmax,
        "identity": tf.identity,
    }
    with tf.GradientTape() as tape:
        a = z = tf.constant(x)
        for number, layer in enumerate(layers, 1):
            z = a @ variables[f"W{number}"]
            if layer.biases:
                z = z + variables[f"b{number}"]
            a = activations[layer.activation](z)
        targets = tf.constant(y)
        terms = {
            "half_squared_error": lambda: 0.5 * (a - targets) ** 2,
            "cross_entropy": lambda: tf.nn.softmax_cross_entropy_with_logits(targets, z),
            "binary_cross_entropy": lambda: tf.nn.sigmoid_cross_entropy_with_logits(targets, z),
        }
        objective = tf.reduce_sum(terms[loss.removeprefix("mean_")]())
        if LOSSES[loss].mean:
            objective /= len(x)
    return {name: gradient.numpy() for name, gradient in tape.gradient(objective, variables).items()}

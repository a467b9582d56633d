"""Every gradient against central differences: any activation, layer and loss, with and without biases."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest

import backprop
from backprop import Layer
from backprop.activations import ACTIVATIONS
from backprop.arrays import Array
from backprop.losses import LOSSES
from backprop.network import forward

SAMPLES, INPUTS, OUTPUTS = 5, 3, 4
STEP = 1e-6


# Which of three layers have biases.
BIASES = {"biases": (True, True, True), "no biases": (False, False, False), "mixed": (True, False, True)}


def combinations() -> list[tuple[str, str, str, str]]:
    """Return hidden activation, output activation, loss, and a name of ``BIASES``."""
    return [
        (hidden, output, loss, biases)
        for hidden, output, loss, biases in product(ACTIVATIONS, ACTIVATIONS, LOSSES, BIASES)
        if not LOSSES[loss].output_activations or output in LOSSES[loss].output_activations
    ]


def experiment_for(dataset: str, hidden: str, output: str, loss: str, biases: str = "biases") -> backprop.Experiment:
    first, second, third = BIASES[biases]
    return backprop.Experiment(
        dataset=dataset,
        layers=(
            Layer(7, hidden, "xavier", first),
            Layer(5, hidden, "xavier", second),
            Layer(OUTPUTS, output, "xavier", third),
        ),
        loss=loss,
        learning_rate=0.02,
        epochs=5,
        seed=3,
    )


def central_differences(objective: Callable[[], float], parameters: dict[str, Array]) -> dict[str, Array]:
    """Return (L(w + h) - L(w - h)) / 2h for every number w of ``parameters``, which ``objective`` reads."""
    slopes = {}
    for name, values in parameters.items():
        slopes[name] = np.empty_like(values)
        for index in np.ndindex(values.shape):
            kept = values[index]
            values[index] = kept + STEP
            above = objective()
            values[index] = kept - STEP
            below = objective()
            values[index] = kept
            slopes[name][index] = (above - below) / (2 * STEP)
    return slopes


@pytest.mark.parametrize(("hidden", "output", "loss", "biases"), combinations())
def test_gradients_are_the_slopes_of_the_objective(
    hidden: str, output: str, loss: str, biases: str, small_dataset: Callable[..., backprop.Dataset]
) -> None:
    dataset = small_dataset(SAMPLES, INPUTS, OUTPUTS)
    experiment = experiment_for(dataset.name, hidden, output, loss, biases)
    trainer = backprop.Trainer(experiment, dataset)
    # Biases begin at zero and the first deltas may be special; a few steps later nothing is.
    trainer.step_epoch()
    trainer.step_epoch()
    parameters = trainer.parameters
    assert [name for name in parameters if name.startswith("b")] == [
        f"b{layer}" for layer, present in enumerate(BIASES[biases], 1) if present
    ]
    x, y = dataset.train.x, dataset.train.y

    def objective() -> float:
        z, a = forward(experiment.layers, parameters, x)[-1]
        return LOSSES[loss].value(z, a, y)

    for layer, (z, _) in zip(experiment.layers, forward(experiment.layers, parameters, x), strict=True):
        assert layer.activation != "relu" or np.abs(z).min() > 20 * STEP, "a difference across the corner is no slope"
    slopes = central_differences(objective, parameters)
    assert any(np.abs(slope).max() > 1e-3 for slope in slopes.values())

    value, gradients = trainer.loss_and_gradients(x, y)
    assert value == pytest.approx(objective(), rel=1e-13)
    # What training itself computes in the phases of the next step, before its update.
    for _ in range(2 * len(experiment.layers) + 1):
        trainer.step_phase()
    phase_by_phase = trainer.snapshot().gradients

    assert list(gradients) == list(parameters)
    assert sorted(phase_by_phase) == sorted(parameters)
    for name, slope in slopes.items():
        np.testing.assert_allclose(gradients[name], slope, rtol=1e-6, atol=1e-8, err_msg=name)
        np.testing.assert_allclose(phase_by_phase[name], slope, rtol=1e-6, atol=1e-8, err_msg=name)


def test_gradients_of_one_layer_and_of_many(small_dataset: Callable[..., backprop.Dataset]) -> None:
    dataset = small_dataset(SAMPLES, INPUTS, OUTPUTS)
    for depth in (1, 8):
        layers = (*(Layer(2, "tanh", "standard_normal") for _ in range(depth - 1)), Layer(OUTPUTS, "softmax"))
        trainer = backprop.Trainer(
            backprop.Experiment(dataset=dataset.name, layers=layers, loss="cross_entropy"), dataset
        )
        parameters = trainer.parameters

        def objective(layers: tuple[Layer, ...] = layers, parameters: dict[str, Array] = parameters) -> float:
            z, a = forward(layers, parameters, dataset.train.x)[-1]
            return LOSSES["cross_entropy"].value(z, a, dataset.train.y)

        _, gradients = trainer.loss_and_gradients(dataset.train.x, dataset.train.y)
        for name, slope in central_differences(objective, parameters).items():
            np.testing.assert_allclose(gradients[name], slope, rtol=1e-6, atol=1e-8, err_msg=f"{name} of {depth}")


def test_asking_for_gradients_changes_nothing(
    small_dataset: Callable[..., backprop.Dataset],
    assert_same_moment: Callable[[backprop.Snapshot, backprop.Snapshot], None],
) -> None:
    dataset = small_dataset(SAMPLES, INPUTS, OUTPUTS)
    experiment = experiment_for(dataset.name, "tanh", "sigmoid", "half_squared_error")
    trainer = backprop.Trainer(experiment, dataset)
    for _ in range(6):  # in the middle of a step, when there is most to spoil
        trainer.step_phase()
    before = trainer.snapshot()
    _, gradients = trainer.loss_and_gradients(2 * dataset.train.x, dataset.train.y)
    trainer.predict(dataset.train.x)
    for gradient in gradients.values():
        gradient.fill(np.nan)
    assert_same_moment(trainer.snapshot(), before)


def test_half_squared_error_of_several_outputs_has_no_factor_two_and_no_division(
    small_dataset: Callable[..., backprop.Dataset],
) -> None:
    dataset = small_dataset(SAMPLES, INPUTS, OUTPUTS)
    experiment = experiment_for(dataset.name, "tanh", "sigmoid", "half_squared_error")
    trainer = backprop.Trainer(experiment, dataset)
    trainer.step_batch()
    moment = trainer.snapshot()
    a, delta = moment.a[-1], moment.delta[-1]
    assert a is not None
    assert delta is not None
    np.testing.assert_allclose(delta, (a - moment.y) * a * (1 - a), rtol=1e-13)
    assert moment.objective == pytest.approx(0.5 * ((a - moment.y) ** 2).sum(), rel=1e-13)
    assert moment.mse == pytest.approx(((a - moment.y) ** 2).mean(), rel=1e-13)

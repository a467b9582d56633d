"""A sample under the microscope: the batch's own numbers, computed for it alone, and nothing taught by it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import backprop
from backprop import Cursor, Snapshot
from backprop.losses import LOSSES
from backprop.microscope import Microscope, examine

XOR = backprop.LESSONS["xor"].experiment
MNIST = backprop.LESSONS["mnist"].experiment
Run = tuple[backprop.Experiment, backprop.Dataset]


@pytest.fixture(scope="module")
def mnist_run(mnist: backprop.Dataset) -> backprop.Trainer:
    trainer = backprop.Trainer(MNIST, mnist, evaluate=False)
    for _ in range(40):
        trainer.step_batch()
    return trainer


def before_update(trainer: backprop.Trainer) -> Snapshot:
    """Step to the moment at which every gradient of the next batch is known, and the update has not been made."""
    trainer.step_phase()
    while trainer.cursor.phase != len(trainer.snapshot().phases) - 1:
        trainer.step_phase()
    return trainer.snapshot()


def alone(moment: Snapshot, row: int, **options: int) -> Snapshot:
    return examine(moment, moment.x[row : row + 1], moment.y[row : row + 1], **options)


def close(dtype: str) -> Callable[[object], object]:
    """Return an approximation that allows for another order of the same additions."""
    tolerance = 1e-9 if dtype == "float64" else 2e-4
    return lambda value: pytest.approx(value, rel=tolerance, abs=tolerance)


@settings(max_examples=40)
@given(data=st.data())
def test_alone_gradients_add_up_to_that_of_the_batch(any_run: st.SearchStrategy[Run], data: st.DataObject) -> None:
    experiment, dataset = data.draw(any_run)
    moment = before_update(backprop.Trainer(experiment, dataset))
    samples = len(moment.rows)
    parts = [alone(moment, row) for row in range(samples)]
    share = 1 / samples if LOSSES[experiment.loss].mean else 1.0
    approx = close(experiment.dtype)
    for name, gradient in moment.gradients.items():
        assert share * sum(part.gradients[name] for part in parts) == approx(gradient)
    assert share * sum(part.objective or 0.0 for part in parts) == approx(moment.objective)
    for layer in range(len(experiment.layers)):
        for row, part in enumerate(parts):
            assert part.z[layer] == approx(moment.z[layer][row : row + 1])
            assert part.a[layer] == approx(moment.a[layer][row : row + 1])
            assert share * part.delta[layer] == approx(moment.delta[layer][row : row + 1])


@settings(max_examples=15)
@given(data=st.data())
def test_the_whole_batch_examined_is_the_batch(
    any_run: st.SearchStrategy[Run], data: st.DataObject, assert_same_moment: Callable[[Snapshot, Snapshot], None]
) -> None:
    experiment, dataset = data.draw(any_run)
    moment = before_update(backprop.Trainer(experiment, dataset))
    assert_same_moment(replace(examine(moment, moment.x, moment.y), rows=moment.rows), moment)


def test_it_follows_the_phases(xor: backprop.Dataset) -> None:
    moment = backprop.Trainer(XOR, xor).snapshot()
    known = []
    for phase in range(6):
        result = alone(moment, 1, phase=phase)
        assert result.cursor == Cursor(0, 0, phase)
        assert (result.objective is not None) == (phase >= 3)
        known.append(
            sum(values is not None for values in (*result.z, *result.a, *result.delta)) + len(result.gradients)
        )
    assert known == [0, 2, 4, 4, 6, 8]


def test_the_moment_stays_as_it_is(mnist_run: backprop.Trainer, mnist: backprop.Dataset) -> None:
    moment = mnist_run.snapshot()
    assert mnist.test is not None
    result = examine(moment, mnist.test.x[17:18], mnist.test.y[17:18])
    assert result.rows.tolist() == [0]
    assert result.experiment == moment.experiment
    assert result.cursor == Cursor(0, moment.cursor.batch, 5)
    assert result.step == moment.step
    assert result.x.tobytes() == mnist.test.x[17:18].tobytes()
    for name, value in moment.parameters.items():
        assert result.parameters[name].tobytes() == value.tobytes()
        assert result.initial_parameters[name] is moment.initial_parameters[name]
        assert not result.parameters[name].flags.writeable
    assert result.a[-1] == pytest.approx(moment.predict(mnist.test.x[17:18]), rel=1e-5, abs=1e-7)


def test_the_gradients_are_those_of_the_trainer(mnist_run: backprop.Trainer, mnist: backprop.Dataset) -> None:
    assert mnist.test is not None
    x, y = mnist.test.x[5:6], mnist.test.y[5:6]
    objective, gradients = mnist_run.loss_and_gradients(x, y)
    result = examine(mnist_run.snapshot(), x, y)
    assert result.objective == objective
    for name, gradient in gradients.items():
        assert result.gradients[name].tobytes() == gradient.tobytes()


def test_one_microscope_examines_many_samples_moments_and_experiments(
    mnist_run: backprop.Trainer, mnist: backprop.Dataset, xor: backprop.Dataset
) -> None:
    microscope = Microscope()
    small = backprop.Trainer(XOR, xor)
    first = small.snapshot()
    small.step_epoch()
    for moment in (first, mnist_run.snapshot(), small.snapshot(), first):
        for row in (0, 3):
            x, y = moment.x[row : row + 1], moment.y[row : row + 1]
            kept, fresh = microscope.examine(moment, x, y), examine(moment, x, y)
            assert kept.objective == fresh.objective
            for name in fresh.gradients:
                assert kept.gradients[name].tobytes() == fresh.gradients[name].tobytes()


def test_what_was_seen_before_does_not_change(xor: backprop.Dataset) -> None:
    moment = backprop.Trainer(XOR, xor).snapshot()
    microscope = Microscope()
    x = moment.x[1:2].copy()
    first = microscope.examine(moment, x, moment.y[1:2])
    kept = first.delta[0].copy()
    x += 1.0
    microscope.examine(moment, moment.x[2:3], moment.y[2:3])
    assert first.delta[0].tobytes() == kept.tobytes()
    assert first.x.tobytes() == moment.x[1:2].tobytes()


def test_the_update_cannot_be_asked_for(xor: backprop.Dataset) -> None:
    moment = backprop.Trainer(XOR, xor).snapshot()
    for phase in (-1, 6):
        with pytest.raises(ValueError, match="0 to 5"):
            alone(moment, 0, phase=phase)


@pytest.mark.parametrize("shape", [(2,), (1, 3), (0, 2), (5, 2)])
def test_samples_of_another_size_are_refused(xor: backprop.Dataset, shape: tuple[int, ...]) -> None:
    moment = backprop.Trainer(XOR, xor).snapshot()
    with pytest.raises(ValueError, match="not samples of this network"):
        examine(moment, np.zeros(shape), np.zeros((max(1, shape[0] if len(shape) > 1 else 1), 1)))


def test_a_moment_that_overflows_can_be_looked_at(small_dataset: Callable[..., backprop.Dataset]) -> None:
    dataset = small_dataset(4, 2, 1, "float32")
    experiment = XOR.replace(
        dataset=dataset.name, layers=(backprop.Layer(1, "identity"),), learning_rate=1000.0, dtype="float32", epochs=500
    )
    trainer = backprop.Trainer(experiment, dataset)
    with pytest.raises(backprop.DivergedError):
        trainer.run()
    assert len(alone(trainer.snapshot(), 0).gradients) == 2

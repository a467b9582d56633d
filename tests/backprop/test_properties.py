"""What holds for every network: shapes, types, batches, shuffling, determinism, and one path for every pace."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import backprop
from backprop import DivergedError, Layer

Compare = Callable[[backprop.Snapshot, backprop.Snapshot], None]
Runs = st.SearchStrategy[tuple[backprop.Experiment, backprop.Dataset]]


def to_the_end(trainer: backprop.Trainer, move: Callable[[], None]) -> int | None:
    """Repeat ``move`` until the run is finished, or return the step at which its numbers stopped being finite."""
    try:
        while not trainer.finished:
            move()
    except DivergedError as error:
        return error.step
    return None


def assert_same_record(first: backprop.History, second: backprop.History) -> None:
    for name in ("step_mse", "step_objective", "loss", "accuracy", "class_accuracy"):
        assert getattr(first, name).tobytes() == getattr(second, name).tobytes(), name


@given(data=st.data())
def test_shapes_and_types(data: st.DataObject, any_run: Runs) -> None:
    experiment, dataset = data.draw(any_run)
    trainer = backprop.Trainer(experiment, dataset)
    size = experiment.batch_size or len(dataset.train)
    for batch in range(experiment.steps_per_epoch):
        try:
            trainer.step_batch()
        except DivergedError:
            return
        snapshot = trainer.snapshot()
        samples = min(size, len(dataset.train) - batch * size)
        assert snapshot.rows.shape == (samples,)
        assert snapshot.x.shape == (samples, dataset.info.inputs)
        assert snapshot.y.shape == (samples, dataset.info.outputs)
        inputs = dataset.info.inputs
        for number, layer in enumerate(experiment.layers, 1):
            for values in (snapshot.z, snapshot.a, snapshot.delta):
                array = values[number - 1]
                assert array is not None
                assert array.shape == (samples, layer.units)
                assert array.dtype == experiment.dtype
            for arrays in (snapshot.parameters, snapshot.gradients, snapshot.initial_parameters, trainer.parameters):
                assert arrays[f"W{number}"].shape == (inputs, layer.units)
                assert arrays[f"W{number}"].dtype == experiment.dtype
                assert (f"b{number}" in arrays) == layer.biases
                if layer.biases:
                    assert arrays[f"b{number}"].shape == (layer.units,)
                    assert arrays[f"b{number}"].dtype == experiment.dtype
            inputs = layer.units
    assert trainer.predict(dataset.train.x).shape == dataset.train.y.shape
    assert trainer.predict(dataset.train.x).dtype == experiment.dtype


@given(data=st.data())
def test_every_sample_is_seen_once_an_epoch(data: st.DataObject, any_run: Runs) -> None:
    experiment, dataset = data.draw(any_run)
    trainer = backprop.Trainer(experiment, dataset)
    for _ in range(experiment.epochs):
        seen: list[int] = []
        for _ in range(experiment.steps_per_epoch):
            try:
                trainer.step_batch()
            except DivergedError:
                return
            snapshot = trainer.snapshot()
            assert np.array_equal(snapshot.x, dataset.train.x[snapshot.rows])
            assert np.array_equal(snapshot.y, dataset.train.y[snapshot.rows])
            seen += snapshot.rows.tolist()
        assert sorted(seen) == list(range(len(dataset.train)))
        assert experiment.shuffle or seen == sorted(seen)
    assert trainer.finished


@given(data=st.data())
def test_one_step_goes_down_the_gradient(data: st.DataObject, any_run: Runs) -> None:
    experiment, dataset = data.draw(any_run)
    trainer = backprop.Trainer(experiment, dataset)
    before = trainer.parameters
    trainer.step_phase()
    batch = trainer.snapshot()
    objective, gradients = trainer.loss_and_gradients(batch.x, batch.y)
    trainer.step_batch()
    rate = np.dtype(experiment.dtype).type(experiment.learning_rate)
    tolerance = 100 * float(np.finfo(experiment.dtype).eps)
    assert trainer.history.step_objective[0] == pytest.approx(objective, rel=tolerance)
    for name, value in before.items():
        computed = trainer.snapshot().gradients[name]
        largest = np.abs(computed).max()
        np.testing.assert_allclose(computed, gradients[name], rtol=tolerance, atol=tolerance * largest)
        assert np.array_equal(trainer.parameters[name], value - rate * computed)


@given(data=st.data())
def test_every_pace_gives_the_same_bits(data: st.DataObject, any_run: Runs, assert_same_moment: Compare) -> None:
    experiment, dataset = data.draw(any_run)
    whole = backprop.Trainer(experiment, dataset)
    outcome = to_the_end(whole, whole.run)

    def mixed(trainer: backprop.Trainer) -> Callable[[], None]:
        moves = [trainer.step_phase, trainer.step_batch, trainer.step_epoch]
        return lambda: moves[data.draw(st.integers(0, 2))]()

    paces: list[Callable[[backprop.Trainer], Callable[[], None]]] = [
        lambda trainer: trainer.step_phase,
        lambda trainer: trainer.step_batch,
        lambda trainer: trainer.step_epoch,
        mixed,
    ]
    for pace in paces:
        trainer = backprop.Trainer(experiment, dataset)
        assert to_the_end(trainer, pace(trainer)) == outcome
        assert_same_moment(trainer.snapshot(), whole.snapshot())
        assert_same_record(trainer.history, whole.history)


@given(data=st.data())
def test_the_same_experiment_gives_the_same_run(
    data: st.DataObject, any_run: Runs, assert_same_moment: Compare
) -> None:
    experiment, dataset = data.draw(any_run)
    first, again = (
        backprop.Trainer(experiment, dataset),
        backprop.Trainer(backprop.Experiment.from_json(experiment.to_json()), dataset),
    )
    np.random.seed(data.draw(st.integers(0, 1000)))  # hidden state that must not matter
    assert to_the_end(first, first.run) == to_the_end(again, again.run)
    assert_same_moment(first.snapshot(), again.snapshot())
    assert_same_record(first.history, again.history)

    again.reset()
    assert_same_moment(again.snapshot(), backprop.Trainer(experiment, dataset).snapshot())
    to_the_end(again, again.step_batch)
    assert_same_moment(first.snapshot(), again.snapshot())
    assert_same_record(first.history, again.history)


@given(data=st.data())
def test_the_record_is_complete(data: st.DataObject, any_run: Runs) -> None:
    experiment, dataset = data.draw(any_run)
    trainer = backprop.Trainer(experiment, dataset)
    objectives, errors = [], []
    try:
        while not trainer.finished:
            trainer.step_batch()
            snapshot = trainer.snapshot()
            objectives.append(snapshot.objective)
            errors.append(((np.asarray(snapshot.a[-1], np.float64) - snapshot.y) ** 2).mean())
    except DivergedError:
        return
    history, epochs, steps = trainer.history, experiment.epochs, experiment.steps_per_epoch
    assert history.step_objective.tolist() == objectives
    np.testing.assert_allclose(history.step_mse, errors, rtol=1e-5)
    assert history.loss.shape == history.accuracy.shape == (epochs,)
    size = experiment.batch_size or len(dataset.train)
    weights = [min(size, len(dataset.train) - batch * size) for batch in range(steps)]
    expected = np.average(history.step_mse.reshape(epochs, steps), axis=1, weights=weights)
    np.testing.assert_allclose(history.loss, expected, rtol=1e-12)
    if dataset.test is None:
        assert np.isnan(history.accuracy).all()
    else:
        assert history.class_accuracy.shape == (epochs, len(dataset.info.class_names))
        right = trainer.predicted_test_classes() == dataset.test.labels
        assert history.accuracy[-1] == right.mean()


@given(data=st.data())
def test_a_prediction_does_not_depend_on_its_neighbours(data: st.DataObject, any_run: Runs) -> None:
    experiment, dataset = data.draw(any_run)
    trainer = backprop.Trainer(experiment, dataset)
    x = dataset.train.x
    together = trainer.predict(x)
    one_by_one = np.concatenate([trainer.predict(x[row : row + 1]) for row in range(len(x))])
    tolerance = 100 * float(np.finfo(experiment.dtype).eps)
    np.testing.assert_allclose(together, one_by_one, rtol=tolerance, atol=tolerance * np.abs(together).max())


class TestShuffling:
    @pytest.fixture
    def orders(self, small_dataset: Callable[..., backprop.Dataset]) -> Callable[..., list[list[int]]]:
        dataset = small_dataset(50, 3, 2)

        def order_of_each_epoch(**fields: Any) -> list[list[int]]:
            experiment = backprop.Experiment(
                dataset=dataset.name, layers=(Layer(2),), batch_size=8, epochs=3, learning_rate=0.01
            ).replace(**fields)
            trainer = backprop.Trainer(experiment, dataset)
            epochs: list[list[int]] = [[] for _ in range(experiment.epochs)]
            for epoch in epochs:
                for _ in range(experiment.steps_per_epoch):
                    trainer.step_batch()
                    epoch += trainer.snapshot().rows.tolist()
            return epochs

        return order_of_each_epoch

    def test_is_off_unless_asked_for(self, orders: Callable[..., list[list[int]]]) -> None:
        assert orders() == [list(range(50))] * 3

    def test_gives_every_epoch_another_order(self, orders: Callable[..., list[list[int]]]) -> None:
        epochs = orders(shuffle=True)
        assert all(sorted(epoch) == list(range(50)) for epoch in epochs)
        assert len({tuple(epoch) for epoch in [*epochs, list(range(50))]}) == 4

    def test_depends_on_the_seed_and_on_nothing_else(self, orders: Callable[..., list[list[int]]]) -> None:
        base = orders(shuffle=True, seed=1)
        assert orders(shuffle=True, seed=1) == base
        assert orders(shuffle=True, seed=1, learning_rate=0.3, layers=(Layer(7), Layer(2)), batch_size=5) == base
        assert orders(shuffle=True, seed=2) != base

    def test_of_a_full_batch_changes_the_order_within_it(self, orders: Callable[..., list[list[int]]]) -> None:
        epochs = orders(shuffle=True, batch_size=None)
        assert len({tuple(epoch) for epoch in epochs}) == 3


def test_another_seed_gives_another_run(xor: backprop.Dataset) -> None:
    experiment = backprop.LESSONS["xor"].experiment
    ends = [backprop.Trainer(experiment.replace(seed=seed), xor).parameters["W1"] for seed in range(4)]
    assert len({end.tobytes() for end in ends}) == 4

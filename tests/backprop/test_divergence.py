"""A run whose numbers stop being finite stops at once, says at which step, and keeps what it has recorded."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest

import backprop
from backprop import Cursor, DivergedError, Layer
from backprop.dataset_catalogue import CATALOGUE, DatasetInfo
from backprop.datasets import Samples

LINEAR = backprop.Experiment(
    dataset="xor", layers=(Layer(1, "identity", "standard_normal"),), learning_rate=10.0, dtype="float32"
)
HIDDEN = LINEAR.replace(layers=(Layer(3, "relu", "standard_normal"), *LINEAR.layers), batch_size=3)


@pytest.fixture(autouse=True)
def numpy_complains() -> Iterator[None]:
    """Let NumPy warn of everything it can notice, and with any warning the test fails."""
    with np.errstate(over="warn", invalid="warn", divide="warn"):
        yield


@pytest.fixture(scope="module")
def xor32() -> backprop.Dataset:
    return backprop.load("xor", "float32")


def diverged(experiment: backprop.Experiment, dataset: backprop.Dataset) -> tuple[backprop.Trainer, DivergedError]:
    trainer = backprop.Trainer(experiment, dataset)
    with pytest.raises(DivergedError) as caught:
        trainer.run()
    return trainer, caught.value


def test_the_loss_overflows(xor32: backprop.Dataset) -> None:
    trainer, error = diverged(LINEAR, xor32)

    # The same run as one loop, until its squared error no longer fits a float32.
    x, y = xor32.train.x, xor32.train.y
    weights = np.random.RandomState(0).standard_normal((2, 1)).astype(np.float32)
    bias = np.zeros(1, np.float32)
    step = 0
    with np.errstate(all="ignore"):
        while np.isfinite(((x @ weights + bias - y) ** 2).sum()):
            delta = x @ weights + bias - y
            weights -= np.float32(10) * (x.T @ delta)
            bias -= np.float32(10) * delta.sum(axis=0)
            step += 1

    assert error.step == step == 11
    assert f"step {step} " in str(error)
    assert "loss" in str(error)
    assert trainer.diverged is error
    assert trainer.cursor == Cursor(epoch=step, batch=0, phase=2), "at the loss phase, before anything followed from it"
    history = trainer.history
    for record in (history.step_mse, history.step_objective, history.loss):
        assert record.shape == (step,)
        assert np.isfinite(record).all()
    assert (np.diff(history.loss) > 0).all()


@pytest.fixture
def explosive(monkeypatch: pytest.MonkeyPatch) -> backprop.Dataset:
    """Three samples of which the last has a finite loss, (1e15)^2 / 2, and a gradient of 1e25 * 1e15: too large."""
    info = DatasetInfo(inputs=1, outputs=1, samples=3)
    monkeypatch.setitem(CATALOGUE, "explosive", info)
    x = np.array([[1.0], [2.0], [1e25]], np.float32)
    y = np.array([[1.0], [2.0], [1e15]], np.float32)
    return backprop.Dataset("explosive", info, Samples(x, y, np.zeros(3, np.int64)))


def test_only_a_parameter_overflows(explosive: backprop.Dataset) -> None:
    layers = (Layer(1, "identity", "zeros", biases=False),)
    # With a learning rate so small the weight is still nearly zero when the last sample comes.
    experiment = backprop.Experiment(
        dataset="explosive", layers=layers, learning_rate=1e-20, batch_size=1, dtype="float32", epochs=5
    )
    trainer, error = diverged(experiment, explosive)
    assert error.step == 2
    assert "parameter" in str(error)
    assert "step 2 " in str(error)
    assert trainer.parameters["W1"].tolist() == [[np.inf]]
    assert trainer.history.step_mse.shape == (3,), "its loss was still finite, and is kept"
    assert np.isfinite(trainer.history.step_mse).all()
    assert trainer.history.step_mse[2] == pytest.approx(1e30, rel=1e-2)
    assert trainer.history.loss.shape == (0,), "the epoch was never completed"
    before = trainer.snapshot_at(Cursor(0, 2, 0))
    assert np.isfinite(before.parameters["W1"]).all()
    assert before.parameters["W1"][0, 0] > 0


@pytest.mark.parametrize("move", ["step_phase", "step_batch", "step_epoch", "run"])
def test_every_way_forward_stops_and_stays_stopped(move: str, xor32: backprop.Dataset) -> None:
    trainer = backprop.Trainer(HIDDEN, xor32)

    def go() -> None:
        for _ in range(10_000):
            getattr(trainer, move)()

    with pytest.raises(DivergedError) as caught:
        go()
    assert caught.value.step == diverged(HIDDEN, xor32)[1].step, "at the same step, however it was reached"
    steps, cursor = len(trainer.history.step_mse), trainer.cursor
    for again in ("step_phase", "step_batch", "step_epoch", "run"):
        with pytest.raises(DivergedError) as repeated:
            getattr(trainer, again)()
        assert repeated.value is caught.value
    assert (len(trainer.history.step_mse), trainer.cursor) == (steps, cursor)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("batch_size", [1, 3, None])
def test_everything_before_is_kept_and_can_be_seen_again(
    dtype: str,
    batch_size: int | None,
    assert_same_moment: Callable[[backprop.Snapshot, backprop.Snapshot], None],
) -> None:
    experiment = HIDDEN.replace(dtype=dtype, batch_size=batch_size, seed=4)
    dataset = backprop.load("xor", dtype)
    trainer = backprop.Trainer(experiment, dataset)
    seen = []

    def go() -> None:
        while True:
            trainer.step_batch()
            seen.append(trainer.snapshot())

    with pytest.raises(DivergedError) as caught:
        go()
    assert len(seen) == caught.value.step
    assert np.isfinite(trainer.history.step_mse).all()
    assert np.isfinite(trainer.history.step_objective).all()
    for snapshot in seen:
        for value in snapshot.parameters.values():
            assert np.isfinite(value).all()
        assert_same_moment(trainer.snapshot_at(snapshot.cursor), snapshot)


def test_reset_begins_anew(xor32: backprop.Dataset) -> None:
    trainer, _ = diverged(HIDDEN, xor32)
    trainer.reset()
    assert trainer.diverged is None
    assert trainer.cursor == Cursor(0, 0, 0)
    assert trainer.history.step_mse.shape == (0,)
    trainer.learning_rate = 0.01
    for _ in range(50):
        trainer.step_epoch()
    fresh = backprop.Trainer(HIDDEN.replace(learning_rate=0.01), xor32)
    for _ in range(50):
        fresh.step_epoch()
    assert np.array_equal(trainer.history.step_mse, fresh.history.step_mse)
    for name, value in fresh.parameters.items():
        assert np.array_equal(trainer.parameters[name], value)


@pytest.mark.parametrize(
    "layers",
    [HIDDEN.layers, (Layer(3, "identity", "standard_normal"), Layer(1, "sigmoid", "standard_normal"))],
    ids=["half squared error", "binary cross-entropy"],
)
def test_a_diverged_run_can_still_be_looked_at(layers: tuple[Layer, ...], xor32: backprop.Dataset) -> None:
    # What a window shows of the moment it stopped at: not finite, and no reason to warn of it again.
    loss = "binary_cross_entropy" if layers[-1].activation == "sigmoid" else "half_squared_error"
    experiment = HIDDEN.replace(layers=layers, loss=loss, learning_rate=1000.0, batch_size=1, seed=3)
    trainer, error = diverged(experiment, xor32)
    x, y = xor32.train.x, xor32.train.y
    snapshot = trainer.snapshot()
    assert snapshot.step == error.step
    assert trainer.predict(x).shape == (4, 1)
    assert snapshot.predict(x).shape == (4, 1)
    assert set(trainer.loss_and_gradients(x, y)[1]) == set(trainer.parameters)
    assert snapshot.mse is not None
    assert snapshot.objective is not None


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(
    ("loss", "output"),
    [("cross_entropy", "softmax"), ("binary_cross_entropy", "sigmoid"), ("half_squared_error", "tanh")],
)
def test_saturated_networks_train_on_at_the_largest_learning_rate(
    loss: str, output: str, dtype: str, small_dataset: Callable[..., backprop.Dataset]
) -> None:
    dataset = small_dataset(20, 5, 4, dtype)
    experiment = backprop.Experiment(
        dataset=dataset.name,
        layers=(Layer(6, "sigmoid", "standard_normal"), Layer(4, output, "standard_normal")),
        loss=loss,
        learning_rate=1000.0,
        batch_size=7,
        epochs=100,
        dtype=dtype,
    )
    trainer = backprop.Trainer(experiment, dataset)
    trainer.run()
    assert np.isfinite(trainer.history.step_objective).all()
    assert max(np.abs(value).max() for value in trainer.parameters.values()) > 100
    trainer.predict(1e6 * dataset.train.x)
    value, gradients = trainer.loss_and_gradients(1e6 * dataset.train.x, dataset.train.y)
    assert np.isfinite(value)
    assert all(np.isfinite(gradient).all() for gradient in gradients.values())

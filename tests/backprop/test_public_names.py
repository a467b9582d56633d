"""What scripts outside the project rely on, and what the engine must not drag in."""

import doctest
import subprocess
import sys

import numpy as np

import backprop


def test_the_documented_script() -> None:
    experiment = backprop.LESSONS["mnist"].experiment
    for field in (
        "dataset",
        "layers",
        "loss",
        "optimizer",
        "learning_rate",
        "batch_size",
        "epochs",
        "shuffle",
        "seed",
        "dtype",
    ):
        assert hasattr(experiment, field)
    experiment = experiment.replace(seed=7, dtype="float64", epochs=2)
    trainer = backprop.Trainer(experiment)
    trainer.step_phase()
    early = trainer.snapshot()
    trainer.step_batch()
    trainer.step_epoch()
    assert trainer.history.loss.shape == (1,)
    trainer.run()  # to the last epoch

    parameters = trainer.parameters
    assert {name: value.shape for name, value in parameters.items()} == {
        "W1": (784, 128),
        "b1": (128,),
        "W2": (128, 10),
        "b2": (10,),
    }
    assert all(value.dtype == np.float64 for value in parameters.values())
    random = np.random.RandomState(7)
    assert np.array_equal(early.parameters["W1"], random.randn(784, 128))

    x, y = trainer.dataset.train.x[:5], trainer.dataset.train.y[:5]
    loss, gradients = trainer.loss_and_gradients(x, y)
    assert isinstance(loss, float)
    assert {name: value.shape for name, value in gradients.items()} == {
        name: value.shape for name, value in parameters.items()
    }
    prediction = trainer.predict(x)
    assert prediction.shape == (5, 10)
    assert np.isclose(loss, 0.5 * ((prediction - y) ** 2).sum(), rtol=1e-12)
    assert all(np.array_equal(value, parameters[name]) for name, value in trainer.parameters.items()), "changes nothing"

    snapshot = trainer.snapshot()
    assert isinstance(snapshot.cursor, backprop.Cursor)
    assert (snapshot.cursor.epoch, snapshot.cursor.batch, snapshot.cursor.phase) == (1, 937, 6)
    assert all(np.array_equal(snapshot.parameters[name], value) for name, value in parameters.items())
    cursor = backprop.Cursor(epoch=0, batch=0, phase=1)
    assert early.cursor == cursor
    again = trainer.snapshot_at(cursor)
    assert again.cursor == cursor
    assert all(np.array_equal(again.parameters[name], value) for name, value in early.parameters.items())

    assert trainer.history.loss.shape == (2,)
    assert trainer.history.accuracy.shape == (2,)
    assert isinstance(trainer.history.loss, np.ndarray)
    assert ((trainer.history.accuracy > 0) & (trainer.history.accuracy < 1)).all()


def test_every_public_name_is_there() -> None:
    assert {"LESSONS", "Cursor", "Experiment", "Layer", "Snapshot", "Trainer", "load"} <= set(backprop.__all__)
    for name in backprop.__all__:
        assert getattr(backprop, name) is not None


def test_the_lessons() -> None:
    assert list(backprop.LESSONS) == ["xor", "mnist"]
    for name, lesson in backprop.LESSONS.items():
        assert lesson.name == name
        assert lesson.title
        assert isinstance(lesson.experiment, backprop.Experiment)


def test_the_example_in_the_documentation() -> None:
    results = doctest.testmod(backprop)
    assert results.attempted >= 3
    assert results.failed == 0


def test_importing_the_engine_brings_no_window_and_no_tensorflow() -> None:
    program = "import sys, backprop; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(answer.stdout.split())
    assert "backprop" in loaded
    assert not loaded & {
        "app",
        "PySide6",
        "pyqtgraph",
        "imageio",
        "PIL",
        "tensorflow",
        "keras",
        "sklearn",
        "matplotlib",
    }


def test_every_error_is_one_of_the_engines_own() -> None:
    for error in (backprop.CursorError, backprop.DatasetError, backprop.DivergedError, backprop.ExperimentError):
        assert issubclass(error, backprop.BackpropError)
    assert issubclass(backprop.ExperimentError, ValueError)
    assert issubclass(backprop.CursorError, IndexError)

"""Every number in the XOR lesson is that of its run."""

from collections.abc import Callable

import numpy as np
import pytest

from app.guide.lesson_text import load_lesson
from app.guide.records import Change
from backprop import LESSONS, Cursor, Experiment, Snapshot, Trainer
from backprop.arrays import Array

XOR = LESSONS["xor"].experiment


def trained(experiment: Experiment) -> Trainer:
    trainer = Trainer(experiment)
    trainer.run()
    return trainer


@pytest.fixture(scope="module")
def run() -> Trainer:
    return trained(XOR)


@pytest.fixture(scope="module")
def too_fast() -> Trainer:
    return trained(XOR.replace(learning_rate=5.0))


def change(step: str) -> Experiment:
    """Return the changed experiment that a step tries."""
    predict = next(s for s in load_lesson("xor").steps if s.name == step).predict
    assert predict is not None
    return next(action for action in predict.actions if isinstance(action, Change)).of(XOR)


def layer(values: tuple[Array | None, ...], number: int) -> Array:
    """Return z, a or delta of a layer, (samples, units)."""
    array = values[number - 1]
    assert array is not None
    return array


def outputs(snapshot: Snapshot) -> Array:
    return snapshot.predict(snapshot.x).ravel()


def test_every_number_is_that_of_the_run(run: Trainer, too_fast: Trainer, untrue: Callable[..., list[str]]) -> None:
    loss = run.history.loss
    before, after = run.snapshot_at(Cursor(2400, 0, 5)), run.snapshot_at(Cursor(2400, 0, 6))
    w1, w2 = before.parameters["W1"], before.parameters["W2"].ravel()
    z, hidden, output = layer(before.z, 1), layer(before.a, 1), layer(before.a, 2).ravel()
    delta, slope = layer(before.delta, 2).ravel(), hidden * (1 - hidden)
    gradient = float(before.gradients["W1"][0, 1])
    plateau = run.snapshot_at(Cursor(200, 0, 5))
    pulls = (layer(plateau.delta, 2) * layer(plateau.a, 1))[:, 0]
    steep = layer(plateau.a, 2) * (1 - layer(plateau.a, 2))
    alone = trained(change("hidden").replace(epochs=1001)).snapshot_at(Cursor(1000, 0, 4))
    faster = trained(change("leave").replace(epochs=200)).history.loss

    # (1, 0) is sample 2, (1, 1) is sample 3.
    measured = {
        "watch": {
            "0.276": loss[0],
            "0.250": loss[30],
            "30": 30 if loss[30] < 0.25 <= loss[29] else np.nan,
            "0.249": loss[400],
            "0.173": loss[1000],
            "0.063": loss[2400],
        },
        "weight": {
            "5.84": w1[0, 1],
            "0.997": hidden[2, 1],
            "0.99999": hidden[3, 1],
            "11.68": z[3, 1],
            "0.80": w1[0, 0],
            "0.691": hidden[2, 0],
            "0.833": hidden[3, 0],
            "−13.56": w2[0],
            "0.757": output[2],
            "0.318": output[3],
        },
        "stages": {
            "−13.564": w2[0],
            "10.537": w2[1],
            "−13.568": after.parameters["W2"][0, 0],
            "10.541": after.parameters["W2"][1, 0],
        },
        "chain": {
            "−0.0448": delta[2],
            "10.54": w2[1],
            "0.0029": slope[2, 1],
            "1": before.x[2, 0],
            "−0.0014": delta[2] * w2[1] * slope[2, 1],
            "0.997": hidden[2, 1],
            "0.25": 0.5 * (1 - 0.5),
        },
        "update": {
            "−0.00136": gradient,
            "5.84072": w1[0, 1],
            "0.5": before.learning_rate,
            "−0.5": -before.learning_rate,
            "0.00068": -before.learning_rate * gradient,
            "5.84140": after.parameters["W1"][0, 1],
            "0.715": before.initial_parameters["W1"][0, 1],
        },
        "hidden": {"0.5": outputs(alone).mean(), "0.500": outputs(alone).max(), "0.250": loss[30]},
        "plateau": {
            "0.250": loss[200],
            "0.502": outputs(plateau).min(),
            "0.507": outputs(plateau).max(),
            "0.25": steep.min(),
            "0.0628": pulls[0],
            "0.0785": -pulls[1],
            "0.0765": -pulls[2],
            "0.0934": pulls[3],
            "0.0012": pulls.sum(),
            "0.228": loss[700],
        },
        "leave": {
            "0.5": XOR.learning_rate,
            "2": change("leave").learning_rate,
            "606": int(np.argmax(loss < 0.24)),
            "154": int(np.argmax(faster < 0.24)),
            "1.000": outputs(too_fast.snapshot())[3],
        },
    }
    given = {
        "watch": {"1", "400", "1,000", "2,400", "7"},  # targets, epochs, and the step called "plateau"
        "weight": {"0", "1", "2", "2,400"},
        "stages": {"1", "2"},
        "chain": {"0", "1", "2", "80", "0.5"},
        "update": {"0"},
        "hidden": {"0", "1"},
        "plateau": {"1", "200", "700"},
        "leave": {"0.24", "5", "1", "150"},
    }
    assert untrue(load_lesson("xor"), measured, given) == []
    assert load_lesson("xor").steps[7 - 1].name == "plateau"
    assert 0.25 / slope[2, 1] > 80
    assert np.ptp(outputs(alone)) < 1e-3
    assert abs(alone.mse - 0.25) < 1e-3
    assert float(w1[1, 1]) == pytest.approx(5.84, abs=0.005), "both weights into hidden 2"
    assert run.snapshot_at(Cursor(701, 0, 6)).mse < 0.228, "and falling"


def test_the_calculations_reconcile_with_the_digits_that_are_shown() -> None:
    assert round(-0.0448 * 10.54 * 0.0029 * 1, 4) == -0.0014
    assert round(1 * 5.84 + 0 * 5.84, 2) == 5.84
    assert round(1 / (1 + np.exp(-5.84)), 3) == 0.997
    assert round(0.5 * 0.00136, 5) == 0.00068
    assert round(5.84072 + 0.00068, 5) == 5.84140
    assert round(0.0628 - 0.0785 - 0.0765 + 0.0934, 4) == 0.0012


def test_with_too_long_steps_the_run_leaves_sooner_and_stays_wrong(too_fast: Trainer) -> None:
    loss = too_fast.history.loss
    assert int(np.argmax(loss < 0.24)) < 154
    assert loss[-1] > 0.24

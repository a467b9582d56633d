"""A unit's z, a, slope and delta are the trainer's own, at every moment, and what is written of them reconciles."""

import re
from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import backprop
from backprop import Cursor, Dataset, Experiment, Layer, Trainer
from backprop.activations import ACTIVATIONS, Activation
from backprop.chain_rule.unit import SATURATED, UnitError, explain_unit
from backprop.chain_rule.unit_text import delta_texts, slope_texts, sum_texts, to_latex, to_text

XOR = backprop.LESSONS["xor"].experiment
MNIST = backprop.LESSONS["mnist"].experiment


@pytest.fixture(scope="module")
def xor_run(xor: Dataset) -> Trainer:
    trainer = Trainer(XOR.replace(epochs=2401), xor)
    trainer.run()
    return trainer


@pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=ACTIVATIONS)
def test_no_slope_is_greater_than_the_greatest(activation: Activation) -> None:
    z = np.linspace(-8.0, 8.0, 4001)[:, np.newaxis] * np.array([[1.0, 0.0]])
    a, slope = np.empty_like(z), np.empty_like(z)
    activation.function(z, a)
    activation.derivative(z, a, slope)
    assert slope.max() == pytest.approx(activation.greatest_slope, rel=1e-6)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_numbers_are_the_trainers_at_every_phase(
    any_run: st.SearchStrategy[tuple[Experiment, Dataset]], data: st.DataObject
) -> None:
    experiment, dataset = data.draw(any_run)
    trainer = Trainer(experiment, dataset)
    try:
        trainer.run()
    except backprop.DivergedError:
        return
    last = 2 * len(experiment.layers) + 2
    phase = data.draw(st.integers(0, last))
    snapshot = trainer.snapshot_at(Cursor(experiment.epochs - 1, 0, phase))
    earlier = trainer.snapshot_at(Cursor(experiment.epochs - 1, 0, 0))
    tolerance = {"rtol": 1e-12, "atol": 1e-12} if experiment.dtype == "float64" else {"rtol": 1e-4, "atol": 1e-5}
    for layer, units in enumerate((one.units for one in experiment.layers), 1):
        for unit in range(units):
            found = explain_unit(snapshot, layer, unit)
            for ours, theirs in ((found.z, snapshot.z), (found.a, snapshot.a), (found.delta, snapshot.delta)):
                whole = theirs[layer - 1]
                assert (ours is None) == (whole is None)
                if ours is not None and whole is not None:
                    np.testing.assert_array_equal(ours, whole[:, unit])
            np.testing.assert_allclose(found.weights, earlier.parameters[f"W{layer}"][:, unit], **tolerance)
            if found.z is not None:
                bias = 0.0 if found.bias is None else found.bias
                sums = [found.terms(row).sum() + bias for row in range(found.samples)]  # type: ignore[union-attr]
                np.testing.assert_allclose(sums, found.z, **tolerance)
            if found.delta is not None:
                product = np.prod([factor.values for factor in found.factors], axis=0)
                np.testing.assert_allclose(product, found.delta, **tolerance)


def test_the_slope_is_how_much_a_changes_with_z(xor_run: Trainer) -> None:
    found = explain_unit(xor_run.snapshot_at(Cursor(2400, 0, 5)), 1, 1)
    step = 1e-6
    assert found.z is not None
    change = (1 / (1 + np.exp(-(found.z + step))) - 1 / (1 + np.exp(-(found.z - step)))) / (2 * step)
    np.testing.assert_allclose(found.slope, change, rtol=1e-4, atol=1e-10)


def test_a_softmax_has_the_row_of_its_jacobian(mnist: Dataset) -> None:
    trainer = Trainer(MNIST.replace(layers=(Layer(10, "softmax"),), loss="cross_entropy", batch_size=8), mnist)
    trainer.step_batch()
    snapshot = trainer.snapshot()
    found = explain_unit(snapshot, 1, 3)
    z, row = snapshot.z[0][5].astype(np.float64), found.jacobian_row(5)
    assert row is not None

    def outputs(z: np.ndarray) -> np.ndarray:
        return np.exp(z) / np.exp(z).sum()

    moved = np.eye(10)[3] * 1e-6
    np.testing.assert_allclose(row, (outputs(z + moved) - outputs(z - moved)) / 2e-6, atol=1e-6)
    assert row.sum() == pytest.approx(0.0, abs=1e-6)
    assert not found.slope_matters
    assert explain_unit(Trainer(XOR).snapshot(), 1, 0).jacobian_row(0) is None


def test_states_say_what_the_slope_means(xor: Dataset) -> None:
    layers = (Layer(3, "relu", "he"), Layer(3, "tanh", "standard_normal"), Layer(2, "identity"), Layer(1))
    trainer = Trainer(XOR.replace(layers=layers), xor)
    trainer.step_batch()
    for layer in range(1, 5):
        found = explain_unit(trainer.snapshot(), layer, 0)
        assert found.slope is not None
        for row, slope in enumerate(found.slope.tolist()):
            state = found.state(row)
            if layer == 1:
                assert state == ("active" if slope else "silent")
            elif layer == 3:
                assert state == "linear"
            else:
                share = slope / found.activation.greatest_slope
                assert state == ("saturated" if share < SATURATED else "awake" if share >= 0.5 else "drowsy")
        assert found.quiet is not None
        assert found.quiet.sum() == np.sum(found.slope < SATURATED * found.activation.greatest_slope)


@pytest.mark.parametrize(("layer", "unit", "words"), [(0, 0, "no layer 0"), (3, 0, "no layer 3"), (1, 2, "no unit 3")])
def test_a_unit_that_is_not_there_is_a_sentence(xor_run: Trainer, layer: int, unit: int, words: str) -> None:
    with pytest.raises(UnitError, match=words):
        explain_unit(xor_run.snapshot(), layer, unit)


# --- as text


def test_what_is_shown_of_z_adds_up(mnist: Dataset) -> None:
    trainer = Trainer(MNIST, mnist)
    for _ in range(3):
        trainer.step_batch()
    found = explain_unit(trainer.snapshot(), 1, 17)
    for row in range(0, 64, 9):
        for most in (1, 3, 6):
            texts = sum_texts(found, row, most)
            assert len(texts.terms) == most
            assert texts.others == 784 - most + 1
            total = Decimal(texts.bias or 0)
            for term in texts.terms:
                factors = [Decimal(number.strip("()")) for number in term.text.split(" · ")]
                total += factors[0] * factors[1] if len(factors) == 2 else factors[0]
            assert float(f"{total:.4g}") == pytest.approx(float(texts.z), rel=1e-9)
            sizes = [abs(float(found.terms(row)[term.source])) for term in texts.terms if term.source is not None]
            assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize(
    ("activation", "slope_of"),
    [("sigmoid", lambda a: a * (1 - a)), ("tanh", lambda a: 1 - a * a), ("softmax", lambda a: a * (1 - a))],
)
def test_the_slope_follows_from_the_a_that_is_shown(
    xor: Dataset, activation: str, slope_of: Callable[[Decimal], Decimal]
) -> None:
    trainer = Trainer(XOR.replace(layers=(Layer(3, activation, "standard_normal"), Layer(1)), seed=5), xor)
    trainer.step_batch()
    for unit in range(3):
        for row in range(4):
            a, slope = slope_texts(explain_unit(trainer.snapshot(), 1, unit), row)
            assert float(f"{slope_of(Decimal(a)):.4g}") == pytest.approx(float(slope), rel=1e-9)


def test_an_activation_next_to_one_is_written_by_what_it_lacks(xor: Dataset) -> None:
    trainer = Trainer(XOR.replace(layers=(Layer(2, "sigmoid", "uniform"), Layer(1)), learning_rate=1e-3), xor)
    trainer.step_batch()
    snapshot = trainer.snapshot()
    z = np.full_like(snapshot.z[0], 30.0)
    a = 1 / (1 + np.exp(-z))
    object.__setattr__(snapshot, "z", (z, snapshot.z[1]))
    object.__setattr__(snapshot, "a", (a, snapshot.a[1]))
    assert slope_texts(explain_unit(snapshot, 1, 0), 0)[0].startswith("1 - 9.3")


def test_the_text_of_a_unit(xor_run: Trainer) -> None:
    found = explain_unit(xor_run.snapshot_at(Cursor(2400, 0, 5)), 1, 1)
    assert to_text(found, 2).splitlines() == [
        "Unit 2 of layer 1 · epoch 2400, batch 0, phase 5 of 6",
        "sample 3 of 4",
        "z1[2] = Σ_i w1[i,2] x[i] = 5.8407 * 1 + 5.8416 * 0 = 5.841",
        "a1[2] = σ(z1[2]) = 0.997102",
        "f′(z1[2]) = a1[2](1 − a1[2]) = 0.002890",
        "δ1[2] = (ŷ − y)·ŷ(1 − ŷ) · w2[2,1] · a1[2](1 − a1[2]) = (-0.044754) * 10.537 * 0.0028899 = -0.001363",
    ]
    factors, result = delta_texts(found, 2)
    assert f"{np.prod([float(text) for text in factors]):.4g}" == result


@pytest.mark.parametrize(
    ("phase", "words"), [(0, "z comes with the forward phase of layer 1"), (3, "delta comes with")]
)
def test_the_text_says_what_is_not_there_yet(xor_run: Trainer, phase: int, words: str) -> None:
    found = explain_unit(xor_run.snapshot_at(Cursor(2400, 0, phase)), 1, 0)
    assert words in to_text(found)
    assert words in to_latex(found)
    assert ("z1[1] =" in to_text(found)) == (phase > 0)
    with pytest.raises(ValueError, match="not computed"):
        delta_texts(found, 0)


def test_the_latex_has_balanced_braces_and_no_letters_of_its_own(mnist: Dataset) -> None:
    layers = (Layer(6, "tanh"), Layer(5, "relu"), Layer(4, "identity"), Layer(10, "softmax"))
    trainer = Trainer(MNIST.replace(layers=layers, loss="mean_cross_entropy"), mnist)
    trainer.step_batch()
    for layer in range(1, 5):
        text = to_latex(explain_unit(trainer.snapshot(), layer, 2), 3)
        assert text.startswith("\\begin{align*}")
        assert text.count("{") == text.count("}")
        formulas = re.sub(r"\\text\{[^}]*\}", "", text)
        assert formulas.isascii(), formulas

"""The chain rule of one parameter: its factors make the trainer's gradient, and what is written reconciles by hand."""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import backprop
from backprop import LESSONS, Cursor, DivergedError, Experiment, Layer, Phase, Snapshot, Trainer
from backprop.chain_rule.digits import difference, product, significant, total
from backprop.chain_rule.notation import Notation, as_latex, as_text
from backprop.chain_rule.parameter import Explanation, ParameterError, explain
from backprop.chain_rule.text import factor_texts, share_texts, shown_factors, to_latex, to_text, update_texts

Runs = st.SearchStrategy[tuple[Experiment, backprop.Dataset]]
XOR = LESSONS["xor"].experiment


def every_parameter(snapshot: Snapshot) -> Iterator[tuple[str, tuple[int, ...]]]:
    for name, array in snapshot.parameters.items():
        for index in np.ndindex(array.shape):
            yield name, index


def kinds(explanation: Explanation) -> list[str]:
    return [factor.kind for factor in explanation.factors]


def factor_product(explanation: Explanation) -> np.ndarray[Any, Any]:
    result = np.ones(explanation.samples)
    for factor in explanation.factors:
        assert factor.values is not None
        result = result * factor.values
    return result


@pytest.fixture(scope="module")
def xor_run() -> Trainer:
    trainer = Trainer(XOR.replace(epochs=2401))
    trainer.run()
    return trainer


# --- equal to the trainer


@given(data=st.data())
@settings(max_examples=60)
def test_the_factors_of_every_parameter_make_the_trainers_gradient(data: st.DataObject, any_run: Runs) -> None:
    experiment, dataset = data.draw(any_run)
    experiment = experiment.replace(dtype="float64")
    dataset = backprop.Dataset(dataset.name, dataset.info, _in_float64(dataset.train), None)
    trainer = Trainer(experiment, dataset)
    phases = 2 * len(experiment.layers) + 2
    try:
        for _ in range(data.draw(st.integers(0, 2)) * phases + phases - 1):
            trainer.step_phase()
        before = trainer.snapshot()
        trainer.step_phase()
        after = trainer.snapshot()
    except DivergedError:
        return
    assume(before.cursor.phase == phases - 1)
    for snapshot in (before, after):
        for name, index in every_parameter(snapshot):
            explanation = explain(snapshot, name, index)
            gradient = snapshot.gradients[name][index]
            assert explanation.gradient == gradient
            assert explanation.shares is not None
            size = np.abs(explanation.shares).sum()
            assert abs(explanation.shares.sum() - gradient) <= 1e-12 * size
            layer, unit = explanation.layer, explanation.unit
            # Where terms cancel, digits of the sum are lost in proportion to its terms.
            scale = _size_of_terms(before, layer, unit) * np.abs(explanation.inputs)
            assert (np.abs(factor_product(explanation) - explanation.shares) <= 1e-12 * scale + 1e-300).all()
            assert explanation.update.made == (snapshot is after)
            assert explanation.update.after == after.parameters[name][index]
            old, new = before.parameters[name][index], after.parameters[name][index]
            assert abs(explanation.update.before - old) <= 4e-16 * (abs(old) + abs(new))


def _in_float64(samples: Any) -> Any:
    x, y = samples.x.astype(np.float64), samples.y.astype(np.float64)
    return type(samples)(x, y / y.sum(axis=1, keepdims=True) if y.shape[1] > 1 else y, samples.labels)


def _size_of_terms(snapshot: Snapshot, layer: int, unit: int) -> np.ndarray[Any, Any]:
    """Return for each sample how large the terms are that delta of a unit is summed from, at least."""
    if layer == len(snapshot.experiment.layers):
        a = snapshot.a[-1]
        assert a is not None
        return (1.0 + np.abs(a) + np.abs(snapshot.y)).sum(axis=1) * (1.0 + np.abs(a).max(axis=1))
    above, a = snapshot.delta[layer], snapshot.a[layer - 1]
    assert above is not None
    assert a is not None
    signal = np.abs(above) @ np.abs(snapshot.parameters[f"W{layer + 1}"]).T
    return signal.sum(axis=1) * (1.0 + np.abs(a).max(axis=1))


def test_a_network_worked_by_hand() -> None:
    """XOR's first step, from the four formulas alone."""
    trainer = Trainer(XOR)
    w1, w2 = trainer.parameters["W1"], trainer.parameters["W2"]
    while trainer.cursor.phase < 5:
        trainer.step_phase()
    x, y = trainer.dataset.train.x, trainer.dataset.train.y
    h = 1 / (1 + np.exp(-x @ w1))
    out = 1 / (1 + np.exp(-h @ w2))
    explanation = explain(trainer.snapshot(), "W1", (0, 1))
    assert kinds(explanation) == ["delta_above", "weight", "slope", "input"]
    expected = [((out - y) * out * (1 - out))[:, 0], np.full(4, w2[1, 0]), h[:, 1] * (1 - h[:, 1]), x[:, 0]]
    for factor, values in zip(explanation.factors, expected, strict=True):
        assert factor.values is not None
        assert np.allclose(factor.values, values, rtol=1e-12, atol=0)
    output = explain(trainer.snapshot(), "W2", (1, 0))
    assert kinds(output) == ["objective", "error", "slope", "input"]
    expected = [np.ones(4), (out - y)[:, 0], (out * (1 - out))[:, 0], h[:, 1]]
    for factor, values in zip(output.factors, expected, strict=True):
        assert factor.values is not None
        assert np.allclose(factor.values, values, rtol=1e-12, atol=0)


@pytest.mark.parametrize(
    ("loss", "activation", "expected"),
    [
        ("half_squared_error", "tanh", ["objective", "error", "slope", "input"]),
        ("half_squared_error", "softmax", ["objective", "centred_error", "share", "input"]),
        ("mean_binary_cross_entropy", "sigmoid", ["objective", "error", "input"]),
        ("mean_cross_entropy", "softmax", ["objective", "error", "input"]),
    ],
)
def test_the_objective_decides_the_factors_of_an_output(
    loss: str, activation: str, expected: list[str], small_dataset: Callable[..., backprop.Dataset]
) -> None:
    dataset = small_dataset(5, 3, 3)
    trainer = Trainer(Experiment(dataset=dataset.name, layers=(Layer(3, activation),), loss=loss), dataset)
    trainer.step_batch()
    explanation = explain(trainer.snapshot(), "b1", (2,))
    assert kinds(explanation) == expected
    assert explanation.factors[0].values is not None
    assert explanation.factors[0].values[0] == (0.2 if loss.startswith("mean_") else 1.0)
    assert [factor.kind for factor in shown_factors(explanation)] == expected[not loss.startswith("mean_") :]


# --- at any moment


def test_what_the_step_has_not_computed_is_none(xor_run: Trainer) -> None:
    known = []
    for phase in range(7):
        explanation = explain(xor_run.snapshot_at(Cursor(2400, 0, phase)), "W1", (0, 1))
        known.append({factor.kind for factor in explanation.factors if factor.values is not None})
        assert (explanation.gradient is None) == (phase < 5)
        assert (explanation.update.after is None) == (phase < 5)
        assert explanation.awaited == (Phase("backward", 1) if phase < 5 else None)
    none = {"weight", "input"}
    everything = none | {"delta_above", "slope"}
    assert known == [none, none, none, none, none | {"delta_above"}, everything, everything]

    for phase, expected in ((0, set()), (1, {"input"}), (2, {"input"}), (3, {"input", "error"})):
        explanation = explain(xor_run.snapshot_at(Cursor(2400, 0, phase)), "W2", (0, 0))
        assert {f.kind for f in explanation.factors if f.values is not None} - {"objective"} == expected


def test_after_the_update_the_weights_that_made_the_gradient_are_explained(xor_run: Trainer) -> None:
    before = explain(xor_run.snapshot_at(Cursor(2400, 0, 5)), "W1", (0, 1))
    after = explain(xor_run.snapshot_at(Cursor(2400, 0, 6)), "W1", (0, 1))
    for ours, theirs in zip(before.factors, after.factors, strict=True):
        assert ours.values is not None
        assert theirs.values is not None
        assert np.allclose(ours.values, theirs.values, rtol=1e-15, atol=0)
    now = xor_run.snapshot_at(Cursor(2400, 0, 6)).parameters["W2"][1, 0]
    assert after.factors[1].values is not None
    assert after.factors[1].values[0] != now


def test_a_learning_rate_changed_after_the_update_can_be_put_right(xor_run: Trainer) -> None:
    snapshot = xor_run.snapshot_at(Cursor(2400, 0, 6))
    old = xor_run.snapshot_at(Cursor(2400, 0, 5)).parameters["W1"][0, 1]
    trainer = Trainer(XOR.replace(epochs=2401))
    while trainer.cursor != snapshot.cursor:
        trainer.step_batch()
    trainer.learning_rate = 9.0
    explanation = explain(trainer.snapshot(), "W1", (0, 1), learning_rate=0.5)
    assert explanation.update.learning_rate == 0.5
    assert abs(explanation.update.before - old) < 1e-15


@pytest.mark.parametrize(
    ("name", "index"), [("W3", (0, 0)), ("b1", (0,)), ("W1", (0,)), ("W1", (0, 2)), ("W1", (-1, 0)), ("W1", (0.0, 0))]
)
def test_a_parameter_that_does_not_exist_is_named(xor_run: Trainer, name: str, index: tuple[int, ...]) -> None:
    with pytest.raises(ParameterError, match=name) as caught:
        explain(xor_run.snapshot(), name, index)
    assert isinstance(caught.value, backprop.BackpropError)
    assert str(caught.value) == caught.value.template.format(**caught.value.values)


def test_an_explanation_cannot_be_changed(xor_run: Trainer) -> None:
    explanation = explain(xor_run.snapshot(), "W1", (0, 1))
    with pytest.raises(AttributeError):
        explanation.gradient = None  # type: ignore[misc]
    for array in (explanation.shares, explanation.delta, *(f.values for f in explanation.factors)):
        assert array is not None
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0


# --- digits

REAL = st.floats(-1e6, 1e6).filter(lambda value: value == 0 or abs(value) > 1e-6)


@given(st.lists(REAL, min_size=1, max_size=5))
def test_the_product_of_the_shown_factors_is_the_shown_product(values: list[float]) -> None:
    texts, result = product(values, float(np.prod(values)))
    by_hand = Decimal(1)
    for text in texts:
        by_hand *= Decimal(text)
    assert significant(float(by_hand), 4) == result


@given(st.lists(REAL, min_size=1, max_size=8))
def test_the_sum_of_the_shown_shares_is_the_shown_sum(values: list[float]) -> None:
    exact = float(np.sum(values))
    assume(abs(exact) > 1e-6 * max(map(abs, values)) or not any(values))
    texts, result = total(values, exact)
    assert significant(float(sum(Decimal(text) for text in texts)), 4) == result


@given(REAL, st.floats(1e-3, 10), REAL)
def test_the_shown_update_gives_the_shown_weight(before: float, rate: float, gradient: float) -> None:
    rate = float(f"{rate:.3g}")
    old, eta, slope, new = difference(before, rate, gradient, before - rate * gradient)
    decimals = len(new.partition(".")[2])
    assert round(Decimal(old) - Decimal(eta) * Decimal(slope), decimals) == Decimal(new)


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (1.0, "1"), (0.5, "0.5"), (-0.0028899, "-0.002890"), (1234567.0, "1234567"), (3e-9, "3.000e-9"),
     (2 / 3e9, "6.667e-10"), (float("nan"), "nan"), (float("-inf"), "-inf")],
)  # fmt: skip
def test_significant_digits(value: float, text: str) -> None:
    assert significant(value, 4) == text


# --- notation


def test_the_design_is_reproduced(xor_run: Trainer) -> None:
    explanation = explain(xor_run.snapshot_at(Cursor(2400, 0, 5)), "W1", (0, 1))
    texts, share = factor_texts(explanation, 2)
    assert [round(float(text), 4) for text in texts] == [-0.0448, 10.537, 0.0029, 1.0]
    assert share == "-0.001363"
    shares, gradient = share_texts(explanation)
    assert gradient == "-0.001357"
    assert [item.row for item in shares] == [0, 1, 2, 3]
    old, eta, _, new = update_texts(explanation)
    assert (old, eta, new) == ("5.840723", "0.5", "5.841401")
    text = to_text(explanation, 2)
    assert "∂L[n]/∂w1[1,2] = (ŷ − y)·ŷ(1 − ŷ) · w2[2,1] · a1[2](1 − a1[2]) · x[1]" in text
    assert "sample 3 of 4: (-0.044754) * 10.537 * 0.0028899 * 1 = -0.001363" in text
    assert "Sum over 4 samples: -0.001357" in text
    assert "w1[1,2] = 5.840723 - 0.5 * (-0.0013567) = 5.841401" in text
    latex = to_latex(explanation, 2)
    assert r"(\hat{y} - y)" in latex
    assert r"w^{(2)}_{21}" in latex
    assert latex.count("{") == latex.count("}")
    assert latex.startswith(r"\begin{align*}")


def test_text_before_the_gradient_says_what_it_waits_for(xor_run: Trainer) -> None:
    explanation = explain(xor_run.snapshot_at(Cursor(2400, 0, 4)), "W1", (0, 1))
    text = to_text(explanation, 2)
    assert "not yet" in text
    assert "backward phase of layer 1" in text
    assert "Sum over" not in text
    assert "backward phase of layer 1" in to_latex(explanation, 2)
    with pytest.raises(ValueError, match="not computed"):
        factor_texts(explanation, 2)


def test_few_shares_name_the_largest_and_the_one_looked_at(mnist: backprop.Dataset) -> None:
    trainer = Trainer(LESSONS["mnist"].experiment, mnist)
    trainer.step_batch()
    explanation = explain(trainer.snapshot(), "W2", (5, 3))
    assert explanation.shares is not None
    quiet = int(np.argmin(np.abs(explanation.shares)))
    shares, _ = share_texts(explanation, 6, keep=quiet)
    assert len(shares) == 6
    loudest = np.argsort(-np.abs(explanation.shares))[:4].tolist()
    assert [share.row for share in shares] == [*loudest, quiet, None]
    assert np.isclose(sum(share.value for share in shares), explanation.shares.sum(dtype=np.float64), rtol=1e-6)
    assert as_latex(Notation(explanation).gradient()).endswith("w^{(2)}_{64}")
    assert as_text(Notation(explain(trainer.snapshot(), "W1", (405, 17))).gradient()) == "∂L/∂w1[406,18]"


def test_the_slope_of_tanh_is_valid_latex(xor_run: Trainer) -> None:
    experiment = XOR.replace(layers=(Layer(3, "tanh"), Layer(2, "tanh"), Layer(1, "tanh")))
    trainer = Trainer(experiment)
    trainer.step_batch()
    for name, index in every_parameter(trainer.snapshot()):
        explanation = explain(trainer.snapshot(), name, index)
        latex = to_latex(explanation, 1)
        assert "^2" in latex
        assert not re.search(r"\^\{[^}]*\}(_\{[^}]*\})?\^", latex), "two exponents of one letter stop LaTeX"


@pytest.mark.parametrize(
    ("loss", "output", "formula"),
    [
        ("half_squared_error", "sigmoid", "L = ½ Σ (ŷ[j] − y[j])²"),
        ("mean_half_squared_error", "sigmoid", "L = 1/n · ½ Σ (ŷ[j] − y[j])²"),
        ("mean_cross_entropy", "softmax", "L = 1/n Σ −y[j] ln ŷ[j]"),
        ("binary_cross_entropy", "sigmoid", "L = Σ [−y[j] ln ŷ[j] − (1 − y[j]) ln(1 − ŷ[j])]"),
    ],
)
def test_the_objective_is_written_with_its_factor(
    loss: str, output: str, formula: str, small_dataset: Callable[..., backprop.Dataset]
) -> None:
    dataset = small_dataset(5, 3, 3)
    trainer = Trainer(Experiment(dataset=dataset.name, layers=(Layer(3, output),), loss=loss), dataset)
    assert as_text(Notation(explain(trainer.snapshot(), "W1", (0, 0))).objective()) == formula

"""The numbers of the matrix form: every matrix is the engine's, and every line written about one adds up by hand."""

import math
import re
from collections.abc import Iterator
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.panels.equation.calculation import Factor, Piece, formula, largest, plain, product, reconciled, update
from app.panels.equation.explain import exactly, explain, fitting, numpy_name
from app.panels.equation.figures import SMALL_ALONE, Digits, figures
from app.panels.equation.notation import Notation
from app.panels.equation.origins import Source, origins
from app.panels.equation.terms import BY_SAMPLE, Cell, Key, Kind, Terms
from backprop import LESSONS, Cursor, Dataset, Experiment, Layer, Phase, Trainer

XOR = LESSONS["xor"].experiment
DIGITS = Digits(7.0, 7.2, 3.0)

EXPERIMENTS: dict[str, Experiment] = {
    "lesson": XOR,
    "biases": XOR.replace(layers=(Layer(3, "tanh"), Layer(1, "sigmoid"))),
    "mean": XOR.replace(layers=(Layer(3), Layer(1)), loss="mean_half_squared_error"),
    "relu": XOR.replace(layers=(Layer(4, "relu"), Layer(3, "sigmoid"), Layer(1, "identity")), learning_rate=0.05),
    "binary": XOR.replace(layers=(Layer(3, "tanh"), Layer(1)), loss="mean_binary_cross_entropy"),
    "softmax": XOR.replace(layers=(Layer(3, "softmax"), Layer(1, "softmax"))),
    "cross-entropy": XOR.replace(layers=(Layer(3), Layer(1, "softmax")), loss="cross_entropy"),
    "single": XOR.replace(layers=(Layer(1, "identity", biases=True),), learning_rate=0.05),
    "batches": XOR.replace(layers=(Layer(2), Layer(1)), batch_size=3, shuffle=True),
    "float32": XOR.replace(layers=(Layer(2), Layer(1)), dtype="float32"),
}


def moments(experiment: Experiment, steps: int = 30) -> Iterator[Terms]:
    """Yield every phase of one step."""
    trainer = Trainer(experiment)
    for _ in range(steps):
        trainer.step_batch()
    for _ in trainer.snapshot().phases:
        trainer.step_phase()
        yield Terms(trainer.snapshot())


def keys(terms: Terms) -> Iterator[Key]:
    kinds: tuple[Kind, ...] = ("W", "b", "Z", "A", "slope", "signal", "delta", "dW", "db", "new_W", "new_b")
    every = [Key("A", 0), Key("Y", terms.last), Key("loss", terms.last)]
    every += [Key(kind, layer) for layer in range(1, terms.last + 1) for kind in kinds]
    return (key for key in every if terms.exists(key))


def cells(terms: Terms, key: Key) -> Iterator[Cell]:
    array = terms.array(key)
    assert array is not None
    return (Cell(key, index) for index in np.ndindex(array.shape))


# --- the matrices


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_only_what_the_step_has_computed_is_there(name: str) -> None:
    last = len(EXPERIMENTS[name].layers)
    for terms in moments(EXPERIMENTS[name]):
        snapshot = terms.snapshot
        for key in keys(terms):
            place = key.layer - 1
            wanted = {
                "Z": snapshot.z[place] is not None,
                "A": not key.layer or snapshot.a[place] is not None,
                "delta": snapshot.delta[place] is not None,
                "slope": snapshot.delta[place] is not None,
                "signal": snapshot.compared if key.layer == last else snapshot.delta[place] is not None,
                "dW": f"W{key.layer}" in snapshot.gradients,
                "db": f"b{key.layer}" in snapshot.gradients,
                "loss": snapshot.compared,
                "new_W": terms.updated,
                "new_b": terms.updated,
            }.get(key.kind, True)
            assert terms.known(key) is wanted, key
            assert (terms.array(key) is not None) is wanted, key


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_each_matrix_is_what_its_equation_says(name: str) -> None:
    def array(kind: Kind, layer: int) -> np.ndarray:
        found = terms.array(Key(kind, layer))
        assert found is not None
        return np.asarray(found, np.float64)

    *_, before, terms = moments(EXPERIMENTS[name])
    tolerance = 1e-4 if terms.experiment.dtype == "float32" else 1e-10
    for layer in range(1, terms.last + 1):
        z = array("A", layer - 1) @ array("W", layer)
        if terms.exists(Key("b", layer)):
            z = z + array("b", layer)
            assert array("db", layer) == pytest.approx(array("delta", layer).sum(axis=0), rel=tolerance, abs=1e-12)
        assert array("Z", layer) == pytest.approx(z, rel=tolerance, abs=tolerance)
        delta = array("signal", layer) * (terms.factor if layer == terms.last else 1.0)
        if terms.exists(Key("slope", layer)):
            delta = delta * array("slope", layer)
        assert array("delta", layer) == pytest.approx(delta, rel=tolerance, abs=tolerance)
        gradient = array("A", layer - 1).T @ array("delta", layer)
        assert array("dW", layer) == pytest.approx(gradient, rel=tolerance, abs=tolerance)
        assert array("W", layer) == pytest.approx(before.snapshot.parameters[f"W{layer}"], rel=1e-6, abs=1e-9)
        updated = array("W", layer) - terms.snapshot.learning_rate * array("dW", layer)
        assert array("new_W", layer) == pytest.approx(updated, rel=tolerance, abs=tolerance)
        assert array("new_W", layer) == pytest.approx(terms.snapshot.parameters[f"W{layer}"], abs=0.0)


# --- where they come from


def test_a_number_comes_from_its_row_and_its_column() -> None:
    *_, terms = moments(EXPERIMENTS["biases"])

    def found(kind: Kind, layer: int, *index: int) -> list[Source]:
        return origins(terms, Cell(Key(kind, layer), index))

    assert found("Z", 1, 2, 1) == [
        Source(Key("A", 0), (2, None)),
        Source(Key("W", 1), (None, 1)),
        Source(Key("b", 1), (1,)),
    ]
    assert found("dW", 2, 1, 0) == [Source(Key("A", 1), (None, 1)), Source(Key("delta", 2), (None, 0))]
    assert found("db", 2, 0) == [Source(Key("delta", 2), (None, 0))]
    assert found("signal", 1, 3, 2) == [Source(Key("delta", 2), (3, None)), Source(Key("W", 2), (2, None))]
    assert found("signal", 2, 3, 0) == [Source(Key("A", 2), (3, 0)), Source(Key("Y", 2), (3, 0))]
    assert found("delta", 1, 3, 2) == [Source(Key("signal", 1), (3, 2)), Source(Key("slope", 1), (3, 2))]
    assert found("new_W", 1, 0, 2) == [Source(Key("W", 1), (0, 2)), Source(Key("dW", 1), (0, 2))]
    assert not any(found(kind, layer, 0, 0) for kind, layer in (("A", 0), ("W", 1), ("Y", 2)))


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_nothing_comes_from_what_is_not_computed_yet(name: str) -> None:
    for terms in moments(EXPERIMENTS[name]):
        for key in keys(terms):
            if terms.known(key):
                for cell in cells(terms, key):
                    assert all(terms.known(source.key) for source in origins(terms, cell)), cell


# --- what is written


def by_hand(text: str) -> float:
    """Compute what is written, from the digits that are written."""
    for written, meant in (("−", "-"), ("·", "*"), ("²", "**2"), ("½", "0.5"), ("ReLU", "relu")):
        text = text.replace(written, meant)
    text = re.sub(r"\d+ more \(([^()]*)\)", r"(\1)", text)
    functions = {
        "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
        "tanh": math.tanh,
        "relu": lambda z: max(0.0, z),
        "exp": math.exp,
    }
    return float(eval(text, {"__builtins__": {}}, functions))


def reconciles(line: list[Piece]) -> bool:
    """Whether the right side is the left one, rounded to the digits it is written with."""
    left, _, right = plain(line).rpartition(" = ")
    shown = Decimal(right.replace("−", "-"))
    step = 10.0 ** int(shown.as_tuple().exponent)
    return abs(by_hand(left) - float(shown)) <= 0.51 * step


@pytest.mark.parametrize("name", EXPERIMENTS)
@pytest.mark.parametrize("most", [8, 2])
def test_every_line_adds_up_by_hand(name: str, most: int) -> None:
    written = 0
    couples = name == "softmax"
    for terms in moments(EXPERIMENTS[name]):
        for key in keys(terms):
            given = key.kind in ("W", "b", "Y") or key == Key("A", 0)
            worded = key.kind in ("slope", "signal") and (couples or "relu" in name or name == "single")
            if not terms.known(key) or given or worded:
                continue
            for cell in cells(terms, key):
                line = explain(terms, cell, most)
                if key.kind == "A" and couples and most < 3:
                    continue
                assert reconciles(line), f"{numpy_name(cell)}: {plain(line)}"
                value = float(terms.value(cell))
                result = float(line[-1].text.replace("−", "-"))
                assert result == pytest.approx(value, rel=2e-3, abs=1e-3 * max(1e-3, abs(value))), plain(line)
                written += 1
    assert written > 30


def test_the_lines_of_the_lesson_as_they_stand() -> None:
    trainer = Trainer(XOR.replace(epochs=2401))
    trainer.run()
    terms = Terms(trainer.snapshot_at(Cursor(2400, 0, 6)))
    wanted = {
        Cell(Key("Z", 2), (2, 0)): "0.69091 · (−13.564) + 0.99710 · 10.537 = 1.135",
        Cell(Key("A", 2), (2, 0)): "sigmoid(1.135) = 0.7568",
        Cell(Key("signal", 2), (2, 0)): "0.7568 − 1 = −0.2432",
        Cell(Key("slope", 2), (2, 0)): "0.75683 · (1 − 0.75683) = 0.1840",
        Cell(Key("delta", 2), (2, 0)): "−0.2432 · 0.1840 = −0.04475",
        Cell(Key("loss", 2), ()): "½ · (0.1805² + (−0.2432)² + (−0.2432)² + 0.3176²) = 0.1259",
        Cell(Key("new_W", 1), (0, 1)): "5.840723 − 0.5 · (−0.0013567) = 5.841401",
        Cell(Key("W", 1), (0, 1)): "5.84072, and 5.84140 after the update",
        Cell(Key("A", 0), (2, 0)): "1",
    }
    assert {cell: plain(explain(terms, cell)) for cell in wanted} == wanted


def test_numbers_are_coloured_by_where_they_come_from() -> None:
    *_, terms = moments(XOR)
    line = explain(terms, Cell(Key("dW", 2), (1, 0)))
    numbers = [(piece.text, piece.source) for piece in line if piece.source is not None]
    a, delta = terms.array(Key("A", 1)), terms.array(Key("delta", 2))
    assert a is not None
    assert delta is not None
    for place, (text, source) in enumerate(numbers):
        value = (a[:, 1] if source == 0 else delta[:, 0])[place // 2]
        assert source == place % 2
        assert float(text.strip("()").replace("−", "-")) == pytest.approx(value, rel=1e-3)


def test_a_long_sum_is_shortened_until_it_fits() -> None:
    *_, terms = moments(XOR.replace(layers=(Layer(8), Layer(1))))
    cell = Cell(Key("Z", 2), (1, 0))
    long, short = fitting(terms, cell, lambda text: True), fitting(terms, cell, lambda text: len(text) < 60)
    assert "more" not in plain(long)
    assert "more" in plain(short)
    assert len(plain(short)) < 60
    assert reconciles(short)
    assert fitting(terms, cell, lambda text: False)


def test_what_is_not_computed_yet_is_said() -> None:
    terms = next(moments(XOR))
    cell = Cell(Key("delta", 1), (0, 0))
    assert explain(terms, cell) == []
    assert exactly(terms, cell) == "δ1[0, 0]: not computed yet in this step"
    assert exactly(terms, Cell(Key("A", 0), (1, 1))) == "X[1, 1] = 1.0"


@given(
    values=st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=1, max_size=6),
    seed=st.integers(0, 1000),
)
@example(values=[1.0, -1.0, 1e-9], seed=0)
@example(values=[0.0], seed=0)
def test_a_sum_of_any_numbers_reconciles(values: list[float], seed: int) -> None:
    result = math.fsum(values)
    scale = max(abs(value) for value in values)
    texts, shown = reconciled(values, lambda given: sum(given, Decimal(0)), result, scale)
    assert [float(text) for text in texts] == pytest.approx(values, rel=0.06)
    total = float(sum(Decimal(text) for text in texts))
    assert total == pytest.approx(float(shown), rel=0.06, abs=0.01 * scale)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_numbers_that_are_not_finite_are_written_as_they_are(value: float) -> None:
    assert str(value).replace("-", "−") in plain(product([Factor(value), Factor(2.0)], value))
    formula("{0}", [Factor(value)], lambda given: given[0], value)
    update(Factor(value), 0.5, Factor(1.0), value)
    assert largest(np.array([value, 1.0]), 1)[0] in ([0], [1])


# --- figures in cells


@given(
    values=st.lists(st.floats(-1e8, 1e8), min_size=1, max_size=8),
    power=st.integers(-40, 30),
    room=st.floats(22.0, 60.0),
)
@example(values=[0.0999], power=0, room=32.0)
@example(values=[999.999], power=0, room=32.0)
@example(values=[9.9999], power=0, room=22.0)
@example(values=[5e-324], power=0, room=32.0)
def test_figures_fit_their_cells_and_say_what_is_so(values: list[float], power: int, room: float) -> None:
    values = [value * 10.0**power for value in values]
    written = figures(values, room, DIGITS)
    step = 10.0**written.exponent * 0.5 * 10.0**-written.decimals
    for value in values:
        text = written.text(value)
        shown = float(text.replace("−", "-")) * 10.0**written.exponent
        assert shown == pytest.approx(value, abs=1.001 * step)
        assert text.lstrip("−") == text or float(text.replace("−", "-")) != 0.0
        whole, _, fraction = text.lstrip("−").partition(".")
        assert len(fraction) == written.decimals
        if written.decimals:
            assert DIGITS.width(len(whole), written.decimals, text.startswith("−")) <= room


def test_powers_of_ten_are_taken_out_where_they_help() -> None:
    assert figures([0.0147, -0.0233], 40.0, DIGITS).power == "×10⁻³"
    assert figures([5.84, -13.56], 40.0, DIGITS).power == ""
    assert figures([12345.0, 2.5], 40.0, DIGITS).power == "×10³"
    assert figures([1, 0], 40.0, DIGITS).text(1) == "1"
    assert figures([0.0296], 40.0, DIGITS, SMALL_ALONE).power == ""
    assert figures([math.nan, 1.5], 40.0, DIGITS).text(math.nan) == "nan"


# --- formulas


def test_formulas_say_what_the_objective_and_the_layers_are() -> None:
    terms = {name: list(moments(experiment))[-1] for name, experiment in EXPERIMENTS.items()}

    def written(name: str, kind: str, layer: int | None = None) -> str:
        text = Notation(EXPERIMENTS[name]).phase(Phase(kind, layer), terms[name])  # type: ignore[arg-type]
        return " ".join(text.split())

    assert written("lesson", "forward", 1) == "Z₁ = X W₁, A₁ = sigmoid(Z₁)"
    assert written("biases", "forward", 2) == "Z₂ = A₁ W₂ + b₂, A₂ = sigmoid(Z₂)"
    assert written("lesson", "loss") == "L = ½ Σ (A₂ − Y)²"
    assert written("mean", "loss") == "L = 1/n ½ Σ (A₂ − Y)²"
    assert written("lesson", "backward", 2) == "δ₂ = f′(Z₂) ⊙ (A₂ − Y), ∂L/∂W₂ = A₁ᵀ δ₂"
    assert written("biases", "backward", 1) == "δ₁ = f′(Z₁) ⊙ δ₂ W₂ᵀ, ∂L/∂W₁ = Xᵀ δ₁, ∂L/∂b₁ = Σ δ₁"
    assert written("binary", "backward", 2).startswith("δ₂ = 1/n (A₂ − Y),")
    assert written("cross-entropy", "backward", 2).startswith("δ₂ = A₂ − Y,")
    assert written("lesson", "update") == "W₁ ← W₁ − 0.5 ∂L/∂W₁, W₂ ← W₂ − 0.5 ∂L/∂W₂"


def test_every_kind_by_sample_has_a_row_for_each(xor: Dataset) -> None:
    *_, terms = moments(EXPERIMENTS["relu"])
    for key in keys(terms):
        array = terms.array(key)
        assert array is not None
        assert (key.kind in BY_SAMPLE) == (array.ndim == 2 and array.shape[0] == len(xor.train) and "W" not in key.kind)

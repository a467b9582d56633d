"""The recipe: checked when it is made, frozen, and the same again after JSON."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import backprop
from backprop import Experiment, ExperimentError, Layer
from backprop.activations import ACTIVATIONS
from backprop.experiment import MAX_EPOCHS, MAX_LAYERS, MAX_LEARNING_RATE, MAX_SEED, MAX_UNITS
from backprop.initializers import INITIALIZERS
from backprop.losses import LOSSES

XOR = backprop.LESSONS["xor"].experiment
MNIST = backprop.LESSONS["mnist"].experiment

# What cannot be used: the field, the changes that put it there, and the field that the error must name.
INVALID: list[tuple[str, dict[str, Any], str]] = [
    ("an unknown data set", {"dataset": "cifar"}, "dataset"),
    ("a data set that is no name", {"dataset": ["xor"]}, "dataset"),
    ("an unknown loss", {"loss": "hinge"}, "loss"),
    ("an unknown optimizer", {"optimizer": "adam"}, "optimizer"),
    ("an unknown dtype", {"dtype": "float16"}, "dtype"),
    ("no learning rate", {"learning_rate": 0.0}, "learning_rate"),
    ("a negative learning rate", {"learning_rate": -0.1}, "learning_rate"),
    ("a learning rate beyond the limit", {"learning_rate": MAX_LEARNING_RATE * 1.001}, "learning_rate"),
    ("a learning rate beyond any float", {"learning_rate": 10**400}, "learning_rate"),
    ("an infinite learning rate", {"learning_rate": float("inf")}, "learning_rate"),
    ("a learning rate that is not a number", {"learning_rate": float("nan")}, "learning_rate"),
    ("a learning rate of text", {"learning_rate": "fast"}, "learning_rate"),
    ("a learning rate left out", {"learning_rate": None}, "learning_rate"),
    ("a learning rate that is true", {"learning_rate": True}, "learning_rate"),
    ("zero epochs", {"epochs": 0}, "epochs"),
    ("negative epochs", {"epochs": -1}, "epochs"),
    ("too many epochs", {"epochs": MAX_EPOCHS + 1}, "epochs"),
    ("half an epoch", {"epochs": 1.5}, "epochs"),
    ("epochs of text", {"epochs": "10"}, "epochs"),
    ("an empty batch", {"batch_size": 0}, "batch_size"),
    ("a negative batch", {"batch_size": -64}, "batch_size"),
    ("a batch larger than the data", {"batch_size": 5}, "batch_size"),
    ("a batch of text", {"batch_size": "all"}, "batch_size"),
    ("a negative seed", {"seed": -1}, "seed"),
    ("a seed beyond 32 bits", {"seed": MAX_SEED + 1}, "seed"),
    ("no seed", {"seed": None}, "seed"),
    ("a shuffle that is neither yes nor no", {"shuffle": "no"}, "shuffle"),
    ("no layers", {"layers": ()}, "layers"),
    ("layers left out", {"layers": None}, "layers"),
    ("too many layers", {"layers": (Layer(2),) * MAX_LAYERS + (Layer(1),)}, "layers"),
    ("a layer without units", {"layers": (Layer(0), Layer(1))}, "units"),
    ("a layer of too many units", {"layers": (Layer(MAX_UNITS + 1), Layer(1))}, "units"),
    ("units of text", {"layers": (Layer("2"), Layer(1))}, "units"),  # type: ignore[arg-type]
    ("outputs that do not fit the data", {"layers": (Layer(2), Layer(2))}, "units"),
    ("an unknown activation", {"layers": (Layer(2, "step"), Layer(1))}, "activation"),
    ("an unknown initializer", {"layers": (Layer(2, "tanh", "lecun"), Layer(1))}, "initializer"),
    ("biases that are neither yes nor no", {"layers": (Layer(2, biases="no"), Layer(1))}, "biases"),  # type: ignore[arg-type]
    ("cross-entropy over sigmoid outputs", {"loss": "cross_entropy"}, "loss"),
    (
        "binary cross-entropy over tanh outputs",
        {"loss": "mean_binary_cross_entropy", "layers": (Layer(1, "tanh"),)},
        "loss",
    ),
]


@pytest.mark.parametrize(("changes", "field"), [case[1:] for case in INVALID], ids=[case[0] for case in INVALID])
def test_what_cannot_be_used_is_named(changes: dict[str, Any], field: str) -> None:
    for make in (XOR.replace, lambda **fields: Experiment(**{"dataset": "xor", "layers": XOR.layers, **fields})):
        with pytest.raises(ExperimentError) as caught:
            make(**changes)
        assert caught.value.field == field
        sentence = str(caught.value)
        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert ": " in sentence, "what and why, and then what to do"


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({"learning_rate": -0.5}, ["-0.5", "1000"]),
        ({"batch_size": 9}, ["9", "from 1 to 4"]),
        ({"loss": "hinge"}, ["hinge", *LOSSES]),
        ({"layers": (Layer(1, "step"),)}, ["step", *ACTIVATIONS]),
        ({"layers": (Layer(1, initializer="lecun"),)}, ["lecun", *INITIALIZERS]),
        ({"layers": (Layer(3),)}, ["3 units", "1"]),
    ],
)
def test_the_sentence_says_what_was_wrong_and_what_would_be_right(changes: dict[str, Any], parts: list[str]) -> None:
    with pytest.raises(ExperimentError) as caught:
        XOR.replace(**changes)
    for part in parts:
        assert part in str(caught.value)


def test_a_sentence_can_be_translated_and_filled_in_later() -> None:
    with pytest.raises(ExperimentError) as caught:
        XOR.replace(epochs=0)
    error = caught.value
    assert error.template.format(**error.values) == str(error)
    assert "{" in error.template


@pytest.mark.parametrize(
    "changes",
    [
        {"learning_rate": MAX_LEARNING_RATE},
        {"learning_rate": 1e-12},
        {"epochs": 1},
        {"epochs": MAX_EPOCHS},
        {"batch_size": 1},
        {"batch_size": 4},
        {"batch_size": None},
        {"seed": 0},
        {"seed": MAX_SEED},
        {"layers": (Layer(1),)},
        {"layers": (Layer(1),) * MAX_LAYERS},
        {"layers": (Layer(MAX_UNITS), Layer(1))},
    ],
)
def test_the_limits_themselves_can_be_used(changes: dict[str, Any]) -> None:
    changed = XOR.replace(**changes)
    assert all(getattr(changed, field) == value for field, value in changes.items())


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_loss_goes_with_the_outputs_it_is_defined_for(loss: str, activation: str) -> None:
    fits = {"cross_entropy": ["softmax"], "binary_cross_entropy": ["sigmoid"]}.get(
        loss.removeprefix("mean_"), list(ACTIVATIONS)
    )
    layers = (Layer(5), Layer(10, activation))
    if activation in fits:
        assert MNIST.replace(loss=loss, layers=layers).loss == loss
    else:
        with pytest.raises(ExperimentError) as caught:
            MNIST.replace(loss=loss, layers=layers)
        assert caught.value.field == "loss"


def test_replace_gives_a_checked_copy() -> None:
    changed = MNIST.replace(seed=7, dtype="float64")
    assert (changed.seed, changed.dtype) == (7, "float64")
    assert (MNIST.seed, MNIST.dtype) == (0, "float32")
    assert changed.replace(seed=0, dtype="float32") == MNIST
    with pytest.raises(TypeError):
        MNIST.replace(momentum=0.9)


def test_a_recipe_is_frozen() -> None:
    with pytest.raises(AttributeError):
        XOR.seed = 1  # type: ignore[misc]
    with pytest.raises(AttributeError):
        XOR.layers[0].units = 3  # type: ignore[misc]
    assert hash(XOR) == hash(XOR.replace())


def test_layers_given_as_a_list_are_the_same_recipe() -> None:
    listed = XOR.replace(layers=list(XOR.layers))
    assert listed == XOR
    assert hash(listed) == hash(XOR)


def test_batches() -> None:
    assert (XOR.samples_per_step, XOR.steps_per_epoch) == (4, 1)
    assert (MNIST.samples_per_step, MNIST.steps_per_epoch) == (64, 938)
    assert XOR.replace(batch_size=3).steps_per_epoch == 2
    assert XOR.replace(batch_size=2).steps_per_epoch == 2
    assert XOR.info.samples == 4


@pytest.mark.parametrize("name", backprop.LESSONS)
def test_a_lesson_survives_json(name: str) -> None:
    experiment = backprop.LESSONS[name].experiment
    text = experiment.to_json()
    assert Experiment.from_json(text) == experiment
    assert Experiment.from_json(text.decode("utf-8")) == experiment
    assert json.loads(text)["layers"][0]["initializer"] == experiment.layers[0].initializer
    assert b"\n" in text, "indented, so that a person can read it"


@given(
    hidden=st.lists(
        st.builds(
            Layer,
            st.integers(1, MAX_UNITS),
            st.sampled_from(list(ACTIVATIONS)),
            st.sampled_from(list(INITIALIZERS)),
            st.booleans(),
        ),
        max_size=MAX_LAYERS - 1,
    ),
    learning_rate=st.floats(0, MAX_LEARNING_RATE, exclude_min=True),
    batch_size=st.none() | st.integers(1, 4),
    epochs=st.integers(1, MAX_EPOCHS),
    seed=st.integers(0, MAX_SEED),
    shuffle=st.booleans(),
    dtype=st.sampled_from(["float32", "float64"]),
)
def test_any_recipe_survives_json(hidden: list[Layer], **fields: Any) -> None:
    experiment = Experiment(dataset="xor", layers=(*hidden, Layer(1, "tanh")), **fields)
    assert Experiment.from_json(experiment.to_json()) == experiment


def test_a_learning_rate_from_numpy_survives_json() -> None:
    experiment = XOR.replace(learning_rate=np.float64(0.1))
    assert Experiment.from_json(experiment.to_json()) == experiment


def test_json_may_leave_out_what_has_a_default() -> None:
    experiment = Experiment.from_json('{"dataset": "xor", "layers": [{"units": 1}]}')
    assert experiment == Experiment(dataset="xor", layers=(Layer(1),))


@pytest.mark.parametrize(
    ("field", "value"), [("epochs", 0), ("learning_rate", -1.0), ("batch_size", 5), ("seed", -1), ("loss", "hinge")]
)
def test_a_value_in_json_that_cannot_be_used_is_named(field: str, value: Any) -> None:
    text = json.dumps(json.loads(XOR.to_json()) | {field: value})
    with pytest.raises(ExperimentError) as caught:
        Experiment.from_json(text)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (b"", "truncated"),
        (b"{", "truncated"),
        (b"no JSON", "malformed"),
        (b"[]", "object"),
        (b"{}", "dataset"),
        (b'{"dataset": "xor"}', "layers"),
        (b'{"dataset": "xor", "layers": [{"units": "two"}]}', "units"),
        (b'{"dataset": "xor", "layers": [{"units": 1}], "epochs": "10"}', "epochs"),
        (b'{"dataset": "xor", "layers": [{"units": 1}], "dtype": "float16"}', "dtype"),
        (b'{"dataset": "xor", "layers": [{"units": 1}], "momentum": 0.9}', "momentum"),
        (b'{"dataset": "xor", "layers": [{"units": 1, "dropout": 0.5}]}', "dropout"),
        (b'{"dataset": "\xff"}', "JSON"),
    ],
)
def test_text_that_is_no_recipe(text: bytes, part: str) -> None:
    with pytest.raises(ExperimentError) as caught:
        Experiment.from_json(text)
    assert caught.value.field == "json"
    assert str(caught.value).startswith("This is not an experiment that Backscope can read")
    assert part in str(caught.value) or part == "JSON"

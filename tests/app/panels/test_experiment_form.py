"""The experiment form: it shows a recipe, announces what a person changes, and marks what cannot be used."""

import sys
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

import app.panels.experiment.form as form_module
import backprop
from app import wording
from app.look.style import install
from app.look.theme import LIGHT
from app.panels.experiment import ExperimentForm
from app.panels.experiment.check import remedy
from app.panels.experiment.fields import Choice, Entry, FormColumn
from app.panels.experiment.text import TextError, parse_batch, parse_number, parse_units, parse_whole
from backprop import Experiment, ExperimentError, Layer
from backprop.activations import ACTIVATIONS
from backprop.dataset_catalogue import CATALOGUE
from backprop.initializers import INITIALIZERS
from backprop.losses import LOSSES
from backprop.optimizers import OPTIMIZERS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

XOR = backprop.LESSONS["xor"].experiment
MNIST = backprop.LESSONS["mnist"].experiment
NETWORK = ["dataset", "hidden", "activation", "output_activation", "biases", "initializer"]
LEARNING = ["loss", "optimizer", "learning_rate", "batch_size", "epochs"]
NAMES = [*NETWORK, *LEARNING, "seed", "shuffle", "dtype"]


class Heard:
    """What a form has announced, in order."""

    def __init__(self, form: ExperimentForm) -> None:
        self.said: list[tuple[str, Any]] = []
        for name in ("learning_rate_changed", "epochs_changed", "experiment_edited", "validity_changed"):
            getattr(form, name).connect(lambda value, name=name: self.said.append((name, value)))


@pytest.fixture(scope="module", autouse=True)
def _light(qapp: QApplication) -> None:
    install(qapp, LIGHT)


@pytest.fixture
def form(qtbot: QtBot) -> ExperimentForm:
    form = ExperimentForm()
    qtbot.addWidget(form)
    form.set_experiment(XOR)
    form.resize(186, 580)
    with qtbot.waitExposed(form):
        form.show()
    return form


def entry(form: ExperimentForm, name: str) -> Entry:
    widget = form.field(name)
    assert isinstance(widget, Entry)
    return widget


def choice(form: ExperimentForm, name: str) -> Choice:
    widget = form.field(name)
    assert isinstance(widget, Choice)
    return widget


def write(qtbot: QtBot, form: ExperimentForm, name: str, text: str, commit: bool = True) -> None:
    """Type a text over what is there, key by key, and press Enter."""
    widget = entry(form, name)
    widget.setFocus()
    widget.selectAll()
    qtbot.keyClick(widget, Qt.Key.Key_Delete)
    qtbot.keyClicks(widget, text)
    if commit:
        qtbot.keyClick(widget, Qt.Key.Key_Return)


def message(form: ExperimentForm) -> str:
    label = next(label for label in form.findChildren(QLabel) if label.property("role") == "error")
    return label.text() if label.isVisible() else ""


def recipe(hidden: tuple[int, ...], **changes: Any) -> Experiment:
    layers = (*(Layer(units, "tanh", "he") for units in hidden), Layer(10, "softmax", "xavier", biases=False))
    return MNIST.replace(layers=layers, **changes)


# --- showing


@pytest.mark.parametrize(
    "experiment",
    [
        XOR,
        MNIST,
        recipe((64,), loss="mean_cross_entropy", shuffle=True, seed=9, dtype="float64", batch_size=None),
        recipe((32, 16, 8), epochs=12345, learning_rate=1e-5),
        recipe(()),
    ],
)
def test_an_experiment_comes_out_as_it_went_in(form: ExperimentForm, experiment: Experiment) -> None:
    heard = Heard(form)
    form.set_experiment(experiment)
    assert form.experiment() == experiment
    assert heard.said == [], "showing is not editing"


def test_the_values_are_written_for_people(form: ExperimentForm) -> None:
    assert choice(form, "loss").currentText() == "½ Σ error²"
    assert choice(form, "initializer").currentText() == "uniform 0–1"
    assert choice(form, "biases").currentText() == "off"
    assert entry(form, "epochs").text() == "10,000"
    assert entry(form, "batch_size").text() == "all 4"
    assert entry(form, "learning_rate").text() == "0.5"
    form.set_experiment(MNIST)
    texts = [label.text() for label in form.findChildren(QLabel)]
    assert "784 –" in texts
    assert "– 10" in texts


@pytest.mark.parametrize(
    ("field", "table"),
    [
        ("activation", ACTIVATIONS),
        ("loss", LOSSES),
        ("initializer", INITIALIZERS),
        ("optimizer", OPTIMIZERS),
        ("dataset", CATALOGUE),
    ],
)
def test_every_name_of_the_engine_has_words_and_a_hint(field: str, table: dict[str, Any]) -> None:
    terms = [wording.term(field, name) for name in table]
    assert len({term.label for term in terms}) == len(table)
    assert all(term.hint for term in terms)
    assert wording.term(field, "brand_new").label == "brand_new"


def test_every_field_says_what_it_is_and_what_it_means(form: ExperimentForm) -> None:
    labels = {label.buddy(): label.text() for label in form.findChildren(QLabel) if label.buddy()}
    for name in NAMES:
        widget = form.field(name)
        assert widget.toolTip().endswith(".")
        assert widget.accessibleName() == labels[widget] != ""
        assert "&" not in labels[widget]


def test_tab_goes_from_top_to_bottom(form: ExperimentForm, qtbot: QtBot) -> None:
    form.activateWindow()
    form.field(NAMES[0]).setFocus()
    visited = []
    for _ in NAMES:
        visited.append(QApplication.focusWidget())
        qtbot.keyClick(visited[-1], Qt.Key.Key_Tab)
    assert visited == [form.field(name) for name in NAMES]
    tops = [widget.mapTo(form, QPoint()).y() for widget in visited]
    assert tops == sorted(tops)


def test_the_form_fits_the_left_column_without_scrolling(form: ExperimentForm) -> None:
    area = form.findChild(QScrollArea)
    assert area.verticalScrollBar().maximum() == 0
    for name in NAMES:
        widget = form.field(name)
        right = widget.mapTo(form, QPoint(widget.width(), 0)).x()
        assert right <= 186
        assert widget.width() >= 44
    assert form.minimumSizeHint().width() <= 186


def test_larger_text_makes_the_form_wider_not_cut_off(form: ExperimentForm, qapp: QApplication) -> None:
    before = form.minimumSizeHint().width()
    install(qapp, LIGHT, text_scale=1.5)
    try:
        assert form.minimumSizeHint().width() > before + 20
        labels = [label for label in form.findChildren(QLabel) if label.buddy()]
        form.resize(form.minimumSizeHint())
        assert all(label.width() >= label.sizeHint().width() for label in labels)
    finally:
        install(qapp, LIGHT)


@pytest.mark.parametrize("experiment", [XOR, MNIST])
def test_no_value_is_cut_off_at_any_size_of_text(form: ExperimentForm, qapp: QApplication, experiment: Any) -> None:
    form.set_experiment(experiment)
    try:
        for scale in (1.0, 1.25, 2.0):
            install(qapp, LIGHT, text_scale=scale)
            QApplication.processEvents()
            form.resize(form.minimumSizeHint().width(), 300)  # low: a scroll bar takes some of the width
            QApplication.processEvents()
            for name in NAMES:
                widget = form.field(name)
                assert widget.width() >= widget.sizeHint().width(), (name, scale)
    finally:
        install(qapp, LIGHT)


def test_a_lower_window_can_scroll_to_the_last_field(form: ExperimentForm, qtbot: QtBot) -> None:
    form.resize(186, 300)
    area = form.findChild(QScrollArea)
    assert area.verticalScrollBar().maximum() > 0
    area.ensureWidgetVisible(form.field("dtype"))
    assert form.rect().contains(form.field("dtype").mapTo(form, QPoint(5, 5)))


def test_data_that_is_not_installed_is_shown_with_its_command(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    command = "pip install tensorflow"
    monkeypatch.setattr(form_module, "unavailable", lambda name: command if name.startswith("keras") else None)
    form = ExperimentForm()
    qtbot.addWidget(form)
    datasets = choice(form, "dataset")
    model = datasets.model()
    assert isinstance(model, QStandardItemModel)
    for name in CATALOGUE:
        row = datasets.row_of(name)
        assert row is not None
        assert model.item(row).isEnabled() == (not name.startswith("keras"))
        assert (command in datasets.itemData(row, Qt.ItemDataRole.ToolTipRole)) == name.startswith("keras")


def test_the_built_program_names_no_command_for_data_that_it_can_never_have(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_module, "unavailable", lambda name: "pip install x" if name.startswith("keras") else None)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    form = ExperimentForm()
    qtbot.addWidget(form)
    datasets = choice(form, "dataset")
    tip = datasets.itemData(datasets.row_of("keras_mnist"), Qt.ItemDataRole.ToolTipRole)
    assert "pip install x" not in tip
    assert "Not part of the program that needs no Python" in tip


# --- editing


def test_a_learning_rate_is_announced_for_the_present_run(form: ExperimentForm, qtbot: QtBot) -> None:
    heard = Heard(form)
    write(qtbot, form, "learning_rate", "0.25")
    assert heard.said == [("learning_rate_changed", 0.25)]
    assert form.experiment() == XOR.replace(learning_rate=0.25)


def test_epochs_are_announced_for_the_present_run(form: ExperimentForm, qtbot: QtBot) -> None:
    heard = Heard(form)
    write(qtbot, form, "epochs", "20,000")
    assert heard.said == [("epochs_changed", 20_000)]


@pytest.mark.parametrize(
    ("name", "text", "changes"),
    [
        ("seed", "7", {"seed": 7}),
        ("batch_size", "2", {"batch_size": 2}),
        ("hidden", "3", {"layers": (Layer(3, "sigmoid", "uniform", False), XOR.layers[1])}),
        (
            "hidden",
            "4, 3",
            {"layers": (Layer(4, "sigmoid", "uniform", False), Layer(3, "sigmoid", "uniform", False), XOR.layers[1])},
        ),
        ("hidden", "", {"layers": XOR.layers[1:]}),
    ],
)
def test_other_entries_need_a_new_run(
    form: ExperimentForm, qtbot: QtBot, name: str, text: str, changes: dict[str, Any]
) -> None:
    heard = Heard(form)
    write(qtbot, form, name, text)
    assert heard.said == [("experiment_edited", XOR.replace(**changes))]


@pytest.mark.parametrize(
    ("name", "key", "changes"),
    [
        ("shuffle", True, {"shuffle": True}),
        ("dtype", "float32", {"dtype": "float32"}),
        ("loss", "binary_cross_entropy", {"loss": "binary_cross_entropy"}),
        ("activation", "relu", {"layers": (Layer(2, "relu", "uniform", False), XOR.layers[1])}),
        ("output_activation", "tanh", {"layers": (XOR.layers[0], Layer(1, "tanh", "uniform", False))}),
        ("biases", True, {"layers": tuple(Layer(units, "sigmoid", "uniform", True) for units in (2, 1))}),
        ("initializer", "he", {"layers": tuple(Layer(units, "sigmoid", "he", False) for units in (2, 1))}),
    ],
)
def test_choices_need_a_new_run(form: ExperimentForm, name: str, key: object, changes: dict[str, Any]) -> None:
    heard = Heard(form)
    choice(form, name).choose(key)
    assert heard.said == [("experiment_edited", XOR.replace(**changes))]


def test_a_choice_can_be_made_with_the_keyboard(form: ExperimentForm, qtbot: QtBot) -> None:
    heard = Heard(form)
    qtbot.keyClick(form.field("initializer"), Qt.Key.Key_Down)
    assert [name for name, _ in heard.said] == ["experiment_edited"]
    assert choice(form, "initializer").key() == "standard_normal"


def test_the_wheel_scrolls_and_changes_nothing(form: ExperimentForm) -> None:
    widget = form.field("initializer")
    turn = QWheelEvent(
        QPointF(5, 5),
        QPointF(widget.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, turn)
    assert form.experiment() == XOR


def test_another_data_set_brings_its_sizes(form: ExperimentForm) -> None:
    heard = Heard(form)
    choice(form, "dataset").choose("mnist")
    edited = heard.said[0][1]
    assert edited.dataset == "mnist"
    assert [layer.units for layer in edited.layers] == [2, 10]
    assert entry(form, "batch_size").text() == "all 60,000"


def test_typing_announces_nothing_before_it_is_done(form: ExperimentForm, qtbot: QtBot) -> None:
    heard = Heard(form)
    write(qtbot, form, "learning_rate", "-", commit=False)
    assert heard.said == []
    assert not form.errors()
    write(qtbot, form, "learning_rate", "0.75", commit=False)
    form.field("seed").setFocus()
    assert heard.said == [("learning_rate_changed", 0.75)], "leaving the field commits it"


def test_escape_brings_back_the_value_that_was_shown(form: ExperimentForm, qtbot: QtBot) -> None:
    write(qtbot, form, "learning_rate", "abc")
    assert form.errors()
    heard = Heard(form)
    qtbot.keyClick(entry(form, "learning_rate"), Qt.Key.Key_Escape)
    assert entry(form, "learning_rate").text() == "0.5"
    assert not form.errors()
    assert heard.said == [("validity_changed", True)]
    write(qtbot, form, "seed", "7", commit=False)
    qtbot.keyClick(entry(form, "seed"), Qt.Key.Key_Escape)
    form.field("epochs").setFocus()
    assert entry(form, "seed").text() == "0"
    assert heard.said == [("validity_changed", True)], "what was taken back is not announced when the field is left"


def test_space_plays_unless_a_value_is_being_typed(form: ExperimentForm, qtbot: QtBot) -> None:
    played: list[bool] = []
    QShortcut(QKeySequence(Qt.Key.Key_Space), form).activated.connect(lambda: played.append(True))
    write(qtbot, form, "hidden", "2, 3")
    qtbot.keyClick(entry(form, "hidden"), Qt.Key.Key_Space)
    assert entry(form, "hidden").text() == "2, 3"
    assert played == [True], "after Enter the value is done"
    write(qtbot, form, "hidden", "2, 4", commit=False)
    assert entry(form, "hidden").text() == "2, 4"
    assert played == [True], "a list of layers has spaces in it"


@pytest.mark.parametrize(("lacking", "in_line"), [(0, True), (4, True), (20, False)])
def test_a_value_slightly_too_long_keeps_the_fields_in_line(qtbot: QtBot, lacking: int, in_line: bool) -> None:
    column = FormColumn()
    qtbot.addWidget(column)
    short, long = Entry(column), Entry(column)
    short.show_text("1")
    long.show_text("a value of some length")
    column.add_field("A longer label", short, "")
    column.add_field("Short", long, "")
    column.resize(column.sizeHint().width() - lacking, 80)
    column.show()
    assert long.width() == long.sizeHint().width(), "it is never cut off"
    assert (short.x() == long.x()) == in_line


def test_the_same_value_again_is_no_edit(form: ExperimentForm, qtbot: QtBot) -> None:
    heard = Heard(form)
    write(qtbot, form, "epochs", "10000")
    write(qtbot, form, "seed", "0")
    choice(form, "loss").choose("half_squared_error")
    assert heard.said == []
    assert entry(form, "epochs").text() == "10,000"


def test_layers_that_differ_stay_as_they_are(form: ExperimentForm, qtbot: QtBot) -> None:
    mixed = recipe((64, 32)).replace(
        layers=(Layer(64, "tanh", "xavier"), Layer(32, "relu", "he"), Layer(10, "softmax", "zeros", biases=False))
    )
    form.set_experiment(mixed)
    assert [choice(form, name).currentText() for name in ("activation", "biases", "initializer")] == ["mixed"] * 3
    assert form.experiment() == mixed
    heard = Heard(form)
    write(qtbot, form, "seed", "3")
    assert heard.said == [("experiment_edited", mixed.replace(seed=3))]
    choice(form, "activation").choose("sigmoid")
    layers = heard.said[-1][1].layers
    assert [layer.activation for layer in layers] == ["sigmoid", "sigmoid", "softmax"]
    assert [layer.initializer for layer in layers] == ["xavier", "he", "zeros"]
    assert choice(form, "activation").row_of(None) is None, "nothing is mixed any more"


def test_a_refused_edit_can_be_taken_back(form: ExperimentForm, qtbot: QtBot) -> None:
    write(qtbot, form, "seed", "7")
    heard = Heard(form)
    form.set_experiment(XOR)
    assert entry(form, "seed").text() == "0"
    assert form.experiment() == XOR
    assert heard.said == []


# --- what cannot be used


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("learning_rate", "0,5", "0.5 instead of 0,5"),
        ("learning_rate", "fast", "“fast” is not a number"),
        ("learning_rate", "-0.1", "above 0"),
        ("learning_rate", "0", "above 0"),
        ("learning_rate", "nan", "above 0"),
        ("learning_rate", "1e9", "up to 1000"),
        ("epochs", "0", "from 1 to 10000000"),
        ("epochs", "1.5", "not a whole number"),
        ("epochs", "", "field is empty"),
        ("learning_rate", " ", "field is empty"),
        ("batch_size", "", "field is empty"),
        ("batch_size", "5", "from 1 to 4"),
        ("batch_size", "0", "from 1 to 4"),
        ("batch_size", "some", "no batch size"),
        ("seed", "-1", "from 0 to 4294967295"),
        ("hidden", "2, x", "does not list hidden layers"),
        ("hidden", "0", "from 1 to 4096"),
        ("hidden", "5000", "from 1 to 4096"),
        ("hidden", "1,1,1,1,1,1,1,1", "from 1 to 8"),
    ],
)
def test_a_wrong_value_is_marked_and_explained(
    form: ExperimentForm, qtbot: QtBot, name: str, text: str, words: str
) -> None:
    heard = Heard(form)
    write(qtbot, form, name, text)
    assert heard.said == [("validity_changed", False)]
    assert form.experiment() is None
    assert entry(form, name).text() == text, "what was typed stays, to be mended"
    assert [field for field in NAMES if form.field(field).property("invalid")] == [name]
    assert words in message(form)
    assert form.field(name).toolTip() == form.field(name).accessibleDescription() == message(form)


def test_the_border_shows_what_is_wrong(form: ExperimentForm, qtbot: QtBot) -> None:
    write(qtbot, form, "seed", "-1")
    form.field("epochs").setFocus()
    widget = form.field("seed")
    assert widget.grab().toImage().pixelColor(widget.width() // 2, 0).name().upper() == LIGHT.wrong
    before = widget.size()
    write(qtbot, form, "seed", "1")
    form.field("epochs").setFocus()
    assert widget.grab().toImage().pixelColor(widget.width() // 2, 0).name().upper() != LIGHT.wrong
    assert widget.size() == before


def test_mending_a_value_announces_the_edit(form: ExperimentForm, qtbot: QtBot) -> None:
    write(qtbot, form, "batch_size", "9")
    heard = Heard(form)
    write(qtbot, form, "batch_size", "3")
    assert heard.said == [("validity_changed", True), ("experiment_edited", XOR.replace(batch_size=3))]
    assert message(form) == ""


def test_several_wrong_values_are_all_marked(form: ExperimentForm, qtbot: QtBot) -> None:
    for name, text in (("hidden", "0"), ("learning_rate", "0,5"), ("batch_size", "9"), ("seed", "-3")):
        write(qtbot, form, name, text)
    assert set(form.errors()) == {"hidden", "learning_rate", "batch_size", "seed"}
    assert message(form) == form.errors()["seed"], "the last edit is explained first"


def test_a_learning_rate_still_works_beside_a_wrong_value(form: ExperimentForm, qtbot: QtBot) -> None:
    write(qtbot, form, "seed", "-1")
    heard = Heard(form)
    write(qtbot, form, "learning_rate", "0.125")
    assert heard.said == [("learning_rate_changed", 0.125)]
    assert form.experiment() is None
    write(qtbot, form, "seed", "4")
    assert heard.said[-1] == ("experiment_edited", XOR.replace(learning_rate=0.125, seed=4))


def test_an_edit_held_back_comes_with_the_field_that_is_mended(form: ExperimentForm, qtbot: QtBot) -> None:
    write(qtbot, form, "learning_rate", "x")
    heard = Heard(form)
    write(qtbot, form, "seed", "5")
    assert heard.said == []
    write(qtbot, form, "learning_rate", "0.25")
    assert heard.said[-1] == ("experiment_edited", XOR.replace(learning_rate=0.25, seed=5))
    assert "learning_rate_changed" not in [name for name, _ in heard.said]


def test_a_batch_too_large_for_the_new_data_is_explained(form: ExperimentForm) -> None:
    form.set_experiment(MNIST)
    choice(form, "dataset").choose("xor")
    assert set(form.errors()) == {"batch_size"}


def test_an_objective_that_does_not_fit_offers_what_would(form: ExperimentForm, qtbot: QtBot) -> None:
    form.set_experiment(MNIST)
    choice(form, "loss").choose("cross_entropy")
    assert set(form.errors()) == {"loss"}
    assert "softmax units, not sigmoid" in message(form)
    assert choice(form, "output_activation").key() == "sigmoid", "nothing is changed silently"
    heard = Heard(form)
    assert form._remedy.text() == "Use softmax outputs"
    qtbot.mouseClick(form._remedy, Qt.MouseButton.LeftButton)
    edited = heard.said[-1][1]
    assert (edited.loss, edited.layers[-1].activation) == ("cross_entropy", "softmax")
    assert not form._remedy.isVisible()


def test_outputs_that_do_not_fit_offer_another_objective(form: ExperimentForm, qtbot: QtBot) -> None:
    form.set_experiment(recipe((16,), loss="mean_cross_entropy"))
    choice(form, "output_activation").choose("sigmoid")
    assert form._remedy.text() == "Use binary cross-entropy / n"
    qtbot.mouseClick(form._remedy, Qt.MouseButton.LeftButton)
    edited = form.experiment()
    assert edited is not None
    assert (edited.loss, edited.layers[-1].activation) == ("mean_binary_cross_entropy", "sigmoid")


def test_every_remedy_gives_an_experiment_that_can_be_run() -> None:
    mended = 0
    for loss, output, keep_output in product(LOSSES, ACTIVATIONS, (True, False)):
        try:
            XOR.replace(loss=loss, layers=(Layer(1, output),))
        except ExperimentError:
            found = remedy(loss, output, keep_output)
            changed = {"loss": loss, "output_activation": output} | {found.field: found.value}
            XOR.replace(loss=changed["loss"], layers=(Layer(1, changed["output_activation"]),))
            mended += 1
    assert mended > 20


# --- texts


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_are_read_with_and_without_groups(number: int) -> None:
    assert parse_whole(str(number)) == number
    if number >= 0:
        assert parse_whole(f"{number:,}") == number


@pytest.mark.parametrize("text", ["1,00", "10,00", "1,0000", "1.5", "x", "", "0,5"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(TextError):
        parse_whole(text)


@pytest.mark.parametrize(("text", "number"), [("0.5", 0.5), (" .5 ", 0.5), ("1e-3", 1e-3), ("2", 2.0)])
def test_numbers_have_a_decimal_point(text: str, number: float) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["0,5", "-0,25", ",5", "1,000"])
def test_a_decimal_comma_is_explained(text: str) -> None:
    with pytest.raises(TextError, match="decimals with a point"):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "units"), [("128", (128,)), ("128, 64", (128, 64)), ("128 64", (128, 64)), ("4–3", (4, 3)), ("", ())]
)
def test_hidden_layers_are_a_list(text: str, units: tuple[int, ...]) -> None:
    assert parse_units(text) == units


@pytest.mark.parametrize(("text", "batch"), [("all", None), ("All 4", None), ("64", 64), ("1,000", 1000)])
def test_a_batch_is_a_number_or_all(text: str, batch: int | None) -> None:
    assert parse_batch(text) == batch

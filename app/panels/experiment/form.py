"""The experiment form: the whole recipe of a run, to be read and edited."""

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app import wording
from app.edition import is_built
from app.look.fonts import scaled
from app.panels.experiment.check import SAFE, Remedy, checked, remedy
from app.panels.experiment.fields import Between, Choice, Entry, Field, FormColumn
from app.panels.experiment.text import (
    TextError,
    batch_text,
    number_text,
    parse_batch,
    parse_number,
    parse_units,
    parse_whole,
)
from app.wording import Term
from backprop import Experiment, Layer
from backprop.activations import ACTIVATIONS
from backprop.dataset_catalogue import CATALOGUE
from backprop.datasets import unavailable
from backprop.initializers import INITIALIZERS
from backprop.losses import LOSSES
from backprop.optimizers import OPTIMIZERS


class ExperimentForm(QWidget):
    """Shows an experiment and announces what a person changes; whether a run follows is for others to decide.

    Every value is checked by ``Experiment`` itself. A wrong one is marked where it stands and explained below, and
    nothing is announced for it.
    """

    learning_rate_changed = Signal(float)
    """A learning rate for the present run, which can go on."""
    epochs_changed = Signal(int)
    """Another number of epochs for the present run, which can go on."""
    experiment_edited = Signal(object)
    """An Experiment that needs a new run."""
    validity_changed = Signal(bool)
    """Whether every field can be used."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._experiment: Experiment | None = None
        self._errors: dict[str, str] = {}
        self._fields: dict[str, Field] = {}
        self._last_edited = ""
        self.setAccessibleName(self.tr("Experiment"))
        area = QScrollArea(self)
        # Children are born where they stay: moving one applies the style sheet to it once more.
        self._column = FormColumn(area.viewport())
        self._add_network()
        self._add_learning()
        self._add_randomness()
        area.setWidget(self._column)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._message = QLabel(self)
        self._message.setProperty("role", "error")
        self._message.setWordWrap(True)
        self._message.hide()
        self._remedy = QPushButton(self)
        self._remedy.hide()
        self._remedy.clicked.connect(self._apply_remedy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(area, 1)
        column.addWidget(self._message)
        column.addWidget(self._remedy)
        widgets = [field.widget for field in self._fields.values()]
        for before, after in zip(widgets, [*widgets[1:], self._remedy], strict=True):
            self.setTabOrder(before, after)

    def minimumSizeHint(self) -> QSize:
        """Return the least width at which no label and no ordinary value is cut off; the height can be scrolled."""
        return QSize(self._column.minimumSizeHint().width() + scaled(10), scaled(160))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            # The scroll area hides from the layout around it that larger text needs a wider form.
            self.updateGeometry()

    # --- what others use

    def experiment(self) -> Experiment | None:
        """Return the experiment that the form shows, or None while a field cannot be used."""
        return None if self._errors else self._experiment

    def set_experiment(self, experiment: Experiment) -> None:
        """Show ``experiment``, in the place of whatever was typed; nothing is announced but validity."""
        self._experiment = experiment
        hidden, output = experiment.layers[:-1], experiment.layers[-1]
        self._show_mixed("activation", {layer.activation for layer in hidden})
        self._show_mixed("biases", {layer.biases for layer in experiment.layers})
        self._show_mixed("initializer", {layer.initializer for layer in experiment.layers})
        self._choice("output_activation").set_key(output.activation)
        self._choice("dataset").set_key(experiment.dataset)
        for name in ("loss", "optimizer", "shuffle", "dtype"):
            self._choice(name).set_key(getattr(experiment, name))
        self._entry("hidden").show_text(", ".join(str(layer.units) for layer in hidden))
        self._entry("learning_rate").show_text(number_text(experiment.learning_rate))
        self._entry("batch_size").show_text(batch_text(experiment.batch_size, experiment.info.samples))
        self._entry("epochs").show_text(f"{experiment.epochs:,}")
        self._entry("seed").show_text(str(experiment.seed))
        self._show_sizes()
        self._show_errors({})

    def take_over(self, before: "ExperimentForm") -> None:
        """Show what ``before`` shows, also what was typed there and cannot be used."""
        if before._experiment is None:
            return
        self.set_experiment(before._experiment)
        if not before._errors:
            return
        self._last_edited = before._last_edited
        for name, field in self._fields.items():
            typed = before._fields[name].widget
            if isinstance(field.widget, Choice) and isinstance(typed, Choice):
                field.widget.set_key(typed.key())
            elif isinstance(field.widget, Entry) and isinstance(typed, Entry) and name in before._errors:
                field.widget.show_text(typed.text())
        self._show_sizes()
        values, errors = self._read()
        checked(values, errors)
        self._show_errors(errors)

    def field(self, name: str) -> QWidget:
        """Return the widget of a field: "hidden", "output_activation", or the experiment's own name for it."""
        return self._fields[name].widget

    def names(self) -> tuple[str, ...]:
        """Return the names of all fields."""
        return tuple(self._fields)

    def errors(self) -> dict[str, str]:
        """Return a sentence for each field that cannot be used."""
        return dict(self._errors)

    # --- the fields

    def _absence(self, command: str) -> str:
        """Return why data cannot be chosen that would come with ``command``."""
        if is_built():
            return self.tr("Not part of the program that needs no Python: install Backscope with pip")
        return self.tr("Not installed: run {command}").format(command=command)

    def _add_network(self) -> None:
        self._column.add_section(self.tr("Network"))
        self._add_choice(
            "dataset", self.tr("Data set"), self.tr("What the network learns: inputs, and what to answer.")
        )
        for name in CATALOGUE:
            command = unavailable(name)
            self._choice("dataset").offer(
                name, wording.term("dataset", name), self._absence(command) if command else ""
            )
        self._layers = Between(self._column)
        self._layers.entry.setPlaceholderText(self.tr("none"))
        self._add_entry(
            "hidden",
            self.tr("Layers"),
            self.tr(
                "Units of each hidden layer, such as 128 or 128, 64; inputs and outputs come with the data. "
                "More units can tell more apart, and take longer. Without a hidden layer XOR cannot be learnt."
            ),
            self._layers.entry,
            self._layers,
        )
        self._add_choice(
            "activation",
            self.tr("Activation"),
            self.tr("What hidden units make of their sum. Its slope is a factor in every gradient that passes."),
            "activation",
            ACTIVATIONS,
        )
        self._add_choice(
            "output_activation",
            self.tr("Output"),
            self.tr("What the output units make of their sum: it decides which objectives are possible."),
            "activation",
            ACTIVATIONS,
        )
        self._add_choice(
            "biases",
            self.tr("Biases"),
            self.tr(
                "A bias moves the point at which a unit switches. Without biases every boundary goes through zero."
            ),
        )
        self._offer_switch("biases")
        self._add_choice(
            "initializer",
            self.tr("Initializer"),
            self.tr("How weights are drawn before training. Too large saturates units, too small starves them."),
            "initializer",
            INITIALIZERS,
        )

    def _add_learning(self) -> None:
        self._column.add_section(self.tr("Learning"))
        self._add_choice(
            "loss",
            self.tr("Objective"),
            self.tr("The number that training makes small: backpropagation computes its gradient."),
            "loss",
            LOSSES,
        )
        self._add_choice(
            "optimizer", self.tr("Optimizer"), self.tr("How a gradient becomes a step."), "optimizer", OPTIMIZERS
        )
        self._add_entry(
            "learning_rate",
            self.tr("Learning rate"),
            self.tr("How far each update goes down the gradient. It applies to a running run at once."),
        )
        self._add_entry(
            "batch_size",
            self.tr("Batch"),
            self.tr("Samples an update, or all. Small batches learn sooner and less steadily."),
        )
        self._add_entry(
            "epochs", self.tr("Epochs"), self.tr("Passes over the training data. It applies to a running run at once.")
        )

    def _add_randomness(self) -> None:
        self._column.add_section(self.tr("Randomness"))
        self._add_entry(
            "seed", self.tr("Seed"), self.tr("Decides every random draw: the same seed gives the same run again.")
        )
        self._add_choice(
            "shuffle",
            self.tr("Shuffle"),
            self.tr("Whether each epoch takes the samples in a new random order, so that batches differ."),
        )
        self._offer_switch("shuffle")
        self._add_choice("dtype", self.tr("Precision"), self.tr("How many digits each number has."))
        for name in ("float32", "float64"):
            self._choice("dtype").offer(name, wording.term("dtype", name))

    def _add_choice(
        self, name: str, label: str, hint: str, kind: str = "", values: dict[str, Any] | None = None
    ) -> None:
        choice = Choice(self._column)
        self._fields[name] = self._column.add_field(label, choice, hint)
        choice.chosen.connect(lambda: self._commit(name))
        for value in values or {}:
            choice.offer(value, wording.term(kind, value))

    def _offer_switch(self, name: str) -> None:
        self._choice(name).offer(True, Term(self.tr("on")))
        self._choice(name).offer(False, Term(self.tr("off")))

    def _add_entry(
        self, name: str, label: str, hint: str, entry: Entry | None = None, row: QWidget | None = None
    ) -> None:
        entry = entry or Entry(self._column)
        self._fields[name] = self._column.add_field(label, entry, hint, row)
        entry.committed.connect(lambda: self._commit(name))

    def _choice(self, name: str) -> Choice:
        return cast(Choice, self._fields[name].widget)

    def _entry(self, name: str) -> Entry:
        return cast(Entry, self._fields[name].widget)

    def _show_mixed(self, name: str, values: set[Any]) -> None:
        """Show the one value of all layers, or that they differ."""
        choice = self._choice(name)
        row = choice.row_of(None)
        if len(values) > 1 and row is None:
            choice.offer(None, Term(self.tr("mixed"), self.tr("Layers differ; leave it so to keep each as it is.")))
        elif len(values) <= 1 and row is not None:
            choice.removeItem(row)
        if values:
            choice.set_key(next(iter(values)) if len(values) == 1 else None)

    def _show_sizes(self) -> None:
        info = CATALOGUE[str(self._choice("dataset").key())]
        self._layers.before.setText(self.tr("{inputs} –").format(inputs=info.inputs))
        self._layers.after.setText(self.tr("– {outputs}").format(outputs=info.outputs))
        hidden = bool(self._entry("hidden").text().strip())
        self._choice("activation").setEnabled(hidden)
        self._fields["activation"].reason = "" if hidden else self.tr("There is no hidden layer that could have one.")

    # --- reading and checking

    def _commit(self, edited: str) -> None:
        """Take what the fields say after a person has changed one of them."""
        if self._experiment is None:
            return
        self._last_edited = edited
        if edited == "dataset":
            self._refresh_batch()
        self._show_sizes()
        values, errors = self._read()
        candidate = checked(values, errors)
        self._show_errors(errors)
        before = self._experiment
        if candidate is None:
            self._announce_alone(edited, values, errors)
        elif candidate.replace(learning_rate=before.learning_rate, epochs=before.epochs) != before:
            self.set_experiment(candidate)
            self.experiment_edited.emit(candidate)
        else:
            self._announce_live(candidate)

    def _refresh_batch(self) -> None:
        entry = self._entry("batch_size")
        try:
            batch_size = parse_batch(entry.text())
        except TextError:
            return
        entry.show_text(batch_text(batch_size, CATALOGUE[str(self._choice("dataset").key())].samples))

    def _announce_alone(self, edited: str, values: dict[str, Any], errors: dict[str, str]) -> None:
        """Let a run take a new learning rate or number of epochs although another field is wrong."""
        if edited in ("learning_rate", "epochs") and edited not in errors and self._experiment is not None:
            self._announce_live(self._experiment.replace(**{edited: values[edited]}), show=False)

    def _announce_live(self, experiment: Experiment, show: bool = True) -> None:
        before, self._experiment = self._experiment, experiment
        if show:
            self.set_experiment(experiment)
        if before is None or experiment.learning_rate != before.learning_rate:
            self.learning_rate_changed.emit(experiment.learning_rate)
        if before is None or experiment.epochs != before.epochs:
            self.epochs_changed.emit(experiment.epochs)

    def _read(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Return the fields of an Experiment as they stand, and a sentence for each text that is no value."""
        errors: dict[str, str] = {}
        values: dict[str, Any] = {
            name: self._choice(name).key() for name in ("dataset", "loss", "optimizer", "shuffle", "dtype")
        }
        parsers: dict[str, Callable[[str], Any]] = {
            "learning_rate": parse_number,
            "batch_size": parse_batch,
            "epochs": parse_whole,
            "seed": parse_whole,
            "hidden": parse_units,
        }
        for name, parse in parsers.items():
            try:
                values[name] = parse(self._entry(name).text())
            except TextError as error:
                values[name] = SAFE.get(name, ())
                errors[name] = str(error)
        values["layers"] = self._layers_of(values.pop("hidden"), str(values["dataset"]))
        return values, errors

    def _layers_of(self, hidden: tuple[int, ...], dataset: str) -> tuple[Layer, ...]:
        """Return layers as the form says; where it says "mixed", each keeps what it has."""
        assert self._experiment is not None
        before = self._experiment.layers
        layers = []
        for number, units in enumerate((*hidden, CATALOGUE[dataset].outputs)):
            is_output = number == len(hidden)
            like = before[-1] if is_output else before[min(number, max(0, len(before) - 2))]
            activation = self._choice("output_activation" if is_output else "activation").key()
            initializer, biases = self._choice("initializer").key(), self._choice("biases").key()
            layers.append(
                Layer(
                    units,
                    like.activation if activation is None else str(activation),
                    like.initializer if initializer is None else str(initializer),
                    like.biases if biases is None else bool(biases),
                )
            )
        return tuple(layers)

    # --- what is wrong, and what helps

    def _show_errors(self, errors: dict[str, str]) -> None:
        was_valid, self._errors = not self._errors, errors
        for name, field in self._fields.items():
            field.mark(errors.get(name, ""))
        first = next((name for name in (self._last_edited, *self._fields) if name in errors), "")
        self._message.setText(errors.get(first, ""))
        self._message.setVisible(bool(errors))
        found = self._find_remedy()
        self._remedy.setVisible(found is not None)
        if found is not None:
            label = wording.term(found.kind, found.value).label
            outputs = self.tr("Use {activation} outputs").format(activation=label)
            self._remedy.setText(outputs if found.kind == "activation" else self.tr("Use {loss}").format(loss=label))
            self._remedy.setToolTip(self.tr("Changes that one field, so that objective and outputs fit each other."))
        if was_valid == bool(errors):
            self.validity_changed.emit(not errors)

    def _find_remedy(self) -> Remedy | None:
        if "loss" not in self._errors:
            return None
        loss, output = str(self._choice("loss").key()), str(self._choice("output_activation").key())
        return remedy(loss, output, keep_output=self._last_edited == "output_activation")

    def _apply_remedy(self) -> None:
        found = self._find_remedy()
        if found is not None:
            self._choice(found.field).choose(found.value)

"""TrajectoriesPanel: how chosen parameters went over the epochs, up to the moment shown."""

from __future__ import annotations

from typing import Protocol, Self

import numpy as np
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from app import wording
from app.look.colours import mix
from app.look.fonts import number_font, scaled
from app.look.style import restyle
from app.look.theme import Theme
from app.panels.base import Panel
from app.panels.layer_titles import LayerTitles
from app.panels.trajectories.chosen import Chosen
from app.panels.trajectories.parameters import Key, Parameters, text_of, typed
from app.widgets.chart_axes import Titles
from app.widgets.chart_marks import Reading, ReadOut
from app.widgets.chips import ChipRow, ChipText
from app.widgets.course_chart import NOTHING, Course, CourseChart, Courses
from app.widgets.heat_data import Cell
from app.widgets.note import Note
from app.widgets.value_text import readable
from backprop import Dataset, Experiment, Snapshot
from backprop.keyframes import Keyframes

#: Networks with no more parameters than this show all of them.
SMALL = 20
#: Of a larger network so many are suggested.
_SUGGESTED = 6
#: Longer runs are read with gaps, so that a frame takes no longer.
_MOST_KEYFRAMES = 20_000
# The chart keeps at least this share of the height.
_CHART_SHARE = 0.62
_MOST_IN_SUMMARY = 8
_FIELD_POINTS, _FIELD_PADDING = 8.25, 18
#: Shades of a colour are lighter on either ground: darker ones could not be seen on a dark one.
_LIGHTEST = "#FFFFFF"
# A step beyond the end of every run.
_EVER = 2**60


class TrajectorySource(Protocol):
    """Whatever has a run's keyframes, such as its timeline."""

    @property
    def keyframes(self) -> Keyframes:
        """The parameters that were kept."""


class TrajectoriesPanel(Panel):
    """A curve a parameter: from the keyframes of the run, and at its end the parameter at this very moment.

    Small networks show all parameters, in a colour for each layer; of larger ones it suggests those of the last layer
    that have changed most.
    """

    name = "trajectories"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._experiment: Experiment | None = None
        self._epochs = 1
        self._titles: LayerTitles | None = None
        self._parameters: Parameters | None = None
        self._source: TrajectorySource | None = None
        self._snapshot: Snapshot | None = None
        self._chosen = Chosen()
        self._curves: tuple[Course, ...] = ()
        #: For which stage of the run suggestions were made: how often its record has doubled.
        self._stage: int | None = None
        self._exporting = False
        self.setAccessibleName(self.title())
        self.setMinimumSize(160, 96)
        self.field = self._make_field()
        self._fit_field()
        self.chips = ChipRow(self.field)
        self.chips.removed.connect(self._remove_text)
        self.chart = CourseChart(self._courses)
        self.chart.setAccessibleName(self.tr("Parameters over epochs"))
        self.chart.reader = self._read
        self.chips.pointed.connect(lambda text: self.chart.emphasise(text or None))
        self.note = Note()
        self.note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.chips)
        column.addWidget(self.note)
        column.addWidget(self.chart, 1)
        self.suggest_button = self._make_button(self.tr("Suggest"))
        self.suggest_button.clicked.connect(self.suggest)
        self.clear_button = self._make_button(self.tr("Clear"))
        self.clear_button.clicked.connect(self.clear)
        self._offer_buttons()

    def _make_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(self.tr("Add, as W1[0, 1]"))
        field.setAccessibleName(self.tr("Add a parameter by its name"))
        field.setToolTip(
            self.tr(
                "The name of a weight or a bias, such as W1[0, 1] or b2[0]; Enter adds its curve. Both count from 0"
            )
        )
        # As low as the chips beside it.
        field.setStyleSheet("QLineEdit { padding: 0 4px; min-height: 16px; }")
        field.returnPressed.connect(self._add_typed)
        field.textEdited.connect(lambda: self._mark_field(invalid=False))
        return field

    def _make_button(self, label: str) -> QPushButton:
        button = QPushButton(label)
        button.setProperty("flat", True)
        button.setAccessibleName(label)
        # A header has little height, and a click leaves the keyboard to the window.
        button.setStyleSheet("QPushButton { padding: 1px 8px; min-height: 20px; }")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    # --- what every panel does

    def title(self) -> str:
        return self.tr("Trajectories")

    def controls(self) -> list[QWidget]:
        return [self.suggest_button, self.clear_button]

    def start_run(self, experiment: Experiment, dataset: Dataset) -> None:
        self._experiment, self._epochs = experiment, experiment.epochs
        self._titles = LayerTitles(experiment, dataset)
        self._parameters = parameters = Parameters(experiment, dataset)
        self._source = self._snapshot = self._stage = None
        self._say("")
        gone = self._chosen.keep_only(parameters.__contains__)
        if gone:
            self._say(
                self.tr("Not part of this network, and so no longer shown: {names}.").format(
                    names=", ".join(map(text_of, gone))
                )
            )
        if parameters.count <= SMALL:
            self._chosen.suggest(parameters.all())
        self._follow()

    def set_epochs(self, epochs: int) -> None:
        self._epochs = epochs
        self.chart.ask()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._suggest_anew()
        self.chart.ask()

    def show_trajectories(self, source: TrajectorySource) -> None:
        """Take the course of the parameters from ``source``, whose run is that of the moment shown before or next."""
        self._source = source
        self._suggest_anew()
        self.chart.ask()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.chips.set_theme(theme)
        self.chart.set_theme(theme)
        self._follow()

    def set_exporting(self, title: str) -> None:
        super().set_exporting(title)
        self._exporting = True
        self.chips.hide()
        self.note.hide()
        self.setContentsMargins(16, 12, 12, 10)
        self.chart.set_exporting(Titles(title, self.tr("Epochs"), self.tr("Value")))

    def take_over(self, before: Self) -> None:
        self._chosen = before._chosen
        self._follow()

    def summary(self) -> str:
        courses = self._courses()
        if self._snapshot is None or not courses.curves:
            return courses.message
        parts = [
            self.tr("{name}: {first} at the start, {last} now.").format(
                name=course.name, first=readable(float(values[0])), last=readable(float(values[-1]))
            )
            for course, values in zip(courses.curves, courses.values.T, strict=True)
        ]
        head = self.tr("{count} parameters up to epoch {epoch} of {epochs}.").format(
            count=len(parts), epoch=f"{self._snapshot.cursor.epoch:,}", epochs=f"{self._epochs:,}"
        )
        return wording.together(head, *parts[:_MOST_IN_SUMMARY])

    # --- what is chosen

    def chosen(self) -> list[Key]:
        """Return the parameters that are shown, as names of arrays and indices in them: ("W1", (0, 1))."""
        return self._chosen.keys()

    def add_parameter(self, name: str, index: tuple[int, ...]) -> None:
        """Show a parameter too; one that the network does not have is answered in words."""
        key = (name, tuple(int(number) for number in index))
        if self._parameters is None:
            return
        if key not in self._parameters:
            self._say(
                self.tr("This network has no {name}. Its arrays are {arrays}.").format(
                    name=text_of(key), arrays=self._arrays_in_words()
                )
            )
            return
        self._say("")
        self._chosen.add(key)
        self._follow()

    def select_parameter(self, name: str, index: tuple[int, ...]) -> None:
        """Follow what a person looks at: show its curve, too."""
        self.add_parameter(name, index)

    def remove_parameter(self, name: str, index: tuple[int, ...]) -> None:
        """Show a parameter no longer."""
        self._chosen.remove((name, tuple(index)))
        self._say("")
        self._follow()

    def clear(self) -> None:
        """Show no parameter."""
        self._chosen.clear()
        self._say("")
        self._follow()

    def suggest(self) -> None:
        """Show again what is suggested, with what a person has added."""
        self._chosen.restore()
        self._say("")
        self._follow()

    def _remove_text(self, text: str) -> None:
        key = typed(text)
        assert key is not None
        self.remove_parameter(*key)

    def _add_typed(self) -> None:
        key = typed(self.field.text())
        if key is None:
            self._say(self.tr("A parameter is called W1[0, 1] or b1[0]: array, row and column, or the unit of a bias."))
        elif self._parameters is not None and key in self._parameters:
            self.field.clear()
            self.add_parameter(*key)
            return
        else:
            self.add_parameter(*key)
        self._mark_field(invalid=True)

    def _mark_field(self, invalid: bool) -> None:
        if bool(self.field.property("invalid")) != invalid:
            self.field.setProperty("invalid", invalid)
            restyle(self.field)

    def _arrays_in_words(self) -> str:
        assert self._parameters is not None
        return ", ".join(f"{name} ({' × '.join(map(str, shape))})" for name, shape in self._parameters.shapes.items())

    def _say(self, text: str) -> None:
        self.note.set_text(text, callout=bool(text))
        self.note.setVisible(bool(text) and not self._exporting)
        if not text:
            self._mark_field(invalid=False)

    def _suggest_anew(self) -> None:
        """Suggest others when the record of the run has doubled; seldom, so that curves do not come and go."""
        parameters, snapshot = self._parameters, self._snapshot
        if parameters is None or snapshot is None or parameters.count <= SMALL:
            return
        keyframes = self._source.keyframes if self._source is not None else None
        stage = len(keyframes).bit_length() if keyframes is not None else 0
        if stage == self._stage:
            return
        if keyframes is not None and stage > 1:
            # Always the same one of that stage, so that the same run suggests the same.
            row = (1 << (stage - 1)) - 1
            steps, _ = keyframes.values(np.empty(0, np.intp), _EVER, row)
            vector = keyframes.before(int(steps[1]))[1]
        else:
            vector = np.concatenate([snapshot.parameters[name].reshape(-1) for name in parameters.shapes])
        suggested = parameters.most_changed(vector, snapshot.initial_parameters, _SUGGESTED)
        if suggested:
            self._stage = stage
            self._chosen.suggest(suggested)
            self._follow()

    def _offer_buttons(self) -> None:
        """Let the buttons do what there is to do, or say why there is nothing."""
        suggested, chosen = self._chosen.suggested(), bool(self._chosen.keys())
        self.suggest_button.setEnabled(not suggested)
        self.suggest_button.setToolTip(
            self.tr("What is suggested is already shown; add or remove a parameter to change it.")
            if suggested
            else self.tr(
                "Show what is suggested again: of a small network every parameter, of a large one those of the last "
                "layer that have changed most"
            )
        )
        self.clear_button.setEnabled(chosen)
        self.clear_button.setToolTip(
            self.tr("Take all curves away, to choose parameters one by one")
            if chosen
            else self.tr("There is no curve to take away.")
        )

    def _follow(self) -> None:
        """Show chips and curves of what is chosen now."""
        keys = self._chosen.keys()
        self._curves = tuple(Course(text_of(key), self._colour(key)) for key in keys)
        self.chips.show_chips(
            [ChipText(curve.name, curve.colour, self._tip(key)) for key, curve in zip(keys, self._curves, strict=True)]
        )
        self._offer_buttons()
        self.chart.ask()

    def _tip(self, key: Key) -> str:
        if self._titles is None:
            return ""
        (name, index), number = key, int(key[0][1:])
        cell = Cell(None, index[0]) if name[0] == "b" else Cell(index[0], index[1])
        return self.tr("{name}, {what}. A click takes its curve away.").format(
            name=text_of(key), what=self._titles.explainer(number)(cell)
        )

    def _colour(self, key: Key) -> str:
        """Return the colour of a curve: a shade of its layer's, or in a large network one of its own."""
        series, parameters = self.theme.series, self._parameters
        if parameters is None or parameters.count > SMALL:
            cycle, hue = divmod(self._chosen.slot(key), len(series))
            return mix(series[hue], _LIGHTEST, 0.45) if cycle else series[hue]
        layer = parameters.layer(key)
        siblings = [other for other in parameters.all() if parameters.layer(other) == layer]
        share = siblings.index(key) / max(1, len(siblings) - 1)
        return mix(series[(layer - 1) % len(series)], _LIGHTEST, 0.55 * share)

    # --- what is drawn

    def _courses(self) -> Courses:
        """Return the curves up to the moment shown."""
        snapshot, parameters, keys = self._snapshot, self._parameters, self._chosen.keys()
        if snapshot is None or parameters is None or not keys:
            return Courses((), NOTHING.places, NOTHING.values, float(self._epochs), self._why_nothing())
        now = np.array([[snapshot.parameters[name][index] for name, index in keys]], np.float64)
        places, values = self._recorded(snapshot, parameters, keys)
        per_epoch = snapshot.experiment.steps_per_epoch
        done = snapshot.steps_done
        if places[-1] == done and len(places) > 1:
            places, values = places[:-1], values[:-1]
        return Courses(
            self._curves,
            np.append(places, done) / per_epoch,
            np.concatenate([values, now]),
            float(max(self._epochs, -(-done // per_epoch))),
        )

    def _recorded(self, snapshot: Snapshot, parameters: Parameters, keys: list[Key]) -> tuple[np.ndarray, np.ndarray]:
        """Return the steps and the values that were kept up to the moment, the start first."""
        if self._source is None:
            first = [[snapshot.initial_parameters[name][index] for name, index in keys]]
            return np.zeros(1), np.array(first, np.float64)
        keyframes = self._source.keyframes
        # An odd distance: a number that jumps to and fro with every step is still seen to.
        every = 1 + 2 * (len(keyframes) // (2 * _MOST_KEYFRAMES))
        return keyframes.values(parameters.places(keys), snapshot.steps_done, every)

    def _why_nothing(self) -> str:
        if self._parameters is None or self._snapshot is None:
            return ""
        if self._chosen.suggested():
            return self.tr("The parameters that change most appear here with the first update.")
        return self.tr("Click a weight in the network or in a matrix, or type its name: its course appears here.")

    def _read(self, x: float) -> ReadOut | None:
        """Return the values of all curves at the recorded moment nearest to ``x``."""
        courses, snapshot = self.chart.courses, self._snapshot
        if snapshot is None or not courses.curves:
            return None
        nearest = int(np.abs(courses.places - x).argmin())
        readings = tuple(
            Reading(course.name, readable(value), course.colour, value)
            for course, value in zip(courses.curves, courses.values[nearest].tolist(), strict=True)
        )
        place = float(courses.places[nearest])
        return ReadOut(place, self._moment_in_words(place, snapshot, nearest == len(courses.places) - 1), readings)

    def _moment_in_words(self, place: float, snapshot: Snapshot, now: bool) -> str:
        if now:
            return self.tr("Now")
        per_epoch = snapshot.experiment.steps_per_epoch
        epoch, batch = divmod(round(place * per_epoch), per_epoch)
        if batch == 0:
            return self.tr("Start of epoch {epoch}").format(epoch=f"{epoch:,}")
        return self.tr("Epoch {epoch}, before batch {batch}").format(epoch=f"{epoch:,}", batch=f"{batch:,}")

    # --- events

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange) and hasattr(self, "field"):
            self._fit_field()

    def _fit_field(self) -> None:
        """Make the field as wide as what it asks for."""
        font = number_font(_FIELD_POINTS)
        self.field.setFont(font)
        text = QFontMetrics(font).horizontalAdvance(self.field.placeholderText())
        self.field.setFixedWidth(text + scaled(_FIELD_PADDING))

    def paintEvent(self, event: QPaintEvent) -> None:
        # In an export there is no card behind the panel.
        QPainter(self).fillRect(event.rect(), QColor(self.theme.card))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.chips.set_most_rows(max(1, int((1.0 - _CHART_SHARE) * self.height() / self.chips.row_height())))

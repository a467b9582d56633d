"""The bar over everything: which lesson, play and step, how fast, and the numbers to watch."""

import math
from itertools import pairwise

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetricsF, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from app.look.fonts import scaled
from app.look.icons import icon
from app.look.theme import LIGHT, Theme
from app.run.moment import Moment, RunStarted
from app.run.pace import PACES, Pace, Unit
from app.widgets.menu_hover import let_go_after
from app.widgets.stat import Stat
from app.widgets.wrapping_row import WrappingRow
from app.window.actions import ActionSet
from app.window.readings import Readings
from backprop import LESSONS


class TopBar(QFrame):
    """Shows what it is told and emits what a person chooses; the controller does the rest."""

    lesson_chosen = Signal(str)
    pace_chosen = Signal(object)  # Pace

    def __init__(self, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._actions = actions
        self._theme = LIGHT
        self._playing = False
        self._batches = 1

        self.lesson = QComboBox()
        self.lesson.setAccessibleName(self.tr("Lesson"))
        self.lesson.setToolTip(
            self.tr("Choose a lesson. Each is an ordinary experiment that you can change on the left.")
        )
        for name, lesson in LESSONS.items():
            self.lesson.addItem(lesson.title, name)
        # Shown while no lesson is chosen: an empty box would look broken.
        self.lesson.setPlaceholderText(self.tr("My own"))
        self.lesson.activated.connect(lambda index: self.lesson_chosen.emit(self.lesson.itemData(index)))

        self.play = BarButton()
        self.play.setProperty("primary", True)
        self.play.clicked.connect(actions["play"].trigger)
        actions["play"].enabledChanged.connect(self.play.setEnabled)

        self.unit = QComboBox()
        self.unit.setAccessibleName(self.tr("Size of a step"))
        self.unit.setToolTip(
            self.tr(
                "How far one step goes: a phase is one formula for one layer, a batch is one update of the weights, "
                "an epoch is one pass over all samples."
            )
        )
        for unit, label in (
            (Unit.PHASE, self.tr("Phase")),
            (Unit.BATCH, self.tr("Batch")),
            (Unit.EPOCH, self.tr("Epoch")),
        ):
            self.unit.addItem(label, unit)

        self.speed = QSlider(Qt.Orientation.Horizontal)
        self.speed.setRange(0, len(PACES) - 1)
        self.speed.setPageStep(3)
        self.speed.setAccessibleName(self.tr("Speed"))
        self.speed.setToolTip(
            self.tr(
                "From one phase a second, which shows every formula, to as fast as the computer can. "
                "Ctrl+Up is faster, Ctrl+Down slower."
            )
        )
        self.speed.valueChanged.connect(lambda position: self.pace_chosen.emit(PACES[position]))
        self._speed_text = QLabel()
        self._speed_text.setTextFormat(Qt.TextFormat.RichText)

        self.epoch = Stat(self.tr("Epoch"), "99,999")
        self.loss = Stat(self.tr("Loss"), "0.0000")
        self.right = Stat(self.tr("Right"), "99.99 %")
        self.readings = Readings(self.epoch, self.loss, self.right)
        self.export = BarButton(actions["export"])
        self.export.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.export.addActions([actions["export"], actions["export_as"]])
        self.menu = BarButton()
        self.menu.setAccessibleName(self.tr("Menu"))
        self.menu.setToolTip(self.tr("Panels, layout, light and dark, help."))
        self._lay_out()
        self.set_theme(LIGHT)

    def _lay_out(self) -> None:
        actions = self._actions
        reset, random = BarButton(actions["reset"]), BarButton(actions["random"])
        #: Their icons say enough where a second row would be the price of their labels.
        self._laconic = (reset, random, self.export)
        back, step = BarButton(actions["back"], labelled=False), BarButton(actions["step"], labelled=False)
        self._row = WrappingRow(gap=14)
        self._row.add(self.lesson)
        self._row.add(_Group(reset, random))
        self._row.add(_Group(back, self.play, step, self.unit))
        speed = QWidget()
        column = QVBoxLayout(speed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self._speed_text)
        column.addWidget(self.speed)
        self._row.add(speed)
        self._row.add(_Group(self.epoch, self.loss, self.right, gap=20), right=True)
        self._row.add(_Group(self.export, self.menu), right=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 1)
        whole.addWidget(self._row)
        order = (self.lesson, reset, random, back, self.play, step, self.unit, self.speed, self.export, self.menu)
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    # --- what a person has chosen

    def step_unit(self) -> Unit:
        """Return the size of a step."""
        unit: Unit = self.unit.currentData()
        return unit

    def choose_lesson(self, name: str) -> None:
        """Do what a person does who chooses a lesson."""
        self.lesson.setCurrentIndex(self.lesson.findData(name))
        self.lesson_chosen.emit(name)

    # --- what is shown

    def set_playing(self, playing: bool) -> None:
        """Offer Pause while a run plays, Play while it does not."""
        self._playing = playing
        action = self._actions["pause" if playing else "play"]
        self.play.setText(action.text())
        self.play.setIcon(icon("pause" if playing else "play", self._theme.on_accent))
        keys = self._actions["play"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self.play.setToolTip(action.toolTip() if keys in action.toolTip() else f"{action.toolTip()} ({keys})")
        self.play.setAccessibleName(action.text())

    def set_pace(self, pace: Pace) -> None:
        """Show ``pace`` without announcing it again."""
        blocked = self.speed.blockSignals(True)
        self.speed.setValue(PACES.index(pace))
        self.speed.blockSignals(blocked)
        self._show_pace()

    def show_run(self, run: RunStarted, lesson: str | None) -> None:
        """Make ready for a run; ``lesson`` is its name, or None for an experiment of one's own."""
        self.show_lesson(lesson)
        self._batches = run.experiment.steps_per_epoch
        self.readings.start_run(run)
        self._show_pace()
        self._keep_room()

    def show_lesson(self, lesson: str | None) -> None:
        """Show the name of a lesson, or that it is an experiment of one's own."""
        self.lesson.setCurrentIndex(self.lesson.findData(lesson) if lesson is not None else -1)

    def show_moment(self, moment: Moment) -> None:
        """Show a moment's numbers."""
        self.readings.show_moment(moment)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._theme = theme
        for stat in (self.epoch, self.loss, self.right):
            stat.set_theme(theme)
        self.menu.setIcon(icon("settings", theme.text))
        self.set_playing(self._playing)
        self._show_pace()

    def _show_pace(self) -> None:
        self._speed_text.setText(self._speed_words(PACES[self.speed.value()]))

    def _keep_room(self) -> None:
        """Reserve the width of the longest pace, so that the slider and its neighbours stay put."""
        bold = QFont(self._speed_text.font())
        bold.setBold(True)
        metrics = QFontMetricsF(bold)
        # All of it bold leaves a little more room than needed, and takes no time.
        widest = max(metrics.horizontalAdvance(f"{self.tr('Speed')}  {self.pace_text(pace)}") for pace in PACES)
        self._speed_text.setFixedWidth(math.ceil(widest) + 2)
        self.lesson.setMinimumWidth(scaled(106))
        self.play.setMinimumWidth(scaled(88))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._keep_room()

    def event(self, event: QEvent) -> bool:
        """Leave labels out where all fits into one row without them."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            labels = sum(button.label_width() for button in self._laconic)
            length = self._row.length() + (0 if self.export.labelled else labels)
            fits_without = length - labels <= self.width() < length
            for button in self._laconic:
                button.set_labelled(not fits_without)
        return super().event(event)

    def _speed_words(self, pace: Pace) -> str:
        return f"{self.tr('Speed')}&nbsp; <b>{self.pace_text(pace)}</b>"

    def pace_text(self, pace: Pace) -> str:
        """Return ``pace`` in words, in the units of the run at hand."""
        if pace.per_second is None:
            return self.tr("as fast as it goes")
        count = f"{pace.per_second:,.0f}"
        if pace.unit is Unit.PHASE:
            return self.tr("{count} phases/s").format(count=count) if count != "1" else self.tr("1 phase a second")
        if self._batches == 1:
            return self.tr("{count} epochs/s").format(count=count)
        return self.tr("{count} batches/s").format(count=count)


class BarButton(QPushButton):
    """A button for an action, which a click does not take the keyboard away with."""

    def __init__(self, action: QAction | None = None, *, labelled: bool = True) -> None:
        super().__init__()
        # After a click on Reset, Space must still mean Play.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.labelled = labelled
        if action is not None:
            self._action = action
            self.clicked.connect(action.trigger)
            action.changed.connect(self._follow)
            self._follow()

    def setMenu(self, menu: QMenu) -> None:
        """Open ``menu`` on a click, and look like any other button once it is closed."""
        super().setMenu(menu)
        let_go_after(menu, self)

    def set_labelled(self, labelled: bool) -> None:
        """Show the action's name beside its icon, or the icon alone."""
        if labelled != self.labelled:
            self.labelled = labelled
            self._follow()

    def label_width(self) -> int:
        """Return how much wider the action's name makes the button."""
        return self.fontMetrics().horizontalAdvance(self._action.text())

    def _follow(self) -> None:
        self.setText(self._action.text() if self.labelled else "")
        self.setIcon(self._action.icon())
        self.setToolTip(self._action.toolTip())
        self.setAccessibleName(self._action.text())
        self.setEnabled(self._action.isEnabled())


class _Group(QWidget):
    """Controls that stay together where the bar wraps; the gap between them grows with the text."""

    def __init__(self, *widgets: QWidget, gap: int = 8) -> None:
        super().__init__()
        self._gap = gap
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in widgets:
            self._row.addWidget(widget)
        self._row.setSpacing(scaled(gap))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._row.setSpacing(scaled(self._gap))

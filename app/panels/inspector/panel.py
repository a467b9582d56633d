"""InspectorPanel: why one parameter has its gradient, factor by factor; or what one unit makes of what comes in."""

from __future__ import annotations

from typing import Self

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolTip, QWidget

from app.look.fonts import scaled
from app.look.theme import Theme
from app.panels.base import Panel
from app.panels.inspector.copied import copied
from app.panels.inspector.fonts import EXPORT_SCALE, PageFonts
from app.panels.inspector.page import Page
from app.panels.inspector.sheet import Sheet
from app.panels.inspector.subject import FEW_INPUTS, Subject, UnitSubject, inquire
from app.panels.inspector.summaries import parameter_summary, unit_summary
from app.panels.inspector.unit_page import UnitPage
from app.panels.inspector.walk import Stride, unit_of, walk
from app.panels.inspector.words import array_name
from app.panels.network.sample_view import Parameter, Shape, Target, Unit
from app.widgets.value_text import readable
from backprop import Dataset, Experiment, Snapshot
from backprop.chain_rule.parameter import Explanation, Number

_STRIDES: dict[Qt.Key, Stride] = {
    Qt.Key.Key_Up: "previous",
    Qt.Key.Key_Down: "next",
    Qt.Key.Key_PageUp: "previous_group",
    Qt.Key.Key_PageDown: "next_group",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
}


class InspectorPanel(Panel):
    """The chain rule of one parameter, or one unit and its function, with this moment's numbers.

    Samples count as the network panel counts them: in the batch or, where every batch is the whole training set, in
    the data set's order. Up and Down walk from unit to unit, or from parameter to parameter; Return goes from one kind
    to the other. Left and Right remain the window's, for steps in time.
    """

    name = "inspector"

    sample_selected = Signal(int)
    """The sample a person has chosen here, as ``set_sample`` counts."""
    parameter_selected = Signal(str, object)
    """The parameter a person has chosen here: the name of its array and its index, a tuple of ints."""
    unit_selected = Signal(int, int)
    """The unit a person has chosen here: its layer, from 1, and its number in it, from 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.title())
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._shape: Shape | None = None
        self._snapshot: Snapshot | None = None
        self._chosen: Target | None = None
        #: What is explained until a person chooses: the first large gradient that was seen in this run.
        self._suggested: Parameter | None = None
        self._sample = 0
        self._subject: Subject | UnitSubject | None = None
        self._page: Sheet | None = None
        self._fonts: PageFonts | None = None
        self._heading: str | None = None
        self._caption = ""
        self._shows_focus = False
        self._text = self._make_button(self.tr("Copy as text"), latex=False)
        self._latex = self._make_button(self.tr("Copy as LaTeX"), latex=True)
        self._describe_buttons(False)

    def _make_button(self, label: str, *, latex: bool) -> QPushButton:
        button = QPushButton(label)
        button.setProperty("flat", True)
        button.setAccessibleName(label)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # A header has little height.
        button.setStyleSheet("QPushButton { padding: 1px 8px; min-height: 20px; }")
        button.clicked.connect(lambda: self._copy(latex))
        return button

    def _describe_buttons(self, enabled: bool) -> None:
        text = self.tr("Copy formula and numbers as text: what is shown can be multiplied and added by hand")
        latex = self.tr("Copy formula and numbers for a paper or slides; needs the package amsmath")
        reason = self.tr("There is nothing to copy, because nothing is explained: choose a connection or a unit")
        for button, hint in ((self._text, text), (self._latex, latex)):
            button.setEnabled(enabled)
            button.setToolTip(hint if enabled else reason)

    # --- the panel's contract

    def title(self) -> str:
        return self.tr("Why this gradient?")

    def controls(self) -> list[QWidget]:
        return [self._text, self._latex]

    def start_run(self, experiment: Experiment, dataset: Dataset) -> None:
        self._shape = Shape(experiment, dataset)
        self._snapshot = None
        self._chosen = self._suggested = None
        # The first one through which a gradient flows: zeros alone change no weight.
        self._sample = int(np.argmax(dataset.train.x[:64].any(axis=1)))
        self._forget()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._forget()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self._page = None
        self.update()

    def set_exporting(self, title: str) -> None:
        super().set_exporting(title)
        self._heading = title
        self.setMouseTracking(False)
        self._page = self._fonts = None

    def take_over(self, before: Self) -> None:
        self._chosen, self._sample = before._chosen, before._sample
        self._forget()

    def summary(self) -> str:
        if self._shape is None or self._snapshot is None:
            return ""
        subject = self.subject()
        return unit_summary(subject) if isinstance(subject, UnitSubject) else parameter_summary(subject)

    # --- what is looked at

    def select_parameter(self, name: str, index: tuple[int, ...]) -> None:
        """Explain a parameter, such as ("W1", (0, 1)); for one that does not exist, say so."""
        self._chosen = Parameter(name, tuple(index))
        self._forget()

    def select_unit(self, layer: int, unit: int) -> None:
        """Show a unit: ``layer`` from 1, 0 for the inputs, ``unit`` from 0; for one that does not exist, say so."""
        self._chosen = Unit(layer, unit)
        self._forget()

    def parameter(self) -> tuple[str, tuple[int, ...]] | None:
        """Return name and index of the parameter explained, or None before a run and while a unit is shown."""
        target = self._target(self._snapshot) if self._snapshot is not None else None
        return (target.name, target.index) if isinstance(target, Parameter) else None

    def unit(self) -> tuple[int, int] | None:
        """Return layer and number of the unit shown, or None while a parameter is explained."""
        return (self._chosen.layer, self._chosen.unit) if isinstance(self._chosen, Unit) else None

    def set_sample(self, sample: int) -> None:
        """Show the factors of ``sample``; where the batch has fewer samples, of its last one."""
        self._sample = max(0, sample)
        self._forget()

    def sample(self) -> int:
        """Return the sample whose factors are shown, as ``set_sample`` counts."""
        return self._sample

    def subject(self) -> Subject | UnitSubject:
        """Return what is explained at this moment. Raises RuntimeError before there is one."""
        if self._shape is None or self._snapshot is None:
            raise RuntimeError("No run has started, so there is nothing to explain.")
        if self._subject is None:
            row = self._row(self._snapshot)
            self._subject = inquire(self._target(self._snapshot), self._shape, self._snapshot, row)
        return self._subject

    def _target(self, snapshot: Snapshot) -> Target:
        if self._chosen is not None:
            return self._chosen
        if snapshot.x.shape[1] <= FEW_INPUTS:
            return Parameter("W1", (0, min(1, snapshot.parameters["W1"].shape[1] - 1)))
        last = f"W{len(snapshot.experiment.layers)}"
        if self._suggested is None and last in snapshot.gradients:
            sizes = np.abs(snapshot.gradients[last])
            row, column = np.unravel_index(int(np.argmax(sizes)), sizes.shape)
            # Kept from then on: another parameter at every moment could not be followed.
            self._suggested = Parameter(last, (int(row), int(column)))
        return self._suggested or Parameter(last, (0, 0))

    def _row(self, snapshot: Snapshot) -> int:
        sample = min(self._sample, len(snapshot.rows) - 1)
        if snapshot.experiment.steps_per_epoch == 1:
            return int(np.flatnonzero(snapshot.rows == sample)[0])
        return sample

    def _forget(self) -> None:
        """Work everything out again when it is next looked at."""
        self._subject = self._page = None
        if self.isVisible() or self._heading is not None:
            self._follow()

    def _follow(self) -> None:
        if self._snapshot is None:
            return
        subject = self.subject()
        explained = subject.explanation is not None
        if explained != self._text.isEnabled():
            self._describe_buttons(explained)
        caption = self._caption_of(subject)
        if caption != self._caption:
            self._caption = caption
            self.caption_changed.emit(caption)
        self.update()

    def _caption_of(self, subject: Subject | UnitSubject) -> str:
        if subject.explanation is None:
            return ""
        if isinstance(subject, UnitSubject):
            return self.tr("{unit} · sample {sample}").format(unit=subject.name(), sample=subject.sample_name())
        value = readable(float(self._value(subject.explanation)))
        return self.tr("{name} = {value} · sample {sample}").format(
            name=array_name(subject.explanation), value=value, sample=subject.sample_name()
        )

    def _value(self, explanation: Explanation) -> Number:
        update = explanation.update
        return update.after if update.made and update.after is not None else update.before

    def _copy(self, latex: bool) -> None:
        text = copied(self.subject(), latex)
        if text:
            QGuiApplication.clipboard().setText(text)

    # --- painting

    def page(self) -> Sheet:
        """Return what is painted, arranged for the panel's size. Raises RuntimeError before there is a moment."""
        if self._page is None:
            subject, fonts = self.subject(), self._fonts_in_use()
            size = (self.width(), self.height(), self._heading)
            if isinstance(subject, UnitSubject):
                self._page = UnitPage(subject, self.theme, fonts, *size)
            else:
                self._page = Page(subject, self.theme, fonts, *size)
        return self._page

    def _fonts_in_use(self) -> PageFonts:
        if self._fonts is None:
            self._fonts = PageFonts(1.0 if self._heading is None else EXPORT_SCALE)
        return self._fonts

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self.theme.card))
            if self._snapshot is not None:
                self.page().paint(painter)
            if self._shows_focus and self.hasFocus():
                painter.setPen(QPen(QColor(self.theme.accent), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._page = None
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.ApplicationFontChange):
            self._page = self._fonts = None
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def sizeHint(self) -> QSize:
        return QSize(720, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(200), scaled(114))

    # --- pointing

    def hint_at(self, point: QPointF) -> str:
        """Return what is said about what is drawn at ``point``, with all digits; empty where there is nothing."""
        if self._snapshot is None or self._heading is not None:
            return ""
        return self.page().hint_at(point)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            hint = self.hint_at(QPointF(event.pos()))
            if hint:
                QToolTip.showText(event.globalPos(), hint, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        leads = self._leads_to(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        way = self._leads_to(event.position())
        if event.button() != Qt.MouseButton.LeftButton or way is None or self._snapshot is None:
            super().mousePressEvent(event)
        elif isinstance(way, int):
            whole = self._snapshot.experiment.steps_per_epoch == 1
            sample = int(self._snapshot.rows[way]) if whole else way
            self.set_sample(sample)
            self.sample_selected.emit(sample)
        else:
            self._choose(way)

    def _leads_to(self, point: QPointF) -> Target | int | None:
        """Return what a click at ``point`` selects: a parameter, a unit, or a row of the batch."""
        if self._snapshot is None or self._heading is not None:
            return None
        row = self.page().row_at(point)
        return self.page().target_at(point) if row is None else row

    def _choose(self, target: Target) -> None:
        """Show what a person has chosen here, and tell it."""
        if target == self._chosen:
            return
        self._chosen = target
        self._forget()
        if isinstance(target, Unit):
            self.unit_selected.emit(target.layer, target.unit)
        else:
            self.parameter_selected.emit(target.name, target.index)

    # --- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._snapshot is None:
            super().keyPressEvent(event)
            return
        stride = _STRIDES.get(Qt.Key(event.key()))
        if stride is not None:
            self._choose(walk(self._snapshot, self._target(self._snapshot), stride))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._counterpart(self._snapshot))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy(latex=False)
        else:
            super().keyPressEvent(event)
            return
        self._shows_focus = True
        self.update()

    def _counterpart(self, snapshot: Snapshot) -> Target:
        """Return the unit that a parameter feeds, or the parameter through which most comes into a unit."""
        target, subject = self._target(snapshot), self.subject()
        if isinstance(target, Parameter):
            return unit_of(target) if subject.explanation is not None else Unit(1, 0)
        if not isinstance(subject, UnitSubject) or subject.explanation is None:
            return walk(snapshot, Parameter("", ()), "first")
        terms = subject.explanation.terms(subject.row)
        source = 0 if terms is None else int(np.argmax(np.abs(terms)))
        return Parameter(f"W{target.layer}", (source, target.unit))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._shows_focus = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

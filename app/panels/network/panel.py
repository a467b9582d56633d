"""The network panel: shows one sample of the batch in the drawing that suits the network's size."""

from typing import Self

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app import wording
from app.look.colours import ink
from app.look.fonts import number_font, scaled
from app.look.theme import Theme
from app.panels.base import Panel
from app.panels.network import node_link
from app.panels.network.describe import describe, sample_name, summarize
from app.panels.network.drawing import Drawing, Look
from app.panels.network.image_flow import ImageFlow
from app.panels.network.node_link import NodeLink
from app.panels.network.sample_selector import SampleSelector
from app.panels.network.sample_view import Parameter, SampleView, Shape, Target, Unit
from app.widgets.phase_strip import PhaseStrip
from backprop import Cursor, Dataset, Experiment, Snapshot


class NetworkPanel(Panel):
    """One sample on its way through the network: what this step has computed so far, and what not yet.

    ``set_sample`` counts from 0: samples of the batch or, where every batch is the whole training set, training
    samples in the data set's order, so that shuffling does not change which one is looked at.
    """

    name = "network"

    parameter_selected = Signal(str, object)
    """The name of a parameter array and the index in it, a tuple of ints: ("W1", (0, 1))."""
    unit_selected = Signal(int, int)
    """A layer, 0 for the inputs, and a unit in it."""
    phase_requested = Signal(object)
    """A Cursor: the end of a phase of the batch on the screen, which a person wants to see."""
    sample_selected = Signal(int)
    """The sample a person has chosen here, as ``set_sample`` counts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape: Shape | None = None
        self._snapshot: Snapshot | None = None
        self._drawing: Drawing | None = None
        self._arranged = False
        self._sample = 0
        self._selected: Target | None = None
        self._hovered: Target | None = None
        self._figure_title: str | None = None
        self.setAccessibleName(self.title())
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.strip = PhaseStrip()
        self.strip.setToolTip(
            self.tr(
                "The phases of one training step. The filled one has just been computed: forwards, then backwards. "
                "A click goes to a phase."
            )
        )
        self.strip.chosen.connect(self._ask_for_phase)
        self.selector = SampleSelector()
        self.selector.requested.connect(self._choose_sample)

    # --- the panel's contract

    def title(self) -> str:
        return self.tr("Network")

    def controls(self) -> list[QWidget]:
        return [self.selector, self.strip]

    def start_run(self, experiment: Experiment, dataset: Dataset) -> None:
        self._shape = Shape(experiment, dataset)
        self._snapshot = None
        self._selected = self._hovered = None
        self._drawing = (NodeLink if node_link.suits(self._shape) else ImageFlow)(self._shape)
        self._arranged = False
        self._sample = _first_telling_sample(dataset)
        self.strip.set_phases([])
        self.update()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        if self.isVisible():
            self._follow()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.strip.set_theme(theme)

    def set_exporting(self, title: str) -> None:
        super().set_exporting(title)
        self._figure_title = title
        self.setMouseTracking(False)
        self._arranged = False

    def take_over(self, before: Self) -> None:
        self._selected, self._sample = before._selected, before._sample
        self._follow()

    def summary(self) -> str:
        view = self.view()
        if view is None:
            return ""
        moment = self.tr("Epoch {epoch}, batch {batch}, {phase}.").format(
            epoch=view.snapshot.cursor.epoch,
            batch=view.snapshot.cursor.batch,
            phase=wording.phase(view.phase) if view.phase else self.tr("before the first phase"),
        )
        return wording.together(summarize(view), moment)

    # --- what is looked at

    def view(self) -> SampleView | None:
        """Return what is drawn, or None before the first snapshot."""
        if self._shape is None or self._snapshot is None:
            return None
        return SampleView(self._shape, self._snapshot, self._row(self._snapshot))

    def sample(self) -> int:
        """Return the sample that is looked at, as ``set_sample`` counts."""
        return self._sample

    def set_sample(self, sample: int) -> None:
        """Look at ``sample``; where the batch has fewer samples, at its last one."""
        self._sample = max(0, sample)
        self._follow()

    def select_parameter(self, name: str, index: tuple[int, ...]) -> None:
        """Mark a parameter as selected, such as ("W1", (0, 1))."""
        self._select(Parameter(name, tuple(index)))

    def select_unit(self, layer: int, unit: int) -> None:
        """Mark a unit as selected; layer 0 is the input."""
        self._select(Unit(layer, unit))

    def selected(self) -> Target | None:
        """Return what is marked as selected."""
        return self._selected

    def _select(self, target: Target) -> None:
        self._selected = target
        self.update()

    def _row(self, snapshot: Snapshot) -> int:
        sample = min(self._sample, len(snapshot.rows) - 1)
        if snapshot.experiment.steps_per_epoch == 1:
            return int(np.flatnonzero(snapshot.rows == sample)[0])
        return sample

    def _choose_sample(self, sample: int) -> None:
        self.set_sample(sample)
        self.sample_selected.emit(sample)

    def _ask_for_phase(self, index: int) -> None:
        if self._snapshot is not None:
            cursor = self._snapshot.cursor
            self.phase_requested.emit(Cursor(cursor.epoch, cursor.batch, index + 1))

    def _follow(self) -> None:
        """Bring header and tool tip to the newest snapshot, and paint."""
        snapshot = self._snapshot
        if snapshot is None:
            return
        if len(self.strip.phases()) != len(snapshot.phases):
            self.strip.set_phases([(wording.phase(phase), phase.kind) for phase in snapshot.phases])
        self.strip.set_current(snapshot.cursor.phase - 1 if snapshot.cursor.phase else None)
        count = len(snapshot.rows)
        self.selector.show_sample(min(self._sample, count - 1), count)
        if self._hovered is not None and QToolTip.isVisible():
            self._show_tip(QPointF(self.mapFromGlobal(self.cursor().pos())))
        self.update()

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), ink(self.theme.card))
            if self._figure_title is not None:
                self._paint_title(painter, self._figure_title)
            view = self.view()
            if view is not None and self._drawing is not None:
                self._arrange(self._drawing)
                self._drawing.paint(painter, view, Look(self.theme, self._selected, self._hovered))

    def _paint_title(self, painter: QPainter, title: str) -> None:
        painter.setFont(number_font(12, bold=True))
        painter.setPen(ink(self.theme.text))
        painter.drawText(QRectF(0, 8, self.width(), 28), Qt.AlignmentFlag.AlignCenter, title)
        view = self.view()
        if view is not None:
            painter.setFont(number_font(10))
            painter.setPen(ink(self.theme.soft_text))
            words = [self.tr("Epoch {epoch}").format(epoch=f"{view.snapshot.cursor.epoch:,}"), sample_name(view)]
            if view.phase:
                words.insert(1, wording.phase(view.phase))
            painter.drawText(QRectF(0, 34, self.width(), 22), Qt.AlignmentFlag.AlignCenter, " · ".join(words))

    def _arrange(self, drawing: Drawing) -> None:
        if not self._arranged:
            top = 60.0 if self._figure_title is not None else 0.0
            drawing.arrange(QRectF(0.0, top, max(60.0, self.width()), max(60.0, self.height() - top)))
            self._arranged = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arranged = False
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.ApplicationFontChange):
            self._arranged = False
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def sizeHint(self) -> QSize:
        return QSize(720, 290)

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(220), scaled(150))

    # --- pointing

    def target_at(self, point: QPointF) -> Target | None:
        """Return the unit or parameter that is drawn at ``point``."""
        if self._drawing is None or self._snapshot is None or self._figure_title is not None:
            return None
        self._arrange(self._drawing)
        return self._drawing.find(point)

    def place(self, target: Target) -> QRectF:
        """Return a rectangle around what is drawn of ``target``. Raises RuntimeError before a run."""
        if self._drawing is None:
            raise RuntimeError("No run has started, so nothing is drawn.")
        self._arrange(self._drawing)
        return self._drawing.place(target)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        target = self.target_at(event.position())
        if target != self._hovered:
            self._hovered = target
            self.setCursor(Qt.CursorShape.ArrowCursor if target is None else Qt.CursorShape.PointingHandCursor)
            self.update()
        self._show_tip(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        target = self.target_at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or target is None:
            super().mousePressEvent(event)
            return
        self._select(target)
        if isinstance(target, Unit):
            self.unit_selected.emit(target.layer, target.unit)
        else:
            self.parameter_selected.emit(target.name, target.index)

    def _show_tip(self, point: QPointF) -> None:
        view = self.view()
        if view is None or self._hovered is None:
            QToolTip.hideText()
            return
        QToolTip.showText(self.mapToGlobal(point.toPoint()), describe(view, self._hovered), self)


def _first_telling_sample(dataset: Dataset) -> int:
    """Return the first training sample that is not all zeros: from zeros alone no gradient reaches a weight."""
    first = dataset.train.x[:64].any(axis=1)
    return int(np.argmax(first))

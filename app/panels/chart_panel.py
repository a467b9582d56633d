"""What the panels of loss and accuracy have in common: a chart over epochs, and a sentence under it."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.look.fonts import scaled
from app.look.theme import Theme
from app.panels.base import Panel
from app.run.moment import KeptRun
from app.widgets.chart import Chart
from app.widgets.chart_marks import ReadOut
from app.widgets.note import Note
from backprop import Experiment, HistoryView


class ChartPanel(Panel):
    """A chart of a run's record beside those of the runs that were kept; while it is hidden, nothing is drawn."""

    #: Panels lower than this leave the sentence away.
    room_for_note = 0
    #: Between chart and sentence.
    gap = 0

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._experiment: Experiment | None = None
        self._history: HistoryView | None = None
        self._kept: tuple[KeptRun, ...] = ()
        self._exporting = False
        self._stale = False
        self.chart = Chart()
        self.chart.reader = self._read
        self.note = Note()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.gap)
        column.addWidget(self.chart, 1)
        column.addWidget(self.note)

    def set_epochs(self, epochs: int) -> None:
        if self._experiment is not None:
            self._experiment = self._experiment.replace(epochs=epochs)
            self._show()

    def show_history(self, history: HistoryView) -> None:
        self._history = history
        if self.isVisible():
            self._show()
        else:
            self._stale = True

    def show_kept(self, kept: tuple[KeptRun, ...]) -> None:
        self._kept = kept
        self._show()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.chart.set_theme(theme)
        self._show()

    def set_exporting(self, title: str) -> None:
        super().set_exporting(title)
        self._exporting = True
        self.note.hide()
        self.setContentsMargins(16, 12, 12, 10)

    def _show(self) -> None:
        self._stale = False
        self._draw()

    def _draw(self) -> None:
        """Draw the curves of the record."""
        raise NotImplementedError

    def _read(self, x: float) -> ReadOut | None:
        """Return what the record says of the place nearest to ``x``."""
        raise NotImplementedError

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._show()

    def paintEvent(self, event: QPaintEvent) -> None:
        # A hidden copy, drawn for an export, is never told that it is visible.
        if self._stale:
            self._show()
        # In an export there is no card behind the panel.
        QPainter(self).fillRect(event.rect(), QColor(self.theme.card))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.note.setVisible(not self._exporting and self.height() >= scaled(self.room_for_note))

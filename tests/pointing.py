"""The mouse over a chart."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from app.panels.chart_panel import ChartPanel


def point_at(panel: ChartPanel, x: float) -> None:
    """Rest the mouse on the place ``x`` of a panel's chart, in epochs."""
    frame = panel.chart.frame
    at = QPointF(frame.pixel(x, 0.0).x(), frame.plot.center().y())
    none = Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(panel.chart, move)

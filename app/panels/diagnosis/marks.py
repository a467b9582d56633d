"""Marks: a shape for each severity, so that none is told by its colour alone."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.look.theme import Theme

#: What a mark can stand for: a finding's severity, that all is well, or that it is too early to tell.
WELL, EARLY = "well", "early"


def mark_colour(kind: str, theme: Theme) -> str:
    """Return the colour of a mark: wrong, negative, soft text or right."""
    return {"severe": theme.wrong, "warning": theme.negative, WELL: theme.right}.get(kind, theme.soft_text)


def paint_mark(painter: QPainter, box: QRectF, kind: str, theme: Theme) -> None:
    """Paint the mark ``kind`` into ``box``: an octagon, a triangle, a disc, a disc with a tick, or an open ring."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor(mark_colour(kind, theme))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    edge, centre = box.width(), box.center()
    stroke = QPen(QColor(theme.card), edge * 0.12, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)

    def at(x: float, y: float) -> QPointF:
        return QPointF(box.x() + x * edge, box.y() + y * edge)

    if kind == "severe":
        corners = ((0.3, 0.0), (0.7, 0.0), (1.0, 0.3), (1.0, 0.7), (0.7, 1.0), (0.3, 1.0), (0.0, 0.7), (0.0, 0.3))
        painter.drawPolygon(QPolygonF([at(x, y) for x, y in corners]))
        painter.setPen(stroke)
        painter.drawLine(at(0.35, 0.35), at(0.65, 0.65))
        painter.drawLine(at(0.65, 0.35), at(0.35, 0.65))
    elif kind == "warning":
        outline = QPen(colour, edge * 0.14, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setPen(outline)
        painter.drawPolygon(QPolygonF([at(0.5, 0.1), at(0.95, 0.9), at(0.05, 0.9)]))
        painter.setPen(stroke)
        painter.drawLine(at(0.5, 0.38), at(0.5, 0.6))
        painter.drawPoint(at(0.5, 0.78))
    elif kind == EARLY:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, edge * 0.12))
        painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        painter.drawLine(centre, at(0.5, 0.28))
        painter.drawLine(centre, at(0.66, 0.58))
    else:
        painter.drawEllipse(box)
        painter.setPen(stroke)
        if kind == WELL:
            painter.drawPolyline(QPolygonF([at(0.29, 0.52), at(0.45, 0.68), at(0.72, 0.36)]))
        else:
            painter.drawLine(at(0.5, 0.48), at(0.5, 0.74))
            painter.drawPoint(at(0.5, 0.28))
    painter.restore()

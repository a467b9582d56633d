"""The frame: how a panel's room is divided among heading, matrices and the line below them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication

from app.look.colours import ink
from app.look.fonts import BODY_PIXELS, number_font
from app.look.theme import Theme
from app.panels.equation.foot import Foot

_MARGIN = 4.0
_EXPORT_MARGIN, _EXPORT_HEADING, _EXPORT_ZOOM = 28.0, 60.0, 1.25
# From this width and height on, the line below the matrices becomes larger.
_DESIGN, _LARGEST_ZOOM = (900.0, 330.0), 1.4
_WIDE = 560.0


class Frame:
    """A room of ``width`` x ``height`` pixels; a figure has a ``heading``, and its margins."""

    def __init__(self, width: float, height: float, heading: str | None) -> None:
        self.width, self.heading = width, heading
        roomy = max(1.0, min(_LARGEST_ZOOM, width / _DESIGN[0], height / _DESIGN[1]))
        self.foot = Foot(roomy if heading is None else _EXPORT_ZOOM)
        margin, top, below = (_MARGIN, 2.0, 0.0) if heading is None else (_EXPORT_MARGIN, _EXPORT_HEADING, 11.0)
        foot_top = height - self.foot.height - below
        inner = max(1.0, width - 2 * margin)
        #: The line below the matrices, and the room of the matrices.
        self.foot_room = QRectF(margin, foot_top, inner, self.foot.height)
        self.room = QRectF(margin, top, inner, max(20.0, foot_top - top - 3.0))

    @property
    def scale(self) -> float:
        """How much larger the program's text is than usual."""
        pixels = QApplication.font().pixelSize()
        return pixels / BODY_PIXELS if pixels > 0 else 1.0

    def chip(self, alone: str) -> str:
        """Return what is said of a sample that is ``alone``, by its name; nothing while the batch is shown."""
        if not alone:
            return ""
        if self.width <= _WIDE:
            return QCoreApplication.translate("Equation", "{name} alone").format(name=alone)
        return QCoreApplication.translate("Equation", "{name} alone: a batch of one, no update").format(name=alone)

    def paint_heading(self, painter: QPainter, theme: Theme, moment: str) -> None:
        """Paint the heading of a figure, if it is one, with the moment below."""
        if self.heading is None:
            return
        painter.setFont(number_font(13.5, bold=True))
        painter.setPen(ink(theme.text))
        line = QRectF(0.0, 8.0, self.width, 22.0)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, self.heading)
        painter.setFont(number_font(9.5))
        painter.setPen(ink(theme.soft_text))
        painter.drawText(line.translated(0.0, 20.0), Qt.AlignmentFlag.AlignCenter, moment)

"""HeatView: what the heat maps of weights share: title, colour bar, bias row, and the value under the pointer."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QGraphicsView, QToolTip, QWidget

from app.look.colours import ink
from app.look.fonts import number_font
from app.look.theme import LIGHT, Theme
from app.widgets.colour_bar import ColourBar
from app.widgets.colour_scale import Shades
from app.widgets.heat_data import Cell, HeatData
from app.widgets.shade_item import ShadeItem
from app.widgets.typeface import Typeface

_RADIUS = 3.0
_BAR_GAP = 6.0
_LEAST_TITLE = 9
_STRIP_GAP = 4.0
# With less room than this (width, height) a picture is drawn without indices, then without colour bar.
_LEAST_FOR_INDICES = (112.0, 48.0)
_LEAST_FOR_BAR = (72.0, 36.0)


class HeatView(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """A picture of a matrix and its biases. Subclasses say how the numbers are laid out.

    Coordinates are the widget's pixels throughout. ``explain`` gives a tool tip's second line.
    """

    hovered = Signal(str)
    """The value under the pointer as text; empty when there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, useOpenGL=False)
        self.theme: Theme = LIGHT
        self.explain: Callable[[Cell], str] = lambda cell: ""
        self.exporting = False
        self.data: HeatData | None = None
        self.image_rect = QRectF()
        self.strip_rect = QRectF()
        self.bar = ColourBar()
        self.with_indices = False
        self._circumstances: tuple[object, ...] = ()
        self._corners = QPainterPath()
        self._titles: tuple[str, ...] = ()
        self._message = ""
        self._pointer: QPointF | None = None
        self._image, self._strip = ShadeItem(), ShadeItem()
        for item in (self._image, self._strip, self.bar.item):
            self.addItem(item)
        # The view asks for painting itself, once an update; items that ask make Qt paint twice.
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.NoViewportUpdate)
        self.setInteractive(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # The background is painted whole, so what is under the view need not be.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setAutoFillBackground(False)
        self.setMinimumSize(24, 24)
        self.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)  # or screen readers find something without a name
        self._use_fonts()
        self.set_theme(LIGHT)

    # --- what is shown

    def set_titles(self, *titles: str) -> None:
        """Write the first of ``titles`` above the picture that has room."""
        self._titles = titles
        self._repaint()

    def titles(self) -> tuple[str, ...]:
        """Return the texts of which the first that has room is written above the picture."""
        return self._titles

    def show_data(self, data: HeatData) -> None:
        """Show numbers."""
        self.data = data
        self._message = ""
        self._image.set_shades(self._picture(data.shades), data.table)
        if data.bias_shades is not None:
            self._strip.set_shades(data.bias_shades[np.newaxis], data.table)
        self.bar.set_scale(data.levels, data.table, data.beyond())
        self._refresh()

    def show_message(self, text: str) -> None:
        """Show ``text`` in place of numbers."""
        self.data = None
        self._message = text
        self._refresh()
        self._repaint()

    def message(self) -> str:
        """Return the text shown in place of numbers, or nothing."""
        return self._message

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``, but for those of numbers, which come with the numbers."""
        self.theme = theme
        self.setBackgroundBrush(QBrush(ink(theme.card)))
        self._repaint()

    def set_exporting(self) -> None:
        """Turn into a part of a figure: larger text, centred, with nothing that only makes sense on a screen."""
        self.exporting = True
        self._use_fonts()
        self._arrange()

    def cell_at(self, point: QPointF) -> Cell | None:
        """Return which number is drawn at ``point``."""
        if self.data is None:
            return None
        if self.data.biases is not None and self.strip_rect.contains(point):
            share = (point.x() - self.strip_rect.x()) / self.strip_rect.width()
            return Cell(None, min(int(share * len(self.data.biases)), len(self.data.biases) - 1))
        return self._element_at(point) if self.image_rect.contains(point) else None

    def cell_rect(self, cell: Cell) -> QRectF:
        """Return where a number is drawn."""
        if cell.row is not None:
            return self._element_rect(cell.row, cell.column)
        assert self.data is not None
        width = self.strip_rect.width() / self.data.values.shape[1]
        return QRectF(self.strip_rect.x() + cell.column * width, self.strip_rect.y(), width, self.strip_rect.height())

    def read_out(self, cell: Cell) -> str:
        """Return the text that is shown while the pointer is on ``cell``."""
        return self.data.read_out(cell) if self.data is not None else ""

    def tool_tip(self, cell: Cell) -> str:
        """Return the value of ``cell`` to its last digit, and what it connects."""
        exactly = self.data.exactly(cell) if self.data is not None else ""
        return "\n".join(line for line in (exactly, self.explain(cell)) if line)

    # --- for subclasses

    def _picture(self, shades: Shades) -> Shades:
        """Return the picture of the matrix's ``shades`` (rows, columns)."""
        return shades

    def _fit(self, room: QRectF) -> QRectF:
        """Return the part of ``room`` that the picture fills."""
        return room

    def _margins(self) -> tuple[float, float]:
        """Return the room for labels at the left and above."""
        return 0.0, 0.0

    def _element_at(self, point: QPointF) -> Cell | None:
        raise NotImplementedError

    def _element_rect(self, row: int, column: int) -> QRectF:
        raise NotImplementedError

    def _paint_labels(self, painter: QPainter, data: HeatData) -> None:
        """Paint indices and names beside the picture; soft and small is set already."""

    def _paint_numbers(self, painter: QPainter, data: HeatData) -> None:
        """Paint what is written on the picture."""

    # --- arranging

    def _refresh(self) -> None:
        self._arrange()
        if self._pointer is not None:
            self._announce()
        self.viewport().update()

    def _arrange(self) -> None:
        """Divide the widget among title, labels, picture, biases and colour bar, if something has changed for them."""
        data = self.data
        bar_width = self.bar.width(self.small)
        shape = None if data is None else (data.values.shape, data.biases is not None)
        circumstances = (self.viewport().size(), shape, bar_width, self.small, self.exporting)
        if circumstances == self._circumstances:
            return
        self._circumstances = circumstances
        self.resetCachedContent()
        for item in (self._image, self._strip, self.bar.item):
            item.setVisible(data is not None)
        if data is not None:
            self._divide(data, bar_width)
            self._corners = _outside_of(self.image_rect, self.strip_rect, self.bar.rect)

    def _divide(self, data: HeatData, bar_width: float) -> None:
        whole = QRectF(self.viewport().rect())
        top = self._title_height()
        room = QRectF(0.0, top, whole.width(), max(1.0, whole.height() - top))
        with_bar, self.with_indices = (
            room.width() >= width and room.height() >= height for width, height in (_LEAST_FOR_BAR, _LEAST_FOR_INDICES)
        )
        left, above = self._margins() if self.with_indices else (0.0, 0.0)
        beside = _BAR_GAP + bar_width if with_bar else 0.0
        strip = self._strip_height(room.height() - above, len(data.values)) if data.biases is not None else 0.0
        image = self._fit(room.adjusted(left, above, -beside, -strip - (_STRIP_GAP if strip else 0.0)))
        if self.exporting:
            image.translate((room.width() - left - beside - image.width()) / 2, 0.0)
        # On whole pixels, or edges blur.
        width, height = max(1, round(image.width())), max(1, round(image.height()))
        self.image_rect = QRectF(round(image.x()), round(image.y()), width, height)
        self.strip_rect = QRectF(self.image_rect.x(), self.image_rect.bottom() + _STRIP_GAP, width, strip)
        self._image.setRect(self.image_rect)
        self._strip.setVisible(strip > 0)
        if strip:
            self._strip.setRect(self.strip_rect)
        self.bar.place(self.image_rect.right() + _BAR_GAP, self.image_rect.y(), height if with_bar else 0.0)

    def _strip_height(self, room: float, rows: int) -> float:
        # The strip's name is written beside it, and must not stick out of the view.
        return float(round(min(26.0, max(8.0, 0.8 * self.small.height, room / (rows + 1)))))

    def _title_height(self) -> float:
        return float(math.ceil(self._large.height + (10.0 if self.exporting else 4.0)))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Use the new room; pyqtgraph calls this once without an event, before there is anything to arrange."""
        super().resizeEvent(event)
        if event is not None:
            self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._use_fonts()
            self._arrange()

    def _use_fonts(self) -> None:
        self._large = Typeface(number_font(12.0 if self.exporting else 9.0, bold=self.exporting))
        self.small = Typeface(number_font(9.75 if self.exporting else 8.25))

    # --- the pointer

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the value under the pointer."""
        self._pointer = event.position()
        self._announce()

    def leaveEvent(self, event: QEvent) -> None:
        """Read nothing any more."""
        self._pointer = None
        self._announce()

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the exact value as a tool tip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cell = self.cell_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.tool_tip(cell) if cell is not None else "", self)
            return True
        handled: bool = super().viewportEvent(event)
        return handled

    def _hovered_cell(self) -> Cell | None:
        return None if self._pointer is None else self.cell_at(self._pointer)

    def _announce(self) -> None:
        cell = self._hovered_cell()
        self.hovered.emit("" if cell is None else self.read_out(cell))
        self._repaint()

    # --- painting

    def _repaint(self) -> None:
        """Paint anew also what seldom changes."""
        self.resetCachedContent()
        self.viewport().update()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint what seldom changes: Qt keeps the picture of it."""
        super().drawBackground(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = self._hovered_cell()
        self._paint_title(painter, "" if cell is None else self.read_out(cell))
        if self.data is None:
            self._paint_message(painter)
        else:
            painter.setFont(self.small.font)
            painter.setPen(ink(self.theme.soft_text))
            self._paint_labels(painter, self.data)

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint what lies on the colours, and the values beside them."""
        if self.data is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(self._corners, ink(self.theme.card))
        self._paint_numbers(painter, self.data)
        self.bar.paint(painter, self.small, self.theme.soft_text)
        cell = self._hovered_cell()
        if cell is not None:
            self._paint_ring(painter, self.cell_rect(cell))

    def _paint_title(self, painter: QPainter, read_out: str) -> None:
        painter.setFont(self._large.font)
        row = QRectF(0.0, 0.0, self.viewport().width(), self._title_height() - (8.0 if self.exporting else 2.0))
        if self.exporting:
            self._paint_figure_title(painter, row)
            return
        room = row.width()
        if read_out:
            painter.setPen(ink(self.theme.text))
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, read_out)
            room -= self._large.advance(read_out) + 12.0
        fitting = (text for text in self._titles if self._large.advance(text) <= room)
        painter.setPen(ink(self.theme.soft_text))
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, next(fitting, ""))

    def _paint_figure_title(self, painter: QPainter, row: QRectF) -> None:
        """Paint the title in the middle, smaller where many figures stand side by side."""
        title, font = "".join(self._titles[:1]), QFont(self._large.font)
        while QFontMetricsF(font).horizontalAdvance(title) > row.width() and font.pixelSize() > _LEAST_TITLE:
            font.setPixelSize(font.pixelSize() - 1)
        painter.setFont(font)
        painter.setPen(ink(self.theme.text))
        painter.drawText(row, Qt.AlignmentFlag.AlignCenter, title)

    def _paint_message(self, painter: QPainter) -> None:
        box = QRectF(self.viewport().rect()).adjusted(0.0, self._title_height(), 0.0, 0.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(self.theme.field))
        painter.drawRoundedRect(box, 6.0, 6.0)
        painter.setPen(ink(self.theme.soft_text))
        painter.setFont(self._large.font)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(box.adjusted(8.0, 4.0, -8.0, -4.0), int(flags), self._message)

    def _paint_ring(self, painter: QPainter, rect: QRectF) -> None:
        """Outline what is read in two colours, one of which stands out from whatever is beneath."""
        small = max(0.0, 6.0 - rect.width()) / 2, max(0.0, 6.0 - rect.height()) / 2
        rect = rect.adjusted(-small[0], -small[1], small[0], small[1])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, inset in ((self.theme.card, 1.0), (self.theme.text, 0.0)):
            painter.setPen(QPen(ink(colour), 1.5))
            painter.drawRect(rect.adjusted(inset, inset, -inset, -inset))


def _outside_of(*rects: QRectF) -> QPainterPath:
    """Return what lies inside of ``rects``, but outside of them with rounded corners."""
    path = QPainterPath()
    for rect in rects:
        radius = min(_RADIUS, rect.width() / 2, rect.height() / 2)
        path.addRect(rect)
        path.addRoundedRect(rect, radius, radius)
    return path

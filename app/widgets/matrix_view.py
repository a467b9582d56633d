"""MatrixView: a matrix as the grid it is, with indices, and with its numbers where cells are large enough."""

from __future__ import annotations

import math
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from app.look.fonts import number_font
from app.widgets.colour_scale import MISSING
from app.widgets.heat_data import Cell, HeatData
from app.widgets.heat_view import HeatView
from app.widgets.typeface import CENTRE, Typeface
from app.widgets.value_text import short

# Matrices up to this many rows and columns have cells of a moderate shape; larger ones fill what room there is.
_MOST_SHAPED = 24
_LONGEST_CELL = 2.4
_LONGEST_CELL_EXPORTED = 1.75
# More numbers than this are never written, however large the screen.
_MOST_NUMBERS = 400
_NUMBER_POINTS = (9.75, 8.25, 7.5)
_PADDING = 6.0


class MatrixView(HeatView):
    """Rows are what a weight comes from, columns where it goes to, as in ``W[row, column]``.

    A figure for export has no numbers in its cells.
    """

    def _use_fonts(self) -> None:
        super()._use_fonts()
        self._number_faces = [Typeface(number_font(points, bold=True)) for points in _NUMBER_POINTS]

    # --- layout

    def _fit(self, room: QRectF) -> QRectF:
        assert self.data is not None
        rows, columns = self.data.values.shape
        if max(rows, columns) > _MOST_SHAPED:
            return room
        longest = _LONGEST_CELL_EXPORTED if self.exporting else _LONGEST_CELL
        width = min(room.width(), room.height() / rows * longest * columns)
        height = min(room.height(), room.width() / columns * longest * rows)
        return QRectF(room.x(), room.y(), width, height)

    def _margins(self) -> tuple[float, float]:
        assert self.data is not None
        left = self.small.advance(str(len(self.data.values) - 1))
        if self.data.biases is not None:
            left = max(left, self.small.advance(self.data.bias_name))
        return math.ceil(left) + 5.0, math.ceil(self.small.height) + 1.0

    def _element_at(self, point: QPointF) -> Cell | None:
        assert self.data is not None
        rows, columns = self.data.values.shape
        row = int((point.y() - self.image_rect.y()) / self.image_rect.height() * rows)
        column = int((point.x() - self.image_rect.x()) / self.image_rect.width() * columns)
        return Cell(min(row, rows - 1), min(column, columns - 1))

    def _element_rect(self, row: int, column: int) -> QRectF:
        assert self.data is not None
        rows, columns = self.data.values.shape
        width, height = self.image_rect.width() / columns, self.image_rect.height() / rows
        return QRectF(self.image_rect.x() + column * width, self.image_rect.y() + row * height, width, height)

    # --- painting

    def _paint_labels(self, painter: QPainter, data: HeatData) -> None:
        if not self.with_indices:
            return
        rows, columns = data.values.shape
        picture = self.image_rect
        line = self.small.height
        beside = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        lowest = picture.bottom()
        if data.biases is not None:
            place = QRectF(0.0, self.strip_rect.center().y() - line / 2, picture.x() - 5.0, line)
            painter.drawText(place, beside, data.bias_name)
            lowest = min(lowest, place.top() - line / 2)
        for row in indices(rows, picture.height(), 1.3 * line):
            middle = picture.y() + (row + 0.5) * picture.height() / rows
            if middle > lowest:
                break
            painter.drawText(QRectF(0.0, middle - line / 2, picture.x() - 5.0, line), beside, str(row))
        width = self.small.advance(str(columns - 1))
        for column in indices(columns, picture.width(), width + 8.0):
            middle = picture.x() + (column + 0.5) * picture.width() / columns
            place = QRectF(middle - width, picture.y() - line - 1.0, 2 * width, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(column))

    def _paint_numbers(self, painter: QPainter, data: HeatData) -> None:
        written = None if self.exporting else self._written(data)
        if written is None:
            return
        face, texts = written
        for cell, text in texts.items():
            rect = self.cell_rect(cell)
            if rect.height() >= 0.8 * face.height:
                shade = data.shade(cell)
                painter.setPen(QColor(self.theme.soft_text if shade == MISSING else data.table.text[shade]))
                face.write(painter, rect, text, CENTRE)

    def written(self) -> dict[Cell, str]:
        """Return the numbers written in the cells; none where they have no room."""
        written = None if self.data is None or self.exporting else self._written(self.data)
        return written[1] if written is not None else {}

    def _written(self, data: HeatData) -> tuple[Typeface, dict[Cell, str]] | None:
        """Return the most exact texts, in the largest of a few fonts, that fit all cells; None if there are none."""
        if data.values.size > _MOST_NUMBERS:
            return None
        room = self._element_rect(0, 0)
        span = data.levels.high - data.levels.low
        for digits in (3, 2):
            texts = {cell: short(float(data.value(cell)), span, digits) for cell in _cells(data)}
            longest = max(texts.values(), key=len)
            for face in self._number_faces:
                if face.advance(longest) + _PADDING <= room.width() and face.height <= room.height():
                    return face, texts
        return None


def indices(count: int, length: float, distance: float) -> range:
    """Return which of ``count`` indices over ``length`` pixels to write, at least ``distance`` pixels apart."""
    step = 1
    while count > 1 and step * length / count < distance:
        # 1, 2, 5, 10, 20, 50 ...
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return range(0, count, step)


def _cells(data: HeatData) -> Iterator[Cell]:
    rows, columns = data.values.shape
    for row in range(rows):
        for column in range(columns):
            yield Cell(row, column)
    if data.biases is not None:
        for column in range(columns):
            yield Cell(None, column)

"""HeatPane: one heat map of a sheet, of a matrix and its biases, as a grid or as small images."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from app.widgets.colour_scale import MISSING, SHADES, ColourTable, Shades
from app.widgets.heat_data import Cell, HeatData
from app.widgets.heat_picture import TileGrid, matrix_shades, tile_grid, tile_shades
from app.widgets.sheet import Look, Pane
from app.widgets.typeface import Typeface
from app.widgets.value_text import readable, short

_FORMAT = QImage.Format.Format_ARGB32_Premultiplied
# The colour scale under the picture: its height, and the gaps to what is above and beside it.
_BAR = 5.0
_BAR_GAP = 2.0
_LABEL_GAP = 5.0
_SHORTEST_BAR = 24.0
_STRIP_GAP = 3.0
# Panes lower than the first do without the scale, and those lower than the second where all numbers are written.
_LEAST_FOR_BAR, _LEAST_FOR_BOTH = 56.0, 110.0
# Cells are at most so many times as wide as high, and the other way round.
_LONGEST_CELL = 3.6
_MOST_SHAPED = 24
_MOST_NUMBERS = 100
_PADDING = 4.0
_ROW = np.arange(SHADES, dtype=np.uint8)[np.newaxis]


class HeatPane(Pane):
    """Shows ``data``; with ``image_shape`` each column of the matrix is a small image of that shape.

    Where an image has fewer pixels than numbers they are ``blended``, which shows what neighbours have in common, or
    left out, which shows how they differ. ``explain`` gives a tool tip's second line.
    """

    def __init__(self, group: Hashable, image_shape: tuple[int, int] | None = None) -> None:
        super().__init__(group)
        self.image_shape = image_shape
        self.blended = True
        self.explain: Callable[[Cell], str] = lambda cell: ""
        self.image_rect = QRectF()
        self.strip_rect = QRectF()
        self.bar_rect = QRectF()
        self._data: HeatData | None = None
        self._ends = ("", "")
        self._grid: TileGrid | None = None
        self._ratio = 1.0
        self._shades: tuple[Shades, Shades | None] | None = None
        self._pictures: tuple[QImage, QImage | None] | None = None
        self._drawn_for: tuple[object, ...] = ()
        self._bar: tuple[ColourTable, QImage] | None = None
        self._faces: tuple[Typeface, ...] = ()

    @property
    def data(self) -> HeatData | None:
        """The numbers shown; None while there is a message instead."""
        return None if self.message else self._data

    def show_data(self, data: HeatData, beyond: tuple[bool, bool] = (False, False)) -> None:
        """Show numbers; ``beyond``: whether some lie below, above the colour scale."""
        self.message = ""
        self._data = data
        self._shades = self._pictures = None
        low, high = data.levels.low, data.levels.high
        self._ends = ("≤ " * beyond[0] + short(low, high - low), "≥ " * beyond[1] + short(high, high - low))

    def bar_labels(self) -> tuple[str, str]:
        """Return what is written at the lower and the upper end of the colour scale."""
        return self._ends if self.data is not None else ("", "")

    # --- places

    def arrange(self, look: Look) -> None:
        if self._data is None:
            return
        self._ratio = look.ratio
        self._faces = look.numbers
        line = look.small.height if self.body.height() >= _LEAST_FOR_BAR else 0.0
        if line and self.body.height() < _LEAST_FOR_BOTH:
            self._divide(self._data, look, 0.0)
            if self.written() is not None:
                return
        self._divide(self._data, look, line)

    def _divide(self, data: HeatData, look: Look, line: float) -> None:
        """Divide the body among picture, biases, and a scale of the height ``line``."""
        room = self.body
        room = room.adjusted(0.0, 0.0, 0.0, -line - (_BAR_GAP if line else 0.0))
        rows, columns = data.values.shape
        strip = 0.0
        if data.biases is not None:
            lines = 1000 if self.image_shape is not None else rows
            strip = float(round(min(22.0, max(7.0, room.height() / (lines + 1)))))
        height = max(1.0, room.height() - strip - (_STRIP_GAP if strip else 0.0))
        width, height = self._fit(max(1.0, room.width()), height, rows, columns)
        self.image_rect = QRectF(round(room.x()), round(room.y()), width, height)
        self.strip_rect = QRectF(self.image_rect.x(), self.image_rect.bottom() + _STRIP_GAP, width, strip)
        lowest = self.strip_rect if strip else self.image_rect
        labels = sum(number_width(look.small, text) for text in self._ends) + 2 * _LABEL_GAP
        long = min(room.width(), max(width, labels + 2 * _SHORTEST_BAR))
        self.bar_rect = QRectF(self.image_rect.x(), lowest.bottom() + _BAR_GAP, long, line)

    def _fit(self, width: float, height: float, rows: int, columns: int) -> tuple[float, float]:
        """Return the size of the picture in a room of ``width`` x ``height``."""
        self._grid = None
        if self.image_shape is not None:
            ratio = self._ratio
            gap = max(1, round(ratio))
            grid = tile_grid(columns, self.image_shape, int(height * ratio), int(width * ratio), gap)
            self._grid = grid
            return grid.size[1] / ratio, grid.size[0] / ratio
        if max(rows, columns) <= _MOST_SHAPED:
            width, height = (
                min(width, height / rows * _LONGEST_CELL * columns),
                min(height, width / columns * _LONGEST_CELL * rows),
            )
        return max(1.0, float(round(width))), max(1.0, float(round(height)))

    def cell_rect(self, cell: Cell) -> QRectF:
        """Return where a number is drawn."""
        assert self._data is not None
        columns = self._data.values.shape[1]
        if cell.row is None:
            width = self.strip_rect.width() / columns
            return QRectF(
                self.strip_rect.x() + cell.column * width, self.strip_rect.y(), width, self.strip_rect.height()
            )
        if self.image_shape is None or self._grid is None:
            width, height = self.image_rect.width() / columns, self.image_rect.height() / len(self._data.values)
            return QRectF(
                self.image_rect.x() + cell.column * width, self.image_rect.y() + cell.row * height, width, height
            )
        grid, (rows, across) = self._grid, self.image_shape
        top, left = grid.corner(cell.column)
        row, column = divmod(cell.row, across)
        width, height = grid.width / across / self._ratio, grid.height / rows / self._ratio
        x = self.image_rect.x() + left / self._ratio + column * width
        return QRectF(x, self.image_rect.y() + top / self._ratio + row * height, width, height)

    def spot_at(self, point: QPointF) -> Cell | None:
        data = self.data
        if data is None:
            return None
        rows, columns = data.values.shape
        if data.biases is not None and self.strip_rect.contains(point):
            share = (point.x() - self.strip_rect.x()) / self.strip_rect.width()
            return Cell(None, min(int(share * columns), columns - 1))
        if not self.image_rect.contains(point):
            return None
        inside = point - self.image_rect.topLeft()
        if self.image_shape is None or self._grid is None:
            row = int(inside.y() / self.image_rect.height() * rows)
            column = int(inside.x() / self.image_rect.width() * columns)
            return Cell(min(row, rows - 1), min(column, columns - 1))
        found = self._grid.tile_at(inside.y() * self._ratio, inside.x() * self._ratio)
        if found is None:
            return None
        tile, down, across = found
        height, width = self.image_shape
        return Cell(int(down * height) * width + int(across * width), tile)

    # --- what is read

    def read_outs(self, spot: Hashable) -> tuple[str, ...]:
        assert isinstance(spot, Cell)
        if self.data is None:
            return ()
        return self.data.read_out(spot), readable(float(self.data.value(spot)))

    def tool_tip(self, spot: Hashable) -> str:
        assert isinstance(spot, Cell)
        exactly = self.data.exactly(spot) if self.data is not None else ""
        return "\n".join(line for line in (exactly, self.explain(spot)) if line)

    # --- painting

    def paint(self, painter: QPainter, look: Look) -> None:
        data = self._data
        if data is None:
            return
        drawn_for = self._grid, self.image_rect.size(), self._ratio
        if self._shades is None or self._pictures is None or drawn_for != self._drawn_for:
            self._drawn_for = drawn_for
            self._shades = matrix, biases = self._shade(data)
            self._pictures = _image(matrix, data.table), None if biases is None else _image(biases, data.table)
        picture, strip = self._pictures
        painter.drawImage(self.image_rect, picture)
        if strip is not None:
            painter.drawImage(self.strip_rect, strip)
        if data.values.size <= _MOST_NUMBERS and self.image_shape is None:
            self._paint_numbers(painter, look, data, *self._shades)
        if not self.bar_rect.isEmpty():
            self._paint_bar(painter, look, data)

    def _shade(self, data: HeatData) -> tuple[Shades, Shades | None]:
        if self.image_shape is not None and self._grid is not None:
            shades = tile_shades(data.values, self.image_shape, self._grid, data.levels, self.blended)
        else:
            size = self.image_rect.size() * self._ratio
            shades = matrix_shades(data.values, max(1, int(size.height())), max(1, int(size.width())), data.levels)
        return shades, None if data.biases is None else data.levels.shades(data.biases)[np.newaxis]

    def _paint_bar(self, painter: QPainter, look: Look, data: HeatData) -> None:
        if self._bar is None or self._bar[0] is not data.table:
            self._bar = data.table, _image(_ROW, data.table)
        rect, face, (low, high) = self.bar_rect, look.small, self._ends
        widths = number_width(face, low), number_width(face, high)
        left, right = widths[0] + _LABEL_GAP, widths[1] + _LABEL_GAP
        bar = QRectF(rect.x() + left, round(rect.center().y() - _BAR / 2), rect.width() - left - right, _BAR)
        if bar.width() > 0:
            painter.drawImage(bar, self._bar[1])
        painter.setPen(look.colour(look.theme.soft_text))
        painter.setFont(face.font)
        baseline = rect.y() + face.ascent
        painter.drawText(QPointF(rect.x(), baseline), low)
        painter.drawText(QPointF(rect.right() - widths[1], baseline), high)

    def _paint_numbers(
        self, painter: QPainter, look: Look, data: HeatData, shades: Shades, strip: Shades | None
    ) -> None:
        written = self.written()
        if written is None:
            return
        face, texts = written
        painter.setFont(face.font)
        up = face.ascent - 0.5 * face.height
        for cell, text in texts.items():
            rect = self.cell_rect(cell)
            if rect.height() >= 0.8 * face.height:
                shade = int(shades[cell]) if cell.row is not None or strip is None else int(strip[0, cell.column])
                painter.setPen(look.colour(look.theme.soft_text if shade == MISSING else data.table.text[shade]))
                middle = rect.center()
                painter.drawText(QPointF(middle.x() - 0.5 * number_width(face, text), middle.y() + up), text)

    def written(self) -> tuple[Typeface, dict[Cell, str]] | None:
        """Return the numbers written in the cells and their typeface; None where they have no room."""
        data = self.data
        if data is None or data.values.size > _MOST_NUMBERS or self.image_shape is not None:
            return None
        room, span = self.cell_rect(Cell(0, 0)), data.levels.high - data.levels.low
        for digits in (3, 2):
            texts = {cell: short(float(data.value(cell)), span, digits) for cell in _cells(data)}
            longest = max(texts.values(), key=len)
            for face in self._faces:
                if number_width(face, longest) + _PADDING <= room.width() and 0.9 * face.height <= room.height():
                    return face, texts
        return None

    def paint_spot(self, painter: QPainter, look: Look, spot: Hashable) -> None:
        """Outline what is read in two colours, one of which stands out from whatever is beneath."""
        assert isinstance(spot, Cell)
        rect = self.cell_rect(spot)
        small = max(0.0, 6.0 - rect.width()) / 2, max(0.0, 6.0 - rect.height()) / 2
        rect = rect.adjusted(-small[0], -small[1], small[0], small[1])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, inset in ((look.theme.card, 1.0), (look.theme.text, 0.0)):
            painter.setPen(QPen(QColor(colour), 1.5))
            painter.drawRect(rect.adjusted(inset, inset, -inset, -inset))


def _image(shades: Shades, table: ColourTable) -> QImage:
    pixels = np.take(table.pixels, shades)
    height, width = pixels.shape
    # A copy, as the image would refer to the array's memory.
    return QImage(pixels.data, width, height, 4 * width, _FORMAT).copy()


def number_width(face: Typeface, text: str) -> float:
    """Return the width of a number of which each character stands alone; measuring every number as a whole is slow."""
    return sum(map(face.advance, text))


def _cells(data: HeatData) -> Sequence[Cell]:
    rows, columns = data.values.shape
    cells = [Cell(row, column) for row in range(rows) for column in range(columns)]
    return cells if data.biases is None else [*cells, *(Cell(None, column) for column in range(columns))]

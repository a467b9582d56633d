"""SignsTable: a row for each layer, with the sizes of its gradient, weights and update, and two histograms."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.look.theme import LIGHT, Theme
from app.panels.diagnosis.bars import bar_at, paint_bars, paint_frame
from app.panels.diagnosis.marks import mark_colour
from app.panels.diagnosis.names import Names
from app.panels.diagnosis.table_layout import HISTOGRAMS, Cell, TableFonts, TableLayout
from app.panels.diagnosis.table_words import COLUMNS, cell_hint, cell_text, heading_hint
from app.widgets.vector import is_vector
from backprop.diagnosis.rules import Diagnosis, Finding
from backprop.diagnosis.vital_signs import Histogram, LayerSigns

#: What a finding makes stand out: its layers' cells in these columns.
_SHOWN_BY = {
    "vanishing": ("gradient",),
    "exploding": ("gradient",),
    "dead_relu": ("flat",),
    "saturated_outputs": ("flat",),
    "saturated_layer": ("flat",),
    "rate_too_high": ("ratio",),
    "rate_too_low": ("ratio",),
    "symmetric": ("weight",),
    "diverged": ("weight",),
}


class SignsTable(QWidget):
    """The vital signs of every layer; the pointer and the arrow keys tell a cell's exact value and definition."""

    def __init__(self, fonts: TableFonts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Gradients, weights and updates by layer"))
        self.fonts = fonts
        self._theme: Theme = LIGHT
        self._diagnosis: Diagnosis | None = None
        self._names: Names | None = None
        self._marked: dict[Cell, str] = {}
        self._layout: TableLayout | None = None
        #: What stays from moment to moment, and what it depends on.
        self._still: tuple[object, QPixmap] | None = None
        self._chosen = Cell(0, "gradient")

    # --- what it shows

    def show_signs(self, diagnosis: Diagnosis, names: Names) -> None:
        """Show the layers of a moment, and mark what its findings are about."""
        if names is not self._names:
            self._layout = None
        self._diagnosis, self._names = diagnosis, names
        self._marked = dict(_marked(diagnosis.findings))
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._diagnosis = self._layout = None
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._theme = theme
        self.update()

    def set_fonts(self, fonts: TableFonts) -> None:
        """Take other fonts."""
        self.fonts = fonts
        self._layout = None
        self.update()

    def texts(self) -> list[list[str]]:
        """Return the texts of all cells, row by row, without the histograms."""
        if self._diagnosis is None or self._names is None:
            return []
        return [
            [cell_text(layer, column, self._names) for column in COLUMNS if column not in HISTOGRAMS]
            for layer in self._diagnosis.case.signs.layers
        ]

    def marked(self) -> dict[Cell, str]:
        """Return the cells that stand out, with the severity of the finding they are about."""
        return dict(self._marked)

    def layout_of_cells(self) -> TableLayout:
        """Return where every cell is. Raises RuntimeError while nothing is shown."""
        if self._diagnosis is None or self._names is None:
            raise RuntimeError("No moment is shown, so the table has no cells.")
        if self._layout is None:
            signs = self._diagnosis.case.signs
            self._layout = TableLayout(signs, self._names, self.fonts, self.width(), self.height())
        return self._layout

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._layout = None

    def sizeHint(self) -> QSize:
        return QSize(350, self.fonts.height_for(2))

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._diagnosis is None or self._names is None:
            return
        painter = QPainter(self)
        layout = self.layout_of_cells()
        if is_vector(painter):
            self._paint_head(painter, layout)
            self._paint_rows(painter, layout, self._ranges())
        else:
            painter.drawPixmap(0, 0, self._still_picture(layout))
        for row, layer in enumerate(self._diagnosis.case.signs.layers):
            for column in layout.columns[1:]:
                place = layout.places[Cell(row, column)]
                if column not in HISTOGRAMS:
                    self._paint_number(painter, place, cell_text(layer, column, self._names), Cell(row, column))
                elif (histogram := _histogram(layer, column)) is not None:
                    colour = self._theme.forward if column == "activations" else self._theme.backward
                    paint_bars(painter, _inside(place), histogram, colour, self.fonts.head)
        if self.hasFocus() and self._chosen in layout.places:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._theme.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = layout.places[self._chosen].adjusted(-3, 1, 3, -1)
            painter.drawRoundedRect(ring.intersected(QRectF(self.rect()).adjusted(1, 1, -1, -1)), 4, 4)
        painter.end()

    def _paint_number(self, painter: QPainter, place: QRectF, text: str, cell: Cell) -> None:
        severity = self._marked.get(cell)
        face = self.fonts.bold if severity else self.fonts.plain
        painter.setFont(face.font)
        painter.setPen(QColor(self._theme.soft_text if text == "–" else self._theme.text))
        base, width = place.center().y() + self.fonts.rise, face.advance(text)
        painter.drawText(QPointF(place.right() - width, base), text)
        if severity:
            # A rule under the number: it is told by more than its colour.
            rule = QRectF(place.right() - width, min(base + 2.5, place.bottom() - 1.5), width, 1.5)
            painter.fillRect(rule, QColor(mark_colour(severity, self._theme)))

    def _ranges(self) -> tuple[tuple[float, float] | None, ...]:
        assert self._diagnosis is not None
        return tuple(_range(layer) for layer in self._diagnosis.case.signs.layers)

    def _still_picture(self, layout: TableLayout) -> QPixmap:
        """Return headings, lines, names and scales, which are painted once: text takes most of the time."""
        ranges = self._ranges()
        ratio = self.devicePixelRatioF()
        key = (layout, self._theme.name, ranges, ratio)
        if self._still is None or self._still[0] != key:
            picture = QPixmap(self.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            self._paint_head(painter, layout)
            self._paint_rows(painter, layout, ranges)
            painter.end()
            self._still = (key, picture)
        return self._still[1]

    def _paint_head(self, painter: QPainter, layout: TableLayout) -> None:
        face = self.fonts.head
        painter.setFont(face.font)
        painter.setPen(QColor(self._theme.soft_text))
        for column in layout.columns:
            place = layout.places[Cell(-1, column)]
            for number, line in enumerate(layout.headings[column]):
                left = column == "layer" or column in HISTOGRAMS
                x = place.left() if left else place.right() - face.advance(line)
                painter.drawText(QPointF(x, 1 + self.fonts.head_ascent + number * face.height), line)

    def _paint_rows(
        self, painter: QPainter, layout: TableLayout, ranges: tuple[tuple[float, float] | None, ...]
    ) -> None:
        for row, name in enumerate(layout.names):
            place = layout.places[Cell(row, "layer")]
            painter.fillRect(QRectF(0, round(place.top()), self.width(), 1), QColor(self._theme.line))
            painter.setFont(self.fonts.plain.font)
            painter.setPen(QColor(self._theme.soft_text))
            painter.drawText(QPointF(place.left(), place.center().y() + self.fonts.rise), name)
            for column in layout.columns:
                if column in HISTOGRAMS:
                    scale = (ranges[row] or (0.0, 1.0)) if column == "activations" else None
                    room = _inside(layout.places[Cell(row, column)])
                    paint_frame(painter, room, scale, self._theme, self.fonts.head)

    # --- telling

    def hint_at(self, point: QPointF) -> str:
        """Return the exact value and the definition of what is at ``point``; empty where nothing is."""
        cell = self.layout_of_cells().find(point) if self._diagnosis is not None else None
        return self.hint(cell, point.x()) if cell is not None else ""

    def hint(self, cell: Cell, x: float | None = None) -> str:
        """Return what a cell says, with the pointer at ``x``, if there is one."""
        if self._diagnosis is None or self._names is None:
            return ""
        if cell.row < 0:
            return heading_hint(cell.column)
        layer = self._diagnosis.case.signs.layers[cell.row]
        bar = None
        if cell.column in HISTOGRAMS and x is not None:
            place = self.layout_of_cells().places[cell]
            bar = bar_at(_histogram(layer, cell.column), (x - place.left()) / place.width())
        return cell_hint(layer, cell.column, self._names, self._diagnosis.case.snapshot, bar)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            text = self.hint_at(QPointF(event.pos()))
            if text:
                QToolTip.showText(event.globalPos(), text, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        across, down = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }.get(Qt.Key(event.key()), (0, 0))
        if (across, down) == (0, 0) or self._diagnosis is None:
            super().keyPressEvent(event)
            return
        layout = self.layout_of_cells()
        columns = layout.columns
        at = columns.index(self._chosen.column) if self._chosen.column in columns else 0
        row = max(-1, min(layout.rows - 1, self._chosen.row + down))
        self._choose(Cell(row, columns[max(0, min(len(columns) - 1, at + across))]))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        QToolTip.hideText()
        self.update()

    def _choose(self, cell: Cell) -> None:
        self._chosen = cell
        text = self.hint(cell)
        self.setAccessibleDescription(text)
        place = self.layout_of_cells().places[cell]
        QToolTip.showText(self.mapToGlobal(QPoint(round(place.left()), round(place.bottom()))), text, self)
        self.update()


def _inside(place: QRectF) -> QRectF:
    """Return the room for a histogram in its cell."""
    return place.adjusted(0, 4, 0, -3)


def _histogram(layer: LayerSigns, column: str) -> Histogram | None:
    return layer.activations if column == "activations" else layer.deltas


def _range(layer: LayerSigns) -> tuple[float, float] | None:
    return None if layer.activations is None else (layer.activations.low, layer.activations.high)


def _marked(findings: Iterable[Finding]) -> Iterable[tuple[Cell, str]]:
    """Give each cell that a finding is about, the least severe finding first, so that the worst one stays."""
    for finding in reversed(tuple(findings)):
        for column in _SHOWN_BY.get(finding.key, ()):
            for layer in finding.layers:
                yield Cell(layer - 1, column), finding.severity

"""Marks on a chart: labels at the ends of curves, the legend, and the read-out under the pointer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.look.colours import ink
from app.look.theme import Theme
from app.widgets.dashes import GAP
from app.widgets.lettering import Lettering

_GAP = 6.0
_PADDING = 8.0
_SAMPLE = 14.0
_BETWEEN = 4.0
#: End labels stand side by side in rows of about this width.
_ROW_WIDTH = 46.0
#: A read-out with more rows gets a second column.
_MOST_ROWS = 5

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True)
class EndLabel:
    """A curve's short name, to stand beside the point where the curve ends."""

    text: str
    colour: str
    end: QPointF
    bold: bool = False


@dataclass(frozen=True)
class Reading:
    """One curve's value in a read-out; ``y`` is its height on the chart, NaN if it has no point there.

    Without a label it is only marked on the curve.
    """

    label: str
    value: str
    colour: str
    y: float = math.nan


@dataclass(frozen=True)
class ReadOut:
    """What the pointer is at: a place along the x axis, its name, and the curves' values there."""

    x: float
    title: str
    readings: tuple[Reading, ...]


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Return middles of things with ``sizes``, as near as possible to the ``wanted`` ones, that do not overlap.

    The ``wanted`` middles ascend. All things stay between ``low`` and ``high`` as far as there is room.
    """
    # Less the room that things before it need, a place need only ascend: neighbours that do not are pooled at their
    # mean (isotonic regression).
    before = [sum(sizes[:k]) + sizes[k] / 2 for k in range(len(sizes))]
    pools: list[tuple[float, int]] = []
    for place, room in zip(wanted, before, strict=True):
        mean, count = place - room, 1
        while pools and pools[-1][0] > mean:
            other, many = pools.pop()
            mean, count = (other * many + mean * count) / (many + count), many + count
        pools.append((mean, count))
    last = max(low, high - sum(sizes))
    starts = [min(max(mean, low), last) for mean, count in pools for _ in range(count)]
    return [start + room for start, room in zip(starts, before, strict=True)]


def end_label_room(labels: Sequence[tuple[str, bool]], lettering: Lettering) -> float:
    """Return the width to keep free beside the plot for ``labels``, given as text and boldness, in pixels."""
    cell = _cell([text for text, bold in labels if not bold], lettering)
    alone = [lettering.width(text, bold) for text, bold in labels if bold]
    return max(_in_a_row(cell) * cell, *alone, 0.0) + 2 * _GAP


def paint_end_labels(
    painter: QPainter, labels: Sequence[EndLabel], plot: QRectF, theme: Theme, lettering: Lettering
) -> None:
    """Write each label beside its curve's end, underlined in its colour.

    Labels of curves that end close together stand in a block, in the curves' order from left to right and downwards;
    blocks and bold labels that would overlap move apart.
    """
    row = lettering.ascent + 2.0
    cell = _cell([label.text for label in labels if not label.bold], lettering)
    in_a_row = _in_a_row(cell)
    blocks = _blocks(labels, row)
    wanted = [sum(label.end.y() for label in block) / len(block) for block in blocks]
    heights = [row * math.ceil(len(block) / in_a_row) + 2.0 for block in blocks]
    middles = spread(wanted, heights, plot.top() - row / 2, plot.bottom() + 2.0)
    left = max(label.end.x() for label in labels) + _GAP + 2
    for block, middle, height in zip(blocks, middles, heights, strict=True):
        for k, label in enumerate(block):
            x = left + k % in_a_row * cell
            baseline = round(middle - height / 2 + (k // in_a_row + 1) * row - 2.0)
            painter.setPen(ink(theme.text))
            painter.setFont(lettering.face(label.bold).font)
            painter.drawText(QPointF(x, baseline), label.text)
            underline = QRectF(x, baseline + 2.0, lettering.width(label.text, label.bold), 2.0)
            painter.fillRect(underline, ink(label.colour))


def _blocks(labels: Sequence[EndLabel], near: float) -> list[list[EndLabel]]:
    """Return the labels from top to bottom, those together whose curves end ``near``; a bold one stays by itself."""
    blocks: list[list[EndLabel]] = []
    for label in sorted(labels, key=lambda label: label.end.y()):
        last = blocks[-1][-1] if blocks else None
        if last and not last.bold and not label.bold and label.end.y() - last.end.y() < near:
            blocks[-1].append(label)
        else:
            blocks.append([label])
    return blocks


def _cell(texts: Sequence[str], lettering: Lettering) -> float:
    return max((lettering.width(text) for text in texts), default=0.0) + _BETWEEN


def _in_a_row(cell: float) -> int:
    return max(1, int((_ROW_WIDTH + _BETWEEN) / cell))


def legend_box(names: Sequence[str], plot: QRectF, lettering: Lettering) -> QRectF:
    """Return the room for a legend of ``names``, on whole pixels, in the plot's top right corner."""
    width = math.ceil(max(lettering.width(name) for name in names) + _SAMPLE + 3 * _GAP)
    height = math.ceil((lettering.line + 2) * len(names) + _GAP)
    return QRectF(plot.right() - width, plot.top() + 3, width, height)


def paint_legend(
    painter: QPainter, entries: Sequence[tuple[str, str, float, float]], box: QRectF, theme: Theme, lettering: Lettering
) -> None:
    """Explain curves, given as name, colour, line width and length of dashes, in ``box``."""
    row = lettering.line + 2
    veil = QColor(theme.card)
    veil.setAlphaF(0.85)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(veil)
    painter.drawRoundedRect(box, 5, 5)
    for k, (name, colour, line_width, dash) in enumerate(entries):
        line = QRectF(box.left() + _GAP, box.top() + _GAP / 2 + row * k, box.width(), row)
        middle = line.center().y()
        pen = QPen(ink(colour), line_width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        if dash:
            pen.setDashPattern([dash / line_width, GAP / line_width])
        painter.setPen(pen)
        painter.drawLine(QPointF(line.left(), middle), QPointF(line.left() + _SAMPLE, middle))
        painter.setPen(ink(theme.soft_text))
        lettering.plain.write(painter, line.adjusted(_SAMPLE + _GAP, 0, 0, 0), name)


def paint_read_out(
    painter: QPainter, read_out: ReadOut, x: float, area: QRectF, theme: Theme, lettering: Lettering
) -> None:
    """Write the read-out in a box beside ``x``, within ``area``."""
    readings = [reading for reading in read_out.readings if reading.label]
    row = lettering.line + 1
    fitting = max(1, int((area.height() - 2 * _PADDING) / row) - 1)
    columns = max(1, math.ceil(len(readings) / min(_MOST_ROWS, fitting)))
    rows = math.ceil(len(readings) / columns)
    label = max((lettering.width(reading.label) for reading in readings), default=0.0)
    value = max((lettering.width(reading.value) for reading in readings), default=0.0)
    cell = QRectF(0, 0, 3 * _GAP + label + value, row)
    wide = columns * (cell.width() + 2 * _GAP) - 2 * _GAP
    width = max(lettering.width(read_out.title, bold=True), wide) + 2 * _PADDING
    left = x + 2 * _GAP if x + 2 * _GAP + width <= area.right() else x - 2 * _GAP - width
    left = min(max(left, area.left()), max(area.left(), area.right() - width))
    box = QRectF(round(left), round(area.top()) + 2, round(width), round(row * (rows + 1) + 1.5 * _PADDING))
    painter.setPen(QPen(ink(theme.line), 1.0))
    painter.setBrush(ink(theme.card))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    painter.setPen(ink(theme.text))
    painter.setFont(lettering.bold.font)
    corner = box.topLeft() + QPointF(_PADDING, 0.75 * _PADDING)
    painter.drawText(QRectF(corner.x(), corner.y(), width, row), _MIDDLE, read_out.title)
    painter.setFont(lettering.plain.font)
    for k, reading in enumerate(readings):
        place = cell.translated(corner + QPointF(k // rows * (cell.width() + 2 * _GAP), row * (1 + k % rows)))
        painter.fillRect(QRectF(place.left(), place.center().y() - 1.5, _GAP, 3.0), ink(reading.colour))
        painter.setPen(ink(theme.soft_text))
        painter.drawText(place.adjusted(2 * _GAP, 0, 0, 0), _MIDDLE, reading.label)
        painter.setPen(ink(theme.text))
        painter.drawText(place, _RIGHT, reading.value)

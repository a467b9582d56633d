"""Bars: a small histogram with logarithmic heights, so that few values beside many can still be seen."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from app.look.theme import Theme
from app.panels.diagnosis.figures import figure, power_of_ten
from app.widgets.typeface import Typeface
from backprop.diagnosis.vital_signs import DELTA_DECADES, Histogram

# Faint lines where a logarithmic histogram has these powers of ten.
_MARKED_POWERS = (-6.0, -3.0, 0.0)
#: Wider bars are set apart.
_ROOM_FOR_GAPS = 3.0
#: A histogram so wide and high has its scale written under it.
_ROOM_FOR_SCALE = (90.0, 34.0)

_LABEL_GAP = 6.0


def base_line(room: QRectF, face: Typeface) -> int:
    """Return where the bars in ``room`` stand: higher where there is room for a scale below them."""
    return round(room.bottom() - (face.height - 1 if _has_scale(room) else 0))


def _has_scale(room: QRectF) -> bool:
    wide, high = _ROOM_FOR_SCALE
    return room.width() >= wide and room.height() >= high


def paint_frame(
    painter: QPainter, room: QRectF, scale: tuple[float, float] | None, theme: Theme, face: Typeface
) -> None:
    """Paint what stands behind bars: the base line and the ``scale``, from where to where; None for powers of ten."""
    base = base_line(room, face)
    line = QColor(theme.line)
    if scale is None:
        for power in _MARKED_POWERS:
            painter.fillRect(QRectF(round(_across(room, DELTA_DECADES, power)), room.top(), 1, base - room.top()), line)
    painter.fillRect(QRectF(room.left(), base, room.width(), 1), line)
    if not _has_scale(room):
        return
    painter.setFont(face.font)
    painter.setPen(QColor(theme.soft_text))
    for x, text in scale_labels(room, scale, face):
        painter.drawText(QPointF(x, room.bottom() + 1), text)


def scale_labels(room: QRectF, scale: tuple[float, float] | None, face: Typeface) -> list[tuple[float, str]]:
    """Return where the labels of a scale begin, and their texts: the ends, and between them what has room."""
    first, *between, last = _MARKED_POWERS if scale is None else scale
    labels: list[tuple[float, str]] = []
    for value in (first, last, *between):
        text = power_of_ten(value) if scale is None else figure(value)
        width = face.advance(text)
        x = _across(room, DELTA_DECADES if scale is None else scale, value) - width / 2
        x = min(max(x, room.left()), room.right() - width)
        if all(
            x + width + _LABEL_GAP <= other or other + face.advance(said) + _LABEL_GAP <= x for other, said in labels
        ):
            labels.append((x, text))
    return labels


def _across(room: QRectF, scale: tuple[float, float], value: float) -> float:
    low, high = scale
    return room.left() + room.width() * (value - low) / (high - low)


def paint_bars(painter: QPainter, room: QRectF, histogram: Histogram, colour: str, face: Typeface) -> None:
    """Paint the bars of ``histogram`` into ``room``."""
    counts = histogram.counts.tolist()
    most = math.log1p(max(counts))
    if most <= 0.0:
        return
    base, step = base_line(room, face), room.width() / len(counts)
    high = (base - room.top()) / most
    gap = 1 if step > _ROOM_FOR_GAPS else 0
    bars = []
    for number, count in enumerate(counts):
        if count:
            # On whole pixels: bars a few pixels wide would blur.
            left, right = round(room.left() + number * step), round(room.left() + (number + 1) * step)
            height = max(1, round(high * math.log1p(count)))
            bars.append(QRect(left, base - height, max(2, right - left - gap), height))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRects(bars)


def bar_at(histogram: Histogram | None, share: float) -> int | None:
    """Return the bar at ``share`` of the width, or None outside of it."""
    if histogram is None or not 0.0 <= share < 1.0:
        return None
    return int(share * len(histogram.counts))


def bar_range(histogram: Histogram, bar: int) -> tuple[float, float]:
    """Return from where to where a bar counts; of a logarithmic one, the sizes themselves."""
    width = (histogram.high - histogram.low) / len(histogram.counts)
    low, high = histogram.low + bar * width, histogram.low + (bar + 1) * width
    return (10.0**low, 10.0**high) if histogram.logarithmic else (low, high)

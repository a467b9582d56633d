"""Thumbnails: a grid of small images, under each what the network takes it for, ticked or crossed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.icons import icon_pixmap
from app.theme import LIGHT, Theme, number_font
from backprop.arrays import Array, Integers

_LEAST_SIDE, _MOST_SIDE = 28.0, 48.0
# Where the number of images is limited and not the space, they may become this large.
_LARGEST_SIDE = 112.0
# Room under a label, and around all images for the ring that shows the focus.
_BELOW = 3.0
_MARGIN = 3.0
# More images than this are neither looked at by a person nor answered in a moment.
_MOST_IMAGES = 120
_GAP = 8.0
_ICON = 11.0


class _Grid(NamedTuple):
    columns: int
    rows: int
    cell: float
    row_height: float
    side: float


class Thumbnails(QWidget):
    """One page of images. Whoever owns it decides which, and what the answers are."""

    capacity_changed = Signal()
    """Another number of images has room now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._names: tuple[str, ...] = ()
        self._images: NDArray[np.uint8] = np.zeros((0, 1, 1), np.uint8)
        self._predicted: Integers = np.zeros(0, np.int64)
        self._actual: Integers = np.zeros(0, np.int64)
        self._message = ""
        self._page: QPixmap | None = None
        self._labels: dict[tuple[int, int], QPixmap] = {}
        self._layout = _Grid(1, 1, 1.0, 1.0, 1.0)
        #: Gives the tool tip of an image by its place on the page.
        self.explain: Callable[[int], str] = lambda place: ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    # --- what is shown

    def set_names(self, names: Sequence[str]) -> None:
        """Call the classes so, in the order of their numbers."""
        self._names = tuple(names)
        self._measure()

    def capacity(self) -> int:
        """Return how many images have room, at least 1."""
        return self._layout.columns * self._layout.rows

    def show_images(self, images: Array) -> None:
        """Show ``images`` (at most ``capacity()``, height, width), 0 black to 1 white, without answers yet."""
        self._images = np.ascontiguousarray(np.rint(np.clip(images, 0, 1) * 255), np.uint8)
        self._predicted = self._actual = np.zeros(0, np.int64)
        self._page = None
        self.update()

    def show_answers(self, predicted: Integers, actual: Integers) -> None:
        """Write the ``predicted`` class under each image, and the ``actual`` one where it is another; (images,)."""
        if np.array_equal(predicted, self._predicted) and np.array_equal(actual, self._actual):
            return
        self._predicted, self._actual = predicted, actual
        self.update()

    def show_message(self, text: str) -> None:
        """Show ``text`` where there is no image."""
        self._message = text
        self.update()

    def answers(self) -> list[tuple[str, str]]:
        """Return the predicted and the actual class of each image shown, by name."""
        return [(self._names[p], self._names[a]) for p, a in zip(self._predicted, self._actual, strict=True)]

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        self._forget()

    # --- layout

    def sizeHint(self) -> QSize:
        return QSize(480, 100)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, 48)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._measure()

    def image_rect(self, place: int) -> QRectF:
        """Return where the image ``place`` of the page is painted."""
        grid = self._layout
        row, column = divmod(place, grid.columns)
        left = round(_MARGIN + column * grid.cell + (grid.cell - grid.side) / 2)
        return QRectF(left, round(_MARGIN + row * grid.row_height), grid.side, grid.side)

    def place_at(self, point: QPointF) -> int | None:
        """Return which image of the page, with what is written under it, is at ``point``."""
        grid = self._layout
        column, row = int((point.x() - _MARGIN) // grid.cell), int((point.y() - _MARGIN) // grid.row_height)
        place = row * grid.columns + column
        inside = 0 <= column < grid.columns and 0 <= row < grid.rows and place < len(self._images)
        return place if inside else None

    def _measure(self) -> None:
        """Find the layout that shows the most images, but neither tiny ones nor more than can be taken in."""
        before = self.capacity()
        metrics = QFontMetricsF(number_font(8.25, bold=True))
        widest = max((metrics.horizontalAdvance(name) for name in self._names), default=0.0)
        label_width = _ICON + 2.0 + widest + (metrics.horizontalAdvance(" (0)") if self._inline() else 0.0)
        label_height = math.ceil(metrics.height()) * (1 if self._inline() else 2)
        width, height = max(1.0, self.width() - 2 * _MARGIN), max(1.0, self.height() - 2 * _MARGIN)
        rows = max(1, int((height + _BELOW) / (_LEAST_SIDE + label_height + _BELOW)))
        most = _MOST_SIDE
        while True:
            row_height = min((height + _BELOW) / rows, most + label_height + _BELOW)
            side = float(max(8, int(row_height - label_height - _BELOW)))
            columns = max(1, int(width / max(side + _GAP, label_width + 4.0)))
            if columns * rows <= _MOST_IMAGES or rows == 1:
                break
            rows, most = rows - 1, _LARGEST_SIDE
        self._layout = _Grid(columns, rows, width / columns, row_height, side)
        self._forget()
        if self.capacity() != before:
            self.capacity_changed.emit()

    def _inline(self) -> bool:
        """Return whether predicted and actual class stand in one line."""
        return all(len(name) <= 2 for name in self._names)

    def _forget(self) -> None:
        self._page = None
        self._labels.clear()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    # --- painting

    def event(self, event: QEvent) -> bool:
        """Explain the image under the pointer."""
        if isinstance(event, QHelpEvent):
            place = self.place_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if place is None else self.explain(place), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not len(self._images):
            painter.setPen(QColor(self._theme.soft_text))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.rect()), int(flags), self._message)
            return
        if self._page is None:
            self._page = self._paint_page()
        painter.drawPixmap(0, 0, self._page)
        ring = QPen(QColor(self._theme.wrong), 2.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        grid = self._layout
        for place, (predicted, actual) in enumerate(zip(self._predicted.tolist(), self._actual.tolist(), strict=True)):
            rect = self.image_rect(place)
            label = self._label(predicted, actual)
            width = label.width() / label.devicePixelRatio()
            painter.drawPixmap(QPointF(round(rect.center().x() - width / 2), rect.y() + grid.side + 1.0), label)
            if predicted != actual:
                painter.setPen(ring)
                painter.drawRoundedRect(rect, 3.0, 3.0)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.accent), 2.0))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.0, 1.0, -1.0, -1.0), 5.0, 5.0)

    def _paint_page(self) -> QPixmap:
        """Return all images of the page in one picture; they stay the same while the answers change."""
        ratio = self.devicePixelRatioF()
        page = QPixmap(math.ceil(self.width() * ratio), math.ceil(self.height() * ratio))
        page.setDevicePixelRatio(ratio)
        page.fill(QColor(self._theme.card))
        painter = QPainter(page)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        _, height, width = self._images.shape
        clip = QPainterPath()
        for place in range(len(self._images)):
            clip.addRoundedRect(self.image_rect(place), 3.0, 3.0)
        painter.setClipPath(clip)
        for place, pixels in enumerate(self._images):
            image = QImage(pixels.data, width, height, width, QImage.Format.Format_Grayscale8)
            painter.drawImage(self.image_rect(place), image)
        painter.end()
        return page

    def _label(self, predicted: int, actual: int) -> QPixmap:
        """Return the line under an image, painted once for every pair of answers."""
        known = self._labels.get((predicted, actual))
        if known is None:
            known = self._labels[predicted, actual] = self._paint_label(predicted, actual)
        return known

    def _paint_label(self, predicted: int, actual: int) -> QPixmap:
        theme, ratio = self._theme, self.devicePixelRatioF()
        right = predicted == actual
        name, colour = ("check", theme.right) if right else ("cross", theme.wrong)
        bold, plain = number_font(8.25, bold=True), number_font(8.25)
        answer, truth = self._names[predicted], "" if right else self._names[actual]
        first = _ICON + 2.0 + QFontMetricsF(bold).horizontalAdvance(answer)
        if self._inline() and truth:
            truth = f" ({truth})"
        second = QFontMetricsF(plain).horizontalAdvance(truth)
        line = math.ceil(QFontMetricsF(bold).height())
        width, height = (first + second, line) if self._inline() else (max(first, second), 2 * line)
        label = QPixmap(math.ceil(width * ratio), math.ceil(height * ratio))
        label.setDevicePixelRatio(ratio)
        label.fill(Qt.GlobalColor.transparent)
        painter = QPainter(label)
        left = 0.0 if self._inline() else (width - first) / 2
        painter.drawPixmap(QPointF(left, (line - _ICON) / 2), icon_pixmap(name, colour, int(_ICON), ratio))
        painter.setFont(bold)
        painter.setPen(QColor(colour))
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left + _ICON + 2.0, 0.0, width, line), middle, answer)
        painter.setFont(plain)
        painter.setPen(QColor(theme.soft_text))
        if self._inline():
            painter.drawText(QRectF(first, 0.0, second + 1.0, line), middle, truth)
        else:
            painter.drawText(QRectF(0.0, line, width, line), Qt.AlignmentFlag.AlignCenter, truth)
        painter.end()
        return label

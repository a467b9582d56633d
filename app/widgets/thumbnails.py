"""Thumbnails: a grid of small images, under each what the network takes it for, ticked or crossed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
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

from app.look.colours import ink
from app.look.fonts import number_font, scaled, text_scale
from app.look.icons import icon_pixmap
from app.look.theme import LIGHT, Theme
from app.widgets.typeface import CENTRE, Typeface
from backprop.arrays import Array, Integers

# Sizes are for the ordinary size of text, and grow with it.
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
        #: The page's images alone, null until they are painted, and with the answers that are ``_painted`` on it.
        self._bare, self._page = QPixmap(), QPixmap()
        self._painted: list[tuple[int, int] | None] = []
        self._icons: dict[tuple[str, str, float], QPixmap] = {}
        self._labels: dict[tuple[int, int], QPixmap] = {}
        self._layout = _Grid(1, 1, 1.0, 1.0, 1.0)
        self._mark = scaled(_ICON)
        self._bold, self._plain = _faces()
        #: Gives the tool tip of an image by its place on the page.
        self.explain: Callable[[int], str] = lambda place: ""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
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
        self._bare = QPixmap()
        self.update()

    def show_answers(self, predicted: Integers, actual: Integers) -> None:
        """Write the ``predicted`` class under each image, and the ``actual`` one where it is another; (images,)."""
        if np.array_equal(predicted, self._predicted) and np.array_equal(actual, self._actual):
            return
        self._predicted, self._actual = predicted, actual
        self.update()

    def show_message(self, text: str) -> None:
        """Show ``text`` where there is no image."""
        if text != self._message:
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
        return QSize(scaled(480), scaled(100))

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(64), scaled(58))

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
        self._bold, self._plain = _faces()
        widest = max(map(self._bold.advance, self._names), default=0.0)
        scale, self._mark = text_scale(), scaled(_ICON)
        label_width = self._mark + 2.0 + widest + (self._bold.advance(" (0)") if self._inline() else 0.0)
        label_height = self._label_height()
        width, height = max(1.0, self.width() - 2 * _MARGIN), max(1.0, self.height() - 2 * _MARGIN)
        rows = max(1, int((height + _BELOW) / (_LEAST_SIDE * scale + label_height + _BELOW)))
        most = _MOST_SIDE * scale
        while True:
            row_height = min((height + _BELOW) / rows, most + label_height + _BELOW)
            side = float(max(8, int(row_height - label_height - _BELOW)))
            columns = max(1, int(width / max(side + _GAP, label_width + 4.0)))
            if columns * rows <= _MOST_IMAGES or rows == 1:
                break
            rows, most = rows - 1, _LARGEST_SIDE * scale
        self._layout = _Grid(columns, rows, width / columns, row_height, side)
        self._forget()
        if self.capacity() != before:
            self.capacity_changed.emit()

    def _inline(self) -> bool:
        """Return whether predicted and actual class stand in one line."""
        return all(len(name) <= 2 for name in self._names)

    def _label_height(self) -> int:
        return math.ceil(self._bold.height) * (1 if self._inline() else 2)

    def _forget(self) -> None:
        self._bare = QPixmap()
        self._labels.clear()
        self._icons.clear()
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
        theme = self._theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not len(self._images):
                painter.fillRect(self.rect(), ink(theme.card))
                painter.setPen(ink(theme.soft_text))
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
                painter.drawText(QRectF(self.rect()), int(flags), self._message)
                return
            painter.drawPixmap(0, 0, self._whole_page(painter.device().devicePixelRatio()))
            if self.hasFocus():
                painter.setPen(QPen(ink(theme.accent), 2.0))
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.0, 1.0, -1.0, -1.0), 5.0, 5.0)

    def _whole_page(self, ratio: float) -> QPixmap:
        """Return images and answers in one picture, in which only what has changed is painted."""
        if self._bare.isNull() or self._bare.devicePixelRatio() != ratio:
            self._labels.clear()
            self._bare = self._paint_images(ratio)
            self._page = QPixmap(self._bare)
            self._painted = [None] * len(self._images)
        answers: list[tuple[int, int] | None] = list(zip(self._predicted.tolist(), self._actual.tolist(), strict=True))
        answers += [None] * (len(self._images) - len(answers))
        changed = [place for place, answer in enumerate(answers) if answer != self._painted[place]]
        if changed:
            with QPainter(self._page) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                for place in changed:
                    self._paint_answer(painter, place, answers[place])
            self._painted = answers
        return self._page

    def _paint_images(self, ratio: float) -> QPixmap:
        """Return all images of the page, without answers."""
        page = QPixmap(math.ceil(self.width() * ratio), math.ceil(self.height() * ratio))
        page.setDevicePixelRatio(ratio)
        page.fill(ink(self._theme.card))
        _, height, width = self._images.shape
        clip = QPainterPath()
        for place in range(len(self._images)):
            clip.addRoundedRect(self.image_rect(place), 3.0, 3.0)
        with QPainter(page) as painter:
            painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
            painter.setClipPath(clip)
            for place, pixels in enumerate(self._images):
                image = QImage(pixels.data, width, height, width, QImage.Format.Format_Grayscale8)
                painter.drawImage(self.image_rect(place), image)
        return page

    def _paint_answer(self, painter: QPainter, place: int, answer: tuple[int, int] | None) -> None:
        """Paint the image at ``place`` with what is written under it, over what was there."""
        rect, ratio = self.image_rect(place), self._bare.devicePixelRatio()
        cell = QRectF(rect.center().x() - self._layout.cell / 2, rect.y() - 2.0, self._layout.cell, 0.0)
        cell.setBottom(rect.bottom() + 1.0 + self._label_height() + 1.0)
        pixels = QRectF(cell.topLeft() * ratio, cell.size() * ratio).toAlignedRect()
        painter.drawPixmap(QRectF(QPointF(pixels.topLeft()) / ratio, QSizeF(pixels.size()) / ratio), self._bare, pixels)
        if answer is None:
            return
        label = self._label(*answer)
        left = round(rect.center().x() - label.deviceIndependentSize().width() / 2)
        painter.drawPixmap(QPointF(left, rect.bottom() + 1.0), label)
        if answer[0] != answer[1]:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ink(self._theme.wrong), 2.0))
            painter.drawRoundedRect(rect, 3.0, 3.0)

    def _label(self, predicted: int, actual: int) -> QPixmap:
        """Return the line under an image, painted once for every pair of answers."""
        known = self._labels.get((predicted, actual))
        if known is None:
            known = self._labels[predicted, actual] = self._paint_label(predicted, actual)
        return known

    def _paint_label(self, predicted: int, actual: int) -> QPixmap:
        theme, ratio = self._theme, self._bare.devicePixelRatio()
        right = predicted == actual
        name, colour = ("check", theme.right) if right else ("cross", theme.wrong)
        answer, truth = self._names[predicted], "" if right else self._names[actual]
        first = self._mark + 2.0 + self._bold.advance(answer)
        if self._inline() and truth:
            truth = f" ({truth})"
        second = self._plain.advance(truth)
        line, height = math.ceil(self._bold.height), self._label_height()
        width = first + second if self._inline() else max(first, second)
        label = QPixmap(math.ceil(width * ratio), math.ceil(height * ratio))
        label.setDevicePixelRatio(ratio)
        label.fill(Qt.GlobalColor.transparent)
        with QPainter(label) as painter:
            left = 0.0 if self._inline() else (width - first) / 2
            painter.drawPixmap(QPointF(left, (line - self._mark) / 2), self._icon(name, colour, ratio))
            painter.setPen(ink(colour))
            self._bold.write(painter, QRectF(left + self._mark + 2.0, 0.0, width, line), answer)
            painter.setPen(ink(theme.soft_text))
            if self._inline():
                self._plain.write(painter, QRectF(first, 0.0, second, line), truth)
            else:
                self._plain.write(painter, QRectF(0.0, line, width, line), truth, CENTRE)
        return label

    def _icon(self, name: str, colour: str, ratio: float) -> QPixmap:
        """Return an icon, read and drawn once for all labels."""
        key = (name, colour, ratio)
        if key not in self._icons:
            self._icons[key] = icon_pixmap(name, colour, self._mark, ratio)
        return self._icons[key]


def _faces() -> tuple[Typeface, Typeface]:
    """Return the typefaces of an answer and of the truth beside it."""
    return Typeface(number_font(8.25, bold=True)), Typeface(number_font(8.25))

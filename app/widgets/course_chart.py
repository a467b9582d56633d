"""CourseChart: how several numbers went over epochs, on both sides of zero, up to a moment."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.look.colours import mix
from app.look.fonts import scaled
from app.look.theme import LIGHT, Theme
from app.widgets.chart_axes import Axes, Frame, Titles, paint_axes
from app.widgets.chart_marks import EndLabel, ReadOut, end_label_room, paint_end_labels, paint_read_out
from app.widgets.course import on_whole_pixels, smooth, thin_together, without_straight_parts
from app.widgets.course_axes import lay_out_signed, value_range
from app.widgets.lettering import Lettering
from app.widgets.shape_arrays import LineArray
from app.widgets.still import Still
from backprop.arrays import Array

_POINTS = 8.0
_EXPORT_POINTS = 10.5
_WIDTH = 1.75
_REACH = 6.0
_FAINT = 0.78


@dataclass(frozen=True)
class Course:
    """One curve: its name, written where it ends, and its colour."""

    name: str
    colour: str


@dataclass(frozen=True, eq=False)
class Courses:
    """Curves through ``values`` (points, curves), whose points stand at ``places`` (points,) from 0 to ``x_high``.

    The places ascend; the last one is the present moment. ``message`` is written where there are no curves.
    """

    curves: tuple[Course, ...]
    places: Array
    values: Array
    x_high: float
    message: str = ""


NOTHING = Courses((), np.empty(0), np.empty((0, 0)), 1.0)


@cache
def _faint(colour: str, card: str) -> str:
    return mix(colour, card, _FAINT)


class CourseChart(QWidget):
    """Asks ``supply`` what to draw when it is painted, so however often it is told of changes, it draws once a frame.

    ``reader`` is asked what to read out at a place along the x axis; it may answer None.
    """

    def __init__(self, supply: Callable[[], Courses], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self._supply = supply
        self.reader: Callable[[float], ReadOut | None] | None = None
        self._theme = LIGHT
        self._lettering = Lettering(_POINTS)
        self._titles = Titles()
        self._courses = NOTHING
        self._outdated = True
        self._emphasised: str | None = None
        self._pointer: QPointF | None = None
        self._frame = Frame(Axes(), QRectF(0, 0, 1, 1), 0.0, 1.0)
        self._background = Still()
        self._lines = LineArray()
        #: The points of each curve in pixels, and whether it is smooth.
        self._pixels: list[tuple[Array, Array, bool]] = []

    # --- what it shows

    def ask(self) -> None:
        """Ask for the curves anew, when it is painted next."""
        self._outdated = True
        self.update()

    def emphasise(self, name: str | None) -> None:
        """Let the other curves recede behind the one called ``name``, or none."""
        if name != self._emphasised:
            self._emphasised = name
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``; the curves' own come with them."""
        self._theme = theme
        self.ask()

    def set_exporting(self, titles: Titles) -> None:
        """Become a figure by itself: larger text, titles, grid lines both ways; nothing is read out."""
        self._titles = titles
        self._lettering = Lettering(_EXPORT_POINTS)
        self.reader = None
        self.ask()

    # --- what may be asked

    @property
    def courses(self) -> Courses:
        """The curves, as they are painted next."""
        if self._outdated:
            self._arrange()
        return self._courses

    @property
    def frame(self) -> Frame:
        """Where axes and values are, in pixels of the chart."""
        if self._outdated:
            self._arrange()
        return self._frame

    def labels(self) -> list[str]:
        """Return the names that are written beside the curves' ends: all or, where they have no room, none."""
        names = [course.name for course in self.courses.curves]
        room = self.height() - 2 * self._lettering.line
        return names if len(names) * (self._lettering.ascent + 2.0) + 2.0 <= room else []

    def read_out(self) -> ReadOut | None:
        """Return what is read out under the pointer now."""
        within = self._frame.plot.adjusted(-_REACH, -_REACH, _REACH, _REACH)
        if self.reader is None or self._pointer is None or not within.contains(self._pointer):
            return None
        share = (self._pointer.x() - self._frame.plot.left()) / self._frame.plot.width()
        return self.reader(min(1.0, max(0.0, share)) * self._frame.axes.x_high)

    # --- where things are

    def _arrange(self) -> None:
        """Fit axes to curves and size, and find the curves' pixels."""
        self._outdated = False
        courses = self._courses = self._supply()
        # A stride depends on the span of the axis and not on how much is recorded: a growing curve keeps its points.
        spacing = float(courses.places[-2]) / max(1, len(courses.places) - 2) if len(courses.places) > 2 else 0.0
        columns = max(1, self.width() // 2)
        stride = math.ceil(courses.x_high / spacing / columns) if spacing > 0.0 else 1
        # The moment itself is not thinned, but drawn where it is.
        places, values = thin_together(courses.places[:-1], courses.values[:-1], stride)
        places = np.concatenate([places, courses.places[-1:]])
        values = np.concatenate([values, courses.values[-1:]])
        labels = [(name, False) for name in self.labels()]
        room = end_label_room(labels, self._lettering) if labels else 0.0
        self._frame = lay_out_signed(
            courses.x_high, value_range(values), self.size(), room, self._titles, self._lettering
        )
        x, y = self._frame.x_pixels(places), self._frame.y_pixels(values)
        x, y = without_straight_parts(x, y)
        self._pixels = [
            (*(on_whole_pixels(x, y[:, number]) if is_smooth else (x, y[:, number])), is_smooth)
            for number, is_smooth in enumerate(smooth(x, y).tolist())
        ]

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._outdated:
            self._arrange()
        painter = QPainter(self)
        look = (self._frame, self._titles, self._theme.name, self._lettering)
        self._background.paint(painter, QRectF(self.rect()), self._theme.card, look, self._paint_axes)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._courses.curves:
            self._paint_message(painter)
            return
        self._paint_now(painter)
        for course, (x, y, is_smooth) in zip(self._courses.curves, self._pixels, strict=True):
            pen = QPen(QColor(self._colour(course)), _WIDTH)
            # Where segments overlap they are darker, which shows only on smooth curves.
            pen.setCapStyle(Qt.PenCapStyle.FlatCap if is_smooth else Qt.PenCapStyle.SquareCap)
            painter.setPen(pen)
            self._lines.draw(painter, x, y)
        self._paint_ends(painter)
        read_out = self.read_out()
        if read_out is not None:
            self._paint_read_out(painter, read_out)

    def _colour(self, course: Course) -> str:
        if self._emphasised is None or course.name == self._emphasised:
            return course.colour
        return _faint(course.colour, self._theme.card)

    def _paint_axes(self, painter: QPainter) -> None:
        exporting = bool(self._titles.figure or self._titles.x)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        paint_axes(painter, self._frame, self._titles, self._theme, self._lettering, upright_lines=exporting)
        if self._frame.low < 0.0:
            y = math.floor(self._frame.pixel(0.0, 0.0).y()) + 0.5
            painter.setPen(QPen(QColor(mix(self._theme.line, self._theme.soft_text, 0.5)), 1.0))
            painter.drawLine(QPointF(self._frame.plot.left(), y), QPointF(self._frame.plot.right(), y))

    def _paint_now(self, painter: QPainter) -> None:
        if self._titles.x:  # in a figure by itself, the curves end there
            return
        plot = self._frame.plot
        x = math.floor(self._frame.pixel(float(self._courses.places[-1]), 0.0).x()) + 0.5
        pen = QPen(QColor(self._theme.accent), 1.0)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))

    def _paint_ends(self, painter: QPainter) -> None:
        frame, courses, labels = self._frame, self._courses, []
        wanted = set(self.labels())
        x = frame.pixel(float(courses.places[-1]), 0.0).x()
        for course, y in zip(courses.curves, frame.y_pixels(courses.values[-1]).tolist(), strict=True):
            if math.isfinite(y):
                end, colour = QPointF(x, y), self._colour(course)
                self._dot(painter, end, colour, _WIDTH + 0.6)
                if course.name in wanted:
                    labels.append(EndLabel(course.name, colour, end))
        if labels:
            paint_end_labels(painter, labels, frame.plot, self._theme, self._lettering)

    def _paint_read_out(self, painter: QPainter, read_out: ReadOut) -> None:
        plot = self._frame.plot
        painter.setPen(QPen(QColor(self._theme.soft_text), 1.0))
        x = math.floor(self._frame.pixel(read_out.x, 0.0).x()) + 0.5
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        for reading in read_out.readings:
            if not math.isnan(reading.y):
                self._dot(painter, self._frame.pixel(read_out.x, reading.y), reading.colour, 3.0)
        area = QRectF(0, 0, max(plot.right() + _REACH, 0.75 * self.width()), self.height())
        paint_read_out(painter, read_out, x, area, self._theme, self._lettering)

    def _dot(self, painter: QPainter, at: QPointF, colour: str, radius: float) -> None:
        painter.setPen(QPen(QColor(self._theme.card), 1.0))
        painter.setBrush(QColor(colour))
        painter.drawEllipse(at, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_message(self, painter: QPainter) -> None:
        painter.setPen(QColor(self._theme.soft_text))
        painter.setFont(self._lettering.plain.font)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self._frame.plot.adjusted(12.0, 4.0, -12.0, -4.0), int(flags), self._courses.message)

    # --- events

    def sizeHint(self) -> QSize:
        return QSize(320, 160)

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(120), scaled(84))

    def resizeEvent(self, event: QEvent) -> None:
        self.ask()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange):
            self._lettering = Lettering(_EXPORT_POINTS if self._titles.x else _POINTS)
            self.ask()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._pointer = None
        self.update()

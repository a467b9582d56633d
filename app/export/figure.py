"""A figure: hidden copies of panels in one picture, with a caption and the moment they show."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.export.recording import Recording
from app.export.request import ExportRequest
from app.export.steps import Steps
from app.look.colours import ink
from app.look.fonts import number_font
from app.panels import PANELS
from app.panels.base import Panel
from app.widgets.moment_words import pill_words
from backprop import Snapshot

_HEAD, _MARGIN, _GAP = 34, 16, 8  # below the head, _GAP is around and between the panels


class Figure(QWidget):
    """The picture that ``request`` describes of the run of ``recording``; never seen, only drawn."""

    def __init__(self, request: ExportRequest, recording: Recording) -> None:
        super().__init__()
        # Panels compute nothing for a picture that nobody sees; to them, this one is on the screen.
        self.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._theme = request.colour_theme
        self._caption = request.caption
        self._recording = recording
        self._moment = ""
        colours = self.palette()
        colours.setColor(QPalette.ColorRole.Window, QColor(self._theme.card))
        self.setPalette(colours)
        self.panels: list[Panel] = []

    def fill(self, request: ExportRequest) -> Steps[None]:
        """Make the panels, one after another, and arrange them."""
        for name in request.views:
            panel = PANELS[name].load()()
            panel.setParent(self)
            panel.set_theme(self._theme)
            panel.set_colours(request.colours)
            panel.set_exporting(panel.title())
            yield
            panel.start_run(self._recording.experiment, self._recording.dataset)
            self.panels.append(panel)
            yield
        self.resize(*request.size)
        self.show()
        yield

    def show_snapshot(self, snapshot: Snapshot) -> Steps[None]:
        """Show a moment of the run, in one panel after another."""
        history = self._recording.history_at(snapshot)
        for panel in self.panels:
            panel.show_trajectories(self._recording.timeline)
            panel.show_history(history)
            panel.show_snapshot(snapshot)
            yield
        self._moment = pill_words(snapshot.cursor, self._recording.clock)
        self.update(0, 0, self.width(), _HEAD)

    def event(self, event: QEvent) -> bool:
        # Qt would paint again what is drawn when it is needed, into a window that nobody sees.
        return True if event.type() == QEvent.Type.UpdateRequest else super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for panel, place in zip(self.panels, places(self.rect(), len(self.panels)), strict=True):
            panel.setGeometry(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), ink(self._theme.card))
            head = QRect(_MARGIN, _GAP, self.width() - 2 * _MARGIN, _HEAD - _GAP)
            painter.setFont(number_font(11))
            painter.setPen(ink(self._theme.soft_text))
            painter.drawText(head, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._moment)
            room = head.width() - painter.fontMetrics().horizontalAdvance(self._moment) - _MARGIN
            painter.setFont(number_font(12, bold=True))
            painter.setPen(ink(self._theme.text))
            caption = painter.fontMetrics().elidedText(self._caption, Qt.TextElideMode.ElideRight, room)
            painter.drawText(head, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, caption)


def places(whole: QRect, count: int) -> list[QRect]:
    """Return where ``count`` panels stand, under the head: in rows of two, of an odd number the first over two.

    Two stand one above the other where the picture is not wide.
    """
    room = whole.adjusted(_GAP, _HEAD, -_GAP, -_GAP)
    if count == 1:
        return [room]
    columns = 1 if count == 2 and 4 * room.width() < 5 * room.height() else 2
    rows = [[0]] if count % 2 and columns == 2 else []
    rows += [list(range(start, start + columns)) for start in range(len(rows), count, columns)]
    found = []
    for number, row in enumerate(rows):
        top = room.top() + number * (room.height() + _GAP) // len(rows)
        bottom = room.top() + (number + 1) * (room.height() + _GAP) // len(rows) - _GAP
        for column in range(len(row)):
            left = room.left() + column * (room.width() + _GAP) // len(row)
            right = room.left() + (column + 1) * (room.width() + _GAP) // len(row) - _GAP
            found.append(QRect(left, top, right - left, bottom - top))
    return found

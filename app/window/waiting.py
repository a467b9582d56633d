"""What the window shows while a run is being made ready."""

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.run.controller import Controller
from app.widgets.notice_bar import NoticeBar

# A wait that is shorter needs no words.
_NOTICED_MS = 300


class Waiting(QObject):
    """A busy pointer at once, and words when it takes longer."""

    def __init__(self, window: QWidget, controller: Controller, notice: NoticeBar) -> None:
        super().__init__(window)
        self._window = window
        self._notice = notice
        self._patience = QTimer(self, interval=_NOTICED_MS, singleShot=True)
        self._patience.timeout.connect(self._ask_for_patience)
        controller.busy_changed.connect(self._show)

    def _show(self, busy: bool) -> None:
        if busy:
            self._window.setCursor(Qt.CursorShape.BusyCursor)
            self._patience.start()
        else:
            self._window.unsetCursor()
            self._patience.stop()
            self._notice.end_waiting()

    def _ask_for_patience(self) -> None:
        self._notice.show_waiting(self.tr("Loading the data set …"))

"""The export of a request in the background of the window, from its moments to the file."""

import threading

from PySide6.QtCore import QObject, Signal

from app.export.compose import make_animation
from app.export.job import ExportJob, report
from app.export.recording import Recording
from app.export.remaining import Remaining
from app.export.request import ExportRequest, RequestError
from backprop import Cursor


class RequestJob(QObject):
    """Exports one request while the window stays alive.

    Exactly one of ``finished``, ``failed`` and ``cancelled`` is emitted after start, when nothing of the job is running
    any more.
    """

    progress = Signal(int, int, object)  # frames written, frames in all, seconds that remain (float) or None
    finished = Signal(object)  # list[Path]
    failed = Signal(str)  # a translated sentence
    cancelled = Signal()
    _chosen = Signal(object)  # list[Cursor] or an Exception, from the thread that chooses the moments

    def __init__(self, request: ExportRequest, recording: Recording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._request = request
        self._recording = recording.another()
        self._job: ExportJob | None = None
        self._given_up = False
        self._remaining = Remaining()
        self._thread = threading.Thread(target=self._choose, name="export-moments", daemon=True)
        self._chosen.connect(self._begin)
        self.is_running = False

    def start(self) -> None:
        """Begin; may be called once."""
        self.is_running = True
        self._thread.start()

    def cancel(self) -> None:
        """Give the export up; ``cancelled`` follows soon, or ``finished`` if that came first."""
        self._given_up = True
        if self._job is not None:
            self._job.cancel()

    def stop(self, timeout: float = 1.5) -> bool:
        """Cancel, wait at most ``timeout`` seconds, and return whether nothing is running any more."""
        self.cancel()
        if not self.is_running:
            return True
        self._thread.join(timeout)
        if self._job is not None:
            return self._job.stop(timeout)
        if not self._thread.is_alive():
            self._end()
            self.cancelled.emit()
        return not self.is_running

    def _choose(self) -> None:
        try:
            self._request.check(self._recording)
            self._chosen.emit(self._request.cursors(self._recording))
        except Exception as error:
            self._chosen.emit(error)

    def _begin(self, chosen: list[Cursor] | Exception) -> None:
        if not self.is_running:
            return
        if self._given_up:
            self._end()
            self.cancelled.emit()
        elif isinstance(chosen, Exception):
            self._fail(chosen)
        else:
            try:
                animation = make_animation(self._request, self._recording, chosen)
            except Exception as error:  # whatever a panel may raise ends the export, not the program
                self._fail(error)
                return
            self._job = ExportJob([animation], self._request.target.parent, self)
            self._job.progress.connect(self._tell)
            for end, told in ((self._job.finished, self.finished), (self._job.failed, self.failed)):
                end.connect(self._end)
                end.connect(told)
            self._job.cancelled.connect(self._end)
            self._job.cancelled.connect(self.cancelled)
            self._job.start()

    def _tell(self, done: int, total: int) -> None:
        self.progress.emit(done, total, self._remaining.seconds(done, total))

    def _fail(self, error: Exception) -> None:
        self._end()
        sentence = str(error) if isinstance(error, RequestError) else report(error, self._request.target.parent)
        self.failed.emit(sentence)

    def _end(self, *_: object) -> None:
        self.is_running = False

"""An export in the background of the window from its beginning: first its animations have to be made."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.export.animation import Animation
from app.export.job import ExportJob, report
from app.export.remaining import Remaining
from app.export.request import RequestError
from app.export.steps import Steps, Turns


class BackgroundJob(QObject):
    """Exports into ``folder`` while the window stays alive.

    ``choose`` is called in a thread of its own; what it returns, ``make`` turns into animations, in steps on the thread
    of this object. Exactly one of ``finished``, ``failed`` and ``cancelled`` is emitted after start, when nothing of
    the job is running any more.
    """

    progress = Signal(int, int, object)  # frames written, frames in all, seconds that remain (float) or None
    finished = Signal(object)  # list[Path]
    failed = Signal(str)  # a translated sentence
    cancelled = Signal()
    _chosen = Signal(object)  # what was chosen or an Exception, from the thread

    def __init__(
        self,
        choose: Callable[[], Any],
        make: Callable[[Any], Steps[Sequence[Animation]]],
        folder: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._choose = choose
        self._make = make
        self._folder = folder
        self._making: Turns | None = None
        self._job: ExportJob | None = None
        self._given_up = False
        self._remaining = Remaining()
        self._thread = threading.Thread(target=self._choose_or_fail, name="export-moments", daemon=True)
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
            if self._making is not None:
                self._making.stop()
            self._end()
            self.cancelled.emit()
        return not self.is_running

    def _choose_or_fail(self) -> None:
        try:
            self._chosen.emit(self._choose())
        except Exception as error:
            self._chosen.emit(error)

    def _begin(self, chosen: Any) -> None:
        if not self.is_running:
            return
        if self._given_up or isinstance(chosen, Exception):
            self._export(chosen)
        else:
            self._making = Turns(self._make(chosen), self._export, self)

    def _export(self, made: Sequence[Animation] | Exception) -> None:
        if self._given_up:
            self._end()
            self.cancelled.emit()
        elif isinstance(made, Exception):  # whatever a panel may raise ends the export, not the program
            self._end()
            self.failed.emit(str(made) if isinstance(made, RequestError) else report(made, self._folder))
        else:
            self._job = ExportJob(made, self._folder, self)
            self._job.progress.connect(self._tell)
            for end, told in ((self._job.finished, self.finished), (self._job.failed, self.failed)):
                end.connect(self._end)
                end.connect(told)
            self._job.cancelled.connect(self._end)
            self._job.cancelled.connect(self.cancelled)
            self._job.start()

    def _tell(self, done: int, total: int) -> None:
        self.progress.emit(done, total, self._remaining.seconds(done, total))

    def _end(self, *_: object) -> None:
        self.is_running = False

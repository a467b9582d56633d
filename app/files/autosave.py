"""Keeps the run safe in the background, so that little is lost if the program ends before its time."""

import logging
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.files.document import Document, Mark
from app.files.job import FileJob
from app.files.recovery import Slot, new_slot
from backprop.container import Progress

_log = logging.getLogger(__name__)

# Milliseconds from a change to the next save.
INTERVAL_MS = 20_000
# A long save is made more rarely: it may take a twentieth of the time, and wear a disk no more than this.
_SHARE = 20
_BYTES_PER_SECOND = 2e6
# After a save that failed, as on a full disk, in milliseconds.
_AFTER_FAILURE_MS = 300_000
# How long the end of the program waits for a save that has been cancelled, in seconds.
_PATIENCE = 5.0


class Autosave(QObject):
    """Saves what would be lost of ``document`` into a slot of ``folder``, made when it is first needed.

    ``make_work`` returns what writes the run as it is now to a path; ``idle`` tells whether that is possible.
    """

    kept = Signal()
    failed = Signal(object)  # the exception; what was kept before still is

    def __init__(
        self,
        document: Document,
        folder: Path,
        make_work: Callable[[], Callable[[Path, Progress], object]],
        idle: Callable[[], bool],
    ) -> None:
        super().__init__(document)
        self._document = document
        self._folder = folder
        self._make_work = make_work
        self._idle = idle
        self._slot: Slot | None = None
        #: What is kept, or will be once the job at hand is done; and what was kept before that job.
        self._kept: Mark | None = None
        self._kept_before: Mark | None = None
        self._job: FileJob | None = None
        self._interval = INTERVAL_MS
        self._outlives = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.save_now)
        document.changed.connect(self._look)

    def work_with(self, make_work: Callable[[], Callable[[Path, Progress], object]], idle: Callable[[], bool]) -> None:
        """Ask these two from now on."""
        self._make_work, self._idle = make_work, idle

    @property
    def folder(self) -> Path:
        """Where runs are kept."""
        return self._folder

    @property
    def slot(self) -> Slot | None:
        """Where the run is kept, once it is."""
        return self._slot

    @property
    def busy(self) -> bool:
        """Whether the run is being saved."""
        return self._job is not None

    @property
    def waiting(self) -> bool:
        """Whether there is something to save after a while."""
        return self._timer.isActive()

    def adopt(self, slot: Slot) -> None:
        """Keep the run in ``slot`` from now on: it holds what the window has just opened."""
        self.stop()
        self._slot, self._kept = slot, self._document.mark

    def save_now(self) -> None:
        """Save what would be lost, unless it is kept already."""
        document = self._document
        if self._job is not None or not document.took_long or document.mark == self._kept:
            return
        if not self._idle():
            self._timer.start(self._interval)
            return
        self._kept_before, self._kept = self._kept, document.mark
        work = self._make_work()

        def keep(progress: Progress) -> None:
            # The lock waits for the disk, too.
            slot = self._slot = self._slot or new_slot(self._folder)
            work(slot.path, progress)

        job = self._job = FileJob(keep, "autosave", self)
        job.finished.connect(lambda: self._end(job))
        job.cancelled.connect(lambda: self._end(job))
        job.failed.connect(lambda error: self._end(job, error))
        job.start()

    def save_and_wait(self) -> Path | None:
        """Save what would be lost, and return the file when that is done; None where there is nothing to keep.

        It stays for the next start, also where the program ends in the ordinary way: something has gone wrong.
        """
        self._outlives = True
        self.save_now()
        if self._job is not None:
            self._job.wait(_PATIENCE)
        kept = self._slot is not None and self._kept is not None and self._slot.path.exists()
        return self._slot.path if self._slot is not None and kept else None

    def stop(self) -> None:
        """End it, and remove what was kept, unless something has gone wrong: the program ends as the person wishes."""
        self._timer.stop()
        if self._job is not None:
            self._job.cancel()
            self._job.wait(_PATIENCE)
            self._job = None
        if self._slot is not None:
            if self._outlives:
                self._slot.leave()
            else:
                self._slot.discard()
            self._slot = None

    def _look(self) -> None:
        if not self._document.modified:
            self._timer.stop()
            if self._idle():  # what a person is saving at this moment is not yet in the file
                self._drop()
        elif not self._timer.isActive() and self._job is None and self._document.took_long:
            self._timer.start(self._interval)

    def _drop(self) -> None:
        """Remove what is kept: it is in the person's own file, or is not wanted any more."""
        if self._kept is None:
            return
        self._kept = None
        if self._job is not None:
            self._job.cancel()  # its end removes the file
        elif self._slot is not None:
            self._slot.empty()

    def _end(self, job: FileJob, error: Exception | None = None) -> None:
        job.deleteLater()
        if self._job is not job:
            return  # it was given up, and nobody waits for it any more
        self._job = None
        if error is not None:
            self._kept = None if self._kept is None else self._kept_before
            self._empty_unless_kept()
            self._note_failure(error)
            return
        self._interval = max(INTERVAL_MS, int(1000 * max(_SHARE * job.seconds, self._bytes() / _BYTES_PER_SECOND)))
        self._empty_unless_kept()
        if self._kept is not None:
            self.kept.emit()
        if self._document.mark != self._kept:
            self._look()

    def _empty_unless_kept(self) -> None:
        if self._kept is None and self._slot is not None:
            self._slot.empty()

    def _bytes(self) -> int:
        try:
            return self._slot.path.stat().st_size if self._slot is not None else 0
        except OSError:
            return 0

    def _note_failure(self, error: Exception) -> None:
        _log.warning("the run could not be kept safe in %s: %s", self._folder, error)
        self._timer.start(_AFTER_FAILURE_MS)
        self.failed.emit(error)

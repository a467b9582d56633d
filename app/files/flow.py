"""Save, open and all that goes with it: what a person asks for, turned into jobs beside the run."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
from PySide6.QtCore import QDir, QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QMainWindow

from app.files import dialogs
from app.files.document import Document, Mark
from app.files.job import FileJob
from app.files.messages import explain_opening, explain_saving
from app.files.recent import RecentFiles
from app.questions import Fate, discard_run
from app.run.controller import Controller
from app.run.pace import PACES
from app.settings import Settings
from app.widgets.notice_bar import NoticeBar
from backprop.atomic import remove_leftovers
from backprop.container import Progress
from backprop.session import SUFFIX, Curves, Session, View, open_session, save_session, session_of

_log = logging.getLogger(__name__)

#: Writes a run to a path; raises what ``save_session`` raises.
Work = Callable[[Path, Progress], None]

# A job that is done sooner, in seconds, needs no progress.
_NOTICED = 0.4
# The settings with the folder in which a file is being written, for the next start, and that of the last file.
_SAVING_INTO = "saving_into"
_FOLDER = "run_folder"
# How long the end of the program waits for a file that a person wants to have, in seconds.
_PATIENCE = 60.0


@dataclass(frozen=True)
class _Beside:
    """What a file has beside the run itself."""

    notes: str
    view: View
    kept: tuple[Curves, ...]


class FileFlow(QObject):
    """One file at a time is saved or opened, beside the run; the notice bar shows how far it is."""

    saved = Signal(object)  # Path
    opened = Signal(object)  # Path: the run in it is on the screen

    def __init__(
        self, window: QMainWindow, controller: Controller, document: Document, notice: NoticeBar, settings: Settings
    ) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._document = document
        self._notice = notice
        self._settings = settings
        self.recent = RecentFiles(settings)
        self._job: FileJob | None = None
        self._opening = False
        #: What is to be opened once the file at hand is saved; where that fails, the present run stays.
        self._next: Callable[[], None] | None = None
        #: What has been read, until the window shows it: the file, what belongs to the run in it, and what to do then.
        self._arriving: tuple[Path, _Beside, Callable[[], None]] | None = None
        controller.opened.connect(self._show_opened)

    @property
    def busy(self) -> bool:
        """Whether a file is being saved or opened."""
        return self._job is not None or (self._arriving is not None and self._controller.busy)

    # --- saving

    def save(self) -> bool:
        """Save the run as it is now in its file, or ask for one; return whether that has begun."""
        return self.save_as() if self._document.path is None else self.save_to(self._document.path)

    def save_as(self) -> bool:
        """Ask for a file, and save the run as it is now in it; return whether that has begun."""
        mark = self._document.mark
        if mark is None:
            return False
        work = self.work()  # before the dialog, while which the run may go on
        path = dialogs.ask_where_to_save(self._window, self._suggestion(SUFFIX))
        return path is not None and self._save(path, work, mark)

    def save_to(self, path: Path) -> bool:
        """Save the run as it is now in ``path``, while it goes on or stays paused; return whether that has begun."""
        mark = self._document.mark
        return mark is not None and self._save(path, self.work(), mark)

    def work(self) -> Work:
        """Return what writes the run as it is now, at any later time and in any thread."""
        moment = self._controller.reached
        assert moment is not None
        timeline = moment.timeline.another()
        notes, view = self._document.notes, self._document.view()
        kept = tuple(Curves(run.experiment, run.history) for run in self._controller.kept)

        def write(path: Path, progress: Progress) -> None:
            session = session_of(timeline, moment.snapshot.cursor, moment.epochs, notes, view, kept)
            save_session(session, path, progress)

        return write

    def clean_up(self) -> None:
        """Remove what a program that was killed while it saved has left beside the file, in the background."""
        if folder := self._settings.text(_SAVING_INTO, ""):
            self._settings.set_text(_SAVING_INTO, "")
            # Perhaps it is on a drive that takes long to answer.
            Thread(target=remove_leftovers, args=(Path(folder),), name="clean", daemon=True).start()

    def _save(self, path: Path, work: Work, mark: Mark) -> bool:
        def show_saved(_: object) -> None:
            now = self._document.mark
            goes_on = now is not None and now.run == mark.run and now.position != mark.position
            self._document.note_saved(path, mark)
            sentence = (
                self.tr("Saved {file} as the run was at epoch {epoch}; it has gone on meanwhile.")
                if goes_on
                else self.tr("Saved {file}, with the run at epoch {epoch}.")
            )
            self._notice.show_news(sentence.format(file=path.name, epoch=f"{mark.epoch:,}"))
            self.saved.emit(path)

        def show_failed(error: Exception) -> None:
            # Even if another run has begun: what was to be saved is still here.
            self._notice.show_error(
                explain_saving(error, path), (self.tr("Save as …"), lambda: self._save_elsewhere(path, work, mark))
            )

        def write(progress: Progress) -> None:
            settings = self._settings.another()
            settings.set_text(_SAVING_INTO, str(path.parent))
            settings.sync()  # this program may be gone at any moment
            work(path, progress)
            settings.set_text(_SAVING_INTO, "")
            _remember(path, settings)

        return self._begin(
            write,
            self.tr("Saving {file}").format(file=path.name),
            show_saved,
            show_failed,
            self.tr("Nothing was saved; an older {file} is as it was.").format(file=path.name),
        )

    def _save_elsewhere(self, path: Path, work: Work, mark: Mark) -> None:
        other = dialogs.ask_where_to_save(self._window, path)
        if other is not None:
            self._save(other, work, mark)

    def save_parameters(self) -> None:
        """Ask for a file, and save the parameters of the moment on the screen for other programs."""
        moment = self._controller.moment
        if moment is None:
            return
        path = dialogs.ask_for_parameters(self._window, self._suggestion(".npz"))
        if path is None:
            return

        def write(_: Progress) -> Path:
            from app.export.parameters import save_parameters

            saved = save_parameters(moment.snapshot.parameters, path, moment.snapshot.experiment)
            _remember_folder(path, self._settings.another())
            return saved

        self._begin(
            write,
            self.tr("Saving {file}").format(file=path.name),
            lambda _: self._notice.show_news(
                self.tr("Saved the parameters of epoch {epoch} in {file}.").format(
                    epoch=f"{moment.snapshot.cursor.epoch:,}", file=path.name
                )
            ),
            lambda error: self._notice.show_error(explain_saving(error, path)),
            self.tr("Nothing was saved; an older {file} is as it was.").format(file=path.name),
        )

    # --- opening

    def open(self) -> None:
        """Ask for a file, and open it in the place of the present run."""
        path = dialogs.ask_for_run(self._window, str(self._folder()))
        if path is not None:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open the run in ``path``, unless the present one is to be kept."""
        if self.may_discard(opening=True):
            self.read(path, partial(self._come_from, path), remember=True)

    def read(self, path: Path, arrived: Callable[[], None], *, remember: bool = False) -> None:
        """Read the run in ``path``, once nothing is being saved any more, and show it; then call ``arrived``.

        With ``remember`` it is among the recent files from then on.
        """
        if self._job is not None and not self._opening:
            self._next = partial(self.read, path, arrived, remember=remember)
            return

        def read(progress: Progress) -> Session:
            session = open_session(path, progress)
            if remember:
                _remember(path, self._settings.another())
            return session

        self._opening = self._begin(
            read,
            self.tr("Opening {file}").format(file=path.name),
            lambda session: self._show(path, session, arrived),
            partial(self._show_unopened, path),
            self.tr("Nothing was opened; the present run is as it was."),
        )

    def _show(self, path: Path, session: Session, arrived: Callable[[], None]) -> None:
        # The record itself goes on to the worker: where it never arrives, nothing large may be held here.
        self._arriving = path, _Beside(session.notes, session.view, session.kept), arrived
        self._controller.open_run(session)

    def _show_opened(self) -> None:
        if self._arriving is None:
            return
        (path, beside, arrived), self._arriving = self._arriving, None
        self._document.notes = beside.notes
        self._controller.keep_curves(tuple(run for run in beside.kept if not self._keeps(run)))
        self._restore(beside.view)
        arrived()
        self.opened.emit(path)

    def _come_from(self, path: Path) -> None:
        self._document.note_opened(path)
        self._notice.hide()

    def _keeps(self, run: Curves) -> bool:
        """Whether the curves of ``run`` are there already, as when a file is opened twice."""
        return any(
            kept.experiment == run.experiment and np.array_equal(kept.history.step_mse, run.history.step_mse)
            for kept in self._controller.kept
        )

    def _restore(self, view: View) -> None:
        """Show what the window showed when the run was saved, as far as that can be told."""
        for pace in PACES:
            if (pace.unit.value, pace.per_second) == (view.get("pace_unit"), view.get("pace_per_second", 0)):
                self._controller.set_pace(pace)
        shown = view.get("shown")
        if isinstance(shown, int):
            self._controller.seek(shown)

    def _show_unopened(self, path: Path, error: Exception) -> None:
        _log.warning("%s was not opened: %s %s", path, error, getattr(error, "values", ""))
        if isinstance(error, FileNotFoundError) and path in self.recent.paths():
            self._notice.show_news(
                self.tr(
                    "{file} is not in {folder} any more; perhaps it has been moved or has another name now."
                ).format(file=path.name, folder=path.parent),
                (self.tr("Take it off the list"), lambda: self.recent.remove(path)),
            )
        else:
            self._notice.show_error(explain_opening(error, path))

    # --- before a run is lost

    def may_discard(self, *, opening: bool = False) -> bool:
        """Ask before a run is lost that took more than a moment to compute.

        Return whether another may begin, or be opened.
        """
        reached = self._controller.reached
        if reached is None or not self._document.took_long:
            return True
        self._controller.pause()
        fate = discard_run(self._window, reached, opening=opening)
        if fate is Fate.SAVE:
            # What is saved is this moment, whatever the window shows when that is done.
            return self.save()
        return fate is Fate.DISCARD

    def stop(self) -> None:
        """Wait for a file that a person wants to have, and give up one that would only be shown."""
        if self._job is not None:
            if self._opening:
                self._job.cancel()
            self._job.wait(_PATIENCE)
            self._job = None

    # --- one job at a time

    def _begin(
        self,
        work: Callable[[Progress], Any],
        sentence: str,
        finished: Callable[[Any], None],
        failed: Callable[[Exception], None],
        cancelled: str,
    ) -> bool:
        if self.busy:
            self._notice.show_news(self.tr("Another file is still being saved or opened; try again when that is done."))
            return False
        self._opening = False
        job = self._job = FileJob(work, "file", self)
        begun = time.monotonic()

        def show_progress(part: float) -> None:
            if time.monotonic() - begun > _NOTICED:
                self._notice.show_progress(sentence, round(100 * part), 100, job.cancel)

        def end(then: Callable[[Any], None], value: object = None) -> None:
            if self._job is job:
                self._job = None
                job.deleteLater()
                to_open, self._next = self._next, None
                then(value)
                if then is finished and to_open is not None:
                    to_open()

        job.progress.connect(show_progress)
        job.finished.connect(partial(end, finished))
        job.failed.connect(partial(end, failed))
        job.cancelled.connect(partial(end, lambda _: self._notice.show_news(cancelled)))
        job.start()
        return True

    # --- where files are

    def _folder(self) -> Path:
        places = [
            self._settings.text(_FOLDER, ""),
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation),
            QDir.homePath(),
        ]
        return Path(next(place for place in places if place and QDir(place).exists()))

    def _suggestion(self, suffix: str) -> Path:
        if self._document.path is not None:
            return self._document.path.with_suffix(suffix)
        run = self._controller.run
        name = "run" if run is None else f"{run.experiment.dataset}-seed-{run.experiment.seed}"
        return self._folder() / f"{name}{suffix}"


def _remember(path: Path, settings: Settings) -> None:
    RecentFiles(settings).add(path)
    _remember_folder(path, settings)


def _remember_folder(path: Path, settings: Settings) -> None:
    settings.set_text(_FOLDER, str(path.parent))
    settings.sync()

"""From a click on Export to files in a folder: which folder, which moments, progress, and the end."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.look.theme import LIGHT, Theme
from app.run.controller import Controller
from app.settings import Settings
from app.widgets.notice_bar import NoticeBar
from backprop import Snapshot

if TYPE_CHECKING:  # imported where it is used: encoders and charts take a while, and the first picture needs neither
    from app.export.job import ExportJob
    from app.export.recording import Recording
    from app.export.request import ExportRequest
    from app.export.request_job import RequestJob


class ExportFlow(QObject):
    """One export at a time, beside the run; the notice bar shows how far it is."""

    finished = Signal(object)  # list[Path]
    running_changed = Signal(bool)
    _recorded = Signal(object, object)  # Recording, list[Snapshot]: from the thread that replays

    def __init__(self, window: QWidget, controller: Controller, notice: NoticeBar, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._notice = notice
        self._settings = settings
        self._theme = LIGHT
        self._folder = Path()
        self._replaces = False
        self._job: ExportJob | RequestJob | None = None
        self._replay: threading.Thread | None = None
        self._running = False
        self._given_up = threading.Event()
        self._recorded.connect(self._draw)

    @property
    def running(self) -> bool:
        """Whether an export is under way: from a person's choice until the end has been told."""
        return self._running

    def _set_running(self, running: bool) -> None:
        if running != self._running:
            self._running = running
            self.running_changed.emit(running)

    def set_theme(self, theme: Theme) -> None:
        """Draw the next animations in the colours of ``theme``."""
        self._theme = theme

    def start(self) -> None:
        """Ask for a folder, and export the present run into it."""
        if self.refuse_a_second():
            return
        places = [
            self._settings.text("export_folder", ""),
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation),
            QDir.homePath(),
        ]
        folder = QFileDialog.getExistingDirectory(
            self._window,
            self.tr("Choose a folder for weights_update.gif and training_loss.gif"),
            next(place for place in places if place and QDir(place).exists()),
        )
        if folder:
            self._settings.set_text("export_folder", folder)
            self.export_to(Path(folder))

    def refuse_a_second(self) -> bool:
        """Return whether an export is under way, and say so if it is."""
        if self.running:
            self._notice.show_news(self.tr("An export is under way; the next can begin when it is done."))
        return self.running

    def export_to(self, folder: Path) -> None:
        """Export the present run into ``folder``; the run goes on, or stays paused."""
        self._folder = folder
        self._given_up.clear()
        self._replaces = any((folder / name).exists() for name in ("weights_update.gif", "training_loss.gif"))
        self._set_running(True)
        self._show_progress(0, 0)
        self._begin_replay()

    def export_request(self, request: "ExportRequest", recording: "Recording") -> None:
        """Export what a person has chosen in the dialog, of the run as it was recorded; the run goes on."""
        from app.export.request_job import RequestJob
        from app.export.words import about_time

        if self.refuse_a_second():
            return
        self._folder, name = request.target.parent, request.target.name
        self._replaces = request.target.exists()
        self._set_running(True)

        def show_progress(done: int, total: int, seconds: float | None) -> None:
            sentence = (
                self.tr("Exporting {file}").format(file=name)
                if seconds is None
                else self.tr("Exporting {file}: {time} left").format(file=name, time=about_time(seconds))
            )
            self._notice.show_progress(sentence, done, total, self.cancel)

        job = self._job = RequestJob(request, recording, self)
        job.progress.connect(show_progress)
        self._follow(job)
        show_progress(0, 0, None)
        job.start()

    def cancel(self) -> None:
        """Give the export up; nothing is left behind."""
        self._given_up.set()
        if self._job is not None:
            self._job.cancel()

    def stop(self) -> None:
        """Give the export up and wait for its threads."""
        self.cancel()
        if self._replay is not None:
            self._replay.join()
        if self._job is not None:
            self._job.stop()
        self._set_running(False)

    def _begin_replay(self) -> None:
        """Replay the run as it stands, in a thread of its own, as that may take longer than a frame."""
        from app.export.recording import Recording

        run, reached = self._controller.run, self._controller.reached
        assert run is not None
        assert reached is not None
        recording = Recording.of_run(run, reached)
        self._replay = threading.Thread(target=self._replay_moments, args=(recording,), name="export-replay")
        self._replay.start()

    # --- in another thread

    def _replay_moments(self, recording: "Recording") -> None:
        from app.export.lesson_animations import snapshots

        moments = snapshots(recording, lambda: not self._given_up.is_set())
        self._recorded.emit(recording, moments)

    # --- in the window's thread

    def _draw(self, recording: "Recording", moments: list[Snapshot]) -> None:
        from app.export.job import ExportJob
        from app.export.lesson_animations import animations

        if self._given_up.is_set():
            self._show_cancelled()
            return
        if not moments:
            self._set_running(False)
            self._notice.show_error(
                self.tr(
                    "There is nothing to export yet, because no epoch is complete: play or step on, then try again."
                )
            )
            return
        job = self._job = ExportJob(animations(recording, moments, self._theme), self._folder, self)
        job.progress.connect(self._show_progress)
        self._follow(job)
        job.start()

    def _follow(self, job: "ExportJob | RequestJob") -> None:
        """Tell how ``job`` ends."""
        job.finished.connect(self._show_finished)
        job.failed.connect(self._show_failed)
        job.cancelled.connect(self._show_cancelled)

    def _show_progress(self, done: int, total: int) -> None:
        self._notice.show_progress(
            self.tr("Exporting two animations into {folder}").format(folder=self._folder), done, total, self.cancel
        )

    def _show_failed(self, sentence: str) -> None:
        self._end()
        self._notice.show_error(sentence)

    def _show_finished(self, paths: list[Path]) -> None:
        self._end()
        folder = QUrl.fromLocalFile(str(self._folder))
        self._notice.show_news(self._news(paths), (self.tr("Open folder"), lambda: self._open(folder)))
        self.finished.emit(paths)

    def _news(self, paths: list[Path]) -> str:
        """Return which files are there now."""
        if len(paths) == 1:
            sentence = (
                self.tr("Saved {file} in {folder}, in place of an older one.")
                if self._replaces
                else self.tr("Saved {file} in {folder}.")
            )
            return sentence.format(file=paths[0].name, folder=self._folder)
        sentence = (
            self.tr("Saved {first} and {second} in {folder}, in place of older ones.")
            if self._replaces
            else self.tr("Saved {first} and {second} in {folder}.")
        )
        return sentence.format(first=paths[0].name, second=paths[1].name, folder=self._folder)

    def _end(self) -> None:
        """Be ready for the next export, and let go of the panels of this one."""
        if self._job is not None:
            self._job.deleteLater()
            self._job = None
        self._set_running(False)

    @staticmethod
    def _open(folder: QUrl) -> None:
        QDesktopServices.openUrl(folder)

    def _show_cancelled(self) -> None:
        self._end()
        self._notice.show_news(self.tr("The export was cancelled; no file was changed."))

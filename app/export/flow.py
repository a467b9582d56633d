"""From a click on Export to files in a folder: which folder, which moments, progress, and the end."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.look.theme import LIGHT, Theme
from app.run.controller import Controller
from app.settings import Settings
from app.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:  # imported where it is used: encoders and charts take a while, and the first picture needs neither
    from app.export.background_job import BackgroundJob
    from app.export.recording import Recording
    from app.export.request import ExportRequest


class ExportFlow(QObject):
    """One export at a time, beside the run; the notice bar shows how far it is."""

    finished = Signal(object)  # list[Path]
    running_changed = Signal(bool)

    def __init__(self, window: QWidget, controller: Controller, notice: NoticeBar, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._notice = notice
        self._settings = settings
        self._theme = LIGHT
        self._folder = Path()
        self._replaces = False
        self._job: BackgroundJob | None = None
        self._running = False

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
        from app.export.lesson_animations import FILE_NAMES, LessonJob, epochs_shown
        from app.export.recording import Recording

        run, reached = self._controller.run, self._controller.reached
        assert run is not None
        assert reached is not None
        recording = Recording.of_run(run, reached)
        if not epochs_shown(recording):
            self._notice.show_error(
                self.tr(
                    "There is nothing to export yet, because no epoch is complete: play or step on, then try again."
                )
            )
            return

        def say(time: str | None) -> str:
            if time is None:
                return self.tr("Exporting two animations into {folder}").format(folder=folder)
            return self.tr("Exporting two animations into {folder}: {time} left").format(folder=folder, time=time)

        self._follow(LessonJob(recording, folder, self._theme, self), [folder / name for name in FILE_NAMES], say)

    def export_request(self, request: "ExportRequest", recording: "Recording") -> None:
        """Export what a person has chosen in the dialog, of the run as it was recorded; the run goes on."""
        from app.export.request_job import RequestJob

        def say(time: str | None) -> str:
            if time is None:
                return self.tr("Exporting {file}").format(file=request.target.name)
            return self.tr("Exporting {file}: {time} left").format(file=request.target.name, time=time)

        if not self.refuse_a_second():
            self._follow(RequestJob(request, recording, self), [request.target], say)

    def cancel(self) -> None:
        """Give the export up; nothing is left behind."""
        if self._job is not None:
            self._job.cancel()

    def stop(self) -> None:
        """Give the export up and wait for its threads."""
        if self._job is not None:
            self._job.stop()
        self._set_running(False)

    def _follow(self, job: "BackgroundJob", paths: Sequence[Path], say: Callable[[str | None], str]) -> None:
        """Start ``job``, which writes ``paths``; ``say`` tells what it does, with the time that is left if given."""
        from app.export.words import about_time

        def show_progress(done: int, total: int, seconds: float | None) -> None:
            words = say(None if seconds is None else about_time(seconds))
            self._notice.show_progress(words, done, total, self.cancel)

        self._job = job
        self._folder = paths[0].parent
        self._replaces = any(path.exists() for path in paths)
        self._set_running(True)
        job.progress.connect(show_progress)
        job.finished.connect(self._show_finished)
        job.failed.connect(self._show_failed)
        job.cancelled.connect(self._show_cancelled)
        show_progress(0, 0, None)
        job.start()

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

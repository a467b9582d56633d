"""The dialog in which a person says what to export; it blocks nothing, and closes when the export begins."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.export.estimate import Estimate
from app.export.flow import ExportFlow
from app.export.formats import FORMATS
from app.export.recording import Recording
from app.export.rehearsal import Rehearsal
from app.export.request import RequestError
from app.export_dialog.form import ExportForm
from app.export_dialog.preview import Preview
from app.export_dialog.remembered import recall, remember
from app.export_dialog.rows import ScrolledRows
from app.look.fonts import scaled
from app.look.theme import Theme
from app.run.controller import Controller
from app.run.moment import Moment, RunStarted
from app.settings import Settings

# After the last of several changes, before the preview is drawn again.
_SOON_MS = 250


class ExportDialog(QDialog):
    """Shows one frame and an estimate of what is chosen, and hands the request to ``exports``.

    ``titles`` returns the translated titles of the panels by their names.
    """

    def __init__(
        self,
        controller: Controller,
        exports: ExportFlow,
        settings: Settings,
        titles: Callable[[], Mapping[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("export-dialog")
        self.setProperty("role", "card")
        self.setWindowTitle(self.tr("Export as"))
        self._controller = controller
        self._exports = exports
        self._settings = settings
        self._titles = titles
        self._recording: Recording | None = None
        self._run: int | None = None  # the number of the run whose range is shown
        #: What cannot be exported so: the row to be mended, or "" for none of them, and a sentence.
        self._refusal: tuple[str, str] | None = None
        self.rehearsal = Rehearsal(self)
        self._soon = QTimer(self, interval=_SOON_MS, singleShot=True)
        self.form = ExportForm(settings)
        self.preview = Preview()
        self.reason = QLabel()
        self.start_button = QPushButton(self.tr("Export"))
        self.close_button = QPushButton(self.tr("Close"))
        self._put_together()
        self._connect()
        self.form.show_choices(recall(settings))
        self.resize(self.sizeHint())

    # --- composition

    def _put_together(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(scaled(16))
        middle.addWidget(ScrolledRows(self.form))
        middle.addWidget(self.preview, 1)
        self.reason.setProperty("role", "soft")
        self.reason.setWordWrap(True)
        self.start_button.setProperty("primary", True)
        self.start_button.setDefault(True)
        self.close_button.setToolTip(self.tr("Close this window; what is chosen stays."))
        foot = QHBoxLayout()
        foot.addWidget(self.reason, 1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.start_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        column.addLayout(middle, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.form.changed.connect(self._change)
        self.preview.changed.connect(self._rehearse_soon)
        self._soon.timeout.connect(self._rehearse)
        self.rehearsal.previewed.connect(self._show_picture)
        self.rehearsal.estimated.connect(self._show_estimate)
        self.rehearsal.refused.connect(self._show_refusal)
        self.start_button.clicked.connect(self._start)
        self.close_button.clicked.connect(self.close)
        self._controller.run_started.connect(self._show_run)
        self._controller.reached_changed.connect(self._show_reached)
        self._controller.moment_changed.connect(self._show_moment)
        self._controller.playing_changed.connect(self._rehearse_soon)
        self._controller.busy_changed.connect(self._rehearse_soon)
        self._exports.running_changed.connect(self._show_state)

    # --- what others use

    def open_for(self, theme: Theme) -> None:
        """Show the dialog, with the run as it is now, in the colours of the window's ``theme``."""
        if not recall(self._settings).theme and not self.isVisible():
            self.form.look.set_key(theme.name)
        self.set_theme(theme)
        self.show()
        self.raise_()
        self.activateWindow()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self.form.moments.strip.set_theme(theme)
        self.preview.set_theme(theme)

    def stop(self) -> None:
        """End what computes for the preview; for the end of the program."""
        self._soon.stop()
        self.rehearsal.stop()

    # --- what a person chooses

    def _change(self) -> None:
        """Follow a change: offer what belongs to it, check it at once, and draw it soon."""
        self.form.offer_what_belongs()
        self.preview.set_kind(self.form.kind())
        self._take_recording()
        self.form.propose_name(self._recording.experiment.dataset if self._recording is not None else "run")
        self._rehearse_soon()

    def _rehearse_soon(self) -> None:
        if not self.isVisible():
            return
        self._take_recording()
        self._refusal = self._check()
        self._show_state()
        if self._refusal is None:
            self.preview.show_waiting()
            self._soon.start()
        else:
            self._soon.stop()
            self.rehearsal.drop()
            self.preview.show_nothing(self.tr("There is no preview of this yet."))

    def _take_recording(self) -> None:
        run, reached = self._controller.run, self._controller.reached
        ready = run is not None and reached is not None and not self._controller.busy
        self._recording = Recording.of_run(run, reached) if ready and run and reached else None

    def _check(self) -> tuple[str, str] | None:
        """Return what is wrong at first sight."""
        if self._recording is None:
            return "", self.tr("The run is being made ready.")
        request = self.form.request()
        if not self.form.target.path.text().strip():
            return "target", self.tr("The file has no name yet; give it one.")
        try:
            request.check(self._recording)
        except RequestError as error:
            known = FORMATS.get(request.format_name)
            missing = error.field == "target" and known is not None and known.unavailable() is not None
            return "format" if missing else error.field, str(error)
        return None

    def _rehearse(self) -> None:
        self._take_recording()
        if self._recording is not None and self._refusal is None:
            self.rehearsal.ask(self.form.request(), self._recording, self.preview.share)

    def _start(self) -> None:
        self._take_recording()
        self._refusal = self._check()
        self._show_state()
        if self._refusal is None and self._recording is not None and not self._exports.running:
            self._settings.set_text("export_folder", str(self.form.target.target().parent))
            self._exports.export_request(self.form.request(), self._recording)
            self.close()

    def done(self, result: int) -> None:
        """Keep what is chosen for the next time, and compute no more."""
        self._soon.stop()
        self.rehearsal.drop()
        remember(self._settings, self.form.choices())
        super().done(result)

    # --- what is shown

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        run, reached = self._controller.run, self._controller.reached
        if run is not None and reached is not None:
            self._show_run(run)
            self._show_reached(reached)
            self._show_moment(self._controller.moment or reached)
        self._change()

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the program's text; a person who wants it smaller can make it so."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self.resize(self.size().expandedTo(self.sizeHint()))

    def sizeHint(self) -> QSize:
        room = self.screen().availableSize()
        return QSize(min(scaled(1000), room.width() - 40), min(scaled(620), room.height() - 60))

    def _show_run(self, run: RunStarted) -> None:
        """Offer what suits a run; its first moment follows."""
        if self.isVisible():
            self.form.offer_views(run.experiment, self._titles())

    def _show_reached(self, moment: Moment) -> None:
        if not self.isVisible():
            return
        another = moment.run != self._run
        if another:
            self._run = moment.run
            self.form.moments.strip.start_run(moment.clock)
        self.form.moments.strip.show_reached(moment.snapshot.cursor, moment.history.step_mse)
        if another:
            self._change()
        elif not self._controller.playing:
            self._rehearse_soon()

    def _show_moment(self, moment: Moment) -> None:
        self.form.moments.show_moment(moment.snapshot.cursor)

    def _show_picture(self, image: QImage) -> None:
        self.preview.show_picture(image)

    def _show_estimate(self, estimate: Estimate | None) -> None:
        self.preview.show_estimate(estimate)

    def _show_refusal(self, field: str, sentence: str) -> None:
        self._refusal = (field, sentence)
        self._show_state()
        self.preview.show_nothing(self.tr("There is no preview of this yet."))

    def _show_state(self, *_: object) -> None:
        """Mark what is wrong, and say why the export cannot begin if it cannot."""
        field, sentence = self._refusal or ("", "")
        self.form.mark(field, sentence)
        if self._exports.running:
            reason = self.tr("An export is under way; the next can begin when it is done.")
        elif field:
            reason = self.tr("Mend what is marked, then the export can begin.")
        else:
            reason = sentence
        self.reason.setText(reason)
        self.start_button.setEnabled(not reason)
        self.start_button.setToolTip(
            reason or self.tr("Make the file in the background; you can work and train on meanwhile.")
        )

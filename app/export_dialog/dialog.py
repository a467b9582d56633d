"""The dialog in which a person says what to export; it blocks nothing, and closes when the export begins."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.export.estimate import Estimate
from app.export.flow import ExportFlow
from app.export.formats import FORMATS, Kind
from app.export.recording import Recording
from app.export.rehearsal import Rehearsal
from app.export.request import COLOURS, COMPOSED, ExportRequest, RequestError
from app.export_dialog.moments_field import MomentsField
from app.export_dialog.preview import Preview
from app.export_dialog.remembered import Remembered, Spacing, recall, remember
from app.export_dialog.rows import NumberField, Rows, ScrolledRows, side_by_side
from app.export_dialog.size_field import SizeField
from app.export_dialog.target_field import TargetField
from app.look.theme import DARK, LIGHT, Theme, scaled
from app.panels import PANELS
from app.panels.experiment.fields import Choice
from app.run.controller import Controller
from app.run.moment import Moment, RunStarted
from app.run.pace import Unit
from app.settings import Settings
from app.wording import Term

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
        self.rows = Rows()
        self._form = ScrolledRows(self.rows)
        self.view = Choice()
        self.moments = MomentsField()
        self.size_field = SizeField()
        self.frame_ms, self.hold_ms = NumberField(suffix=" ms"), NumberField(suffix=" ms")
        self.look, self.colours = Choice(), Choice()
        self.caption = QLineEdit()
        self.target = TargetField(settings)
        self.preview = Preview()
        self.reason = QLabel()
        self.start_button = QPushButton(self.tr("Export"))
        self.close_button = QPushButton(self.tr("Close"))
        self._offer()
        self._add_rows()
        self._put_together()
        self._connect()
        self._show_choices(recall(settings))
        self.resize(self.sizeHint())

    # --- composition

    def _offer(self) -> None:
        for theme, label, hint in (
            (LIGHT, self.tr("Light"), self.tr("For paper, and for light slides.")),
            (DARK, self.tr("Dark"), self.tr("For dark slides.")),
        ):
            self.look.offer(theme.name, Term(label, hint))
        labels = {
            "auto": Term(
                self.tr("As suits the view"), self.tr("Weights in viridis; gradients and changes around zero.")
            ),
            "viridis": Term(self.tr("Viridis"), self.tr("From the smallest to the largest value, dark to bright.")),
            "diverging": Term(self.tr("Around zero"), self.tr("One colour for negative values, one for positive.")),
        }
        for name in COLOURS:
            self.colours.offer(name, labels[name])
        self.frame_ms.setSingleStep(20)
        self.hold_ms.setSingleStep(500)
        self.caption.setPlaceholderText(self.tr("None"))

    def _add_rows(self) -> None:
        add = self.rows.add
        add("views", self.tr("View"), self.view, self.tr("One panel, or a picture composed of three."))
        add(
            "moments",
            self.tr("Moments"),
            self.moments,
            self.tr("Which part of the run, and which moments of it get a frame."),
            self.moments.inputs,
        )
        add("size", self.tr("Size"), self.size_field, self.tr("In pixels."), self.size_field.inputs)
        add(
            "frame_ms",
            self.tr("Each frame"),
            side_by_side(self.frame_ms, None),
            self.tr("How long a frame is shown; formats round it to hundredths of a second or less."),
            (self.frame_ms,),
        )
        add(
            "hold_ms",
            self.tr("Hold the last"),
            side_by_side(self.hold_ms, None),
            self.tr("How much longer the last frame stays, before the animation begins again."),
            (self.hold_ms,),
        )
        add("theme", self.tr("Colours"), self.look, self.tr("Light or dark, whatever the window is."))
        add("colours", self.tr("Matrices"), self.colours, self.tr("How numbers become colours in matrices."))
        add("caption", self.tr("Caption"), self.caption, self.tr("A line above the picture, such as its message."))
        add("format", self.tr("Format"), self.target.format, self.tr("GIF moves everywhere; videos are smaller."))
        add(
            "target",
            self.tr("File"),
            self.target,
            self.tr("Where the file goes; its ending names the format."),
            (self.target.path,),
        )
        self.rows.finish()

    def _put_together(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(scaled(16))
        middle.addWidget(self._form)
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
        for choice in (self.view, self.look, self.colours):
            choice.chosen.connect(self._change)
        for part in (self.moments, self.size_field, self.target):
            part.changed.connect(self._change)
        for number in (self.frame_ms, self.hold_ms):
            number.valueChanged.connect(self._change)
        self.caption.textChanged.connect(self._change)
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
            self.look.set_key(theme.name)
        self.set_theme(theme)
        self.show()
        self.raise_()
        self.activateWindow()

    def request(self) -> ExportRequest:
        """Return what is chosen, whether or not it can be exported."""
        return ExportRequest(
            self.target.target(),
            self._views(),
            self.moments.moments(),
            self.size_field.size_chosen(),
            self.frame_ms.value(),
            self.hold_ms.value(),
            str(self.look.key()),
            str(self.colours.key()),
            self.caption.text().strip(),
        )

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self.moments.strip.set_theme(theme)
        self.preview.set_theme(theme)

    def stop(self) -> None:
        """End what computes for the preview; for the end of the program."""
        self._soon.stop()
        self.rehearsal.stop()

    # --- what a person chooses

    def _views(self) -> tuple[str, ...]:
        views = self.view.key()
        return tuple(views) if isinstance(views, tuple | list) else ()

    def _kind(self) -> Kind:
        entry = FORMATS.get(str(self.target.format.key()))
        return entry.kind if entry is not None else Kind.ANIMATION

    def _change(self) -> None:
        """Follow a change: offer what belongs to it, check it at once, and draw it soon."""
        kind = self._kind()
        self.moments.set_kind(kind)
        self.preview.set_kind(kind)
        for field in ("frame_ms", "hold_ms"):
            self.rows.set_offered(field, kind is Kind.ANIMATION)
        for field in ("views", "size", "theme", "colours", "caption"):
            self.rows.set_offered(field, kind is not Kind.TABLE)
        self._take_recording()
        self.target.propose(self._name())
        self._rehearse_soon()

    def _name(self) -> str:
        """Return a name for the file: of the run and of what is shown."""
        dataset = self._recording.experiment.dataset if self._recording is not None else "run"
        if self._kind() is Kind.TABLE:
            return f"{dataset}-metrics"
        views = self._views()
        return f"{dataset}-{views[0] if len(views) == 1 else 'run'}"

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
        request = self.request()
        if not self.target.path.text().strip():
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
            self.rehearsal.ask(self.request(), self._recording, self.preview.share)

    def _start(self) -> None:
        self._take_recording()
        self._refusal = self._check()
        self._show_state()
        if self._refusal is None and self._recording is not None and not self._exports.running:
            self._settings.set_text("export_folder", str(self.target.target().parent))
            self._exports.export_request(self.request(), self._recording)
            self.close()

    def done(self, result: int) -> None:
        """Keep what is chosen for the next time, and compute no more."""
        self._soon.stop()
        self.rehearsal.drop()
        remember(self._settings, self._choices())
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

    def sizeHint(self) -> QSize:
        room = self.screen().availableSize()
        return QSize(min(scaled(1000), room.width() - 40), min(scaled(620), room.height() - 60))

    def _show_run(self, run: RunStarted) -> None:
        """Offer what suits a run; its first moment follows."""
        if self.isVisible():
            self._offer_views(run)

    def _offer_views(self, run: RunStarted) -> None:
        """Offer the panels that have something to show of ``run``."""
        chosen, titles = self.view.key(), self._titles()
        self.view.clear()
        self.view.offer(
            COMPOSED,
            Term(self.tr("Network, loss and matrices"), self.tr("A picture composed of three panels.")),
        )
        for name, entry in PANELS.items():
            if entry.suits(run.experiment):
                self.view.offer((name,), Term(titles.get(name) or name, ""))
        self.view.set_key(("weights",))
        self.view.set_key(chosen)

    def _show_reached(self, moment: Moment) -> None:
        if not self.isVisible():
            return
        another = moment.run != self._run
        if another:
            self._run = moment.run
            self.moments.strip.start_run(moment.clock)
        self.moments.strip.show_reached(moment.snapshot.cursor, moment.history.step_mse)
        if another:
            self._change()
        elif not self._controller.playing:
            self._rehearse_soon()

    def _show_moment(self, moment: Moment) -> None:
        self.moments.show_moment(moment.snapshot.cursor)

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
        self.rows.mark(field, sentence)
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

    # --- what is remembered

    def _choices(self) -> Remembered:
        spacing, unit = self.moments.spacing.key(), self.moments.unit.key()
        assert isinstance(spacing, Spacing)
        assert isinstance(unit, Unit)
        return Remembered(
            self._views(),
            spacing,
            self.moments.count.value(),
            unit,
            self.moments.frames.value(),
            self.size_field.size_chosen(),
            self.frame_ms.value(),
            self.hold_ms.value(),
            str(self.look.key()),
            str(self.colours.key()),
            str(self.target.format.key()),
        )

    def _show_choices(self, choices: Remembered) -> None:
        self.view.offer(choices.views, Term("", ""))  # until the run tells which views there are
        self.moments.show_spacing(choices.spacing, choices.count, choices.unit, choices.frames)
        self.size_field.set_size(choices.size)
        self.frame_ms.setValue(choices.frame_ms)
        self.hold_ms.setValue(choices.hold_ms)
        self.look.set_key(choices.theme)
        self.colours.set_key(choices.colours)
        self.target.format.set_key(choices.format_name)

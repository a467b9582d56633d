"""The main window: puts bar, form and panels together, and only that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QVBoxLayout

from app import appearance_actions
from app.actions import ActionSet
from app.appearance import Appearance
from app.controller import Controller
from app.export_flow import ExportFlow
from app.files.setup import Files
from app.icons import application_icon
from app.keyboard import Keyboard, leave_keyboard_on_click, move_focus
from app.moment import KeptRun, Moment, RunStarted
from app.pace import PACES
from app.panel_loader import PanelLoader
from app.panels import PANELS
from app.panels.base import Panel
from app.panels.experiment import ExperimentForm
from app.panels.network import NetworkPanel
from app.questions import Later, continue_from
from app.selection import Selection
from app.settings import Settings
from app.theme import Theme
from app.top_bar import TopBar
from app.training.process import TrainingProcess
from app.widgets.notice_bar import NoticeBar
from app.widgets.scrolled import Scrolled
from app.widgets.timeline import TimelineBar
from app.workspace import MARGIN, Workspace
from backprop import LESSONS, Experiment
from backprop.diagnosis.finding import Cure, Evidence

if TYPE_CHECKING:
    from app.gradients.dialog import GradientCheckDialog
    from app.guide.panel import GuidePanel

# A wait that is shorter needs no words.
_NOTICED_MS = 300


class MainWindow(QMainWindow):
    """One window with one controller. ``shown`` is sent when the window is there for the first time."""

    shown = Signal()

    def __init__(self, settings: Settings | None = None, training: TrainingProcess | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Backscope")
        self.setWindowIcon(application_icon())
        self.settings = settings or Settings()
        self.appearance = Appearance(_application(), self.settings, self)  # before any widget measures its text
        self.controller = Controller(self, training)
        self.commands = ActionSet(self)
        self.bar = TopBar(self.commands)
        self.notice = NoticeBar()
        self.form = ExperimentForm()
        #: The panels that are there; those with charts come as soon as the window stands.
        self.panels: dict[str, Panel] = {}
        self.workspace = Workspace(self.form)
        self.selection = Selection(self)
        self.timeline = TimelineBar()
        self.exports = ExportFlow(self, self.controller, self.notice, self.settings)
        self.files = Files(self, self.controller, self.commands, self.notice, self.settings)
        #: The panels that have something to show of this run.
        self._suited: list[Panel] = []
        self._epochs = 0
        self.guide: GuidePanel | None = None
        self.checker: GradientCheckDialog | None = None
        self._loader = PanelLoader(self)
        self._patience = QTimer(self, interval=_NOTICED_MS, singleShot=True)

        self._put_together()
        self._connect()
        for name, entry in PANELS.items():
            if entry.first:
                self._add_panel(name)
        self._build_menu()
        self._spread_theme()
        if not self.restoreGeometry(self.settings.state("geometry")):
            self._take_first_place()
        self.workspace.restore_layout(self.settings.state("docks"))
        lesson = self.settings.text("lesson", "xor")
        self.choose_lesson(lesson if lesson in LESSONS else "xor")

    # --- composition

    def _put_together(self) -> None:
        whole = Keyboard()
        whole.setAccessibleName(self.tr("Backscope"))
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.notice)
        column.addWidget(Scrolled(self.workspace), 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        foot.addWidget(self.timeline)
        column.addLayout(foot)
        self.setCentralWidget(whole)
        # The keyboard belongs to the window until a person tabs into something.
        whole.setFocus()
        leave_keyboard_on_click(whole)

    def _connect(self) -> None:
        controller, commands, bar, form = self.controller, self.commands, self.bar, self.form
        commands["play"].triggered.connect(controller.toggle)
        commands["step"].triggered.connect(lambda: controller.step(bar.step_unit()))
        commands["step_larger"].triggered.connect(lambda: controller.step(bar.step_unit().larger))
        commands["back"].triggered.connect(lambda: controller.step_back(bar.step_unit()))
        commands["back_larger"].triggered.connect(lambda: controller.step_back(bar.step_unit().larger))
        commands["live"].triggered.connect(controller.go_live)
        commands["rewind"].triggered.connect(self._toggle_rewind)
        commands["continue"].triggered.connect(self._ask_to_continue)
        commands["check_gradients"].triggered.connect(self._check_gradients)
        commands["keep"].triggered.connect(controller.keep)
        commands["forget_kept"].triggered.connect(controller.forget_kept)
        commands["reset"].triggered.connect(controller.reset)
        commands["random"].triggered.connect(self._ask_for_new_random)
        commands["faster"].triggered.connect(lambda: self._change_pace(+1))
        commands["slower"].triggered.connect(lambda: self._change_pace(-1))
        commands["export"].triggered.connect(self.exports.start)
        commands["reset_layout"].triggered.connect(self.workspace.reset_layout)
        commands["full_screen"].triggered.connect(self._toggle_full_screen)
        appearance_actions.join(commands, self.appearance)
        self.appearance.theme_changed.connect(self._spread_theme)
        self.appearance.text_size_changed.connect(self._spread_theme)
        commands["quit"].triggered.connect(self.close)
        bar.lesson_chosen.connect(self._ask_for_lesson)
        bar.pace_chosen.connect(controller.set_pace)
        form.learning_rate_changed.connect(controller.set_learning_rate)
        form.epochs_changed.connect(controller.set_epochs)
        form.experiment_edited.connect(self._ask_for_experiment)
        form.validity_changed.connect(self._enable)
        controller.run_started.connect(self._show_run)
        controller.moment_changed.connect(self._show_moment)
        controller.reached_changed.connect(self._show_reached)
        self.timeline.seek_requested.connect(controller.seek_cursor)
        self.timeline.live_requested.connect(controller.go_live)
        self.timeline.continue_requested.connect(commands["continue"].trigger)
        controller.playing_changed.connect(self._show_playing)
        controller.rewinding_changed.connect(self._show_playing)
        controller.resumed.connect(self._show_resumed)
        controller.kept_changed.connect(self._show_kept)
        controller.pace_changed.connect(bar.set_pace)
        controller.busy_changed.connect(self._show_busy)
        self._patience.timeout.connect(self._ask_for_patience)
        controller.failed.connect(self._show_failure)
        self.selection.parameter_selected.connect(self._show_inspector)
        self.selection.unit_selected.connect(self._show_inspector)
        self._loader.loaded.connect(self._add_panel)
        self.shown.connect(self._loader.start)
        self.shown.connect(self._add_guide)

    def _add_panel(self, name: str) -> None:
        """Make a panel, put it into its dock, and show it what the others show."""
        panel = PANELS[name].load()()
        self.panels[name] = panel
        panel.set_theme(self.theme)
        self.workspace.add_panel(name, panel)
        run, moment = self.controller.run, self.controller.moment
        if run is not None and moment is not None and PANELS[name].suits(run.experiment):
            self._suited.append(panel)
            panel.start_run(run.experiment.replace(epochs=self._epochs), run.dataset)
            panel.show_trajectories(moment.timeline)
            panel.show_history(moment.history)
            panel.show_snapshot(moment.snapshot)
        panel.show_kept(self.controller.kept)
        self._introduce(panel)
        if isinstance(panel, NetworkPanel):
            panel.phase_requested.connect(self.controller.go_to)
        leave_keyboard_on_click(self.workspace.docks[name])

    def _add_guide(self) -> None:
        """Make the guide, which the first picture does without."""
        if self.guide is not None:
            return
        from app.guide.setup import make_guide

        self.guide = make_guide(self)
        leave_keyboard_on_click(self.guide)

    def _introduce(self, panel: Panel) -> None:
        """Let a new panel follow what a person looks at, and carry out what it asks for."""
        self.selection.join(panel)
        if panel.name == "diagnosis":
            from app.panels.diagnosis import DiagnosisPanel  # late, like the panel itself

            assert isinstance(panel, DiagnosisPanel)
            panel.evidence_requested.connect(self._show_evidence)
            panel.cure_requested.connect(self._apply_cure)

    @property
    def theme(self) -> Theme:
        """The theme that holds."""
        return self.appearance.theme

    @property
    def complete(self) -> bool:
        """Whether all panels are there."""
        return len(self.panels) == len(PANELS)

    def _build_menu(self) -> None:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        self.files.add_menu(menu)
        panels = menu.addMenu(self.tr("Panels"))
        for dock in self.workspace.docks.values():
            panels.addAction(dock.toggleViewAction())
        run = menu.addMenu(self.tr("Run"))
        for name in ("rewind", "continue", "keep", "forget_kept", "check_gradients"):
            run.addAction(self.commands[name])
        colours = menu.addMenu(self.tr("Colours"))
        for name in ("theme_system", "theme_light", "theme_dark"):
            colours.addAction(self.commands[name])
        text = menu.addMenu(self.tr("Text size"))
        for name in ("text_larger", "text_smaller", "text_normal"):
            text.addAction(self.commands[name])
        for name in ("reset_layout", "full_screen"):
            menu.addAction(self.commands[name])
        menu.addSeparator()
        menu.addAction(self.commands["quit"])
        self.bar.menu.setMenu(menu)

    def _take_first_place(self) -> None:
        """Fill a small screen; on a larger one, leave some of it free."""
        screen = self.screen().availableSize()
        self.resize(max(1366, screen.width() * 7 // 8), max(768, screen.height() * 7 // 8))
        if screen.width() <= 1440 or screen.height() <= 900:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    # --- what a person asks for

    def choose_lesson(self, name: str) -> None:
        """Begin the lesson ``name`` anew."""
        self.settings.set_text("lesson", name)
        self.controller.start_run(LESSONS[name].experiment)

    def _ask_for_lesson(self, name: str) -> None:
        if self._may_discard():
            self.choose_lesson(name)
        elif self.controller.run is not None:
            self.bar.show_lesson(_lesson_of(self.controller.run.experiment))

    def _ask_for_experiment(self, experiment: Experiment) -> None:
        if self._may_discard():
            self.controller.start_run(experiment)
        elif self.controller.run is not None:
            self.form.set_experiment(self.controller.run.experiment)

    def _ask_for_new_random(self) -> None:
        experiment = self.form.experiment()
        if experiment is not None and self._may_discard():
            self.controller.new_random(experiment)

    def _may_discard(self) -> bool:
        """Ask before a run is lost that took more than a moment to compute."""
        return self.files.may_discard()

    def _show_inspector(self, *_: object) -> None:
        """Bring the panel that explains what was selected to the front, unless one that explains it is there."""
        front = self.workspace.in_front("inspector")
        if front not in ("inspector", "equation", "trajectories"):
            self.workspace.bring_to_front("inspector")

    def _show_evidence(self, evidence: Evidence) -> None:
        """Show where a finding of the diagnosis can be seen."""
        if evidence.cursor is not None:
            self.controller.pause()
            self.controller.seek_cursor(evidence.cursor)
        if evidence.parameter is not None:
            self.selection.select_parameter(*evidence.parameter)
        if evidence.unit is not None:
            self.selection.select_unit(*evidence.unit)
        if evidence.sample is not None:
            self.selection.select_sample(evidence.sample)
        self.workspace.bring_to_front(evidence.panel)

    def _apply_cure(self, cure: Cure) -> None:
        """Change what the diagnosis proposes: in this run where that is possible, else in a new one."""
        run, reached = self.controller.run, self.controller.reached
        if run is None or reached is None:
            return
        now = run.experiment.replace(learning_rate=reached.snapshot.learning_rate, epochs=reached.epochs)
        cured = cure.apply(now)
        if cure.during_run:
            self.form.set_experiment(cured)
            self.controller.set_learning_rate(cured.learning_rate)
        else:
            self._ask_for_experiment(cured)

    def _check_gradients(self) -> None:
        """Check the gradients of the moment on the screen, in a window beside this one."""
        moment = self.controller.moment
        if moment is None:
            return
        if self.checker is None:
            from app.gradients.dialog import GradientCheckDialog

            self.checker = GradientCheckDialog(self.theme, self)
        self.checker.check(moment.snapshot)

    def _toggle_rewind(self) -> None:
        if self.controller.rewinding:
            self.controller.stop_rewinding()
        else:
            self.controller.rewind()

    def _ask_to_continue(self) -> None:
        moment, reached = self.controller.moment, self.controller.reached
        if moment is None or reached is None or self.controller.live:
            return
        self.controller.pause()
        later = continue_from(self, moment, reached)
        if later is not None:
            self.controller.continue_here(keep=later is Later.KEEP)

    def _change_pace(self, by: int) -> None:
        position = PACES.index(self.controller.pace) + by
        self.controller.set_pace(PACES[max(0, min(position, len(PACES) - 1))])

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # --- what is shown

    def _show_run(self, run: RunStarted) -> None:
        self.bar.show_run(run, _lesson_of(run.experiment))
        self.form.set_experiment(run.now)
        self._epochs = run.moment.epochs
        self.timeline.start_run(run.moment.clock, run.moment.epochs)
        self.workspace.start_run(run.experiment)
        self._suited = [panel for name, panel in self.panels.items() if PANELS[name].suits(run.experiment)]
        for panel in self._suited:
            panel.start_run(run.experiment.replace(epochs=self._epochs), run.dataset)

    def _show_moment(self, moment: Moment) -> None:
        self.bar.show_moment(moment)
        self.timeline.show_moment(moment.snapshot.cursor, moment.live)
        for panel in self._suited:
            panel.show_trajectories(moment.timeline)
            panel.show_history(moment.history)
            panel.show_snapshot(moment.snapshot)
        if not moment.playing:
            for panel in self._suited:
                panel.setAccessibleDescription(panel.summary())
        self._enable()

    def _show_reached(self, moment: Moment) -> None:
        if moment.epochs != self._epochs:
            self._epochs = moment.epochs
            self.timeline.set_epochs(moment.epochs)
            for panel in self._suited:
                panel.set_epochs(moment.epochs)
        self.timeline.show_reached(moment.snapshot.cursor, moment.history.step_mse)

    def _show_playing(self) -> None:
        self.bar.set_playing(self.controller.playing or self.controller.rewinding)
        self._enable()

    def _show_resumed(self, moment: Moment) -> None:
        """Let the form show the learning rate of the moment from which the run goes on."""
        run = self.controller.run
        if run is not None:
            rate = moment.snapshot.learning_rate
            self.form.set_experiment(run.experiment.replace(learning_rate=rate, epochs=moment.epochs))

    def _show_failure(self, sentence: str) -> None:
        """Say what went wrong; what could not begin must not look as if it had."""
        self.notice.show_error(sentence)
        run, wanted = self.controller.run, self.form.experiment()
        if run is None:
            self.choose_lesson("xor")  # its data cannot be missing
            return
        self.bar.show_lesson(_lesson_of(run.experiment))
        if wanted is not None and wanted.dataset != run.experiment.dataset:
            self.form.set_experiment(run.experiment)

    def _show_kept(self, kept: tuple[KeptRun, ...]) -> None:
        for panel in self.panels.values():
            panel.show_kept(kept)
        self._enable()

    def _show_busy(self, busy: bool) -> None:
        if busy:
            self.setCursor(Qt.CursorShape.BusyCursor)
            self._patience.start()
        else:
            self.unsetCursor()
            self._patience.stop()
            self.notice.end_waiting()
        self._enable()

    def _ask_for_patience(self) -> None:
        self.notice.show_waiting(self.tr("Loading the data set …"))

    def _enable(self) -> None:
        """Offer what can be done now."""
        moment = self.controller.moment
        idle = moment is not None and not self.controller.busy
        ready = idle and self.form.experiment() is not None
        more = ready and moment is not None and not moment.finished
        for name in ("back", "back_larger"):
            self.commands[name].setEnabled(idle and moment is not None and moment.position > 0)
        self.commands["live"].setEnabled(not self.controller.live)
        self.commands["continue"].setEnabled(idle and not self.controller.live)
        self.commands["rewind"].setEnabled(idle and moment is not None and moment.position > 0)
        self.commands["keep"].setEnabled(idle and moment is not None and moment.position > 0)
        self.commands["check_gradients"].setEnabled(moment is not None)
        self.commands["forget_kept"].setEnabled(bool(self.controller.kept))
        moving = self.controller.playing or self.controller.rewinding
        self.commands["play"].setEnabled(more or moving)  # a wrong field must not keep a run from being paused
        for name in ("step", "step_larger"):
            self.commands[name].setEnabled(more)
        for name in ("reset", "random"):
            self.commands[name].setEnabled(ready)
        reached = self.controller.reached
        self.commands["export"].setEnabled(idle and reached is not None and len(reached.history.loss) > 0)

    def _spread_theme(self) -> None:
        self.commands.set_theme(self.theme)
        self.bar.set_theme(self.theme)
        self.workspace.set_theme(self.theme)
        self.exports.set_theme(self.theme)
        self.timeline.set_theme(self.theme)
        for panel in self.panels.values():
            panel.set_theme(self.theme)
        for part in (self.guide, self.checker):
            if part is not None:
                part.set_theme(self.theme)

    def focusNextPrevChild(self, next: bool) -> bool:
        return move_focus(self, next)

    # --- beginning and end

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.shown.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window, and end every thread; nothing may outlive the window."""
        self.settings.set_state("geometry", self.saveGeometry())
        self.hide()
        self.settings.set_state("docks", self.workspace.save_layout())
        self.settings.sync()
        self._loader.stop()
        if self.checker is not None:
            self.checker.stop()
        self.exports.cancel()
        self.files.stop()
        self.controller.stop()
        self.exports.stop()
        event.accept()


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def _lesson_of(experiment: Experiment) -> str | None:
    """Return the lesson that ``experiment`` is, whatever its seed, or None for one of a person's own."""
    for name, lesson in LESSONS.items():
        if experiment.replace(seed=lesson.experiment.seed) == lesson.experiment:
            return name
    return None

"""The main window: puts bar, form and panels together, and only that."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QVBoxLayout

from app.export.flow import ExportFlow
from app.files.setup import Files
from app.language_menu import add_languages
from app.languages import SYSTEM
from app.later import soon
from app.look.appearance import Appearance
from app.look.icons import application_icon
from app.look.theme import Theme
from app.panels import PANELS
from app.panels.experiment import ExperimentForm
from app.panels.network import NetworkPanel
from app.run.controller import Controller
from app.run.moment import KeptRun, Moment, RunStarted
from app.run.training.process import TrainingProcess
from app.settings import Settings
from app.widgets.notice_bar import NoticeBar
from app.widgets.scrolled import Scrolled
from app.widgets.timeline import TimelineBar
from app.window import appearance_actions
from app.window.actions import ActionSet
from app.window.attention import Attention
from app.window.enabling import enable
from app.window.keyboard import Keyboard, leave_keyboard_on_click, move_focus
from app.window.menus import Section, Submenu, fill_menu
from app.window.panel_loader import PanelLoader
from app.window.panel_set import PanelSet
from app.window.run_requests import RunRequests
from app.window.selection import Selection
from app.window.side_windows import SideWindows
from app.window.top_bar import TopBar
from app.window.undo import SettingsUndo
from app.window.waiting import Waiting
from app.window.window_place import restore_place, save_place
from app.window.workspace import MARGIN, Workspace
from backprop import LESSONS
from backprop.lessons import lesson_of

if TYPE_CHECKING:
    from app.guide.panel import GuidePanel


class MainWindow(QMainWindow):
    """One window with one controller. ``shown`` is sent when the window is there for the first time.

    With a ``predecessor``, whose work is done, it takes that one's controller and shows what that one shows.
    """

    shown = Signal()
    loaded = Signal()
    """All panels are there, and nothing is left that is loaded ahead."""
    language_chosen = Signal(str)
    """A person asks for a language: its code, or "system"."""

    def __init__(
        self,
        settings: Settings | None = None,
        training: TrainingProcess | None = None,
        predecessor: MainWindow | None = None,
    ) -> None:
        super().__init__()
        self.setWindowTitle("Backscope")
        self.setWindowIcon(application_icon())
        self.settings = settings or Settings()
        self.appearance = Appearance(_application(), self.settings, self)  # before any widget measures its text
        self.controller: Controller = Controller(self, training) if predecessor is None else predecessor.controller
        self.controller.setParent(self)
        self.commands = ActionSet(self)
        self.bar = TopBar(self.commands)
        self.notice = NoticeBar()
        self.form = ExperimentForm()
        self.panels = PanelSet(self.controller)
        self.workspace = Workspace(self.form)
        self.selection = Selection(self)
        self.timeline = TimelineBar()
        self.exports = ExportFlow(self, self.controller, self.notice, self.settings)
        before = None if predecessor is None else predecessor.files
        self.files: Files = Files(self, self.controller, self.commands, self.notice, self.settings, before)
        self.requests = RunRequests(self, self.controller, self.form, self.settings, self.files.may_discard)
        self.undo = SettingsUndo(self.controller, self.requests, self.form, self.commands)
        self.beside = SideWindows(self)
        self.attention = Attention(self.selection, self.workspace, self.controller, self)
        self.guide: GuidePanel | None = None
        self._loader = PanelLoader(self)
        self._has_picture = False
        Waiting(self, self.controller, self.notice)

        self._put_together()
        self._connect()
        for name, entry in PANELS.items():
            if entry.first:
                self._add_panel(name)
        menu = QMenu(self)
        self.files.add_menu(menu)
        fill_menu(menu, self._menu(), self.commands)
        self.bar.menu.setMenu(menu)
        self._spread_theme()
        restore_place(self, self.settings)
        self.workspace.restore_layout(self.settings.state("docks"))
        if predecessor is not None:
            self._take_over(predecessor)
            return
        lesson = self.settings.text("lesson", "xor")
        self.requests.choose_lesson(lesson if lesson in LESSONS else "xor")

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

    def _connect(self) -> None:
        controller, bar, form, requests = self.controller, self.bar, self.form, self.requests
        self.commands.connect_to(self._deeds())
        appearance_actions.join(self.commands, self.appearance)
        self.appearance.theme_changed.connect(self._spread_theme)
        self.appearance.text_size_changed.connect(self._spread_theme)
        bar.lesson_chosen.connect(requests.ask_for_lesson)
        bar.pace_chosen.connect(controller.set_pace)
        form.learning_rate_changed.connect(controller.set_learning_rate)
        form.epochs_changed.connect(controller.set_epochs)
        form.experiment_edited.connect(requests.ask_for_experiment)
        form.validity_changed.connect(self._enable)
        requests.refused.connect(self._show_run_again)
        controller.run_started.connect(self._show_run)
        controller.moment_changed.connect(self._show_moment)
        controller.reached_changed.connect(self._show_reached)
        self.timeline.seek_requested.connect(controller.seek_cursor)
        self.timeline.live_requested.connect(controller.go_live)
        self.timeline.continue_requested.connect(self.commands["continue"].trigger)
        controller.playing_changed.connect(self._show_playing)
        controller.rewinding_changed.connect(self._show_playing)
        controller.resumed.connect(self._show_resumed)
        controller.kept_changed.connect(self._show_kept)
        controller.pace_changed.connect(bar.set_pace)
        controller.busy_changed.connect(self._enable)
        controller.failed.connect(self._show_failure)
        self._loader.loaded.connect(self._add_panel)
        self._loader.finished.connect(self.loaded)
        self.shown.connect(self._leave_keyboard_on_click)
        self.shown.connect(self._loader.start)
        self.shown.connect(self._add_guide)

    def _deeds(self) -> dict[str, Callable[[], object]]:
        """Return what each action does."""
        controller, bar, requests = self.controller, self.bar, self.requests
        return {
            "play": controller.toggle,
            "pause": controller.pause,
            "step": lambda: controller.step(bar.step_unit()),
            "step_larger": lambda: controller.step(bar.step_unit().larger),
            "back": lambda: controller.step_back(bar.step_unit()),
            "back_larger": lambda: controller.step_back(bar.step_unit().larger),
            "live": controller.go_live,
            "rewind": requests.toggle_rewind,
            "continue": requests.ask_to_continue,
            "check_gradients": self.beside.check_gradients,
            "keep": controller.keep,
            "forget_kept": controller.forget_kept,
            "reset": controller.reset,
            "random": requests.ask_for_new_random,
            "faster": lambda: requests.change_pace(+1),
            "slower": lambda: requests.change_pace(-1),
            "export": self.exports.start,
            "export_as": self.beside.export_as,
            "reset_layout": self.workspace.reset_layout,
            "full_screen": self._toggle_full_screen,
            "undo": self.undo.undo,
            "redo": self.undo.redo,
            "palette": self.beside.show_palette,
            "keys": self.beside.show_keys,
            "welcome": self.beside.show_welcome,
            "show_log": self.beside.show_log,
            "about": self.beside.show_about,
            "quit": self.close,
        }

    def _add_panel(self, name: str) -> None:
        """Make a panel, put it into its dock, and show it what the others show."""
        if name in self.panels:
            return
        panel = PANELS[name].load()()
        panel.set_theme(self.theme)
        self.workspace.add_panel(name, panel)
        self.panels.add(name, panel)
        self.attention.introduce(panel)
        if panel.name == "diagnosis":
            from app.panels.diagnosis import DiagnosisPanel  # late, like the panel itself

            assert isinstance(panel, DiagnosisPanel)
            panel.evidence_requested.connect(self.attention.show_evidence)
            panel.cure_requested.connect(self.requests.apply_cure)
        if isinstance(panel, NetworkPanel):
            panel.phase_requested.connect(self.controller.go_to)
        if not PANELS[name].first:
            leave_keyboard_on_click(self.workspace.docks[name])

    def _leave_keyboard_on_click(self) -> None:
        # Once there is something to click: looking at every control takes longer than the first picture can wait.
        whole = self.centralWidget()
        assert whole is not None
        leave_keyboard_on_click(whole)

    def _add_guide(self) -> None:
        """Make the guide, which the first picture does without."""
        if self.guide is not None:
            return
        from app.guide.setup import make_guide

        self.guide = make_guide(self)
        leave_keyboard_on_click(self.guide)

    @property
    def theme(self) -> Theme:
        """The theme that holds."""
        return self.appearance.theme

    @property
    def complete(self) -> bool:
        """Whether all panels are there."""
        return self.panels.complete

    def _menu(self) -> tuple[Section, ...]:
        """Return the sections of the menu; a new entry is one line."""
        return (
            ("undo", "redo"),
            ("export", "export_as"),
            (
                Submenu(self.tr("Panels"), fill=self.workspace.add_switches),
                Submenu(self.tr("Run"), ("rewind", "continue", "keep", "forget_kept", "check_gradients")),
                Submenu(self.tr("Colours"), ("theme_system", "theme_light", "theme_dark")),
                Submenu(self.tr("Text size"), ("text_larger", "text_smaller", "text_normal")),
                "reset_layout",
                "full_screen",
                Submenu(self.tr("Language"), fill=self._add_languages),
            ),
            (
                "palette",
                Submenu(self.tr("Help"), ("welcome", "keys", "show_log", "about")),
                "quit",
            ),
        )

    def _add_languages(self, menu: QMenu) -> None:
        add_languages(menu, self.settings.text("language", SYSTEM), self.language_chosen.emit)

    # --- what the window itself does

    def _toggle_full_screen(self) -> None:
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # --- what is shown

    def _show_run(self, run: RunStarted) -> None:
        self.bar.show_run(run, lesson_of(run.experiment))
        self.form.set_experiment(run.now)
        self.timeline.start_run(run.moment.clock, run.moment.epochs)
        self.workspace.start_run(run.experiment)
        self.panels.start_run(run)

    def _show_run_again(self) -> None:
        """Take back what bar and form say of a run that did not begin."""
        run, now = self.controller.run, self.controller.experiment
        if run is not None and now is not None:
            self.bar.show_lesson(lesson_of(run.experiment))
            self.form.set_experiment(now)

    def _show_moment(self, moment: Moment) -> None:
        self.bar.show_moment(moment)
        self.timeline.show_moment(moment.snapshot.cursor, moment.live)
        self.panels.show_moment(moment)
        self._enable()

    def _show_reached(self, moment: Moment) -> None:
        if moment.epochs != self.panels.epochs:
            self.timeline.set_epochs(moment.epochs)
            self.panels.set_epochs(moment.epochs)
        self.timeline.show_reached(moment.snapshot.cursor, moment.history.step_mse)

    def _show_playing(self) -> None:
        self.bar.set_playing(self.controller.playing or self.controller.rewinding)
        self._enable()

    def _show_resumed(self) -> None:
        """Let the form show the learning rate of the moment from which the run goes on."""
        if self.controller.experiment is not None:
            self.form.set_experiment(self.controller.experiment)

    def _show_failure(self, sentence: str) -> None:
        """Say what went wrong; what could not begin must not look as if it had."""
        self.notice.show_error(sentence)
        run, wanted = self.controller.run, self.form.experiment()
        if run is None:
            self.requests.choose_lesson("xor")  # its data cannot be missing
        elif wanted is not None and wanted.dataset != run.experiment.dataset:
            self._show_run_again()
        else:
            self.bar.show_lesson(lesson_of(run.experiment))

    def _show_kept(self, kept: tuple[KeptRun, ...]) -> None:
        self.panels.show_kept(kept)
        self._enable()

    def _enable(self) -> None:
        enable(self.commands, self.controller, self.form)

    def _spread_theme(self) -> None:
        parts = (self.commands, self.bar, self.workspace, self.exports, self.timeline, self.panels, self.beside)
        for part in parts if self.guide is None else (*parts, self.guide):
            part.set_theme(self.theme)

    def focusNextPrevChild(self, next: bool) -> bool:
        return move_focus(self, next)

    # --- beginning and end

    def _take_over(self, predecessor: MainWindow) -> None:
        """Show the run at hand at once, with everything that a person has chosen for it."""
        controller = self.controller
        self.bar.set_pace(controller.pace)
        self.bar.unit.setCurrentIndex(predecessor.bar.unit.currentIndex())
        if controller.run is not None and controller.reached is not None and controller.moment is not None:
            self._show_run(controller.run)
            self._show_reached(controller.reached)
            self._show_moment(controller.moment)
        self.form.take_over(predecessor.form)
        self.undo.take_over(predecessor.undo)
        for name, before in predecessor.panels.items():
            self._add_panel(name)
            self.panels[name].take_over(before)
        if predecessor.guide is not None:
            self._add_guide()
        self._show_playing()
        if controller.busy:
            controller.busy_changed.emit(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._has_picture:
            self._has_picture = True
            soon(self, self.shown.emit)  # the panels are painted after the window that they are in

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window, and end every thread; nothing may outlive the window."""
        self.remember()
        self.hide()
        self.let_go()
        self.files.stop()
        self.controller.stop()
        event.accept()

    def remember(self) -> None:
        """Keep in the settings where the window and its docks stand."""
        save_place(self, self.settings)
        self.settings.set_state("docks", self.workspace.save_layout())
        self.settings.sync()

    def let_go(self) -> None:
        """End whatever the window has begun but the run itself."""
        self._loader.stop()
        self.beside.stop()
        self.exports.stop()


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app

"""GuidePanel: a guided lesson beside the program that it drives, one step at a time."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.guide.actions import perform
from app.guide.deed_button import KeyButton
from app.guide.dots import ProgressDots
from app.guide.guide import Guide
from app.guide.lesson_text import experiment_of
from app.guide.page import StepPage
from app.guide.records import Action
from app.guide.runner import Runner
from app.guide.stage import WindowStage
from app.later import soon
from app.look.theme import LIGHT, Theme
from app.run.moment import RunStarted

# What takes less time than this needs no bar.
_PATIENCE_MS = 300


class GuidePanel(QWidget):
    """Shows where a learner is, and carries out what a step offers when its button is pressed, never by itself.

    ``caption_changed`` carries the lesson and the step, for the header of the dock.
    """

    caption_changed = Signal(str)

    def __init__(
        self, guide: Guide, stage: WindowStage, runner: Runner, parent: QWidget | None = None, *, seen: bool = True
    ) -> None:
        super().__init__(parent)
        self.guide, self.stage, self.runner = guide, stage, runner
        self._theme: Theme = LIGHT
        self._settles = False
        self._seen = seen
        #: Whether the page is still that of another step, as nobody has looked since.
        self._page_is_due = True
        self.setAccessibleName(self.tr("Guide"))
        self.dots = ProgressDots(self)
        self.dots.chosen.connect(self.go_to)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.back = KeyButton(parent=self)
        self.back.setText(self.tr("Back"))
        self.back.clicked.connect(lambda: self._move(guide.back))
        self.next = KeyButton(parent=self)
        self.next.clicked.connect(lambda: self._move(guide.start_over if guide.at_end else guide.next))
        self._patience = QTimer(self, interval=_PATIENCE_MS, singleShot=True)
        # Once for a change of the look, however many parts of it are told; until then nobody waits for it.
        self._renewal = QTimer(self, interval=0, singleShot=True)
        self._renewal.timeout.connect(self._show_page)
        self._lay_out()
        for keys, button in (("Alt+Right", self.next), ("Alt+Left", self.back)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._click, button))
        runner.started.connect(self._show_start)
        runner.progressed.connect(self._show_progress)
        runner.finished.connect(self._show_end)
        self._show_step()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.dots)
        column.addWidget(self._area, 1)
        column.addLayout(foot)

    def minimumSizeHint(self) -> QSize:
        """Return what Back and Next need; everything else wraps and scrolls."""
        return QSize(max(160, super().minimumSizeHint().width()), 160)

    # --- what the window tells

    def follow_run(self, run: RunStarted) -> None:
        """Turn to the lesson that ``run`` belongs to, if there is one."""
        self.follow(run.experiment.dataset)

    def follow(self, dataset: str) -> None:
        """Turn to the lesson on ``dataset``, if there is one, because the program has done so."""
        if dataset in ("xor", "mnist") and dataset != self.guide.name:
            self.guide.choose(dataset)
            self._show_step()

    def set_seen(self, seen: bool) -> None:
        """Take note of whether anybody sees the panel: a page is made for the eye alone."""
        self._seen = seen
        if seen and self._page_is_due:
            self._make_page()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self._theme = theme
        self.dots.set_theme(theme)
        self._renewal.start()

    def caption(self) -> str:
        """Return the lesson and the step, such as "XOR · 3 of 8"."""
        guide = self.guide
        return self.tr("{lesson} · {step} of {count}").format(
            lesson=guide.lesson.title, step=guide.position + 1, count=len(guide.lesson.steps)
        )

    def go_to(self, step: int) -> None:
        """Turn to the step with the number ``step``, from 0."""
        self._move(lambda: self.guide.go_to(step))

    # --- what is shown

    @property
    def page(self) -> StepPage:
        """The step that is shown."""
        if self._page_is_due:
            self._make_page()
        page = self._area.widget()
        assert isinstance(page, StepPage)
        return page

    @property
    def area(self) -> QScrollArea:
        """What scrolls where a step is higher than the panel."""
        return self._area

    def _move(self, go: Callable[[], None]) -> None:
        self._stop()
        self.stage.stop_pointing()
        go()
        self._show_step()

    def _click(self, button: KeyButton) -> None:
        # A dock behind another one's tab is not hidden, but nobody sees it.
        if not self.visibleRegion().isEmpty():
            button.click()

    def _show_step(self) -> None:
        guide = self.guide
        steps = guide.lesson.steps
        visited = frozenset(number for number in range(len(steps)) if guide.visited(number))
        self.dots.show_steps([step.title for step in steps], visited, guide.position)
        self.back.setEnabled(not guide.at_start)
        self.back.setToolTip(
            self.tr("This is the first step; there is none before it.")
            if guide.at_start
            else self.tr("To the step before (Alt+Left)")
        )
        self.next.setText(self.tr("Start over") if guide.at_end else self.tr("Next"))
        self.next.setToolTip(
            self.tr("Forget the predictions of this lesson, and begin it again (Alt+Right)")
            if guide.at_end
            else self.tr("To the next step (Alt+Right)")
        )
        self._show_page()
        self._area.verticalScrollBar().setValue(0)
        self.caption_changed.emit(self.caption())

    def _show_page(self) -> None:
        """Make the page anew, now or when it is seen: nothing of the step before can be left on it."""
        self._page_is_due = True
        self.setAccessibleDescription(f"{self.caption()}. {self.guide.step.title}")
        if self._seen:
            self._make_page()

    def _make_page(self) -> None:
        self._page_is_due = False
        had_focus = self._area.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        before = self._area.widget()
        page = StepPage(self.guide, self._theme)
        if self.runner.running and isinstance(before, StepPage) and before.step is page.step:
            page.show_start(before.running)
        page.asked.connect(self._ask)
        page.stop_pressed.connect(self._stop)
        page.predicted.connect(self._predict)
        # With the bar of the page before, this one would be too narrow, so too high, and so keep that bar.
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(page)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        if had_focus:
            self.next.setFocus()

    # --- what a person does

    def _predict(self, option: int) -> None:
        if self._renewed():
            return
        self.guide.predict(option)
        self.page.enable_check()

    def _ask(self, actions: tuple[Action, ...], settles: bool) -> None:
        if self._renewed():
            return
        self._settles = settles
        self.stage.stop_pointing()
        self.runner.run(perform(actions, self.stage, experiment_of(self.guide.name)))

    def _renewed(self) -> bool:
        """Make the page anew if it is due, and return whether it was: what was pressed belongs to another step."""
        due = self._page_is_due
        if due:
            self._make_page()
        return due

    def _stop(self) -> None:
        """Let go of what is going on, and pause: the button that began it says Stop."""
        if self.runner.running:
            self.runner.let_go()
            self.stage.pause()

    # --- how it goes

    def _show_start(self) -> None:
        self._patience.start()
        self.page.show_start(self.page.running)

    def _show_progress(self, share: float) -> None:
        if not self._patience.isActive():
            self.page.show_progress(share)

    def _show_end(self, done: bool) -> None:
        self.page.show_end()
        if done and self._settles and self.guide.answer is not None:
            self.guide.settle()
            self._show_page()
            soon(self, self._show_verdict)

    def _show_verdict(self) -> None:
        """Scroll to the judgement, once the page has its final height."""
        verdict = self.page.verdict
        if verdict is not None:
            bar, room = self._area.verticalScrollBar(), self._area.viewport().height()
            bottom = verdict.geometry().bottom() + 4
            # All of it if it fits, else from where the options begin.
            if bottom > bar.value() + room:
                bar.setValue(min(bottom - room, verdict.geometry().top()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._renewal.start()  # its fonts are made for the size that text had

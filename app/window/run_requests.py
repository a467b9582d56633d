"""What a person asks of runs: begin one, begin it otherwise, go on from the past; with the questions that it takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.panels.experiment import ExperimentForm
from app.questions import Later, continue_from
from app.run.controller import Controller
from app.run.pace import PACES
from app.settings import Settings
from backprop import LESSONS, Experiment
from backprop.lessons import lesson_of

if TYPE_CHECKING:
    from backprop.diagnosis.finding import Cure


class RunRequests(QObject):
    """Passes requests on to the controller, after asking where something would be lost.

    ``refused`` is sent when the run at hand stays: whatever shows another one already must show this one again.
    """

    refused = Signal()

    def __init__(
        self,
        window: QWidget,
        controller: Controller,
        form: ExperimentForm,
        settings: Settings,
        may_discard: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._form = form
        self._settings = settings
        #: Asks before a run is lost that took more than a moment to compute.
        self.may_discard = may_discard

    def choose_lesson(self, name: str) -> None:
        """Begin the lesson ``name`` anew, without asking."""
        self.begin(LESSONS[name].experiment)

    def begin(self, experiment: Experiment) -> None:
        """Begin a run of ``experiment``, without asking; a lesson is what the next start begins with."""
        lesson = lesson_of(experiment)
        if lesson is not None:
            self._settings.set_text("lesson", lesson)
        self._controller.start_run(experiment)

    def ask_for_lesson(self, name: str) -> None:
        """Begin the lesson ``name`` if the run at hand may go."""
        if self.may_discard():
            self.choose_lesson(name)
        else:
            self.refused.emit()

    def ask_for_experiment(self, experiment: Experiment) -> None:
        """Begin a run of ``experiment`` if the one at hand may go."""
        if self.may_discard():
            self.begin(experiment)
        else:
            self.refused.emit()

    def ask_for_new_random(self) -> None:
        """Begin what the form shows with another seed if the run at hand may go."""
        experiment = self._form.experiment()
        if experiment is not None and self.may_discard():
            self._controller.new_random(experiment)

    def ask_to_continue(self) -> None:
        """Go on from the moment in the past that is on the screen, once a person has said what becomes of the rest."""
        moment, reached = self._controller.moment, self._controller.reached
        if moment is None or reached is None or self._controller.live:
            return
        self._controller.pause()
        later = continue_from(self._window, moment, reached)
        if later is not None:
            self._controller.continue_here(keep=later is Later.KEEP)

    def apply_cure(self, cure: Cure) -> None:
        """Change what the diagnosis proposes: in this run where that is possible, else in a new one."""
        now = self._controller.experiment
        if now is None:
            return
        cured = cure.apply(now)
        if cure.during_run:
            self._form.set_experiment(cured)
            self._controller.set_learning_rate(cured.learning_rate)
        else:
            self.ask_for_experiment(cured)

    def toggle_rewind(self) -> None:
        """Play backwards, or stop doing so."""
        if self._controller.rewinding:
            self._controller.stop_rewinding()
        else:
            self._controller.rewind()

    def change_pace(self, by: int) -> None:
        """Play at a pace ``by`` places further in the list of paces, as far as it goes."""
        position = PACES.index(self._controller.pace) + by
        self._controller.set_pace(PACES[max(0, min(position, len(PACES) - 1))])

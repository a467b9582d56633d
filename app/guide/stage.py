"""WindowStage: the main window's controls, as guided lessons use them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QTabBar, QWidget

from app.guide.ring import Ring
from app.panels.network import NetworkPanel
from app.run.pace import Pace, Unit
from backprop import LESSONS, Experiment
from backprop.cursor import Clock

if TYPE_CHECKING:  # the window composes the guide
    from app.run.moment import Moment, RunStarted
    from app.window.main_window import MainWindow

#: The commands by which a person takes over from a lesson that is playing.
_COMMANDS = (
    "play",
    "pause",
    "step",
    "step_larger",
    "back",
    "back_larger",
    "live",
    "rewind",
    "continue",
    "reset",
    "random",
)


class WindowStage(QObject):
    """Implements ``app.guide.actions.Stage`` with a window's public parts.

    ``taken_over`` is sent when a person uses the program's own controls.
    """

    taken_over = Signal()

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._controller = window.controller
        self._ring: Ring | None = None
        #: What the guide has begun itself; anything else may be a person's own.
        self._begun: Experiment | None = None
        #: Whether something has been changed in the course of the run, so that it is no longer what its recipe says.
        self._altered = False
        for name in _COMMANDS:
            window.commands[name].triggered.connect(self._tell)
        for signal in (
            window.timeline.seek_requested,
            window.timeline.live_requested,
            window.bar.lesson_chosen,
            window.form.experiment_edited,
        ):
            signal.connect(self._tell)
        window.form.learning_rate_changed.connect(self._note_alteration)
        window.controller.run_started.connect(self._note_run)

    def _tell(self, *_: object) -> None:
        self.taken_over.emit()

    def _note_alteration(self, *_: object) -> None:
        self._altered = True

    def _note_run(self, run: "RunStarted") -> None:
        self._altered = run.opened  # nobody knows what was changed before

    # --- how things stand

    @property
    def busy(self) -> bool:
        """Whether a run is being made ready."""
        return self._controller.busy or self._controller.reached is None

    @property
    def playing(self) -> bool:
        """Whether the screen goes on by itself, forwards or backwards."""
        return self._controller.playing or self._controller.rewinding

    @property
    def settled(self) -> bool:
        """Whether the run stands still, and nothing of it is on its way to the screen any more."""
        return not self.busy and not self.playing and not self._reached.playing

    @property
    def ended(self) -> bool:
        """Whether the last moment of the run is on the screen."""
        return self._reached.finished and self.shown == self.reached

    @property
    def clock(self) -> Clock:
        """Counts the moments of the run."""
        return self._reached.clock

    @property
    def reached(self) -> int:
        """How far the run has come."""
        return self._reached.position

    @property
    def shown(self) -> int:
        """The position of the moment on the screen."""
        moment = self._controller.moment
        return moment.position if moment is not None else 0

    @property
    def pace(self) -> Pace:
        """How fast the run plays."""
        return self._controller.pace

    @property
    def _reached(self) -> "Moment":
        reached = self._controller.reached
        if reached is None:
            raise RuntimeError("No run has begun yet: wait until the stage is no longer busy.")
        return reached

    def runs(self, experiment: Experiment) -> bool:
        """Whether the run at hand is one of ``experiment``, of which nothing was changed on the way."""
        run = self._controller.run
        if run is None or self.busy or self._altered:
            return False
        if self._reached.snapshot.learning_rate != experiment.learning_rate:
            return False  # changed on the way, and not in the form
        # How long a run may become changes nothing in it.
        return run.experiment.replace(epochs=experiment.epochs) == experiment

    # --- what the program does

    def begin(self, experiment: Experiment) -> bool:
        """Begin a run of ``experiment``; False if a person prefers to keep the one at hand."""
        if not self._may_discard():
            return False
        self._begun = experiment
        for name, lesson in LESSONS.items():
            if lesson.experiment == experiment:
                self._window.requests.choose_lesson(name)
                return True
        self._controller.start_run(experiment)
        return True

    def _may_discard(self) -> bool:
        """Ask before a run of a person's own is lost; those of lessons and of the guide come again by themselves."""
        reached = self._controller.reached
        known = (*(lesson.experiment for lesson in LESSONS.values()), self._begun)
        if reached is None or reached.snapshot.epochs_done == 0:
            return True
        if any(experiment is not None and self.runs(experiment) for experiment in known):
            return True
        return self._window.files.may_discard()

    def reset(self) -> None:
        """Go back to the start of the run."""
        self._controller.reset()

    def extend(self, position: int) -> None:
        """Give the run enough epochs to come to ``position``."""
        reached = self._reached
        if reached.clock.end_of_epoch(reached.epochs) < position:
            experiment = self._window.form.experiment()
            epochs = reached.clock.cursor(position).epoch + 1
            if experiment is not None:
                self._window.form.set_experiment(experiment.replace(epochs=epochs))
            self._controller.set_epochs(epochs)

    def play(self) -> None:
        """Let the run go on."""
        self._controller.play()

    def pause(self) -> None:
        """Let the run stand still."""
        self._controller.stop_rewinding()
        self._controller.pause()

    def step(self, unit: Unit) -> None:
        """Go one unit further, in the past or in the run."""
        self._controller.step(unit)

    def seek(self, position: int) -> None:
        """Show a moment that the run has reached."""
        self._controller.seek(position)

    def set_pace(self, pace: Pace) -> None:
        """Play at another speed."""
        self._controller.set_pace(pace)

    def set_learning_rate(self, learning_rate: float) -> None:
        """Train on with another learning rate, and let the form say so."""
        experiment = self._window.form.experiment()
        if experiment is not None:
            self._window.form.set_experiment(experiment.replace(learning_rate=learning_rate))
        self._controller.set_learning_rate(learning_rate)
        self._altered = True

    # --- what is looked at

    def has_panel(self, name: str) -> bool:
        """Whether a panel is there: those with charts come a moment after the window."""
        return name == "experiment" or name in self._window.panels

    def show_panel(self, name: str) -> None:
        """Bring a panel to the front, also one that was closed."""
        dock = self._window.workspace.docks[name]
        dock.show()
        dock.raise_()

    def show_quantity(self, value: str) -> None:
        """Let the weights panel show one of its quantities, such as "change"."""
        from app.panels.weights import WeightsPanel  # late, like the panel itself

        panel = self._window.panels["weights"]
        assert isinstance(panel, WeightsPanel)
        panel.set_quantity(value)

    def select_parameter(self, name: str, index: tuple[int, ...]) -> None:
        """Select a parameter in every panel that shows one."""
        self._window.selection.select_parameter(name, index)

    def select_sample(self, index: int) -> None:
        """Select a sample in every panel that shows one."""
        self._window.selection.select_sample(index)

    # --- pointing

    @property
    def ring(self) -> Ring | None:
        """The ring that was drawn last, shown or not."""
        return self._ring

    def point(self, place: str) -> None:
        """Ring a control or a panel, or the tab behind which the panel is."""
        widget, area = self._find(place)
        if not widget.isVisible():
            return
        if self._ring is None or self._ring.parentWidget() is not widget.window():
            self._ring = Ring(widget.window(), self._window.theme)
        self._ring.show_around(widget, area, self._window.theme)

    def stop_pointing(self) -> None:
        """Take the ring away."""
        if self._ring is not None:
            self._ring.end()

    def _find(self, place: str) -> tuple[QWidget, QRect]:
        window, bar = self._window, self._window.bar
        controls: dict[str, QWidget] = {
            "timeline": window.timeline,
            "play": bar.play,
            "speed": bar.speed,
            "lesson": bar.lesson,
            "epoch": bar.epoch,
            "loss_reading": bar.loss,
            "right": bar.right,
        }
        network = window.panels.get("network")
        if isinstance(network, NetworkPanel):
            controls["phases"] = network.strip
        if place in controls:
            return controls[place], controls[place].rect()
        dock = window.workspace.docks[place]
        if dock.visibleRegion().isEmpty():
            for tabs in window.workspace.findChildren(QTabBar):
                for tab in range(tabs.count()):
                    if tabs.isVisible() and tabs.tabText(tab) == dock.windowTitle():
                        return tabs, tabs.tabRect(tab)
        return dock, dock.rect()

"""Whatever a person does in whatever order: what is shown is the run's own moment, computed again bit for bit."""

from collections.abc import Callable

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop
from pytestqt.qtbot import QtBot

from app.run.controller import Controller
from app.run.moment import Moment
from app.run.pace import PACES, Pace, Unit
from app.run.training.process import TrainingProcess
from backprop import LESSONS, Experiment, Trainer
from backprop.snapshot import Snapshot

XOR = LESSONS["xor"].experiment.replace(epochs=400)
#: Two batches an epoch, in another order each time.
SHUFFLED = XOR.replace(batch_size=3, shuffle=True, seed=7)
_PATIENCE_MS = 10_000


class Person(RuleBasedStateMachine):
    """Presses everything that the controller offers; a machine of Hypothesis, which finds the shortest bad order."""

    def __init__(self) -> None:
        super().__init__()
        self.controller = Controller(training=TrainingProcess())
        self.shown: list[Moment] = []
        self.controller.moment_changed.connect(self.shown.append)
        self.controller.failed.connect(self._fail)
        self.failures: list[str] = []
        self.controller.start_run(XOR)
        self.wait(lambda: self.controller.moment is not None)

    def _fail(self, sentence: str) -> None:
        self.failures.append(sentence)

    def wait(self, condition: Callable[[], object]) -> None:
        deadline = QDeadlineTimer(_PATIENCE_MS)
        while not condition():
            assert not deadline.hasExpired(), "the controller did not do what was asked for"
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)

    @property
    def moment(self) -> Moment:
        assert self.controller.moment is not None
        return self.controller.moment

    @rule(pace=st.sampled_from(PACES))
    def play(self, pace: Pace) -> None:
        self.controller.set_pace(pace)
        self.controller.play()
        self.wait(lambda: len(self.shown) > 1 or not self.controller.playing)

    @rule()
    def pause(self) -> None:
        self.controller.pause()
        self.settle()

    @rule(unit=st.sampled_from(Unit))
    def step(self, unit: Unit) -> None:
        self.controller.step(unit)
        self.settle()

    @rule(unit=st.sampled_from(Unit))
    def step_back(self, unit: Unit) -> None:
        self.controller.step_back(unit)
        self.settle()

    @rule(share=st.floats(0, 1))
    def seek(self, share: float) -> None:
        reached = self.controller.reached
        assert reached is not None
        self.controller.seek(int(share * reached.position))
        self.settle()

    @rule()
    def go_live(self) -> None:
        self.controller.go_live()
        assert self.controller.live

    @rule()
    def rewind_a_little(self) -> None:
        self.controller.rewind()
        self.settle()
        self.controller.stop_rewinding()

    @precondition(lambda self: not self.controller.live)
    @rule(keep=st.booleans())
    def continue_here(self, keep: bool) -> None:
        here = self.moment.snapshot.cursor
        self.controller.continue_here(keep=keep)
        self.wait(lambda: not self.controller.busy)
        self.settle()
        assert self.controller.reached is not None
        assert self.controller.reached.snapshot.cursor == here

    @rule()
    def reset(self) -> None:
        run = self.moment.run
        self.controller.reset()
        self.wait(lambda: self.moment.run > run and self.moment.position == 0)

    @rule(experiment=st.sampled_from([XOR, SHUFFLED, XOR.replace(seed=3)]))
    def start_another(self, experiment: Experiment) -> None:
        run = self.moment.run
        self.controller.start_run(experiment)
        self.wait(lambda: self.moment.run > run)

    def settle(self) -> None:
        """Wait until the screen is where it was sent; a run that plays at a pace never stands still."""
        wanted = self.controller._wanted
        if wanted is not None:
            self.wait(lambda: self.controller._wanted != wanted or self.moment.position == wanted)
        elif not self.controller.playing:
            self.wait(lambda: self.controller.reached is not None and not self.controller.reached.playing)

    def what_is_shown_is_the_run_itself(self) -> None:
        assert not self.failures
        for moment in (self.moment, *self.shown[-2:]):
            snapshot = moment.snapshot
            assert_equal(snapshot, reference(snapshot))
            assert len(moment.history.step_mse) == snapshot.step + snapshot.compared
            assert len(moment.history.loss) == snapshot.epochs_done
        self.shown.clear()

    def teardown(self) -> None:
        self.controller.stop()


_TRAINERS: dict[object, Trainer] = {}


def reference(snapshot: Snapshot) -> Snapshot:
    """Compute a moment of a run in the ordinary way, without controller, process or replica."""
    trainer = _TRAINERS.setdefault(snapshot.experiment, Trainer(snapshot.experiment))
    while trainer.cursor < snapshot.cursor:
        trainer.step_epoch()
    return trainer.snapshot_at(snapshot.cursor)


def assert_equal(one: Snapshot, other: Snapshot) -> None:
    assert one.cursor == other.cursor
    for name, value in other.parameters.items():
        assert np.array_equal(one.parameters[name], value), f"{name} at {one.cursor}"
    assert one.gradients.keys() == other.gradients.keys()
    for name, value in other.gradients.items():
        assert np.array_equal(one.gradients[name], value), f"the gradient of {name} at {one.cursor}"
    assert np.array_equal(one.rows, other.rows)


def test_a_thousand_actions_in_any_order_show_the_runs_own_moments(qtbot: QtBot) -> None:
    actions = 0

    class Counted(Person):
        def what_is_shown_is_the_run_itself(self) -> None:
            nonlocal actions
            actions += 1
            super().what_is_shown_is_the_run_itself()

        checked = invariant()(what_is_shown_is_the_run_itself)

    run_state_machine_as_test(
        Counted,
        settings=settings(
            max_examples=14,
            stateful_step_count=80,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert actions >= 1000

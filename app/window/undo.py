"""Undo and redo of settings: the lesson, the experiment's fields, the seed, learning rate and epochs.

What is undone is what runs are made with, not the runs: where going back needs another run, a person is asked first,
as after an edit. Text fields have an undo of their own while something is typed into them.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.panels.experiment import ExperimentForm
from app.run.controller import Controller
from app.run.moment import RunStarted
from app.window.actions import ActionSet
from app.window.run_requests import RunRequests
from app.window.undo_words import changed_fields, what_changed
from backprop import Experiment

#: What can change while a run goes on.
_LIVE = frozenset({"learning_rate", "epochs"})
_LIMIT = 200


class SettingsUndo(QObject):
    """Follows every change of settings, whoever makes it, and takes it back or makes it again."""

    def __init__(
        self, controller: Controller, requests: RunRequests, form: ExperimentForm, commands: ActionSet
    ) -> None:
        super().__init__(requests)
        self._controller = controller
        self._requests = requests
        self._form = form
        self._commands = commands
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(_LIMIT)
        self._now: Experiment | None = None
        #: How far the run had come at the last change; None after an undo, which no later change may alter.
        self._mark: tuple[int, int] | None = None
        #: Where the stack was before an undo or redo whose run is still being made ready.
        self._index_before: int | None = None
        self._recording = False
        controller.run_started.connect(self._note_run)
        controller.experiment_changed.connect(self._note_change)
        controller.failed.connect(self._note_failure)
        controller.busy_changed.connect(self._offer)
        self._stack.indexChanged.connect(self._offer)
        self._offer()

    def take_over(self, before: SettingsUndo) -> None:
        """Offer to take back what ``before`` offers to take back."""
        self._now, self._mark, self._index_before = before._now, before._mark, before._index_before
        self._recording = True
        for place in range(before._stack.count()):
            change = before._stack.command(place)
            if isinstance(change, Change):
                self._stack.push(Change(change.before, change.after, self._apply, unused=False))
        self._stack.setIndex(before._stack.index())
        self._recording = False

    # --- what a person asks for

    def undo(self) -> None:
        """Take the last change back, unless that would discard a run that is to stay."""
        command = self._stack.command(self._stack.index() - 1)
        if isinstance(command, Change) and self._may(command.before):
            self._index_before = self._stack.index()
            self._stack.undo()

    def redo(self) -> None:
        """Make the change that was taken back again, under the same condition."""
        command = self._stack.command(self._stack.index())
        if isinstance(command, Change) and self._may(command.after):
            self._index_before = self._stack.index()
            self._stack.redo()

    def _may(self, wanted: Experiment) -> bool:
        if self._now is None or self._controller.busy:
            return False
        return changed_fields(self._now, wanted) <= _LIVE or self._requests.may_discard()

    def _apply(self, wanted: Experiment) -> None:
        """Bring the program to ``wanted``: in this run where that is possible, else in a new one."""
        if self._recording or self._now is None:
            return
        names = changed_fields(self._now, wanted)
        self._now, self._mark = wanted, None
        if not names <= _LIVE:
            self._requests.begin(wanted)
            return
        self._index_before = None
        self._form.set_experiment(wanted)
        if "learning_rate" in names:
            self._controller.set_learning_rate(wanted.learning_rate)
        if "epochs" in names:
            self._controller.set_epochs(wanted.epochs)

    # --- what has changed

    def _note_run(self, run: RunStarted) -> None:
        self._index_before = None
        if run.opened:
            self._now = run.now
            self._stack.clear()  # what a file holds was not set here
        else:
            self._record(run.now)
        self._mark = (run.moment.run, run.moment.position)

    def _note_change(self, experiment: Experiment) -> None:
        reached = self._controller.reached
        if reached is not None and experiment != self._now:
            self._record(experiment)
            self._mark = (reached.run, reached.position)

    def _record(self, after: Experiment) -> None:
        before, self._now = self._now, after
        reached = self._controller.reached
        if before is None or reached is None or before == after:
            return
        self._recording = True
        self._stack.push(Change(before, after, self._apply, unused=self._mark == (reached.run, reached.position)))
        self._recording = False

    def _note_failure(self, _: str) -> None:
        """Stay with the settings there were if the run that an undo needs could not begin."""
        index, self._index_before = self._index_before, None
        if index is not None:
            self._now = self._controller.experiment
            self._recording = True
            self._stack.setIndex(index)
            self._recording = False

    # --- what is offered

    def _offer(self) -> None:
        stack, busy = self._stack, self._controller.busy
        wait = self.tr("A run is being made ready.") if busy else ""
        undo, redo = self._commands["undo"], self._commands["redo"]
        undo.setText(self.tr("Undo {what}").format(what=stack.undoText()) if stack.canUndo() else self.tr("Undo"))
        redo.setText(self.tr("Redo {what}").format(what=stack.redoText()) if stack.canRedo() else self.tr("Redo"))
        self._commands.allow("undo", wait or ("" if stack.canUndo() else self.tr("No setting has been changed yet.")))
        self._commands.allow("redo", wait or ("" if stack.canRedo() else self.tr("No change has been undone.")))


class Change(QUndoCommand):
    """A change from one experiment to another.

    A change that no step was trained with gives way to the next one of the same field: ``unused`` says so of the
    change before this one.
    """

    def __init__(
        self, before: Experiment, after: Experiment, apply: Callable[[Experiment], None], *, unused: bool
    ) -> None:
        super().__init__(what_changed(before, after))
        self.before = before
        self.after = after
        self._apply = apply
        self._unused = unused

    def undo(self) -> None:
        self._apply(self.before)

    def redo(self) -> None:
        self._apply(self.after)

    def id(self) -> int:
        return 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, Change) or not other._unused:
            return False
        if changed_fields(self.before, self.after) != changed_fields(other.before, other.after):
            return False
        self.after = other.after
        self.setObsolete(self.before == self.after)
        return True

"""A moment of a run, shown to a panel as the window shows it."""

from app.panels.base import Panel
from backprop import Cursor, Trainer


def show_moment(panel: Panel, run: Trainer, cursor: Cursor | None = None) -> None:
    """Show a panel that knows of the run the moment at ``cursor``; None is the last one."""
    snapshot = run.snapshot() if cursor is None else run.snapshot_at(cursor)
    panel.show_trajectories(run.history)
    panel.show_history(run.history.view().until(snapshot.steps_done, snapshot.step + snapshot.compared))
    panel.show_snapshot(snapshot)

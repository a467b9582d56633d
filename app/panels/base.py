"""What every panel is: a view of one moment of a run that paints, emits requests, and decides nothing."""

from typing import Protocol, Self

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.look.theme import LIGHT, Theme
from app.run.moment import KeptRun
from backprop import Dataset, Experiment, HistoryView, Snapshot
from backprop.keyframes import Keyframes


class TrajectorySource(Protocol):
    """Whoever knows a run's keyframes, such as its timeline."""

    @property
    def keyframes(self) -> Keyframes:
        """The parameters that were kept."""


class Panel(QWidget):
    """A view of a run. The main window shows each moment to all panels before any of them is painted.

    ``caption_changed`` carries the short text to show beside the panel's title.
    """

    caption_changed = Signal(str)

    #: Names the panel in settings and on the command line; never shown.
    name = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = LIGHT
        self.setObjectName(f"panel-{self.name}")

    def title(self) -> str:
        """Return the translated title, such as "Loss"."""
        raise NotImplementedError

    def controls(self) -> list[QWidget]:
        """Return the small controls that belong into the panel's header, from left to right."""
        return []

    def start_run(self, experiment: Experiment, dataset: Dataset) -> None:
        """Forget the run before, and make ready for one of ``experiment``."""

    def set_epochs(self, epochs: int) -> None:
        """Take note that the run at hand will now end after ``epochs`` epochs."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the network at a moment of the run."""

    def show_trajectories(self, source: TrajectorySource) -> None:
        """Take note of where the parameters of earlier moments can be read; a snapshot follows."""

    def show_history(self, history: HistoryView) -> None:
        """Show the metrics recorded up to that moment."""

    def show_kept(self, kept: tuple[KeptRun, ...]) -> None:
        """Show the runs that were kept beside the one at hand, where they can be compared."""

    def take_over(self, before: Self) -> None:
        """Show what a person has chosen in ``before``, a panel of the same kind that shows the same moment."""

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self.theme = theme
        self.update()

    def set_colours(self, name: str) -> None:
        """Colour matrices in "viridis", "diverging" or, with "auto", as suits what they show."""

    def set_exporting(self, title: str) -> None:
        """Turn this copy into a figure of its own: with ``title``, axis titles and legend, without controls."""
        for control in self.controls():  # no header takes them: they go when this copy goes
            control.setParent(self)
            control.hide()

    def summary(self) -> str:
        """Return what the panel shows as a sentence or two, for a person who cannot see it."""
        return ""

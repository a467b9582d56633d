"""PanelSet: all panels as one, so that what one of them shows the others show too."""

from collections.abc import Iterator, Mapping

from app.look.theme import Theme
from app.panels import PANELS
from app.panels.base import Panel
from app.run.controller import Controller
from app.run.moment import KeptRun, Moment, RunStarted


class PanelSet(Mapping[str, Panel]):
    """The panels that are there, by name; those with charts come as soon as the window stands.

    A run is told only to the panels that have something to show of it.
    """

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._panels: dict[str, Panel] = {}
        self._suited: list[Panel] = []
        #: The number of epochs after which the run ends.
        self.epochs = 0 if controller.reached is None else controller.reached.epochs

    def __getitem__(self, name: str) -> Panel:
        return self._panels[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._panels)

    def __len__(self) -> int:
        return len(self._panels)

    @property
    def complete(self) -> bool:
        """Whether all panels are there."""
        return len(self._panels) == len(PANELS)

    def add(self, name: str, panel: Panel) -> None:
        """Take in ``panel``, and show it what the others show."""
        self._panels[name] = panel
        run, moment = self._controller.run, self._controller.moment
        if run is not None and moment is not None and PANELS[name].suits(run.experiment):
            self._suited.append(panel)
            panel.start_run(run.experiment.replace(epochs=self.epochs), run.dataset)
            _show(panel, moment)
        panel.show_kept(self._controller.kept)

    def start_run(self, run: RunStarted) -> None:
        """Begin anew with ``run``, whose first moment follows."""
        self.epochs = run.moment.epochs
        self._suited = [panel for name, panel in self._panels.items() if PANELS[name].suits(run.experiment)]
        for panel in self._suited:
            panel.start_run(run.experiment.replace(epochs=self.epochs), run.dataset)

    def show_moment(self, moment: Moment) -> None:
        """Show a moment of the run."""
        for panel in self._suited:
            _show(panel, moment)
        if not moment.playing:
            for panel in self._suited:
                panel.setAccessibleDescription(panel.summary())

    def set_epochs(self, epochs: int) -> None:
        """Take another number of epochs as the run's end."""
        self.epochs = epochs
        for panel in self._suited:
            panel.set_epochs(epochs)

    def show_kept(self, kept: tuple[KeptRun, ...]) -> None:
        """Show the runs that were kept to compare with."""
        for panel in self._panels.values():
            panel.show_kept(kept)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        for panel in self._panels.values():
            panel.set_theme(theme)


def _show(panel: Panel, moment: Moment) -> None:
    panel.show_trajectories(moment.timeline)
    panel.show_history(moment.history)
    panel.show_snapshot(moment.snapshot)

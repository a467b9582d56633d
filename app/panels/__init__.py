"""The panels, each a view of one moment of a run. A new one is one more entry here.

Panels that draw charts and matrices need pyqtgraph, which takes a third of a second to import. They are loaded when the
window stands, so that a person never waits for them; the others belong to the first picture.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from app.panels.base import Panel
from backprop import Experiment


def _always(experiment: Experiment) -> bool:
    return True


def _tested(experiment: Experiment) -> bool:
    return experiment.info.test_samples > 0


@dataclass(frozen=True)
class PanelEntry:
    """Where a panel's class is, whether it is part of the first picture, and which experiments it suits."""

    module: str
    class_name: str
    first: bool = False
    suits: Callable[[Experiment], bool] = _always

    def load(self) -> type[Panel]:
        """Import the panel's module, which may take a while, and return its class."""
        panel: type[Panel] = getattr(import_module(self.module), self.class_name)
        return panel


PANELS: dict[str, PanelEntry] = {
    "network": PanelEntry("app.panels.network", "NetworkPanel", first=True),
    "weights": PanelEntry("app.panels.weights", "WeightsPanel"),
    "inspector": PanelEntry("app.panels.inspector", "InspectorPanel"),
    "equation": PanelEntry("app.panels.equation", "EquationPanel"),
    "trajectories": PanelEntry("app.panels.trajectories", "TrajectoriesPanel"),
    "loss": PanelEntry("app.panels.loss", "LossPanel"),
    "accuracy": PanelEntry("app.panels.accuracy", "AccuracyPanel", suits=_tested),
    "diagnosis": PanelEntry("app.panels.diagnosis", "DiagnosisPanel"),
    "samples": PanelEntry("app.panels.samples", "SamplesPanel", first=True),
}

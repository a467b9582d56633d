"""The panels, each a view of one moment of a run. A new one is one more entry here."""

from app.panels.accuracy import AccuracyPanel
from app.panels.base import Panel
from app.panels.loss import LossPanel
from app.panels.network import NetworkPanel
from app.panels.samples import SamplesPanel
from app.panels.weights import WeightsPanel

PANELS: dict[str, type[Panel]] = {
    panel.name: panel for panel in (NetworkPanel, WeightsPanel, LossPanel, AccuracyPanel, SamplesPanel)
}

"""The weights panel: weights, gradients and changes of every layer, as maps and as histograms."""

from app.panels.weights.panel import WeightsPanel

__all__ = ["WeightsPanel"]

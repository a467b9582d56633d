"""The inspector panel: where the gradient of one parameter comes from, factor by factor."""

from app.panels.inspector.panel import InspectorPanel

__all__ = ["InspectorPanel"]

"""The trajectories panel: how single parameters went over the epochs."""

from app.panels.trajectories.panel import TrajectoriesPanel

__all__ = ["TrajectoriesPanel"]

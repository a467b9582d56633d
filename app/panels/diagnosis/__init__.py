"""The diagnosis panel: why a run does not learn, with the numbers that show it and what would cure it."""

from app.panels.diagnosis.panel import DiagnosisPanel

__all__ = ["DiagnosisPanel"]

"""The experiment form: the recipe of a run, checked by the engine's own rules while it is edited."""

from app.panels.experiment.form import ExperimentForm

__all__ = ["ExperimentForm"]

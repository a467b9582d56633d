"""The matrix form panel: a step's equations with their numbers, cell by cell or as pictures."""

from app.panels.equation.panel import EquationPanel

__all__ = ["EquationPanel"]

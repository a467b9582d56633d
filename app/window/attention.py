"""What comes to the front when a person points at something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.panels.base import Panel
from app.run.controller import Controller
from app.window.selection import Selection
from app.window.workspace import Workspace

if TYPE_CHECKING:
    from backprop.diagnosis.finding import Evidence

#: The panels that explain a parameter or a unit that was selected.
_EXPLAINING = ("inspector", "equation", "trajectories")


class Attention(QObject):
    """Lets the panels follow what a person looks at, and brings forward the one that shows it."""

    def __init__(self, selection: Selection, workspace: Workspace, controller: Controller, parent: QObject) -> None:
        super().__init__(parent)
        self._selection = selection
        self._workspace = workspace
        self._controller = controller
        selection.parameter_selected.connect(self._show_explanation)
        selection.unit_selected.connect(self._show_explanation)

    def introduce(self, panel: Panel) -> None:
        """Let a new panel take part."""
        self._selection.join(panel)

    def show_evidence(self, evidence: Evidence) -> None:
        """Show where a finding of the diagnosis can be seen."""
        if evidence.cursor is not None:
            self._controller.pause()
            self._controller.seek_cursor(evidence.cursor)
        if evidence.parameter is not None:
            self._selection.select_parameter(*evidence.parameter)
        if evidence.unit is not None:
            self._selection.select_unit(*evidence.unit)
        if evidence.sample is not None:
            self._selection.select_sample(evidence.sample)
        self._workspace.bring_to_front(evidence.panel)

    def _show_explanation(self, *_: object) -> None:
        """Bring the panel that explains what was selected to the front, unless one that explains it is there."""
        if self._workspace.in_front("inspector") not in _EXPLAINING:
            self._workspace.bring_to_front("inspector")

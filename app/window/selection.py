"""What a person looks at: one parameter or unit, and one sample, the same in every panel."""

from PySide6.QtCore import QObject, Signal

from app.panels.base import Panel


class Selection(QObject):
    """Panels that have ``parameter_selected``, ``unit_selected`` or ``sample_selected`` choose for all the others.

    Those others take it by ``select_parameter(name, index)``, ``select_unit(layer, unit)`` or ``set_sample(sample)``.
    """

    parameter_selected = Signal(str, object)  # ("W1", (0, 1))
    unit_selected = Signal(int, int)  # a layer, from 1, and a unit in it, from 0
    sample_selected = Signal(int)

    _SLOTS = {
        "parameter_selected": "select_parameter",
        "unit_selected": "select_unit",
        "sample_selected": "set_sample",
    }

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._panels: list[Panel] = []
        self._sample: int | None = None

    def join(self, panel: Panel) -> None:
        """Let ``panel`` choose for the others, and follow them."""
        for name in self._SLOTS:
            if hasattr(panel, name):
                getattr(panel, name).connect(lambda *chosen, name=name, panel=panel: self._select(name, chosen, panel))
        self._panels.append(panel)
        if self._sample is not None and hasattr(panel, "set_sample"):
            panel.set_sample(self._sample)

    def select_parameter(self, name: str, index: tuple[int, ...]) -> None:
        """Look at a parameter, such as ("W1", (0, 1))."""
        self._select("parameter_selected", (name, index))

    def select_unit(self, layer: int, unit: int) -> None:
        """Look at a unit; layers count from 1, units from 0."""
        self._select("unit_selected", (layer, unit))

    def select_sample(self, sample: int) -> None:
        """Look at a sample, as panels count them."""
        self._select("sample_selected", (sample,))

    def _select(self, name: str, chosen: tuple[object, ...], source: Panel | None = None) -> None:
        if name == "sample_selected":
            self._sample = int(str(chosen[0]))
        for panel in self._panels:
            follow = getattr(panel, self._SLOTS[name], None)
            if panel is not source and follow is not None:
                follow(*chosen)
        getattr(self, name).emit(*chosen)

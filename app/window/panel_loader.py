"""Loads the panels that the first picture does without, while the window can already be used."""

from importlib import import_module
from threading import Thread

from PySide6.QtCore import QObject, Signal

from app.later import soon
from app.panels import PANELS

#: What is opened on demand and has much to import: done ahead, when the panels are there, no click has to wait for it.
_ON_DEMAND = ("app.export_dialog.dialog", "app.export.request_job", "app.export.lesson_animations")


class PanelLoader(QObject):
    """Imports in a thread of its own; then ``loaded`` asks for one panel a turn of the event loop, by name.

    ``finished`` is sent when nothing is left to be loaded.
    """

    loaded = Signal(str)
    finished = Signal()
    _imported = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting = [name for name, entry in PANELS.items() if not entry.first]
        self._stopped = False
        self._thread = Thread(target=self._import, args=(tuple(self._waiting),), name="panel-loader")
        self._on_demand = Thread(target=self._import_on_demand, name="import-ahead", daemon=True)
        self._imported.connect(self._next)

    def start(self) -> None:
        """Begin; may be called once."""
        self._thread.start()

    def stop(self) -> None:
        """Wait for the threads, if there are any."""
        self._stopped = True
        self._waiting.clear()
        for thread in (self._thread, self._on_demand):
            if thread.is_alive():
                thread.join()

    def _import(self, names: tuple[str, ...]) -> None:
        for name in names:
            PANELS[name].load()
        self._imported.emit()

    def _next(self) -> None:
        if self._waiting:
            self.loaded.emit(self._waiting.pop(0))
            soon(self, self._next)
        elif not self._stopped:
            self._on_demand.start()

    def _import_on_demand(self) -> None:
        for name in _ON_DEMAND:
            import_module(name)
        self.finished.emit()

"""Loads the panels that the first picture does without, while the window can already be used."""

from threading import Thread

from PySide6.QtCore import QObject, Signal

from app.later import soon
from app.panels import PANELS


class PanelLoader(QObject):
    """Imports in a thread of its own; then ``loaded`` asks for one panel a turn of the event loop, by name."""

    loaded = Signal(str)
    _imported = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting = [name for name, entry in PANELS.items() if not entry.first]
        self._thread = Thread(target=self._import, args=(tuple(self._waiting),), name="panel-loader")
        self._imported.connect(self._next)

    def start(self) -> None:
        """Begin; may be called once."""
        self._thread.start()

    def stop(self) -> None:
        """Wait for the thread, if there is one."""
        self._waiting.clear()
        if self._thread.is_alive():
            self._thread.join()

    def _import(self, names: tuple[str, ...]) -> None:
        for name in names:
            PANELS[name].load()
        self._imported.emit()

    def _next(self) -> None:
        if self._waiting:
            self.loaded.emit(self._waiting.pop(0))
            soon(self, self._next)

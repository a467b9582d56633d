"""DockShares: gives docks their shares of a window's new size."""

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar

_ACROSS, _DOWN = Qt.Orientation.Horizontal, Qt.Orientation.Vertical


class DockShares:
    """Remembers how large docks are, and scales them when their window becomes larger or smaller.

    Qt alone gives all the height that a window gains to its lowest docks: in full screen, four samples would stand over
    a large empty card while the network stays small. Sizes are scaled from those last remembered, so that a window
    that grows and shrinks again ends as it began.
    """

    def __init__(self, window: QMainWindow, docks: Collection[QDockWidget], steady: Collection[QDockWidget]) -> None:
        """Share among ``docks``, of which the ``steady`` ones keep their width."""
        self._window = window
        self._docks = docks
        self._steady = steady
        self._room = (0, 0)
        self._sizes: dict[QDockWidget, tuple[int, int]] = {}

    def remember(self) -> None:
        """Take the present sizes as those that a person wants."""
        self._room = self._present_room()
        self._sizes = {
            dock: (dock.width(), dock.height() + self._tabs(dock))
            for dock in self._docks
            if not dock.isFloating() and not dock.visibleRegion().isEmpty()
        }

    def apply(self) -> None:
        """Give every dock its share of the window's present size."""
        there = [dock for dock in self._sizes if dock.isVisible() and not dock.isFloating()]
        steady = max((self._sizes[dock][0] for dock in there if dock in self._steady), default=0)
        wide, high = self._present_room()
        across = max(1, wide - steady) / max(1, self._room[0] - steady)
        widths = [
            self._sizes[dock][0] if dock in self._steady else round(self._sizes[dock][0] * across) for dock in there
        ]
        heights = [round(self._sizes[dock][1] * high / self._room[1]) for dock in there]
        self._window.resizeDocks(there, widths, _ACROSS)
        self._window.resizeDocks(there, heights, _DOWN)

    def _present_room(self) -> tuple[int, int]:
        room = self._window.size().shrunkBy(self._window.contentsMargins())
        return room.width(), room.height()

    def _tabs(self, dock: QDockWidget) -> int:
        """Return the height of the tab bar over ``dock``, which Qt counts to the height of docks that share a place."""
        bars = self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        above = (bar for bar in bars if bar.isVisible() and (bar.x(), bar.y() + bar.height()) == (dock.x(), dock.y()))
        return max((bar.height() for bar in above), default=0)

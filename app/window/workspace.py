"""The workspace: all panels as docks, where they stand at first, and which of them suit a run."""

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QTabBar, QTabWidget, QWidget

from app.later import soon
from app.look.fonts import scaled
from app.look.theme import Theme
from app.panels import PANELS
from app.panels.base import Panel
from app.widgets.dock import PanelDock
from app.window.dock_shares import DockShares
from backprop import Experiment

# A saved layout of other docks than today's must not be restored; raise this when docks come or go.
_LAYOUT_VERSION = 3
# How long a window manager may take to give a new window its final size.
_SETTLING_MS = 500
#: Between the window's edge and the cards, in pixels.
MARGIN = 8

# Widths and heights in pixels where a window of 1366 x 768 leaves this much to the docks; on a larger one all but the
# form grow in proportion.
_DESIGN_WIDTH, _DESIGN_HEIGHT = 1350, 629
_FORM_WIDTH = 220
_WIDEST_FORM = 300
_COLUMNS = {"network": 740, "loss": 376}
_MIDDLE = {"network": 268, "weights": 221}
_RIGHT = {"loss": 204, "diagnosis": 285}
_BELOW = {"samples": 132}
#: The panels that are seen at first, of those that share a place.
_IN_FRONT = ("experiment", "weights", "accuracy")


class Workspace(QMainWindow):
    """Docks that a person can move, float and hide, around no centre."""

    def __init__(self, form: QWidget) -> None:
        super().__init__()
        # A window by class, a widget by use: only QMainWindow can arrange docks.
        self.setWindowFlags(Qt.WindowType.Widget)
        self.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.setDockNestingEnabled(True)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.docks = {
            "experiment": PanelDock(self.tr("Experiment"), form, "dock-experiment"),
            "guide": PanelDock(self.tr("Guide"), QWidget(), "dock-guide"),
        }
        for name in PANELS:
            self.docks[name] = PanelDock("", QWidget(), f"dock-{name}")
        #: Docks that are hidden only because this run gives them nothing to show.
        self._unsuited: set[str] = set()
        self._experiment: Experiment | None = None
        self._saved = QByteArray()
        self._settling = QTimer(self, interval=_SETTLING_MS, singleShot=True)
        self._designed = QByteArray()
        beside = [self.docks[name] for name in ("experiment", "guide")]
        self._fit_form()
        self._shares = DockShares(self, self.docks.values(), steady=beside)
        self._settling.timeout.connect(self._shares.remember)
        for dock in self.docks.values():
            dock.dockLocationChanged.connect(self._remember_soon)
        self._arrange()

    def add_panel(self, name: str, panel: Panel) -> None:
        """Put ``panel`` into the dock that waits for it."""
        dock = self.docks[name]
        dock.setWindowTitle(panel.title())
        dock.set_panel(panel)
        for control in panel.controls():
            dock.header.addWidget(control)
        panel.caption_changed.connect(dock.set_caption)

    def start_run(self, experiment: Experiment) -> None:
        """Hide the docks that have nothing to show of such a run, and bring the others back."""
        self._experiment = experiment
        for name, entry in PANELS.items():
            self._set_suited(name, entry.suits(experiment))

    def reset_layout(self) -> None:
        """Put every panel back to where it was at first."""
        self.restoreState(self._designed, _LAYOUT_VERSION)
        self._unsuited.clear()
        for dock in self.docks.values():
            dock.show()
        for name in _IN_FRONT:
            self.docks[name].raise_()
        if self._experiment is not None:
            self.start_run(self._experiment)
        # Sizes can be given to docks only once they stand where they shall stand.
        soon(self, self._set_sizes)

    def add_switches(self, menu: QMenu) -> None:
        """Put an entry into ``menu`` for each dock, to show or to hide it."""
        for dock in self.docks.values():
            menu.addAction(dock.toggleViewAction())

    def titles(self) -> dict[str, str]:
        """Return the translated titles of the panels that are there, by their names."""
        return {name: dock.windowTitle() for name, dock in self.docks.items() if dock.windowTitle()}

    def bring_to_front(self, name: str) -> None:
        """Show the dock ``name``, also where it was closed or another one of its place is in front."""
        self.docks[name].show()
        self.docks[name].raise_()

    def in_front(self, name: str) -> str:
        """Return which dock is seen of those that share the place of dock ``name``."""
        sharing = self.tabifiedDockWidgets(self.docks[name])
        seen = (key for key, dock in self.docks.items() if dock in sharing and not dock.visibleRegion().isEmpty())
        return next(seen, name)

    def save_layout(self) -> QByteArray:
        """Return where the docks stand; those hidden for this run only count as shown."""
        for name in self._unsuited:
            self.docks[name].show()
        state = self.saveState(_LAYOUT_VERSION)
        for name in self._unsuited:
            self.docks[name].hide()
        return state

    def restore_layout(self, state: QByteArray) -> None:
        """Put the docks to where they stood when ``state`` was saved; anything unreadable changes nothing."""
        self._designed = self.saveState(_LAYOUT_VERSION)
        self._saved = state
        self.restoreState(state, _LAYOUT_VERSION)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            self._settling.start()
            soon(self, self._settle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A window manager gives a new window its size in several steps, and each of them would shift the docks.
        if self._settling.isActive():
            soon(self, self._settle)
        else:
            self._shares.apply()

    def _remember_soon(self) -> None:
        soon(self, self._shares.remember)

    def _settle(self) -> None:
        """Give the docks their sizes, now that the window knows how large it is."""
        if not self.restoreState(self._saved, _LAYOUT_VERSION):
            self._set_sizes()
        elif self._experiment is not None:
            self._unsuited.clear()  # all of them count as shown in what is saved
            self.start_run(self._experiment)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._hide_forgotten_tabs()
        elif event.type() == QEvent.Type.MouseButtonRelease:
            self._remember_soon()  # a person has moved what separates docks
        return done

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._fit_form()

    def _fit_form(self) -> None:
        for name in ("experiment", "guide"):
            self.docks[name].setMaximumWidth(scaled(_WIDEST_FORM))

    def _hide_forgotten_tabs(self) -> None:
        """Hide the tab bars that Qt has left behind: it makes others when docks are arranged before they are shown."""
        bars = self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        # Those of a single dock Qt itself puts out of sight, and shows again where they are hidden, without end.
        in_sight = [bar for bar in bars if bar.isVisible() and self.rect().intersects(bar.geometry())]
        used = set()
        for dock in self.docks.values():
            above = [bar for bar in in_sight if (bar.x(), bar.y() + bar.height()) == (dock.x(), dock.y())]
            if above and dock.isVisible():
                # Nearly as wide as the dock: a dock may be wider than its place, in a window that is too small.
                used.add(min(above, key=lambda bar: abs(bar.width() - dock.width())))
        for bar in in_sight:
            if bar not in used:
                bar.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        for dock in self.docks.values():
            dock.set_theme(theme)

    def _set_suited(self, name: str, suits: bool) -> None:
        dock = self.docks[name]
        dock.toggleViewAction().setVisible(suits)
        if not suits and not dock.isHidden():
            self._unsuited.add(name)
            dock.hide()
        elif suits and name in self._unsuited:
            self._unsuited.discard(name)
            dock.show()
            if name in _IN_FRONT:
                dock.raise_()

    def _arrange(self) -> None:
        left, right, below = (
            Qt.DockWidgetArea.LeftDockWidgetArea,
            Qt.DockWidgetArea.RightDockWidgetArea,
            Qt.DockWidgetArea.BottomDockWidgetArea,
        )
        docks = self.docks
        self.setCorner(Qt.Corner.BottomLeftCorner, left)
        self.setCorner(Qt.Corner.BottomRightCorner, below)
        self.addDockWidget(left, docks["experiment"])
        self.addDockWidget(right, docks["network"])
        self.splitDockWidget(docks["network"], docks["loss"], Qt.Orientation.Horizontal)
        self.splitDockWidget(docks["network"], docks["weights"], Qt.Orientation.Vertical)
        for name in ("inspector", "equation", "trajectories"):
            self.tabifyDockWidget(docks["weights"], docks[name])
        self.splitDockWidget(docks["loss"], docks["accuracy"], Qt.Orientation.Vertical)
        self.tabifyDockWidget(docks["accuracy"], docks["diagnosis"])
        self.tabifyDockWidget(docks["experiment"], docks["guide"])
        for name in _IN_FRONT:
            docks[name].raise_()
        self.addDockWidget(below, docks["samples"])

    def _set_sizes(self) -> None:
        wide = (self.width() - 2 * MARGIN) / _DESIGN_WIDTH
        high = (self.height() - 2 * MARGIN) / _DESIGN_HEIGHT
        for sizes, scale, orientation in (
            (_COLUMNS, wide, Qt.Orientation.Horizontal),
            (_MIDDLE, high, Qt.Orientation.Vertical),
            (_RIGHT, high, Qt.Orientation.Vertical),
            (_BELOW, high, Qt.Orientation.Vertical),
        ):
            # Docks that are hidden leave their share to the others of their column.
            there = {name: size for name, size in sizes.items() if name not in self._unsuited}
            scale *= sum(sizes.values()) / sum(there.values())
            shown = {self.docks[name]: round(size * scale) for name, size in there.items()}
            if sizes is _COLUMNS:
                shown[self.docks["experiment"]] = scaled(_FORM_WIDTH)
            self.resizeDocks(list(shown), list(shown.values()), orientation)
        self._remember_soon()

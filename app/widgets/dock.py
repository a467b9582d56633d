"""PanelDock: a panel that is a card, and that can be moved, floated and hidden."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from app.look.style import restyle
from app.look.theme import Theme
from app.widgets.card_header import CardHeader


class PanelDock(QDockWidget):
    """A dock that looks like a card: its header is the title bar by which it is dragged.

    A right click on the header offers to float and to close it; ``toggleViewAction`` brings it
    back. Gaps between docks are the main window's separators, 8 px wide in the style sheet.
    """

    def __init__(self, title: str, panel: QWidget, name: str = "", parent: QWidget | None = None) -> None:
        """Show ``panel`` under a header with ``title``.

        ``name`` is the untranslated object name under which a window's layout is saved; without
        it the title is used.
        """
        super().__init__(title, parent)
        self.setObjectName(name or title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.panel = panel
        self._header = CardHeader(title)
        self.header: QHBoxLayout = self._header.row
        self.setTitleBarWidget(self._header)
        holder = QWidget()
        self.body = QVBoxLayout(holder)
        self.body.setContentsMargins(12, 0, 12, 12)
        self.body.addWidget(panel)
        self.setWidget(holder)
        self.topLevelChanged.connect(self._show_as_window)
        self.windowTitleChanged.connect(self._show_title)

    def set_panel(self, panel: QWidget) -> None:
        """Show another panel instead of the one before, which is deleted."""
        self.body.replaceWidget(self.panel, panel)
        self.panel.deleteLater()
        self.panel = panel

    def caption(self) -> str:
        """Return the soft text in the header."""
        return self._header.caption()

    def set_caption(self, text: str) -> None:
        """Show ``text`` softly in the header."""
        self._header.set_caption(text)

    def set_theme(self, theme: Theme) -> None:
        """Repaint; the colours themselves come with the style sheet."""
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with the dock, where its header was clicked."""
        if not self._header.geometry().contains(event.pos()):
            event.ignore()
            return
        self.header_menu().exec(event.globalPos())

    def header_menu(self) -> QMenu:
        """Return a new menu with what this dock's features allow."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        features = self.features()
        if features & QDockWidget.DockWidgetFeature.DockWidgetFloatable:
            floating = self.isFloating()
            text = self.tr("Put back into the window") if floating else self.tr("Float")
            menu.addAction(text).triggered.connect(lambda: self.setFloating(not floating))
        if features & QDockWidget.DockWidgetFeature.DockWidgetClosable:
            menu.addAction(self.tr("Hide")).triggered.connect(self.close)
        return menu

    def _show_as_window(self, floating: bool) -> None:
        """Square the corners of a floating card: a window has nothing behind them."""
        self.setProperty("floating_card", floating)
        restyle(self)

    def _show_title(self, title: str) -> None:
        self._header.set_title(title)
        self.setAccessibleName(title)

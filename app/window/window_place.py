"""Where the window stands: as it was left or, the first time, as suits the screen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.settings import Settings


def restore_place(window: QWidget, settings: Settings) -> None:
    """Put ``window`` to where it was when it was closed."""
    if not window.restoreGeometry(settings.state("geometry")):
        _take_first_place(window)


def save_place(window: QWidget, settings: Settings) -> None:
    """Remember where ``window`` stands."""
    settings.set_state("geometry", window.saveGeometry())


def _take_first_place(window: QWidget) -> None:
    """Fill a small screen; on a larger one, leave some of it free."""
    screen = window.screen().availableSize()
    window.resize(max(1366, screen.width() * 7 // 8), max(768, screen.height() * 7 // 8))
    if screen.width() <= 1440 or screen.height() <= 900:
        window.setWindowState(Qt.WindowState.WindowMaximized)

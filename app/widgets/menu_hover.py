"""Menu hover: a button that opened a menu looks pressed no longer than the mouse is over it."""

import weakref

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget


def let_go_after(menu: QMenu, button: QWidget) -> None:
    """Have ``button`` forget that the mouse is over it when ``menu`` closes, if it is elsewhere by then.

    Qt sends no Leave for a mouse that left while the menu had grabbed it, and the button stays highlighted.
    """
    # A signal keeps what it calls: a button that it kept would never go, with all that belongs to it.
    remembered = weakref.ref(button)

    def let_go() -> None:
        button = remembered()
        if button is None:
            return
        over = button.rect().contains(button.mapFromGlobal(QCursor.pos()))
        button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, over)
        button.update()

    menu.aboutToHide.connect(let_go)

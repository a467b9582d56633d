"""Doing something in a later turn of the event loop."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def soon(owner: QObject, deed: Callable[[], object]) -> None:
    """Do ``deed`` once what is under way has ended, unless ``owner`` is gone by then.

    ``QTimer.singleShot(0, owner, deed)`` of PySide 6.11 does the same, but never lets go of a deed that comes to
    nothing, nor of all that the deed knows, such as a whole window.
    """
    timer = QTimer(owner, singleShot=True)
    timer.timeout.connect(deed)
    timer.timeout.connect(timer.deleteLater)
    timer.start(0)

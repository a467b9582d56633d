"""The choice of a language, as entries of a menu."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from app.languages import LANGUAGES, SYSTEM


def add_languages(menu: QMenu, chosen: str, choose: Callable[[str], object]) -> None:
    """Offer the system's language and every one there is, with a mark at ``chosen``; call ``choose`` with another."""
    group = QActionGroup(menu)
    system = QCoreApplication.translate("LanguageMenu", "As the system")
    for code, name in {SYSTEM: system, **LANGUAGES}.items():
        action = menu.addAction(name)
        action.setCheckable(True)
        action.setChecked(code == chosen)
        action.setToolTip(
            QCoreApplication.translate("LanguageMenu", "Let the program speak this language; a run goes on meanwhile.")
        )
        action.triggered.connect(lambda _checked, code=code: choose(code))
        group.addAction(action)

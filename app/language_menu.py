"""The choice of a language: what it is called, and as entries of a menu."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from app.languages import LANGUAGES, SYSTEM


def language_names() -> dict[str, str]:
    """Return what can be chosen, by the codes that are kept: the system's language, and every one there is."""
    return {SYSTEM: QCoreApplication.translate("LanguageMenu", "As the system"), **LANGUAGES}


def language_hint() -> str:
    """Return what choosing one does."""
    return QCoreApplication.translate("LanguageMenu", "Let the program speak this language; a run goes on meanwhile.")


def add_languages(menu: QMenu, chosen: str, choose: Callable[[str], object]) -> None:
    """Offer every language in ``menu``, with a mark at ``chosen``; call ``choose`` with the code of another."""
    group = QActionGroup(menu)
    for code, name in language_names().items():
        action = menu.addAction(name)
        action.setCheckable(True)
        action.setChecked(code == chosen)
        action.setToolTip(language_hint())
        action.triggered.connect(lambda _checked, code=code: choose(code))
        group.addAction(action)

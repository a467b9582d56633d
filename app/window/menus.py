"""The menu: a table of sections, and of submenus that are tables themselves.

A new entry is one line: an action's name in the section where it belongs. What is made of other things than actions,
such as the panels' switches, the languages or the recent files, is a ``Submenu`` whose ``fill`` puts the entries in;
with ``fresh = True`` it is filled each time it opens. A choice among few things (theme, text size, language) is a
submenu with a QActionGroup of checkable actions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QMenu

from app.window.actions import ActionSet


@dataclass(frozen=True)
class Submenu:
    """A menu within the menu: its ``title``, and either the names of ``actions`` or what fills it."""

    title: str
    actions: tuple[str, ...] = ()
    fill: Callable[[QMenu], None] | None = None
    #: Whether it is emptied and filled again each time it opens.
    fresh: bool = False


#: Between two sections there is a line.
Section = Sequence["str | Submenu"]


def fill_menu(menu: QMenu, sections: Sequence[Section], commands: ActionSet) -> None:
    """Put ``sections`` into ``menu``."""
    menu.setToolTipsVisible(True)
    for number, section in enumerate(sections):
        if number:
            menu.addSeparator()
        for entry in section:
            if isinstance(entry, str):
                menu.addAction(commands[entry])
            else:
                _add_submenu(menu, entry, commands)


def _add_submenu(menu: QMenu, entry: Submenu, commands: ActionSet) -> None:
    submenu = menu.addMenu(entry.title)
    submenu.setToolTipsVisible(True)

    def refill() -> None:
        submenu.clear()
        for name in entry.actions:
            submenu.addAction(commands[name])
        if entry.fill is not None:
            entry.fill(submenu)

    refill()
    if entry.fresh:
        submenu.aboutToShow.connect(refill)

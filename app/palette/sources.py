"""What the palette offers: every action, lesson, panel, step of the guide, speed and setting."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence

from app.language_menu import language_hint, language_names
from app.palette.entry import Entry
from app.palette.match import fit
from app.panels.experiment.fields import Choice
from app.panels.experiment.fields import Entry as Typed
from app.run.pace import PACES
from backprop import LESSONS

if TYPE_CHECKING:  # the window composes the palette
    from app.window.main_window import MainWindow

#: The name of a setting, and what follows it: a number, several of them, or "all".
_WITH_VALUE = re.compile(r"(.*?\D)\s+(\d.*|\.\d.*|all)$")


def entries(window: MainWindow) -> list[Entry]:
    """Return everything that ``window`` offers, as things stand."""
    return [entry for source in SOURCES for entry in source(window)]


def answers(window: MainWindow, typed: str) -> list[Entry]:
    """Return the entries that exist only because of what was typed, such as "learning rate 0.1"."""
    match = _WITH_VALUE.match(typed.strip())
    if match is None:
        return []
    words, value = match[1].casefold().split(), match[2]
    found = []
    for setting in _typed_settings(window):
        if fit(words, setting) is not None:
            name = setting.name.removeprefix("setting/")
            title = QCoreApplication.translate("Palette", "{setting}: {value}").format(
                setting=window.form.field(name).accessibleName(), value=value
            )
            found.append(Entry(f"{setting.name}/value", setting.kind, title, partial(_type, window, name, value)))
    return found


def _actions(window: MainWindow) -> Iterator[Entry]:
    kind = QCoreApplication.translate("Palette", "Action")
    for name, action in window.commands.items():
        yield _of_action(f"action/{name}", kind, action, window.commands.hint(name), window.commands.reason(name))


def _of_action(name: str, kind: str, action: QAction, hint: str, reason: str) -> Entry:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    title = action.text().removesuffix("…").rstrip()
    return Entry(name, kind, title, action.trigger, hint, keys, "" if action.isEnabled() else reason)


def _lessons(window: MainWindow) -> Iterator[Entry]:
    kind = QCoreApplication.translate("Palette", "Lesson")
    for name, lesson in LESSONS.items():
        yield Entry(f"lesson/{name}", kind, lesson.title, partial(window.bar.choose_lesson, name))


def _panels(window: MainWindow) -> Iterator[Entry]:
    kind = QCoreApplication.translate("Palette", "Panel")
    for name, dock in window.workspace.docks.items():
        suits = dock.toggleViewAction().isVisible()
        reason = "" if suits else QCoreApplication.translate("Palette", "This run gives it nothing to show.")
        title = dock.windowTitle()
        if title:  # those that are not there yet have none
            yield Entry(f"panel/{name}", kind, title, partial(window.workspace.bring_to_front, name), reason=reason)


def _paces(window: MainWindow) -> Iterator[Entry]:
    kind = QCoreApplication.translate("Palette", "Speed")
    for number, pace in enumerate(PACES):
        yield Entry(f"pace/{number}", kind, window.bar.pace_text(pace), partial(window.controller.set_pace, pace))


def _guide(window: MainWindow) -> Iterator[Entry]:
    kind = QCoreApplication.translate("Palette", "Guide")
    panel = window.guide
    if panel is None:
        return
    for number, step in enumerate(panel.guide.lesson.steps):
        yield Entry(f"guide/{panel.guide.name}/{step.name}", kind, step.title, partial(_go_to_step, window, number))


def _go_to_step(window: MainWindow, number: int) -> None:
    window.workspace.bring_to_front("guide")
    if window.guide is not None:
        window.guide.go_to(number)


def _typed_settings(window: MainWindow) -> Iterator[Entry]:
    """Yield a setting for each field that is typed into: it gets the focus, to be typed into there."""
    kind = QCoreApplication.translate("Palette", "Setting")
    for name in window.form.names():
        field = window.form.field(name)
        if isinstance(field, Typed):
            title = QCoreApplication.translate("Palette", "{setting} …").format(
                setting=window.form.field(name).accessibleName()
            )
            yield Entry(f"setting/{name}", kind, title, partial(_focus, window, name), field.toolTip())


def _chosen_settings(window: MainWindow) -> Iterator[Entry]:
    """Yield each value of each field that is a choice."""
    kind = QCoreApplication.translate("Palette", "Setting")
    for name in window.form.names():
        field = window.form.field(name)
        if not isinstance(field, Choice):
            continue
        for row in range(field.count()):
            title = QCoreApplication.translate("Palette", "{setting}: {value}").format(
                setting=window.form.field(name).accessibleName(), value=field.itemText(row)
            )
            hint = str(field.itemData(row, Qt.ItemDataRole.ToolTipRole) or "")
            usable = field.isEnabled() and bool(field.model().index(row, 0).flags() & Qt.ItemFlag.ItemIsEnabled)
            yield Entry(
                f"setting/{name}/{field.itemData(row)}",
                kind,
                title,
                partial(_choose, window, name, field.itemData(row)),
                hint,
                reason="" if usable else hint or QCoreApplication.translate("Palette", "This run has no use for it."),
            )


def _focus(window: MainWindow, name: str) -> None:
    window.workspace.bring_to_front("experiment")
    field = window.form.field(name)
    field.setFocus(Qt.FocusReason.ShortcutFocusReason)
    if isinstance(field, Typed):
        field.selectAll()


def _type(window: MainWindow, name: str, value: str) -> None:
    window.workspace.bring_to_front("experiment")
    field = window.form.field(name)
    assert isinstance(field, Typed)
    field.enter(value)


def _choose(window: MainWindow, name: str, key: object) -> None:
    window.workspace.bring_to_front("experiment")
    field = window.form.field(name)
    assert isinstance(field, Choice)
    if field.key() != key:
        field.choose(key)


def _languages(window: MainWindow) -> Iterator[Entry]:
    kind = QCoreApplication.translate("Palette", "Language")
    for code, name in language_names().items():
        yield Entry(f"language/{code}", kind, name, partial(window.language_chosen.emit, code), language_hint())


#: Each yields entries of one kind; their order is that of the list before anything is typed.
SOURCES: tuple[Callable[[MainWindow], Iterable[Entry]], ...] = (
    _actions,
    _lessons,
    _panels,
    _guide,
    _paces,
    _typed_settings,
    _chosen_settings,
    _languages,
)

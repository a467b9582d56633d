"""Appearance: light or dark, following the system or chosen, and the size of all text; kept in the settings."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from app.look.style import install
from app.look.theme import DARK, LIGHT, Theme
from app.settings import Settings

#: Sizes of text in percent, from a small screen to a lecture hall.
TEXT_SIZES = (80, 90, 100, 110, 125, 150, 175, 200)
_ORDINARY = 100


class Colours(Enum):
    """Which theme a person wants; the values are what the settings keep."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Appearance(QObject):
    """Gives the whole program its theme and its size of text, and keeps both.

    The program has the new look when ``theme_changed`` or ``text_size_changed`` is sent; what paints itself follows.
    """

    theme_changed = Signal(object)
    """The Theme that holds now."""
    text_size_changed = Signal(int)
    """The size of all text in percent."""
    choice_changed = Signal()
    """Another choice of colours, whether or not the theme is another one."""

    def __init__(self, app: QApplication, settings: Settings, parent: QObject | None = None) -> None:
        """Install the look that the settings keep: before any widget measures its text."""
        super().__init__(parent)
        self._app = app
        self._settings = settings
        kept = settings.text("theme", Colours.SYSTEM.value)
        self._colours = next((colours for colours in Colours if colours.value == kept), Colours.SYSTEM)
        size = settings.text("text_size", "")
        self._text_size = int(size) if size.isdecimal() and int(size) in TEXT_SIZES else _ORDINARY
        hints = app.styleHints()
        self._tell_system()
        self._system = hints.colorScheme()
        hints.colorSchemeChanged.connect(self._follow_system)
        self._theme = self._wanted()
        self._install()

    @property
    def theme(self) -> Theme:
        """The theme that holds."""
        return self._theme

    @property
    def colours(self) -> Colours:
        """What a person has chosen."""
        return self._colours

    @property
    def text_size(self) -> int:
        """The size of all text in percent."""
        return self._text_size

    def choose(self, colours: Colours) -> None:
        """Take these colours from now on."""
        if colours is self._colours:
            return
        self._colours = colours
        self._settings.set_text("theme", colours.value)
        self._tell_system()
        self._system = self._app.styleHints().colorScheme()
        self.choice_changed.emit()
        self._apply_theme()

    def toggle(self) -> None:
        """Take the colours that do not hold now, whatever the system says."""
        self.choose(Colours.LIGHT if self._theme is DARK else Colours.DARK)

    def set_text_size(self, percent: int) -> None:
        """Make all text ``percent`` of its ordinary size; raises ValueError for one that is not offered."""
        if percent not in TEXT_SIZES:
            raise ValueError(f"{percent} % is none of the sizes of text, {TEXT_SIZES}.")
        if percent != self._text_size:
            self._text_size = percent
            self._settings.set_text("text_size", str(percent))
            self._install()
            self.text_size_changed.emit(percent)

    def change_text_size(self, by: int) -> None:
        """Go ``by`` sizes up or down, as far as there are any."""
        position = TEXT_SIZES.index(self._text_size) + by
        self.set_text_size(TEXT_SIZES[max(0, min(position, len(TEXT_SIZES) - 1))])

    def reset_text_size(self) -> None:
        """Make all text as large as at first."""
        self.set_text_size(_ORDINARY)

    def _wanted(self) -> Theme:
        if self._colours is Colours.SYSTEM:
            return DARK if self._system is Qt.ColorScheme.Dark else LIGHT
        return DARK if self._colours is Colours.DARK else LIGHT

    def _follow_system(self, scheme: Qt.ColorScheme) -> None:
        self._system = scheme
        self._apply_theme()

    def _tell_system(self) -> None:
        """Have window frames and the system's own dialogs fit, on platforms that can; the others ignore it."""
        schemes = {Colours.LIGHT: Qt.ColorScheme.Light, Colours.DARK: Qt.ColorScheme.Dark}
        self._app.styleHints().setColorScheme(schemes.get(self._colours, Qt.ColorScheme.Unknown))

    def _apply_theme(self) -> None:
        if self._wanted() is not self._theme:
            self._theme = self._wanted()
            self._install()
            self.theme_changed.emit(self._theme)

    def _install(self) -> None:
        install(self._app, self._theme, self._text_size / 100)

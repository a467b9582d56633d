"""DeedButton: the button of a step, which stops what it has begun for as long as that goes on."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.guide.prose import plain
from app.look.fonts import scaled, strong
from app.look.icons import icon
from app.look.theme import Theme

_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class KeyButton(QPushButton):
    """A button that Space and Return press once a person has tabbed to it; a click leaves the keyboard alone."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and event.key() in _KEYS:
            event.accept()  # or Space would be the window's Play
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class DeedButton(QWidget):
    """A button over the whole width; while its deed goes on it says Stop, and a bar shows how far that is."""

    pressed = Signal()
    stop_pressed = Signal()

    def __init__(self, label: str, hint: str, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label, self._hint, self._theme = plain(label), hint, theme
        self._running = False
        self.button = KeyButton(parent=self)
        self._fit()
        self.button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.button.setStyleSheet(self._style())
        self.button.clicked.connect(self._tell)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How far it is"))
        self.bar.setStyleSheet(
            f"QProgressBar {{ min-height: 3px; max-height: 3px; background: {theme.line}; border-radius: 1px; }}"
            f"QProgressBar::chunk {{ background: {theme.accent}; border-radius: 1px; }}"
        )
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.bar.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.button)
        column.addWidget(self.bar)
        self.set_running(False)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.FontChange):
            self._fit()
            self.set_running(self._running)  # with an icon of the new size

    def _fit(self) -> None:
        self.button.setIconSize(QSize(scaled(14), scaled(14)))

    def set_running(self, running: bool) -> None:
        """Offer to stop, or to begin."""
        self._running = running
        label = self.tr("Stop") if running else self._label
        hint = self.tr("Stop here; everything stays as it is.") if running else self._hint
        self.button.setText(label)
        self.button.setToolTip(hint)
        self.button.setAccessibleName(label)
        self.button.setIcon(icon("stop" if running else "play", self._theme.accent, 14))
        self.bar.hide()

    def wait(self, reason: str) -> None:
        """Be disabled because of ``reason``, or enabled without one."""
        self.setEnabled(not reason)
        if reason:
            self.button.setToolTip(reason)

    def show_progress(self, share: float) -> None:
        """Show how far it is, from 0 to 1."""
        if self._running:
            self.bar.setValue(round(1000 * share))
            self.bar.show()

    def _tell(self) -> None:
        (self.stop_pressed if self._running else self.pressed).emit()

    def _style(self) -> str:
        theme = self._theme
        return (
            f"QPushButton {{ background: {theme.accent_soft}; color: {theme.accent}; font-weight: {strong().value}; }}"
            f"QPushButton:hover {{ background: {theme.accent_soft_hover}; }}"
            f"QPushButton:pressed {{ background: {theme.card}; }}"
            f"QPushButton:focus {{ border-color: {theme.accent}; }}"
            f"QPushButton:disabled {{ background: {theme.field}; color: {theme.disabled_text}; }}"
        )

"""WelcomeCard: one screen for the first time: what this is, and three ways to begin. It blocks nothing."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.look.fonts import scaled
from app.look.icons import icon
from app.look.theme import LIGHT, Theme
from app.window.masthead import Masthead

_WIDTH = 620
_ICON = 26


class WelcomeCard(QFrame):
    """Stands over the middle of ``window`` until a person chooses, closes it, or simply begins."""

    xor_chosen = Signal()
    mnist_chosen = Signal()
    guide_chosen = Signal()
    closed = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self.setProperty("role", "popup")
        self.setAccessibleName(self.tr("Welcome"))
        self._window = window
        self._focus_before: QWidget | None = None
        self.ways = (
            _Way("play", self.tr("Watch XOR learn"), self.tr("Four samples, six weights, twenty seconds")),
            _Way("open", self.tr("Choose MNIST"), self.tr("60,000 handwritten digits, no download")),
            _Way("info", self.tr("Start the guide"), self.tr("Eight steps, with a guess at each")),
        )
        for way, chosen in zip(self.ways, (self.xor_chosen, self.mnist_chosen, self.guide_chosen), strict=True):
            way.clicked.connect(self.close)
            way.clicked.connect(chosen)
        self.close_button = QPushButton(self.tr("Look around by myself"))
        self.close_button.setProperty("flat", True)
        self.close_button.setToolTip(self.tr("Close this (Escape). The menu brings it back."))
        self.close_button.clicked.connect(self.close)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        lines = QVBoxLayout()
        lines.setSpacing(6)
        for text in (
            self.tr("A small network learns before your eyes, and you can stop it at any moment."),
            self.tr("Click any number to see from which numbers it was computed."),
            self.tr("Drag the timeline: every moment of the run comes back, exactly as it was."),
        ):
            line = QLabel(text)
            line.setWordWrap(True)
            lines.addWidget(line)
        row = QHBoxLayout()
        row.setSpacing(10)
        for way in self.ways:
            row.addWidget(way, 1)
        keys = QLabel(self.tr("Press ? for all keys, Ctrl+K to find anything."))
        keys.setProperty("role", "caption")
        foot = QHBoxLayout()
        foot.addWidget(keys, 1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 16)
        column.setSpacing(18)
        column.addWidget(Masthead())
        column.addLayout(lines)
        column.addLayout(row)
        column.addLayout(foot)

    def set_theme(self, theme: Theme = LIGHT) -> None:
        """Take the colours of ``theme``."""
        for way in self.ways:
            way.set_theme(theme)

    def open(self) -> None:
        """Stand in the middle of the window, with the first way ready for Enter."""
        if self.isHidden():
            self._focus_before = QApplication.focusWidget()
        self._place()
        self.show()
        self.raise_()
        self.ways[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._window.installEventFilter(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Give the keyboard back to where it was; Qt would give it to the first control there is."""
        self._window.removeEventFilter(self)
        # Before a new window is active, nothing has the keyboard.
        before = self._focus_before
        heir = before if before is not None and isValid(before) else self._window.centralWidget()
        if heir is not None and self.isAncestorOf(QApplication.focusWidget() or self._window):
            heir.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus_before = None
        event.accept()
        self.closed.emit()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:  # a part has got its looks, or the text another size
            self._place()
        return done

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        width = min(scaled(_WIDTH), self._window.width())
        layout = self.layout()
        assert layout is not None
        # The size hint is that of another width, at which the lines are broken elsewhere.
        self.setFixedSize(width, layout.totalHeightForWidth(width))
        room = self._window.rect().center() - self.rect().center()
        self.move(max(0, room.x()), max(0, room.y()))


class _Way(QPushButton):
    """A large button with a picture, a title and what to expect."""

    def __init__(self, drawing: str, title: str, text: str) -> None:
        super().__init__()
        self.setProperty("role", "way")
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setToolTip(text)
        self._drawing = drawing
        self._sign = QLabel()
        heading = QLabel(title)
        heading.setProperty("role", "title")
        caption = QLabel(text)
        caption.setProperty("role", "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(6)
        for label in (self._sign, heading, caption):
            label.setWordWrap(label is not self._sign)
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)
        column.addStretch(1)
        # A button is as high as one line of text, unless it says that it follows its layout.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(scaled(150), scaled(120))

    def minimumSizeHint(self) -> QSize:
        # Where three of them are wider than the card can be, Qt measures their height at the width they do not get.
        return QSize(scaled(80), 0)

    def set_theme(self, theme: Theme) -> None:
        """Draw the picture in the accent of ``theme``."""
        self._sign.setPixmap(icon(self._drawing, theme.accent, _ICON).pixmap(scaled(_ICON)))

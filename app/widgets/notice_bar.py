"""NoticeBar: one sentence under the top bar, with a way on, that waits for a person and blocks nothing."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from app.look.style import restyle

#: What a button is called, and what it does.
Choice = tuple[str, Callable[[], None]]


class NoticeBar(QFrame):
    """Shows an error, a piece of news, or the progress of a job; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "callout")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._progress = QProgressBar()
        self._progress.setFixedWidth(220)
        self._progress.setTextVisible(False)
        self._button = QPushButton()
        self._button.clicked.connect(self._act)
        self._other = QPushButton()
        self._other.clicked.connect(self._act_otherwise)
        self._close = QPushButton(self.tr("Close"))
        self._close.setProperty("flat", True)
        self._close.setToolTip(self.tr("Hide this message."))
        self._close.clicked.connect(self.hide)
        self._waiting = False
        self._action: Callable[[], None] | None = None
        self._other_action: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(12)
        row.addWidget(self._text, 1)
        row.addWidget(self._progress)
        row.addWidget(self._button)
        row.addWidget(self._other)
        row.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown, or the last one."""
        return self._text.text()

    @property
    def asks(self) -> bool:
        """Whether a sentence is shown with something that can be done about it, other than to close it."""
        return not self.isHidden() and not self._button.isHidden()

    def setVisible(self, visible: bool) -> None:
        """Give the keyboard back to what is around the bar; Qt would give it to the next control."""
        around, focused = self.parentWidget(), QApplication.focusWidget()
        if not visible and around is not None and focused is not None and self.isAncestorOf(focused):
            around.setFocus(Qt.FocusReason.OtherFocusReason)
        super().setVisible(visible)

    def show_error(self, sentence: str, action: Choice | None = None) -> None:
        """Show what went wrong until a person closes it, and a button with its label for ``action``."""
        self._show(sentence, "error", action=action)

    def show_news(self, sentence: str, action: Choice | None = None, other: Choice | None = None) -> None:
        """Show ``sentence``, and a button with its label for ``action`` and ``other``, which also closes the bar."""
        self._show(sentence, action=action, other=other)

    def show_progress(self, sentence: str, done: int, total: int, cancel: Callable[[], None]) -> None:
        """Show that ``done`` parts of ``total`` are done, with a button that calls ``cancel``."""
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._progress.setAccessibleName(sentence)
        self._show(sentence, action=(self.tr("Cancel"), cancel), progress=True)

    def show_waiting(self, sentence: str) -> None:
        """Show that something takes a while, until ``end_waiting``; not in the place of what a person has not read."""
        if not self.isHidden():
            return
        self._progress.setRange(0, 0)
        self._show(sentence, progress=True)
        self._waiting = True

    def end_waiting(self) -> None:
        """Hide what ``show_waiting`` shows; anything else stays."""
        if self._waiting:
            self.hide()

    def _show(
        self,
        sentence: str,
        role: str = "",
        action: Choice | None = None,
        progress: bool = False,
        other: Choice | None = None,
    ) -> None:
        """Show ``sentence`` and what goes with it; Close where nothing is under way."""
        self._waiting = False
        self._text.setText(sentence)
        if self._text.property("role") != role:
            self._text.setProperty("role", role)
            restyle(self._text)
        self.setAccessibleName(sentence)
        if action is not None:
            self._button.setText(action[0])
            self._action = action[1]
        if other is not None:
            self._other.setText(other[0])
            self._other_action = other[1]
        # Each once: what is hidden and shown again at every step of a progress makes Cancel jump away from the mouse.
        self._progress.setVisible(progress)
        self._button.setVisible(action is not None)
        self._other.setVisible(other is not None)
        self._close.setVisible(not progress)
        self.show()

    def _act(self) -> None:
        self._carry_out(self._action)

    def _act_otherwise(self) -> None:
        self._carry_out(self._other_action)

    def _carry_out(self, action: Callable[[], None] | None) -> None:
        self.hide()
        if action is not None:
            action()

"""Sample selector: which sample of the batch is looked at, with a step back and forth."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget


class SampleSelector(QWidget):
    """Shows "Sample 3 of 64" between two buttons. It asks for another sample; its owner decides."""

    requested = Signal(int)
    """The number of the sample wanted, counted from 0; after the last comes the first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sample, self._count = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Sample"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._hint = self.tr("{name}: see how another input goes through the same weights.")
        self.previous = self._button("‹", self.tr("Previous sample"), -1)
        self.label = QLabel()
        self.label.setProperty("role", "caption")
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.next = self._button("›", self.tr("Next sample"), 1)
        row.addWidget(self.previous)
        row.addWidget(self.label)
        row.addWidget(self.next)
        hint = self.tr(
            "The sample of the batch whose numbers are drawn. All samples of a batch go through the same weights; "
            "their gradients are added up."
        )
        self.label.setToolTip(hint)
        self.setAccessibleDescription(hint)

    def _button(self, text: str, name: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setProperty("flat", True)
        button.setAutoRepeat(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(name)
        button.clicked.connect(lambda: self.requested.emit((self._sample + step) % max(1, self._count)))
        return button

    def show_sample(self, sample: int, count: int) -> None:
        """Show that sample number ``sample`` (from 0) of ``count`` is looked at."""
        if (sample, count) == (self._sample, self._count):
            return
        if count != self._count:
            # As wide as the widest number, so that the buttons stay under the pointer.
            self.label.setMinimumWidth(0)
            self.label.setText(self._text(count, count))
            self.label.setMinimumWidth(self.label.sizeHint().width())
        self._sample, self._count = sample, count
        self.label.setText(self._text(sample + 1, count))
        for button in (self.previous, self.next):
            button.setEnabled(count > 1)
            button.setToolTip(
                self.tr("{name}: see how another input goes through the same weights.").format(
                    name=button.accessibleName()
                )
                if count > 1
                else self.tr("The batch has only this sample.")
            )

    def _text(self, number: int, count: int) -> str:
        return self.tr("Sample {number} of {count}").format(number=f"{number:,}", count=f"{count:,}")

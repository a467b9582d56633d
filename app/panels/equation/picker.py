"""The picker: which sample is looked at, in its batch or alone, and where it comes from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QSpinBox, QWidget

from app.look.fonts import scaled
from app.look.style import indent_number_field
from app.look.theme import Theme
from app.widgets.segmented import Segmented

# What a number field needs beside its text: margins and buttons.
_BESIDE_NUMBER = 34


class Picker(QWidget):
    """Shows which sample is looked at, and asks for another one; its owner decides.

    Alone, a sample is named as NumPy would, x_test[17]; in a batch it is the third of 64, counted from 1.
    """

    mode_chosen = Signal(str)
    """"batch" or "alone"."""
    part_chosen = Signal(str)
    """"test" or "train"."""
    sample_chosen = Signal(int)
    """A sample, from 0, of the batch or of the data set's part."""
    wrong_wanted = Signal()
    """The next sample that is answered wrongly is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Sample under the microscope"))
        self.mode = Segmented([("batch", self.tr("Batch")), ("alone", self.tr("Alone"))], self.tr("Sample"))
        self.mode.button("batch").setToolTip(
            self.tr("The run's own numbers: a sample within its batch, whose gradients are added up for the update")
        )
        self.mode.button("alone").setToolTip(
            self.tr(
                "Any sample as a batch of one, computed with this moment's weights. Nothing is learnt from it: "
                "there is no update"
            )
        )
        self.part = Segmented([("test", self.tr("Test")), ("train", self.tr("Train"))], self.tr("Taken from"))
        self.part.button("test").setToolTip(self.tr("Samples that the network has never learnt from"))
        self.part.button("train").setToolTip(self.tr("Samples that the network learns from"))
        self.number = QSpinBox()
        indent_number_field(self.number)
        self.number.setAccessibleName(self.tr("Which sample"))
        self.number.setKeyboardTracking(False)
        self.number.setWrapping(True)
        self.wrong = QPushButton(self.tr("Wrong ›"))
        self.wrong.setProperty("flat", True)
        self.wrong.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # A header has little height.
        self.wrong.setStyleSheet("QPushButton { padding: 1px 4px; min-height: 1.5em; }")
        self.wrong.setAccessibleName(self.tr("Next wrong answer"))
        self.wrong.setToolTip(self.tr("Go to the next sample that the network answers wrongly: what confuses it?"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self.mode, self.part, self.number, self.wrong):
            row.addWidget(widget)
        self.part.hide()
        self.wrong.hide()
        self.mode.changed.connect(self.mode_chosen)
        self.part.changed.connect(self.part_chosen)
        self.number.valueChanged.connect(self._choose)
        self.wrong.clicked.connect(self.wrong_wanted)

    def show_batch(self, sample: int, count: int) -> None:
        """Show that sample ``sample``, from 0, of a batch of ``count`` is looked at."""
        self._show("batch", False)
        self._show_number(sample + 1, 1, count, "", self.tr(" of {count}").format(count=f"{count:,}"))
        self.number.setToolTip(self.tr("The sample of the batch whose row is marked"))

    def show_alone(self, part: str, sample: int, count: int, has_test: bool) -> None:
        """Show that sample ``sample``, from 0, of ``count`` in the training or test set is looked at alone."""
        self._show("alone", has_test)
        with QSignalBlocker(self.part):
            self.part.set_value(part)
        self._show_number(sample, 0, count - 1, f"x_{part}[", "]")
        self.number.setToolTip(self.tr("The sample's place in the data set, counted from 0 as NumPy does"))

    def _show(self, mode: str, has_test: bool) -> None:
        with QSignalBlocker(self.mode):
            self.mode.set_value(mode)
        self.part.setVisible(mode == "alone" and has_test)
        self.wrong.setVisible(mode == "alone")

    def _show_number(self, value: int, least: int, most: int, before: str, after: str) -> None:
        with QSignalBlocker(self.number):
            if (self.number.prefix(), self.number.suffix()) != (before, after):
                self.number.setPrefix(before)
                self.number.setSuffix(after)
            if (self.number.minimum(), self.number.maximum()) != (least, most):
                self.number.setRange(least, most)
                self._fit_number()
            if self.number.value() != value:
                self.number.setValue(value)

    def _fit_number(self) -> None:
        """Make the field as wide as its widest number."""
        number = self.number
        widest = number.fontMetrics().horizontalAdvance(f"{number.prefix()}{number.maximum()}{number.suffix()}")
        number.setFixedWidth(widest + scaled(_BESIDE_NUMBER))
        indent_number_field(number)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the program's text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:  # by then the field has its new typeface
            self._fit_number()

    def _choose(self, value: int) -> None:
        self.sample_chosen.emit(value - self.number.minimum())

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        for widget in (self.mode, self.part):
            widget.set_theme(theme)


class ViewChooser(QWidget):
    """Whether the whole equation, the layer of the present phase, or a certain layer is shown."""

    chosen = Signal(str)
    """"all", "follow", or the number of a layer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._layers = 0
        self._choice: Segmented | None = None

    def set_layers(self, layers: int) -> None:
        """Offer the layers of a network; of a single one there is nothing to choose."""
        if layers == self._layers:
            return
        self._layers = layers
        row = self.layout()
        assert row is not None
        if self._choice is not None:
            row.removeWidget(self._choice)
            self._choice.hide()
            self._choice.deleteLater()
            self._choice = None
        if layers > 1:
            self._choice = self._make(layers)
            row.addWidget(self._choice)
        self.updateGeometry()

    def _make(self, layers: int) -> Segmented:
        numbers = [(str(layer), str(layer)) for layer in range(1, layers + 1)]
        choice = Segmented([("all", self.tr("All")), ("follow", self.tr("Follow")), *numbers], self.tr("Shown layers"))
        choice.button("all").setToolTip(self.tr("All layers at once, from the input to the loss and back"))
        choice.button("follow").setToolTip(
            self.tr("The layer that the present phase computes, as large as there is room")
        )
        for layer, _ in numbers:
            choice.button(layer).setToolTip(self.tr("Only layer {layer}").format(layer=layer))
        choice.changed.connect(self.chosen)
        return choice

    def value(self) -> str:
        """Return what is chosen."""
        return self._choice.value() if self._choice is not None else "all"

    def show_value(self, view: str) -> None:
        """Show that ``view`` holds, without asking for it."""
        if self._choice is not None and self._choice.value() != view:
            with QSignalBlocker(self._choice):
                self._choice.set_value(view)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        if self._choice is not None:
            self._choice.set_theme(theme)

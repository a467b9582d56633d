"""SizeField: how many pixels a picture has, from a list or free."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.export.request import SIZES
from app.export_dialog.rows import NumberField
from app.look.fonts import scaled
from app.panels.experiment.fields import Choice
from app.wording import Term

_FREE = "free"


class SizeField(QWidget):
    """A list of sizes, and width and height, which can be typed as well."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._setting = False
        self.preset = Choice(steady=True)  # the form must not change its width with the size
        for size in SIZES:
            self.preset.offer(size, Term(self._label(size), ""))
        self.preset.offer(_FREE, Term(self.tr("Free"), self.tr("Any width and height.")))
        self.preset.setAccessibleName(self.tr("Size"))
        self.preset.setToolTip(
            self.tr("800 x 600 suits a page of text, 1920 x 1080 a whole slide, a square half of one.")
        )
        self.wide, self.high = NumberField(1), NumberField(1)
        for number, name in ((self.wide, self.tr("Width")), (self.high, self.tr("Height"))):
            number.setAccessibleName(name)
            number.setGroupSeparatorShown(False)
            number.setToolTip(self.tr("In pixels; text stays as large as it is, so a larger picture shows more."))
            number.valueChanged.connect(self._type)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(scaled(6))
        line.addWidget(self.preset, 1)
        line.addWidget(self.wide)
        line.addWidget(QLabel("×"))
        line.addWidget(self.high)
        self.preset.chosen.connect(self._choose)
        self.set_size(SIZES[0])

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        """What is marked where the size makes no sense."""
        return (self.preset, self.wide, self.high)

    def size_chosen(self) -> tuple[int, int]:
        """Return width and height in pixels."""
        return self.wide.value(), self.high.value()

    def set_size(self, size: tuple[int, int]) -> None:
        """Show ``size``."""
        self._setting = True
        self.wide.setValue(size[0])
        self.high.setValue(size[1])
        self._setting = False
        self._name()

    def _label(self, size: tuple[int, int]) -> str:
        pixels = f"{size[0]} × {size[1]}"
        if size == (3840, 2160):
            return self.tr("{pixels} (4K)").format(pixels=pixels)
        if size[0] == size[1]:
            return self.tr("{pixels} (square)").format(pixels=pixels)
        return pixels

    def _name(self) -> None:
        size = self.size_chosen()
        self.preset.set_key(size if size in SIZES else _FREE)

    def _choose(self) -> None:
        size = self.preset.key()
        if size == _FREE:
            self.wide.setFocus()
            self.wide.selectAll()
        else:
            assert isinstance(size, tuple)
            self.set_size(size)
            self.changed.emit()

    def _type(self) -> None:
        if not self._setting:
            self._name()
            self.changed.emit()

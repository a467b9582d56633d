"""MomentsField: from which moment to which, and how many of those between."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.export.formats import Kind
from app.export.moments import Every, Moments, Spread
from app.export_dialog.range_strip import RangeStrip
from app.export_dialog.remembered import Spacing
from app.export_dialog.rows import NumberField, side_by_side
from app.look.fonts import scaled
from app.panels.experiment.fields import Choice
from app.run.pace import Unit
from app.wording import Term
from backprop.cursor import Cursor


class MomentsField(QWidget):
    """The range on a strip, and below it how the moments in it are spaced."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown: Cursor | None = None
        self.strip = RangeStrip()
        self.begin_here = _small_button(
            self.tr("Begin here"), self.tr("Let the range begin at the moment that the window shows now.")
        )
        self.end_here = _small_button(
            self.tr("End here"), self.tr("Let the range end at the moment that the window shows now.")
        )
        self.spacing = Choice()
        self.spacing.setAccessibleName(self.tr("Spacing of the frames"))
        for key, label, hint in (
            (Spacing.EVERY, self.tr("Every n-th"), self.tr("A frame for every n-th epoch, batch or phase.")),
            (
                Spacing.TIME,
                self.tr("Evenly in time"),
                self.tr("A number of frames, with equally many batches from one to the next."),
            ),
            (
                Spacing.CHANGE,
                self.tr("Evenly by change"),
                self.tr(
                    "A number of frames, so that the parameters change equally much from one to the next: slow where "
                    "the network learns much, fast where little happens."
                ),
            ),
        ):
            self.spacing.offer(key, Term(label, hint))
        self.spacing.setToolTip(self.tr("How the moments that get a frame are spaced over the range."))
        self.count = NumberField(1)
        self.count.setAccessibleName(self.tr("n"))
        self.count.setToolTip(self.tr("2 is every second one, 10 every tenth."))
        self.unit = Choice()
        self.unit.setAccessibleName(self.tr("Unit"))
        for unit, label, hint in (
            (Unit.EPOCH, self.tr("Epoch"), self.tr("One pass over all samples.")),
            (Unit.BATCH, self.tr("Batch"), self.tr("One update of the weights.")),
            (Unit.PHASE, self.tr("Phase"), self.tr("One formula for one layer.")),
        ):
            self.unit.offer(unit, Term(label, hint))
        self.unit.setToolTip(
            self.tr("An epoch is one pass over all samples, a batch one update, a phase one formula for one layer.")
        )
        self.frames = NumberField(1)
        self.frames.setAccessibleName(self.tr("Number of frames"))
        self.frames.setToolTip(self.tr("More frames move more smoothly, and make a larger file."))
        self.frames.valueChanged.connect(lambda count: self.frames.setSuffix(self.tr(" frame(s)", "", count)))
        self._put_together()
        self.strip.changed.connect(self.changed)
        self.begin_here.clicked.connect(self._begin_here)
        self.end_here.clicked.connect(self._end_here)
        self.spacing.chosen.connect(self._show_spacing)
        for choice in (self.spacing, self.unit):
            choice.chosen.connect(self.changed)
        for number in (self.count, self.frames):
            number.valueChanged.connect(self.changed)
        self.set_kind(Kind.ANIMATION)
        self._show_spacing()  # before a layout takes account of what is hidden

    def _put_together(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(4))
        column.addWidget(self.strip)
        column.addWidget(side_by_side(self.begin_here, None, self.end_here))
        self._ways = side_by_side(self.spacing, self.count, self.unit, self.frames)
        column.addWidget(self._ways)

    @property
    def inputs(self) -> tuple[QWidget, ...]:
        """What is marked where the moments make no sense."""
        return (self.spacing, self.count, self.unit, self.frames)

    def moments(self) -> Moments:
        """Return what is chosen."""
        unit = self.unit.key()
        assert isinstance(unit, Unit)
        first, last = self.strip.range()
        if self.spacing.key() is Spacing.EVERY:
            return Moments(Every(self.count.value(), unit), first, last)
        return Moments(Spread(self.frames.value(), self.spacing.key() is Spacing.CHANGE), first, last)

    def show_spacing(self, spacing: Spacing, count: int, unit: Unit, frames: int) -> None:
        """Show how moments are spaced."""
        self.spacing.set_key(spacing)
        self.count.setValue(count)
        self.unit.set_key(unit)
        self.frames.setValue(frames)
        self._show_spacing()

    def show_moment(self, cursor: Cursor) -> None:
        """Take note of the moment on the screen."""
        self._shown = cursor

    def set_kind(self, kind: Kind) -> None:
        """Offer a range, or a single moment for a picture."""
        picture = kind is Kind.PICTURE
        self.strip.set_single(picture)
        self.begin_here.setVisible(not picture)
        self.end_here.setText(self.tr("The moment shown") if picture else self.tr("End here"))
        self._ways.setVisible(not picture)

    def _show_spacing(self) -> None:
        every = self.spacing.key() is Spacing.EVERY
        # What goes goes first: for a moment, all of them together would make the window wider.
        leaving, coming = (
            ((self.frames,), (self.count, self.unit)) if every else ((self.count, self.unit), (self.frames,))
        )
        for part in leaving:
            part.hide()
        for part in coming:
            part.show()

    def _begin_here(self) -> None:
        if self._shown is not None:
            self.strip.set_first(self._shown)
            self.changed.emit()

    def _end_here(self) -> None:
        if self._shown is not None:
            self.strip.set_last(self._shown)
            self.changed.emit()


def _small_button(text: str, hint: str) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("flat", True)
    button.setToolTip(hint)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button

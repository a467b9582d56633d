"""EquationPanel: a step's equations in matrix form with this moment's numbers, for a batch or for one sample alone."""

from __future__ import annotations

from typing import Self

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.later import soon
from app.look.colours import ink
from app.look.fonts import scaled
from app.look.theme import Theme
from app.panels.equation.examination import Examination
from app.panels.equation.explain import exactly
from app.panels.equation.foot import Run
from app.panels.equation.frame import Frame
from app.panels.equation.page import Look, Page
from app.panels.equation.page_maker import Pages
from app.panels.equation.picker import Picker, ViewChooser
from app.panels.equation.pointing import PointingPanel
from app.panels.equation.terms import BY_SAMPLE, PARAMETERS, Cell, Key, Terms
from app.panels.equation.words import moment_words, place_words, sample_words, summarize
from app.panels.network.sample_view import Shape
from backprop import Dataset, Experiment, Snapshot

# In a narrower panel the controls need the whole header; more of them for a sample alone.
_LEAST_FOR_CAPTION = {False: 560, True: 800}


class EquationPanel(PointingPanel):
    """The four stages of a step as matrices: what has been computed, and for any number where it came from.

    Samples count as the network panel counts them: in the batch or, where every batch is the whole training set, in
    the data set's order.
    """

    name = "equation"

    parameter_selected = Signal(str, object)
    """The name of a parameter array and the index in it, a tuple of ints: ("W1", (0, 1))."""
    sample_selected = Signal(int)
    """The sample of the batch that a person has chosen here, as ``set_sample`` counts."""
    examined = Signal(object)
    """The Snapshot of the sample that is looked at alone, at every new moment; None when the batch is shown again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.title())
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._shape: Shape | None = None
        self._snapshot: Snapshot | None = None
        self._sample = 0
        self._terms: Terms | None = None
        self._pages: Pages | None = None
        self._frame: Frame | None = None
        self._selected: Cell | None = None
        self._heading: str | None = None
        self._caption = ""
        #: Whether header and caption are those of the newest moment; they are not while nobody sees them.
        self._follows = False
        #: The view a person has chosen; until then the whole, where it can be read.
        self._view: str | None = None
        self.views = ViewChooser()
        self.views.chosen.connect(self._choose_view)
        self.examination = Examination(self)
        self.examination.changed.connect(self._follow)
        self.examination.emitted.connect(self.examined)
        self.picker = Picker()
        self.picker.mode_chosen.connect(self._choose_mode)
        self.picker.part_chosen.connect(lambda part: self.show_alone(part, 0))
        self.picker.sample_chosen.connect(self._choose_number)
        self.picker.wrong_wanted.connect(self._look_for_wrong)

    # --- the panel's contract

    def title(self) -> str:
        return self.tr("Matrix form")

    def controls(self) -> list[QWidget]:
        return [self.views, self.picker]

    def start_run(self, experiment: Experiment, dataset: Dataset) -> None:
        layers_before = len(self._shape.experiment.layers) if self._shape is not None else 0
        self._shape = Shape(experiment, dataset)
        self._pages = Pages(self._shape)
        self._snapshot = self._terms = None
        self._selected = None
        self.point_at(None)
        if len(experiment.layers) != layers_before:
            self._view = None
            self.views.set_layers(len(experiment.layers))
            self.views.set_theme(self.theme)
        # The first one through which a gradient flows: zeros alone change no weight.
        self._sample = int(np.argmax(dataset.train.x[:64].any(axis=1)))
        self.examination.start_run(dataset)
        self.update()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._follow()

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.views.set_theme(theme)
        self.picker.set_theme(theme)

    def set_exporting(self, title: str) -> None:
        super().set_exporting(title)
        self._heading = title
        self.setMouseTracking(False)
        self._forget_room()

    def take_over(self, before: Self) -> None:
        if before._view is not None:
            self.set_view(before._view)
        self._selected, self._sample = before._selected, before._sample
        if before.examination.alone:
            self.show_alone(before.examination.part, before.examination.number)
        self._follow()

    def summary(self) -> str:
        if self._shape is None or self._snapshot is None:
            return ""
        terms = self.terms()
        return summarize(terms, self._shape, self._row(terms.snapshot), self.examination.name())

    # --- what is looked at

    def set_sample(self, sample: int) -> None:
        """Mark ``sample`` of the batch; where it has fewer samples, its last one."""
        self._sample = max(0, sample)
        self._follow()

    def sample(self) -> int:
        """Return the sample of the batch that is looked at, as ``set_sample`` counts."""
        return self._sample

    def show_alone(self, part: str, sample: int) -> None:
        """Look at a sample, from 0, of the "test" or "train" set as a batch of its own."""
        self.examination.choose(part, sample)

    def show_batch(self) -> None:
        """Look at the run's own batch again."""
        self.examination.leave()

    def select_parameter(self, name: str, index: tuple[int, ...]) -> None:
        """Mark a parameter, such as ("W1", (0, 1))."""
        self._selected = Cell(Key("W" if name.startswith("W") else "b", int(name[1:])), tuple(index))
        self.update()

    def set_view(self, view: str) -> None:
        """Show "all" layers, "follow" the phase, or the layer of that number, "1" and so on."""
        self.views.show_value(view)
        self._choose_view(view)

    def view(self) -> str:
        """Return what is shown: "all", "follow" or the number of a layer."""
        return self.views.value()

    def terms(self) -> Terms:
        """Return the matrices of the moment that is shown. Raises RuntimeError before there is one."""
        if self._snapshot is None:
            raise RuntimeError("No run has started, so there is nothing to show.")
        if self._terms is None:
            alone = self.examination.examine(self._snapshot, tell=self.isVisible())
            self._terms = Terms(alone if alone is not None else self._snapshot)
        return self._terms

    def _row(self, snapshot: Snapshot) -> int:
        if self.examination.alone:
            return 0
        sample = min(self._sample, len(snapshot.rows) - 1)
        if snapshot.experiment.steps_per_epoch == 1:
            return int(np.flatnonzero(snapshot.rows == sample)[0])
        return sample

    def _choose_view(self, view: str) -> None:
        self._view = view
        self.update()

    def _choose_mode(self, mode: str) -> None:
        if mode == "alone":
            self.examination.choose_again()
        else:
            self.examination.leave()

    def _choose_number(self, number: int) -> None:
        if self.examination.alone:
            self.examination.choose(self.examination.part, number)
            return
        self.set_sample(number)
        self.sample_selected.emit(number)

    def _look_for_wrong(self) -> None:
        if self._snapshot is not None:
            self.examination.look_for_wrong(self._snapshot)

    def _follow(self) -> None:
        """Bring everything to the newest moment and sample."""
        self._terms = None
        if self._snapshot is None or self._shape is None:
            return
        self._follows = self._is_looked_at()
        if not self._follows:
            return
        terms = self.terms()
        if self.examination.alone:
            part, number = self.examination.part, self.examination.number
            count = len(self.examination.samples())
            self.picker.show_alone(part, number, count, self._shape.dataset.test is not None)
        else:
            count = len(terms.snapshot.rows)
            self.picker.show_batch(min(self._sample, count - 1), count)
        self.page()  # which decides what view the header shows
        caption = sample_words(terms, self._shape, self._row(terms.snapshot), self.examination.alone)
        caption = caption if self.width() >= _LEAST_FOR_CAPTION[self.examination.alone] else ""
        if caption != self._caption:
            self._caption = caption
            self.caption_changed.emit(caption)
        self.update()

    def _is_looked_at(self) -> bool:
        """Return whether anybody sees the panel, or what it shows alone in another one; an exported one counts."""
        if self._heading is not None:
            return True
        # A dock behind another one's tab is not hidden, but nobody sees it.
        return self.isVisible() and (self.examination.alone or not self.visibleRegion().isEmpty())

    # --- painting

    def page(self) -> Page:
        """Return what is painted, arranged for the panel's size. Raises RuntimeError before there is a moment."""
        terms = self.terms()
        assert self._pages is not None
        assert self._snapshot is not None
        page, view = self._pages.page(
            terms,
            self._snapshot.phase,
            self._row(terms.snapshot),
            self._view,
            self._frame_in_use().room,
            self._frame_in_use().scale,
            self.examination.alone,
        )
        self.views.show_value(view)
        return page

    def foot(self) -> list[Run]:
        """Return what the line below the matrices says."""
        terms, frame = self.terms(), self._frame_in_use()
        room = frame.foot_room.width() - frame.foot.chip_width(frame.chip(self.examination.name()))
        cell = self.pointed()
        if cell is not None:
            return frame.foot.of_cell(terms, cell, self.theme, room)
        assert self._pages is not None
        assert self._snapshot is not None
        phase = terms.snapshot.phase if self.examination.alone else self._snapshot.phase
        return frame.foot.of_phase(terms, self._pages.notation, phase, self.theme, room)

    def _frame_in_use(self) -> Frame:
        if self._frame is None:
            self._frame = Frame(self.width(), self.height(), self._heading)
        return self._frame

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), ink(self.theme.card))
        if self._snapshot is not None and self._shape is not None:
            self._paint(painter)
        painter.end()
        if not self._follows:
            soon(self, self._follow)  # the dock has just come to the front

    def _paint(self, painter: QPainter) -> None:
        assert self._snapshot is not None
        assert self._shape is not None
        terms, page = self.terms(), self.page()
        look = Look(
            self.theme, self._snapshot.phase, self._row(terms.snapshot), self.pointed(), self._selected_cell(page)
        )
        page.paint(painter, terms, look)
        page.paint_marks(painter, terms, look)
        frame = self._frame_in_use()
        frame.paint_heading(painter, self.theme, moment_words(self._snapshot))
        chip = frame.chip(self.examination.name())
        frame.foot.paint(painter, frame.foot_room, self.theme, self.foot(), chip, page.note(terms))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ink(self.theme.accent), 2.0))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5.0, 5.0)

    def _selected_cell(self, page: Page) -> Cell | None:
        """Return the selected parameter where this network has it; another run may not."""
        cell = self._selected
        if cell is None or not self.terms().exists(cell.key):
            return None
        return cell if page.place(cell) is not None else None

    def _forget_room(self) -> None:
        """Divide the room anew: it has another size, or text has."""
        self._frame = None
        if self._pages is not None:
            self._pages.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._forget_room()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.ApplicationFontChange):
            self._forget_room()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # What is computed for the eye stops with it; nobody may go on showing a stale sample.
        self.examination.pause()

    def sizeHint(self) -> QSize:
        return QSize(740, 221)

    def minimumSizeHint(self) -> QSize:
        return QSize(scaled(220), scaled(120))

    # --- pointing

    def can_point(self) -> bool:
        return self._snapshot is not None and self._heading is None

    def calculation_place(self) -> QRectF:
        return self._frame_in_use().foot_room

    def acts(self, cell: Cell) -> bool:
        return cell.key.kind in PARAMETERS or self._is_row(cell)

    def _is_row(self, cell: Cell) -> bool:
        return cell.key.kind in BY_SAMPLE and not self.examination.alone

    def choose(self, cell: Cell) -> None:
        """Select the parameter, or the sample, that a number belongs to."""
        letter = PARAMETERS.get(cell.key.kind)
        if letter is not None:
            name = f"{letter}{cell.key.layer}"
            self.select_parameter(name, cell.index)
            self.parameter_selected.emit(name, cell.index)
        elif self._is_row(cell) and self._snapshot is not None:
            whole = self._snapshot.experiment.steps_per_epoch == 1
            sample = int(self._snapshot.rows[cell.index[0]]) if whole else cell.index[0]
            self.set_sample(sample)
            self.sample_selected.emit(sample)

    def hint(self, cell: Cell) -> str:
        assert self._shape is not None
        return f"{exactly(self.terms(), cell)}\n{place_words(self.terms(), self._shape, cell)}"

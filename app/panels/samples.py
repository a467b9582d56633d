"""SamplesPanel: what the network answers for samples: a few as cards, or test images in pages."""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from app import wording
from app.look.theme import Theme
from app.panels.base import Panel
from app.panels.sample_images import SampleImages
from app.widgets.sample_cards import SampleCard, SampleCards
from app.widgets.value_text import exact, with_minus
from backprop import Dataset, Experiment, HistoryView, Snapshot
from backprop.arrays import Array
from backprop.metrics import predicted_classes

# Of larger data sets without images, only so many samples are answered at every moment.
_MOST_ANSWERED = 1000
_MOST_INPUTS_WRITTEN = 4
# A summary tells of no more samples than a person can listen to.
_MOST_TOLD = 16


class SamplesPanel(Panel):
    """Cards for data sets of a few numbers a sample, thumbnails for data sets of images."""

    name = "samples"

    sample_selected = Signal(int)
    """The row, in the training set, of the sample that is selected now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.title())
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._dataset: Dataset | None = None
        self._snapshot: Snapshot | None = None
        self._stale = False
        self._one_batch = True
        self._answers = ""
        self._outputs: Array = np.empty((0, 1))
        self._right: NDArray[np.bool_] = np.empty(0, np.bool_)
        self.cards = SampleCards()
        self.cards.setAccessibleName(self.tr("Samples"))
        self.cards.explain = self._explain
        self.cards.selected.connect(self.sample_selected)
        self.cards.shown_changed.connect(self._tell)
        self.images = SampleImages()
        self.images.thumbnails.setAccessibleName(self.tr("Test images"))
        self.images.caption_changed.connect(self.caption_changed)
        self._faces = QStackedLayout(self)
        self._faces.addWidget(self.cards)
        self._faces.addWidget(self.images)
        for control in self.images.controls():
            control.hide()

    def title(self) -> str:
        return self.tr("Samples")

    def controls(self) -> list[QWidget]:
        return self.images.controls()

    # --- the run

    def start_run(self, experiment: Experiment, dataset: Dataset) -> None:
        is_other = self._dataset is None or self._dataset.name != dataset.name
        self._dataset, self._snapshot = dataset, None
        self._one_batch = experiment.steps_per_epoch == 1
        has_images = dataset.info.image_shape is not None
        self._faces.setCurrentWidget(self.images if has_images else self.cards)
        for control in self.images.controls():
            # Without a header to stand in it would open as a window of its own.
            control.setVisible(has_images and control.parent() is not None)
        if has_images:
            self.images.start_run(dataset)
            return
        self.cards.show_cards(0, self._card)
        if is_other:
            # Through inputs that are all zero no gradient reaches the first weights: no sample to begin with.
            self.cards.select(int(np.argmax(dataset.train.x.any(axis=1))))
        self.sample_selected.emit(self.cards.selection())

    def show_history(self, history: HistoryView) -> None:
        if self._shows_images():
            self.images.show_history(history)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        if self._shows_images():
            self.images.show_snapshot(snapshot)
        elif self._stale or before is None or before.steps_done != snapshot.steps_done:
            self._answer_cards()

    def _shows_images(self) -> bool:
        return self._faces.currentWidget() is self.images

    def _answer_cards(self) -> None:
        """Show what the present parameters answer for the training samples."""
        self._stale = not self.isVisible()
        if self._stale or self._snapshot is None or self._dataset is None:
            return
        train = self._dataset.train
        count = min(len(train), _MOST_ANSWERED)
        outputs = self._snapshot.predict(train.x[:count])
        self._outputs, self._right = outputs, predicted_classes(outputs) == train.labels[:count]
        self._answers = self.tr("{right} of {count} right").format(
            right=f"{np.count_nonzero(self._right):,}", count=f"{count:,}"
        )
        self.cards.show_cards(count, self._card)
        self._tell()

    def _tell(self) -> None:
        shown = self.cards.shown()
        if len(shown) < self.cards.count():
            text = self.tr("samples {first}–{last}, {answers}")
            self.caption_changed.emit(text.format(first=shown.start + 1, last=shown.stop, answers=self._answers))
        else:
            self.caption_changed.emit(self._answers)

    def _card(self, row: int) -> SampleCard:
        assert self._dataset is not None
        output, right = self._outputs[row], bool(self._right[row])
        train, names = self._dataset.train, self._dataset.info.class_names
        if len(output) == 1:
            value, target = float(output[0]), float(train.y[row, 0])
            title = f"{_inputs_text(train.x[row])} \N{RIGHTWARDS ARROW} {target:g}"
            # A linear output of a run that diverges has hundreds of digits.
            text = with_minus(f"{value:.3f}" if abs(value) < 1e5 else f"{value:.2e}")
        else:
            answer = int(predicted_classes(output[np.newaxis])[0])
            value, target = float(output[answer]), None
            title = f"{_inputs_text(train.x[row])} \N{RIGHTWARDS ARROW} {names[int(train.labels[row])]}"
            text = names[answer]
        share = min(max(value, 0.0), 1.0) if np.isfinite(value) else 0.0
        return SampleCard(title, text, right, share, target)

    def _explain(self, row: int) -> str:
        tip = self.tr("Sample {number}: the output is {value}. Select it, and the network shows it.")
        return tip.format(number=f"{row + 1:,}", value=", ".join(exact(number) for number in self._outputs[row]))

    # --- selection

    def selected(self) -> int:
        """Return the row, in the training set, of the selected sample."""
        return self.cards.selection()

    def set_sample(self, sample: int) -> None:
        """Select a sample without telling of it; where batches are smaller than the set, its rows are others."""
        if self._one_batch:
            self.cards.select(sample)

    # --- looks

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.cards.set_theme(theme)
        self.images.set_theme(theme)

    def take_over(self, before: Self) -> None:
        self.set_sample(before.selected())
        self.images.take_over(before.images)

    def summary(self) -> str:
        if self._shows_images():
            return self.images.summary()
        cards = [
            self.tr("{sample}: {value}, {judgement}.").format(
                sample=card.title, value=card.value, judgement=self.tr("right") if card.right else self.tr("wrong")
            )
            for card in map(self.cards.card, range(min(_MOST_TOLD, self.cards.count())))
        ]
        return wording.together(wording.ended(self._answers), *cards) if cards else ""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._answer_cards()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self.theme.card))


def _inputs_text(x: Array) -> str:
    """Return the inputs of a sample as a person writes them, such as (0, 1)."""
    numbers = [with_minus(f"{value:.3g}") for value in x[:_MOST_INPUTS_WRITTEN]]
    more = ["…"] if len(x) > _MOST_INPUTS_WRITTEN else []
    return f"({', '.join(numbers + more)})"

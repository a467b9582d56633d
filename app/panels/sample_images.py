"""SampleImages: the test images of a run in pages, with what the network takes each of them for."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from app import wording
from app.look.fonts import scaled
from app.look.theme import Theme
from app.panels.answer_scan import AnswerScan
from app.widgets.header_button import HeaderButton
from app.widgets.thumbnails import Thumbnails
from backprop import Dataset, HistoryView, Snapshot
from backprop.arrays import Array, Integers
from backprop.datasets import Samples
from backprop.metrics import predicted_classes

# So long nothing may change before a run counts as paused, in milliseconds.
_SETTLED = 150
# Below this width the header has no room for a whole caption, then for none.
_NARROW = 520
_VERY_NARROW = 300


class SampleImages(QWidget):
    """A page of images, chosen by ``filter_box`` and turned by ``previous_button`` and ``next_button``.

    The images on the page are answered anew at every moment. Which images are wrong among all is found out when the
    run pauses, and at epoch ends; until then the page keeps those that were, and the caption says when.
    """

    caption_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples: Samples | None = None
        self._names: tuple[str, ...] = ()
        self._prefix = "x_test"
        self._image_shape = (1, 1)
        self._snapshot: Snapshot | None = None
        self._accuracy: tuple[int, float] | None = None
        self._rows: Integers = np.zeros(0, np.int64)
        self._first = 0
        self._page_x: Array | None = None
        self._outputs: Array | None = None
        self._stale = False
        self._wheel = 0
        self.thumbnails = Thumbnails()
        self.thumbnails.explain = self._explain
        self.thumbnails.capacity_changed.connect(self._turn_page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.thumbnails)
        self._scan = AnswerScan(self)
        self._scan.finished.connect(self._use_scan)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED)
        self._settled.timeout.connect(self._scan_now)
        self._make_controls()

    def _make_controls(self) -> None:
        self.filter_box = QComboBox()
        self.filter_box.setAccessibleName(self.tr("Which images are shown"))
        self.filter_box.setToolTip(
            self.tr(
                "Show all images, only those answered wrongly, or only one class: what the network confuses, and why"
            )
        )
        self.filter_box.currentIndexChanged.connect(self._choose)
        self.previous_button, self.next_button = HeaderButton("chevron-down", 90), HeaderButton("chevron-down", -90)
        self._hints: dict[HeaderButton, str] = {}
        for button, name, tip, pages in (
            (self.previous_button, self.tr("Previous images"), self.tr("Show the images before these (Page Up)"), -1),
            (self.next_button, self.tr("Next images"), self.tr("Show the images after these (Page Down)"), +1),
        ):
            button.setAccessibleName(name)
            button.setToolTip(tip)
            self._hints[button] = tip
            button.setAutoRepeat(True)
            button.clicked.connect(lambda _=False, pages=pages: self.turn(pages))

    def controls(self) -> list[QWidget]:
        """Return what belongs into the header, from left to right."""
        return [self.filter_box, self.previous_button, self.next_button]

    # --- the run

    def start_run(self, dataset: Dataset) -> None:
        """Show the images of ``dataset``: those to test with or, without any, those to train on."""
        assert dataset.info.image_shape is not None
        same = self._samples is (dataset.test or dataset.train)
        self._samples = dataset.test or dataset.train
        self._prefix = "x_test" if dataset.test else "x_train"
        self._image_shape = dataset.info.image_shape
        self._snapshot = self._accuracy = None
        self._scan.reset()
        self._settled.stop()
        if self._names != dataset.info.class_names or not self.filter_box.count():
            self._offer_filters(dataset.info.class_names)
        if not same:
            self._first = 0
        self._choose()

    def _offer_filters(self, names: tuple[str, ...]) -> None:
        self._names = names
        self.thumbnails.set_names(names)
        blocked = self.filter_box.blockSignals(True)
        self.filter_box.clear()
        self.filter_box.addItem(self.tr("All"), "all")
        self.filter_box.addItem(self.tr("Wrong"), "wrong")
        self.filter_box.insertSeparator(self.filter_box.count())
        for number, name in enumerate(names):
            self.filter_box.addItem(self.tr("Only {name}").format(name=name), number)
        self.filter_box.blockSignals(blocked)

    def show_history(self, history: HistoryView) -> None:
        """Take the overall accuracy from the last complete epoch."""
        epochs = len(history.accuracy)
        known = epochs > 0 and np.isfinite(history.accuracy[-1])
        accuracy = (epochs - 1, float(history.accuracy[-1])) if known else None
        if accuracy != self._accuracy:
            self._accuracy = accuracy
            self._tell()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Answer the images of the page with the parameters of ``snapshot``."""
        before, self._snapshot = self._snapshot, snapshot
        if before is not None and before.steps_done == snapshot.steps_done and not self._stale:
            return
        self._answer()
        self._look_for_wrong()

    # --- which images

    def filter(self) -> str | int:
        """Return "all", "wrong", or the number of the only class to show."""
        chosen: str | int = self.filter_box.currentData()
        return chosen

    def set_filter(self, which: str | int) -> None:
        """Show "all", those answered "wrong", or one class by its number."""
        self.filter_box.setCurrentIndex(self.filter_box.findData(which))

    def take_over(self, before: SampleImages) -> None:
        """Show the page of images that ``before`` shows."""
        if before._samples is not None and before.filter_box.count():
            self.set_filter(before.filter())
            self._rows, self._first = before._rows, before._first
            self._turn_page()

    def turn(self, pages: int) -> None:
        """Go ``pages`` pages on, or back."""
        last = max(0, (len(self._rows) - 1) // self.thumbnails.capacity())
        page = min(max(self._first // self.thumbnails.capacity() + pages, 0), last)
        self._first = page * self.thumbnails.capacity()
        self._turn_page()

    def rows(self) -> Integers:
        """Return the rows, in the samples, of the images on the page."""
        return self._rows[self._first : self._first + self.thumbnails.capacity()]

    def _choose(self) -> None:
        """Find the rows that the filter lets through."""
        if self._samples is None:
            return
        which = self.filter()
        before = self._rows
        if which == "wrong":
            self._rows = self._scan.wrong
            if self._snapshot is not None and self._scan.snapshot is not self._snapshot:
                self._scan_now()
        elif which == "all":
            self._rows = np.arange(len(self._samples))
        else:
            self._rows = np.flatnonzero(self._samples.labels == which)
        if not np.array_equal(before, self._rows):
            self._first = 0
        self._turn_page()

    def _turn_page(self) -> None:
        """Show the page that begins with, or contains, the first image."""
        capacity = self.thumbnails.capacity()
        self._first = min(self._first, max(0, len(self._rows) - 1)) // capacity * capacity
        self._page_x = None
        none_before, none_after = (
            self.tr("There are no images before these."),
            self.tr("There are no images after these."),
        )
        for button, more, reason in (
            (self.previous_button, self._first > 0, none_before),
            (self.next_button, self._first + capacity < len(self._rows), none_after),
        ):
            button.setEnabled(more)
            button.setToolTip(self._hints[button] if more else reason)
        self._answer()

    def _answer(self) -> None:
        """Show what the present parameters answer for the images of the page."""
        self._stale = not self.isVisible()
        if self._stale or self._samples is None:
            return
        rows = self.rows()
        if self._page_x is None:
            self._page_x = self._samples.x[rows]
            self.thumbnails.show_images(self._page_x.reshape(len(rows), *self._image_shape))
        if self._snapshot is not None and len(rows):
            self._outputs = self._snapshot.predict(self._page_x)
            self.thumbnails.show_answers(predicted_classes(self._outputs), self._samples.labels[rows])
        self.thumbnails.show_message(self._empty_text())
        self._tell()

    def _empty_text(self) -> str:
        if self.filter() == "wrong" and self._scan.snapshot is None:
            return self.tr("Looking through all images …")
        return self.tr("No image is answered wrongly.") if self.filter() == "wrong" else ""

    # --- those answered wrongly

    def _look_for_wrong(self) -> None:
        """While a run goes on, look once an epoch; when nothing changes any more, look again."""
        snapshot = self._snapshot
        if self.filter() != "wrong" or not self.isVisible() or snapshot is None:
            return
        looked_at = self._scan.pending or self._scan.snapshot
        if looked_at is not None and looked_at.steps_done == snapshot.steps_done:
            self._settled.stop()
            return
        self._settled.start()
        if self._scan.pending is None and (looked_at is None or looked_at.epochs_done != snapshot.epochs_done):
            self._scan.start(snapshot, self._needed_samples())

    def _scan_now(self) -> None:
        if self._snapshot is not None and self.filter() == "wrong":
            self._scan.start(self._snapshot, self._needed_samples())

    def _needed_samples(self) -> Samples:
        assert self._samples is not None
        return self._samples

    def _use_scan(self) -> None:
        if self.filter() == "wrong":
            self._rows = self._scan.wrong
            self._turn_page()
            self._look_for_wrong()

    # --- texts

    def caption(self) -> str:
        """Return which images are shown, and how many of all are right; less where there is less room."""
        if self.width() < scaled(_NARROW):
            return self._accuracy_text(brief=True) if self.width() >= scaled(_VERY_NARROW) else ""
        parts = [part for part in (self._range_text(), self._accuracy_text()) if part]
        return " \N{MIDDLE DOT} ".join(parts)

    def _range_text(self) -> str:
        count = len(self._rows)
        if not count:
            return ""
        text = self.tr("{first}–{last} of {count}")
        if self.filter() == "wrong":
            text = self.tr("{first}–{last} of {count} wrong {when}")
        last = min(self._first + self.thumbnails.capacity(), count)
        return text.format(
            first=f"{self._first + 1:,}", last=f"{last:,}", count=f"{count:,}", when=self._when()
        ).strip()

    def _when(self) -> str:
        """Return at which moment the list of wrong images was made, unless the rest of the caption says so."""
        looked_at = self._scan.snapshot
        if looked_at is None:
            return ""
        epoch, into_epoch = divmod(looked_at.steps_done, looked_at.experiment.steps_per_epoch)
        if into_epoch or not epoch:
            text = self.tr("at epoch {epoch}, batch {batch}")
            return text.format(epoch=f"{looked_at.cursor.epoch:,}", batch=f"{looked_at.cursor.batch:,}")
        if self._accuracy is not None and self._accuracy[0] == epoch - 1:
            return ""
        return self.tr("after epoch {epoch}").format(epoch=f"{epoch - 1:,}")

    def _accuracy_text(self, brief: bool = False) -> str:
        if self._accuracy is None:
            return ""
        epoch, accuracy = self._accuracy
        text = self.tr("{share} %") if brief else self.tr("{share} % right after epoch {epoch}")
        return text.format(share=f"{100 * accuracy:.2f}", epoch=f"{epoch:,}")

    def _tell(self) -> None:
        if self._samples is not None:
            self.caption_changed.emit(self.caption())

    def summary(self) -> str:
        """Return the images of the page and their answers as text."""
        answers = self.thumbnails.answers()
        right = sum(predicted == actual for predicted, actual in answers)
        text = self.tr("{right} of the {count} images shown are answered rightly.")
        parts = [text.format(right=right, count=len(answers))] if answers else []
        if self._accuracy is not None:
            parts.append(wording.ended(self._accuracy_text()))
        return wording.together(*parts)

    def _explain(self, place: int) -> str:
        rows = self.rows()
        if self._samples is None or self._outputs is None or place >= len(rows):
            return ""
        output = self._outputs[place]
        answer, truth = int(predicted_classes(output[np.newaxis])[0]), int(self._samples.labels[rows[place]])
        values = {
            "image": f"{self._prefix}[{rows[place]}]",
            "answer": self._names[answer],
            "output": f"{float(output[answer if len(output) > 1 else 0]):.4f}",
            "truth": self._names[truth],
            "other": f"{float(output[truth if len(output) > 1 else 0]):.4f}",
        }
        if answer == truth:
            return self.tr("{image}: rightly taken for {answer}, with the output {output}").format(**values)
        return self.tr("{image}: taken for {answer} with the output {output}, but is {truth}: {other}").format(**values)

    # --- looks and keys

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of ``theme``."""
        self.thumbnails.set_theme(theme)
        self.previous_button.set_theme(theme)
        self.next_button.set_theme(theme)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._answer()
        self._look_for_wrong()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages."""
        pages = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: +1, Qt.Key.Key_Home: -len(self._rows)}
        pages[Qt.Key.Key_End] = len(self._rows)
        if event.key() in pages:
            self.turn(pages[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn pages, one for each notch."""
        self._wheel += event.angleDelta().y()
        notches = int(self._wheel / 120)
        if notches:
            self._wheel -= 120 * notches
            self.turn(-notches)
        event.accept()

"""Accuracy: how much of the test set is answered rightly after each epoch, as a whole and class by class."""

from __future__ import annotations

import html
import math

import numpy as np
from PySide6.QtWidgets import QWidget

from app.panels.chart_panel import ChartPanel
from app.panels.kept import kept_colour, kept_dash, kept_label, kept_name
from app.run.moment import KeptRun
from app.widgets.chart import Curve
from app.widgets.chart_axes import Axes, Titles
from app.widgets.chart_marks import Reading, ReadOut
from backprop import Dataset, Experiment, HistoryView, Snapshot
from backprop.diagnosis.saturation import ASLEEP


class AccuracyPanel(ChartPanel):
    """The accuracy on the test set, and that of each of its classes, over epochs."""

    name = "accuracy"
    room_for_note = 200
    gap = 6

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dataset: Dataset | None = None
        self._epochs_done = 0
        self._caption = ""
        self.setAccessibleName(self.title())
        self.chart.setAccessibleName(self.tr("Accuracy over epochs"))

    # --- what every panel does

    def title(self) -> str:
        if self._dataset is not None and not all(name.isdigit() for name in self._dataset.info.class_names):
            return self.tr("Accuracy by class")
        return self.tr("Accuracy by digit")

    def start_run(self, experiment: Experiment, dataset: Dataset) -> None:
        self._experiment = experiment
        self._dataset = dataset
        self._history = None
        self._epochs_done = 0
        self._mark_now()
        self.setAccessibleName(self.title())
        self._show()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._epochs_done = snapshot.epochs_done
        self._mark_now()

    def show_history(self, history: HistoryView) -> None:
        known = self._history
        if known is not None and not self._stale and np.array_equal(known.class_accuracy, history.class_accuracy):
            self._history = history
            return  # nothing changes here between the ends of two epochs
        super().show_history(history)
        self._mark_now()

    def set_exporting(self, title: str) -> None:
        super().set_exporting(title)
        self._mark_now()
        self.chart.set_exporting(Titles(title, self.tr("Epochs"), self.tr("Test accuracy")))
        self.chart.set_legend(False)  # every curve is named where it ends
        self._show()

    def summary(self) -> str:
        history = self._history
        if history is None or not len(history.accuracy) or not self._class_names():
            return self.tr("The test set has not been predicted yet; that is done after every epoch.")
        by_class = ", ".join(
            self.tr("{name}: {share}").format(name=name, share=_percent(share, 1))
            for name, share in zip(self._class_names(), history.class_accuracy[-1], strict=True)
        )
        return self.tr(
            "After epoch {epoch}, {share} of the test set is answered rightly. By class: {by_class}."
        ).format(epoch=f"{len(history.accuracy) - 1:,}", share=_percent(history.accuracy[-1], 2), by_class=by_class)

    # --- what is plotted

    def _mark_now(self) -> None:
        """Mark the last complete epoch, unless the curves end there and so mark it themselves."""
        recorded = len(self._history.accuracy) if self._history is not None else 0
        marked = 0 < self._epochs_done < recorded and not self._exporting
        self.chart.set_now(self._epochs_done - 1 if marked else None)

    def _class_names(self) -> tuple[str, ...]:
        """Return the names of the classes there are accuracies of: none without a test set that is predicted."""
        if self._dataset is None or self._history is None:
            return ()
        return self._dataset.info.class_names[: self._history.class_accuracy.shape[1]]

    def _colour(self, which: int) -> str:
        return self.theme.series[which % len(self.theme.series)]

    def _draw(self) -> None:
        history, experiment = self._history, self._experiment
        epochs = len(history.accuracy) if history is not None else 0
        longest = max(experiment.epochs if experiment is not None else 1, epochs)
        axes = Axes(longest, y_high=100.0, y_suffix=" %")
        curves = []
        names = self._class_names()
        if history is not None and names:
            percent = 100.0 * history.class_accuracy
            curves = [
                Curve(name, self._colour(k), percent[:, k], width=1.5, label=name) for k, name in enumerate(names)
            ]
            curves += [
                Curve(
                    kept_name(run),
                    kept_colour(run, self.theme),
                    100.0 * run.history.accuracy,
                    width=1.5,
                    label=kept_label(run),
                    bold=True,  # by itself, not among the classes
                    dash=kept_dash(run),
                )
                for run in self._comparable()
            ]
            every = self.tr("all")
            total = 100.0 * history.accuracy
            curves.append(Curve(every, self.theme.text, total, width=2.5, label=every, bold=True))
        self.chart.draw(curves, axes)
        self._tell()

    def _comparable(self) -> list[KeptRun]:
        """Return the kept runs whose accuracies are of the same test set."""
        dataset = self._dataset.name if self._dataset is not None and not self._exporting else None
        return [run for run in self._kept if run.experiment.dataset == dataset]

    def _read(self, x: float) -> ReadOut | None:
        """Return all accuracies of the epoch nearest to ``x``."""
        history = self._history
        if history is None or not len(history.accuracy) or not self._class_names():
            return None
        epoch = min(round(x), len(history.accuracy) - 1)
        total = float(history.accuracy[epoch])
        readings = [Reading("", "", self.theme.text, 100.0 * total)]
        for k, (name, share) in enumerate(zip(self._class_names(), history.class_accuracy[epoch], strict=True)):
            readings.append(Reading(name, _percent(float(share), 1), self._colour(k), 100.0 * float(share)))
        for run in self._comparable():
            if epoch < len(accuracy := run.history.accuracy):
                share = float(accuracy[epoch])
                colour = kept_colour(run, self.theme)
                readings.append(Reading(kept_name(run), _percent(share, 1), colour, 100.0 * share))
        title = self.tr("Epoch {epoch}: {share} of all").format(epoch=f"{epoch:,}", share=_percent(total, 2))
        return ReadOut(epoch, title, tuple(readings))

    # --- what is said about it

    def _tell(self) -> None:
        history, test = self._history, self._dataset.test if self._dataset is not None else None
        if test is None:
            return
        caption = self.tr("test set, {size}").format(size=f"{len(test):,}")
        if history is not None and len(history.accuracy) and not math.isnan(history.accuracy[-1]):
            caption = self.tr("test set, {size} · {share}").format(
                size=f"{len(test):,}", share=_percent(history.accuracy[-1], 2)
            )
        if caption != self._caption:
            self._caption = caption
            self.caption_changed.emit(caption)
        text, asleep = self._sentence()
        self.note.set_text(text, callout=asleep)
        self.note.setToolTip(self._why() if asleep else "")

    def _sentence(self) -> tuple[str, bool]:
        """Return the note's sentence as rich text, and whether it is about classes that are asleep."""
        history = self._history
        if history is None or not len(history.accuracy):
            return self.tr("The test set is predicted after every epoch."), False
        shares = {
            html.escape(name): float(share)
            for name, share in zip(self._class_names(), history.class_accuracy[-1], strict=True)
            if not math.isnan(share)
        }
        if not shares:
            return "", False
        asleep = {name: share for name, share in shares.items() if share < ASLEEP}
        if not asleep:
            weakest = min(shares, key=lambda name: shares[name])
            return (
                self.tr("All are awake; the weakest, {name}, is at {share}.").format(
                    name=weakest, share=_percent(shares[weakest], 1)
                ),
                False,
            )
        most = _percent(max(asleep.values()), 1)
        if len(asleep) == 1:
            (name,) = asleep
            return (
                self.tr("<b>{name} is asleep:</b> {share} of its images are recognised.").format(
                    name=self._kind(1).format(names=name), share=most
                ),
                True,
            )
        *most_names, last = asleep
        names = self.tr("{names} and {last}").format(names=", ".join(most_names), last=last)
        return (
            self.tr("<b>{names} are asleep:</b> at most {share} of each are recognised.").format(
                names=self._kind(len(asleep)).format(names=names), share=most
            ),
            True,
        )

    def _why(self) -> str:
        return self.tr(
            "Of the test samples of these classes, fewer than {limit} are answered rightly. Often the output unit is "
            "saturated at 0: it passes almost no gradient, so it hardly learns until it wakes. "
            "Smaller initial weights or cross-entropy prevent this."
        ).format(limit=_percent(ASLEEP, 0))

    def _kind(self, count: int) -> str:
        digits = all(name.isdigit() for name in self._class_names())
        if not digits:
            return "{names}"
        return self.tr("Digit {names}") if count == 1 else self.tr("Digits {names}")


def _percent(share: float, decimals: int) -> str:
    """Return a fraction as percent, such as "85.97 %"; no line breaks between number and sign."""
    return f"{100.0 * share:.{decimals}f}\N{NO-BREAK SPACE}%"

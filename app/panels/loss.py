"""Loss: how far outputs are from targets, over epochs."""

from __future__ import annotations

import math
from typing import Self

import numpy as np
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import wording
from app.look.colours import softened
from app.look.theme import Theme
from app.panels.chart_panel import ChartPanel
from app.panels.kept import kept_colour, kept_dash, kept_label, kept_name
from app.run.moment import KeptRun
from app.widgets.chart import Curve
from app.widgets.chart_axes import Axes, Titles
from app.widgets.chart_marks import Reading, ReadOut
from app.widgets.segmented import Segmented
from app.widgets.ticks import value_text
from backprop import Dataset, Experiment, HistoryView, Snapshot
from backprop.arrays import Array
from backprop.losses import LOSSES, HalfSquaredError


class LossPanel(ChartPanel):
    """The loss of every step and epoch of a run so far.

    It is the mean squared error; where another function of the outputs is differentiated, that one on request.
    """

    name = "loss"
    room_for_note = 165
    gap = 4

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now: float | None = None
        self.setAccessibleName(self.title())
        self.chart.setAccessibleName(self.tr("Loss over epochs"))
        self._make_controls()

    def _make_controls(self) -> None:
        self.quantity = Segmented(
            [("mse", self.tr("MSE")), ("objective", self.tr("objective"))], self.tr("What to plot")
        )
        self.quantity.button("mse").setToolTip(
            self.tr("The mean squared error: the same measure for every run, so runs can be compared.")
        )
        self.quantity.button("objective").setToolTip(
            self.tr("The function that is differentiated: the one that each update tries to make smaller.")
        )
        self.scale = Segmented([("linear", self.tr("linear")), ("log", self.tr("log"))], self.tr("Scale of the loss"))
        self.scale.button("linear").setToolTip(
            self.tr("Equal steps are equal differences: shows how much of the loss is gone.")
        )
        self.scale.button("log").setToolTip(
            self.tr("Equal steps are equal ratios: shows that learning goes on where the linear curve looks flat.")
        )
        for control in (self.quantity, self.scale):
            control.changed.connect(self._chosen)
        # The choice of quantity comes and goes with the experiment, inside a holder that stays in the header.
        self._holder = QWidget()
        row = QHBoxLayout(self._holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.quantity)
        row.addWidget(self.scale)
        self.quantity.hide()

    # --- what every panel does

    def title(self) -> str:
        return self.tr("Loss")

    def controls(self) -> list[QWidget]:
        return [self._holder]

    def start_run(self, experiment: Experiment, dataset: Dataset) -> None:
        self._experiment = experiment
        self._history = None
        self._now = None
        self.quantity.setVisible(self._another_objective)
        self._tell()
        self._show()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._now = snapshot.step / snapshot.experiment.steps_per_epoch
        if not self._exporting:
            self.chart.set_now(self._now)

    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        for control in (self.quantity, self.scale):
            control.set_theme(theme)

    def set_exporting(self, title: str) -> None:
        super().set_exporting(title)
        self.quantity.set_value("mse")
        self.scale.set_value("linear")
        self.chart.set_now(None)
        self.chart.set_exporting(Titles(title, self.tr("Epochs"), self.tr("Loss")))
        self._show()

    def take_over(self, before: Self) -> None:
        self.quantity.set_value(before.quantity.value())
        self.scale.set_value(before.scale.value())

    def summary(self) -> str:
        values = self._epoch_values()
        if self._experiment is None or not len(values):
            return self.tr("No loss has been computed yet.")
        return self.tr(
            "{quantity} over {count} of {epochs} epochs: {first} at first, {last} in epoch {epoch}, at lowest {least}."
        ).format(
            quantity=self._quantity_name(),
            count=f"{len(values):,}",
            epochs=f"{self._experiment.epochs:,}",
            first=value_text(float(values[0])),
            last=value_text(float(values[-1])),
            epoch=f"{len(values) - 1:,}",
            least=value_text(float(values.min())),
        )

    # --- what is plotted

    @property
    def _another_objective(self) -> bool:
        """Whether the objective is more than a factor away from the mean squared error."""
        return self._experiment is not None and not isinstance(LOSSES[self._experiment.loss], HalfSquaredError)

    @property
    def _plots_objective(self) -> bool:
        return self._another_objective and self.quantity.value() == "objective"

    def _step_values(self) -> Array:
        if self._history is None:
            return np.empty(0)
        return self._history.step_objective if self._plots_objective else self._history.step_mse

    def _epoch_values(self) -> Array:
        """Return one value an epoch, (epochs,). Where an epoch is one step, that step's, as soon as it is known."""
        return np.empty(0) if self._history is None else self._epoch_values_of(self._history)

    def _comparable(self) -> list[KeptRun]:
        """Return the kept runs that stand beside this one: those on the same data, whose losses mean the same."""
        experiment = self._experiment
        if experiment is None or self._exporting:
            return []
        return [
            run
            for run in self._kept
            if run.experiment.dataset == experiment.dataset
            and (not self._plots_objective or run.experiment.loss == experiment.loss)
        ]

    def _kept_curves(self) -> list[Curve]:
        curves = []
        for run in self._comparable():
            history = run.history
            start = (history.steps_per_epoch - 1) / (2.0 * history.steps_per_epoch)
            values = self._epoch_values_of(history)
            name, colour = kept_name(run), kept_colour(run, self.theme)
            label, dash = kept_label(run), kept_dash(run)
            curves.append(Curve(name, colour, values, start=start, width=1.5, label=label, dash=dash))
        return curves

    def _epoch_values_of(self, history: HistoryView) -> Array:
        if history.steps_per_epoch == 1:
            return history.step_objective if self._plots_objective else history.step_mse
        if not self._plots_objective:
            return history.loss
        steps = history.steps_per_epoch
        rows = history.step_objective[: len(history.loss) * steps].reshape(-1, steps)
        # A product is many times faster than mean() where an epoch has only a few steps.
        means: Array = rows @ np.full(steps, 1.0 / steps)
        return means

    def _draw(self) -> None:
        history, experiment = self._history, self._experiment
        if history is None or experiment is None:
            self.chart.draw([], Axes(experiment.epochs if experiment else 1.0))
            return
        steps = history.steps_per_epoch
        epochs = self._epoch_values()
        strong = self.theme.positive
        kept = self._kept_curves()
        curves = list(kept)
        if steps > 1:
            soft = softened(strong, self.theme.card)
            name = self.tr("each batch of {size}").format(size=experiment.samples_per_step)
            curves.append(Curve(name, soft, self._step_values(), spacing=1.0 / steps, width=1.0))
        # The mean of an epoch stands in the middle of its steps, which for a single step is where that one is.
        name = self.tr("mean of each epoch") if steps > 1 else self._quantity_name()
        curves.append(Curve(name, strong, epochs, start=(steps - 1) / (2.0 * steps)))
        longest = max([math.ceil(len(history.step_mse) / steps), *(len(curve.values) for curve in kept)])
        logarithmic = self.scale.value() == "log"
        self.chart.set_legend(steps > 1 or self._exporting or bool(kept))
        self.chart.draw(curves, Axes(max(experiment.epochs, longest), logarithmic=logarithmic))

    def _read(self, x: float) -> ReadOut | None:
        """Return the values of the step nearest to ``x`` and of its epoch."""
        values, epochs = self._step_values(), self._epoch_values()
        if self._history is None or not len(values):
            return None
        steps = self._history.steps_per_epoch
        step = min(round(x * steps), len(values) - 1)
        epoch, batch = divmod(step, steps)
        value = float(values[step])
        strong = self.theme.positive
        if steps == 1:
            reading = Reading(self._quantity_name(), value_text(value), strong, value)
            others = self._kept_readings(epoch)
            return ReadOut(step, self.tr("Epoch {epoch}").format(epoch=f"{epoch:,}"), (reading, *others))
        readings = [
            Reading(
                self.tr("Batch {batch}").format(batch=f"{batch:,}"),
                value_text(value),
                softened(strong, self.theme.card),
                value,
            )
        ]
        if epoch < len(epochs):
            readings.append(Reading(self.tr("Mean of epoch"), value_text(float(epochs[epoch])), strong))
        readings += self._kept_readings(epoch)
        return ReadOut(step / steps, self.tr("Epoch {epoch}").format(epoch=f"{epoch:,}"), tuple(readings))

    def _kept_readings(self, epoch: int) -> list[Reading]:
        """Return the values of the kept runs in the same epoch."""
        return [
            Reading(curve.name, value_text(float(curve.values[epoch])), curve.colour, float(curve.values[epoch]))
            for curve in self._kept_curves()
            if epoch < len(curve.values)
        ]

    # --- what is said about it

    def _chosen(self) -> None:
        self._tell()
        self._show()

    def _quantity_name(self) -> str:
        if self._plots_objective:
            assert self._experiment is not None
            return wording.term("loss", self._experiment.loss).label
        return self.tr("Mean squared error")

    def _tell(self) -> None:
        """Say what is plotted, and how that is related to what is differentiated."""
        experiment = self._experiment
        if experiment is None:
            return
        objective = wording.term("loss", experiment.loss)
        # Where there is a choice, the control beside the caption says the same, and leaves no room for both.
        self.caption_changed.emit("" if self._another_objective else self.tr("mean squared error"))
        self.note.set_text(self._relation(experiment, objective.label))
        explanation = self.tr(
            "The objective is what is differentiated, for one batch at a time: {objective}. {hint} "
            "The mean squared error is the mean of (output - target)² over samples and outputs."
        ).format(objective=objective.label, hint=objective.hint)
        self.note.setToolTip(explanation)

    def _relation(self, experiment: Experiment, objective: str) -> str:
        loss = LOSSES[experiment.loss]
        batch = experiment.samples_per_step
        if self._plots_objective:
            return self.tr("This is the objective, {objective}, of one batch.").format(objective=objective)
        if not isinstance(loss, HalfSquaredError):
            return self.tr("The objective is {objective}, not this MSE.").format(objective=objective)
        factor = f"{0.5 * loss.factor(batch) * batch * experiment.info.outputs:,.6g}"
        if experiment.steps_per_epoch == 1:
            return self.tr("The objective, {objective}, is {factor} × this MSE.").format(
                objective=objective, factor=factor
            )
        return self.tr("The objective of a batch, {objective}, is {factor} × its MSE.").format(
            objective=objective, factor=factor
        )

"""The three large numbers: epoch, loss, and how much is right; each says to which moment it belongs."""

import numpy as np
from PySide6.QtCore import QObject

from app.run.moment import Moment, RunStarted
from app.widgets.stat import Stat
from backprop import Dataset
from backprop.metrics import predicted_classes

_NOTHING = "\N{EN DASH}"


class Readings(QObject):
    """Fills three stats from moments of a run."""

    def __init__(self, epoch: Stat, loss: Stat, right: Stat) -> None:
        super().__init__()
        self._epoch, self._loss, self._right = epoch, loss, right
        self._dataset: Dataset | None = None

    def start_run(self, run: RunStarted) -> None:
        """Make ready for a run."""
        self._dataset = run.dataset

    def show_moment(self, moment: Moment) -> None:
        """Show the numbers of a moment of that run."""
        self._show_epoch(moment)
        self._show_loss(moment)
        self._show_right(moment)

    def _show_epoch(self, moment: Moment) -> None:
        self._epoch.set_value(f"{moment.snapshot.cursor.epoch:,}")
        if moment.finished and moment.snapshot.cursor.epoch == moment.epochs - 1:
            self._epoch.set_caption(self.tr("Last of {epochs}").format(epochs=f"{moment.epochs:,}"))
            self._epoch.setToolTip(
                self.tr(
                    "The run is complete: {epochs} epochs, counted from 0. More epochs let it go on, "
                    "Reset begins it again, and the timeline goes back."
                ).format(epochs=f"{moment.epochs:,}")
            )
            return
        self._epoch.set_caption(self.tr("Epoch of {epochs}").format(epochs=f"{moment.epochs:,}"))
        self._epoch.setToolTip(
            self.tr("The epoch at hand, counted from 0: the last of {epochs} is {last}.").format(
                epochs=f"{moment.epochs:,}", last=f"{moment.epochs - 1:,}"
            )
        )

    def _show_loss(self, moment: Moment) -> None:
        history = moment.history
        if not len(history.step_mse):
            self._loss.set_value(_NOTHING)
            self._loss.set_caption(self.tr("Loss"))
            self._loss.setToolTip(self.tr("The loss is known after the first forward pass."))
            return
        if history.steps_per_epoch == 1 or not len(history.loss):
            first_epoch = history.step_mse[: history.steps_per_epoch]
            value = float(first_epoch.mean() if history.steps_per_epoch > 1 else history.step_mse[-1])
            self._loss.set_caption(self.tr("Loss"))
            self._loss.setToolTip(
                self.tr("The mean squared error of the latest forward pass, before its update.")
                if history.steps_per_epoch == 1
                else self.tr("The mean squared error over the batches of this epoch so far.")
            )
        else:
            value = float(history.loss[-1])
            last = len(history.loss) - 1
            self._loss.set_caption(self.tr("Loss, epoch {epoch}").format(epoch=f"{last:,}"))
            self._loss.setToolTip(self.tr("The mean squared error over all samples of the last complete epoch."))
        self._loss.set_value(f"{value:.4f}" if 1e-3 <= abs(value) < 1000 else f"{value:.3g}")

    def _show_right(self, moment: Moment) -> None:
        assert self._dataset is not None
        if self._dataset.test is None:
            train = self._dataset.train
            predicted = predicted_classes(moment.snapshot.predict(train.x))
            right = int(np.sum(predicted == train.labels))
            self._right.set_value(f"{right:,} / {len(train):,}")
            self._right.set_caption(self.tr("Right"))
            self._right.setToolTip(self.tr("How many samples the weights of this moment answer rightly."))
        elif len(moment.history.accuracy):
            self._right.set_value(f"{100 * moment.history.accuracy[-1]:.2f} %")
            last = len(moment.history.accuracy) - 1
            self._right.set_caption(self.tr("Accuracy, epoch {epoch}").format(epoch=f"{last:,}"))
            self._right.setToolTip(self.tr("The share of test images answered rightly after the last complete epoch."))
        else:
            self._right.set_value(_NOTHING)
            self._right.set_caption(self.tr("Accuracy"))
            self._right.setToolTip(self.tr("The test images are predicted after every epoch."))

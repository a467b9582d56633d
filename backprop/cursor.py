"""A moment of a run: epoch, batch, phase."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

Kind = Literal["forward", "loss", "backward", "update"]


@dataclass(frozen=True)
class Phase:
    """A part of one step that a learner can stop at; ``layer`` counts from 1 and is None for loss and update."""

    kind: Kind
    layer: int | None = None


@cache
def phases(layers: int) -> tuple[Phase, ...]:
    """Return the phases of one step of a network with ``layers`` layers, in the order they are computed.

    Forward 1 to K, loss, backward K to 1, update: 2 K + 2 phases.
    """
    upwards = range(1, layers + 1)
    return (
        *(Phase("forward", layer) for layer in upwards),
        Phase("loss"),
        *(Phase("backward", layer) for layer in reversed(upwards)),
        Phase("update"),
    )


@dataclass(frozen=True, order=True)
class Cursor:
    """The moment at which ``phase`` phases of this batch have been computed.

    Epochs and batches count from 0. Phase 0 is the moment before the batch begins, and as far as parameters go the
    same moment as the last phase (the update) of the batch before. Cursors of one run can be compared.
    """

    epoch: int = 0
    batch: int = 0
    phase: int = 0


@dataclass(frozen=True)
class Clock:
    """Counts the moments of a run as positions 0, 1, 2 ...: position 0 is the start, and each phase is one further.

    ``steps_per_epoch`` batches make an epoch, ``phases_per_step`` phases a step.
    """

    steps_per_epoch: int
    phases_per_step: int

    def position(self, cursor: Cursor) -> int:
        """Return how many phases have been computed at ``cursor``."""
        return (cursor.epoch * self.steps_per_epoch + cursor.batch) * self.phases_per_step + cursor.phase

    def cursor(self, position: int) -> Cursor:
        """Return the cursor at ``position``: after the phase last computed; only the start has phase 0."""
        if position <= 0:
            return Cursor()
        step, phase = divmod(position - 1, self.phases_per_step)
        epoch, batch = divmod(step, self.steps_per_epoch)
        return Cursor(epoch, batch, phase + 1)

    def end_of_step(self, steps: int) -> int:
        """Return the position at which ``steps`` updates are complete."""
        return steps * self.phases_per_step

    def end_of_epoch(self, epochs: int) -> int:
        """Return the position at which ``epochs`` epochs are complete."""
        return self.end_of_step(epochs * self.steps_per_epoch)

    def before(self, position: int, phases: int) -> int:
        """Return the last multiple of ``phases`` before ``position``, 0 at least: one step back of that size."""
        return max(0, (position - 1) // phases * phases)

    def after(self, position: int, phases: int) -> int:
        """Return the first multiple of ``phases`` after ``position``: one step forward of that size."""
        return (position // phases + 1) * phases

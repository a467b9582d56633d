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

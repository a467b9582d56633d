"""How fast a run plays: so many phases or batches a second, or as fast as it goes; and the sizes of a step."""

from dataclasses import dataclass
from enum import Enum


class Unit(Enum):
    """The sizes of a step, from the smallest."""

    PHASE = "phase"
    BATCH = "batch"
    EPOCH = "epoch"

    @property
    def larger(self) -> "Unit":
        """The next larger size; an epoch stays an epoch."""
        sizes = list(Unit)
        return sizes[min(sizes.index(self) + 1, len(sizes) - 1)]


@dataclass(frozen=True)
class Pace:
    """``per_second`` units a second; None is as fast as it goes."""

    unit: Unit
    per_second: float | None


#: The positions of the speed control, from the slowest to the fastest.
PACES: tuple[Pace, ...] = (
    Pace(Unit.PHASE, 1),
    Pace(Unit.PHASE, 2),
    Pace(Unit.PHASE, 5),
    Pace(Unit.PHASE, 10),
    Pace(Unit.BATCH, 5),
    Pace(Unit.BATCH, 20),
    Pace(Unit.BATCH, 50),
    Pace(Unit.BATCH, 100),
    Pace(Unit.BATCH, 250),
    Pace(Unit.BATCH, 500),
    Pace(Unit.BATCH, 1000),
    Pace(Unit.BATCH, 2500),
    Pace(Unit.BATCH, None),
)

FASTEST = PACES[-1]

#: Each data set's own pace, at which its lesson's story takes about twenty seconds.
STARTING_PACES: dict[str, Pace] = {"xor": Pace(Unit.BATCH, 500)}

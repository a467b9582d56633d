"""What a step of a guided lesson can do, as data: a closed set of records, each checked when it is read."""

from typing import Any, Literal

import msgspec

from app.run.pace import PACES, Pace, Unit
from backprop import Cursor, Experiment
from backprop.cursor import Clock

PanelName = Literal[
    "experiment",
    "network",
    "weights",
    "inspector",
    "equation",
    "trajectories",
    "loss",
    "accuracy",
    "diagnosis",
    "samples",
]
#: What can be pointed at: panels, and controls of the bar and around.
Place = Literal[
    PanelName,
    "phases",
    "timeline",
    "play",
    "speed",
    "lesson",
    "epoch",
    "loss_reading",
    "right",
]
UnitName = Literal["phase", "batch", "epoch"]


def _tag(class_name: str) -> str:
    """Return the name of a record in the data: "play_to" for PlayTo."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in class_name).lstrip("_")


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do", tag=_tag):
    """What all actions have in common: a name under "do", and no field that nobody knows."""


class Lesson(Record, frozen=True):
    """Have a run of the lesson itself, or of the lesson ``name``; ``anew`` takes it back to its start."""

    name: Literal["xor", "mnist"] | None = None
    anew: bool = False


class Change(Record, frozen=True, tag="experiment"):
    """Begin a run of the lesson's experiment with ``changes``."""

    changes: dict[str, Any]

    def of(self, lesson: Experiment) -> Experiment:
        """Return the changed experiment. Raises msgspec.ValidationError for one that cannot be."""
        return msgspec.convert(msgspec.to_builtins(lesson) | self.changes, Experiment)


class At(Record, frozen=True):
    """A moment of the run: without a phase the batch's last one, without a batch the epoch's last."""

    epoch: int
    batch: int | None = None
    phase: int | None = None

    def position(self, clock: Clock) -> int:
        """Return how many phases a run has computed at this moment."""
        batch = clock.steps_per_epoch - 1 if self.batch is None else self.batch
        phase = clock.phases_per_step if self.phase is None else self.phase
        return clock.position(Cursor(self.epoch, batch, phase))


class Seek(At, frozen=True):
    """Show a moment, training up to there first if the run has not come so far."""


class PlayTo(At, frozen=True):
    """Play, to be watched, and pause at a moment; show it at once if the run has passed it."""


class Play(Record, frozen=True):
    """Play on."""


class Pause(Record, frozen=True):
    """Pause."""


class SetPace(Record, frozen=True, tag="pace"):
    """Choose one of the program's speeds; without ``per_second``, as fast as it goes."""

    unit: UnitName
    per_second: float | None = None

    def __post_init__(self) -> None:
        if self.pace() not in PACES:
            raise ValueError(f"the program has no pace of {self.per_second} {self.unit} a second")

    def pace(self) -> Pace:
        """Return the program's own word for it."""
        return Pace(Unit(self.unit), self.per_second)


class Step(Record, frozen=True):
    """Go one unit further."""

    unit: UnitName


class Walk(Record, frozen=True):
    """Go ``count`` units further, one after the other, also through the past: a film of backpropagation."""

    unit: UnitName
    count: int
    per_second: float = 1.0


class Show(Record, frozen=True):
    """Bring a panel to the front."""

    panel: PanelName


class Quantity(Record, frozen=True):
    """Let the weights panel show one of its quantities."""

    value: Literal["weights", "gradient", "last", "change", "all"]


class Parameter(Record, frozen=True):
    """Select a parameter, counted as in NumPy."""

    name: str
    index: tuple[int, ...]


class Sample(Record, frozen=True):
    """Select a sample: of the data set where every batch is all of it, else of the batch."""

    index: int


class LearningRate(Record, frozen=True):
    """Train on with another learning rate."""

    value: float


class Point(Record, frozen=True):
    """Draw the eye to a control or a panel."""

    at: Place


Action = (
    Lesson
    | Change
    | Seek
    | PlayTo
    | Play
    | Pause
    | SetPace
    | Step
    | Walk
    | Show
    | Quantity
    | Parameter
    | Sample
    | LearningRate
    | Point
)

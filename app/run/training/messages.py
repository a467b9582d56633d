"""What the two processes tell each other: commands to the training, and reports from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the process is started before anything that takes long is imported
    from backprop import Experiment
    from backprop.history import HistoryPart
    from backprop.snapshot import Capture


@dataclass(frozen=True)
class Command:
    """A method of TrainingLoop to call, with its arguments. ``number`` counts the commands, from 1."""

    number: int
    name: str
    arguments: tuple[object, ...] = ()


class Beginning(Enum):
    """How a run begins: with an experiment, with the same initial weights again, from its past, or from a file."""

    START = "start"
    RESET = "reset"
    RESUME = "resume"
    OPEN = "open"


@dataclass(frozen=True)
class RunBegun:
    """A run of ``experiment`` has been made ready; a report about it follows."""

    experiment: Experiment
    beginning: Beginning


@dataclass(frozen=True, eq=False)
class Report:
    """How a run stands, and what it has recorded since the report before.

    ``answers`` is the number of the last command taken account of.
    """

    answers: int
    capture: Capture
    part: HistoryPart
    epochs: int
    playing: bool
    finished: bool


@dataclass(frozen=True, eq=False)
class Failure:
    """A command, or the run, has failed; a report of the run as it stands has gone before."""

    error: Exception
    answers: int


@dataclass(frozen=True)
class Ended:
    """The last report: the training has obeyed the command to quit."""

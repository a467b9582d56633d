"""Findings: what keeps a run from learning, the numbers that show it, where to see them, and what would cure it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np

from backprop.arrays import Array
from backprop.cursor import Cursor
from backprop.diagnosis.loss_trend import LossTrend, loss_trend
from backprop.diagnosis.vital_signs import VitalSigns, root_mean_square
from backprop.experiment import Experiment
from backprop.history import HistoryView
from backprop.snapshot import Snapshot

#: ``severe``: nothing will be learnt like this. ``warning``: learning is held up. ``note``: worth knowing.
Severity = Literal["severe", "warning", "note"]
#: What a cure changes; several fields may change together, and this is the one that matters.
CureKind = Literal["new_seed", "initializer", "activation", "units", "loss", "learning_rate"]

#: A training set of no more samples can be told sample by sample.
SMALL_SET = 16
#: The loss from which on a run that learns is no longer held up, as a share of the baseline. The MNIST lesson is at
#: 0.68 after one epoch and at 0.18 when all but one digit are awake.
_HELD_UP = 0.25
# Targets of so few samples do not show how the targets of all samples are spread.
_FEWEST_TARGETS = 32


@dataclass(frozen=True)
class Cure:
    """Fields of the experiment to change. ``during_run`` ones work from the next update on; the others in a new run."""

    kind: CureKind
    changes: Mapping[str, Any]
    during_run: bool = False

    def apply(self, experiment: Experiment) -> Experiment:
        """Return ``experiment`` with the changes made."""
        return experiment.replace(**self.changes)


@dataclass(frozen=True)
class Evidence:
    """Where a finding can be seen: a panel by name, and what to look at there; None where it does not matter.

    ``cursor`` is a moment of the run to go to. ``layer`` counts from 1. ``unit`` is (layer, unit), the unit from 0, as
    are ``classes``. ``sample`` counts in the batch or, where every batch is the whole training set, in the data set's
    order, as panels do.
    """

    panel: str
    cursor: Cursor | None = None
    layer: int | None = None
    unit: tuple[int, int] | None = None
    parameter: tuple[str, tuple[int, ...]] | None = None
    classes: tuple[int, ...] = ()
    sample: int | None = None


@dataclass(frozen=True, eq=False)
class Finding:
    """One illness, by the ``key`` of its rule. The rule's docstring names its ``numbers``; layers count from 1."""

    key: str
    severity: Severity
    numbers: Mapping[str, Any]
    layers: tuple[int, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    cures: tuple[Cure, ...] = ()


@dataclass(frozen=True, eq=False)
class Case:
    """What the rules look at: a moment, the record up to it, and the signs of both; the run has ``epochs`` epochs."""

    snapshot: Snapshot
    history: HistoryView
    signs: VitalSigns
    epochs: int
    trend: LossTrend | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "trend", loss_trend(self.history))

    @property
    def experiment(self) -> Experiment:
        """The recipe of the run."""
        return self.snapshot.experiment

    @property
    def steps(self) -> int:
        """The number of steps whose loss is known."""
        return len(self.history.step_mse)

    @property
    def steps_in_all(self) -> int:
        """The number of steps of the whole run."""
        return self.epochs * self.experiment.steps_per_epoch

    @property
    def full_batch(self) -> bool:
        """Whether every batch is the whole training set."""
        return self.experiment.steps_per_epoch == 1

    @cached_property
    def baseline(self) -> float:
        """The loss (MSE) of answering every sample with the mean target: what can be had without learning."""
        y = self.snapshot.y
        if self.full_batch or len(y) >= _FEWEST_TARGETS:
            return float(np.var(y, axis=0, dtype=np.float64).mean())
        chance = 1.0 / max(2, int(y.shape[1]))
        return chance * (1.0 - chance)

    @cached_property
    def initial_gain(self) -> float:
        """The largest RMS(W) sqrt(inputs) of all layers at the start: how much a layer enlarges its signals."""
        initial = self.snapshot.initial_parameters
        weights = [initial[f"W{number}"] for number in range(1, len(self.experiment.layers) + 1)]
        return max(root_mean_square(w) * math.sqrt(w.shape[0]) for w in weights)

    @property
    def level(self) -> float | None:
        """The loss now as a share of the baseline; None while it is too early to tell."""
        return self.trend.latest / self.baseline if self.trend is not None and self.baseline else None

    @property
    def held_up(self) -> bool:
        """Whether the loss is so high still, as far as is known, that something may hold the run up."""
        return self.level is None or self.level > _HELD_UP

    @cached_property
    def errors(self) -> Array | None:
        """How far the outputs are from their targets, |a - y|, (samples, outputs); None before the last forward."""
        a = self.snapshot.a[-1]
        return None if a is None else np.abs(a - self.snapshot.y)

    def epoch(self, step: int) -> int:
        """Return the epoch that ``step`` belongs to, both counted from 0."""
        return step // self.experiment.steps_per_epoch

    def end_of_step(self, step: int) -> Cursor:
        """Return the moment at which ``step`` is complete."""
        epoch, batch = divmod(step, self.experiment.steps_per_epoch)
        return Cursor(epoch, batch, len(self.snapshot.phases))

    def end_of_epoch(self, epoch: int) -> Cursor:
        """Return the moment at which ``epoch`` is complete."""
        return Cursor(epoch, self.experiment.steps_per_epoch - 1, len(self.snapshot.phases))

    def sample(self, row: int) -> int:
        """Return the sample in ``row`` of the batch as panels count it."""
        return int(self.snapshot.rows[row]) if self.full_batch else row

"""From where a run goes on: what a trainer has to know to continue one from a moment in its past."""

from dataclasses import dataclass

from backprop.arrays import Array
from backprop.experiment import Experiment


@dataclass(frozen=True, eq=False)
class Continuation:
    """The run of ``experiment``, before its ``step`` (counted from 0), of which ``phase`` phases are to be computed.

    ``parameters`` is the network's flat vector and ``optimizer_state`` the optimizer's, both before the step.
    ``squared_error`` is the sum over samples and outputs that this epoch's steps have come to. ``keyframes`` of them
    lie at or before the step, thinned to ``stride``. ``next_learning_rate`` is that of the update after these phases,
    where it is another one.
    """

    experiment: Experiment
    learning_rate: float
    step: int
    phase: int
    parameters: Array
    optimizer_state: Array
    squared_error: float
    keyframes: int
    stride: int
    next_learning_rate: float | None = None

"""A run in a file: its experiment, its record with all keyframes, and the moment from which it goes on.

The header says little more than the experiment and how far the run has come: the number, type and size of every array
follow from that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from dataclasses import replace as changed
from pathlib import Path
from typing import Annotated, BinaryIO

import msgspec
import numpy as np
from msgspec import Meta

from backprop.arrays import Array
from backprop.atomic import atomic_files
from backprop.container import (
    MAX_BYTES,
    Progress,
    Shape,
    damaged,
    not_a_run,
    read_container,
    too_large,
    write_container,
)
from backprop.continuation import Continuation
from backprop.cursor import Cursor, phases
from backprop.datasets import Dataset
from backprop.errors import ExperimentError
from backprop.experiment import MAX_EPOCHS, MAX_LEARNING_RATE, Experiment
from backprop.history import History, HistoryView, Record
from backprop.network import parameter_layout
from backprop.optimizers import OPTIMIZERS
from backprop.snapshot import Snapshot
from backprop.timeline import Timeline

SUFFIX = ".backprop"
VERSION = 1
#: The longest notes, in characters.
MAX_NOTES = 20_000
#: The most runs to compare with.
MAX_KEPT = 8
_MAX_VIEW = 100
# Numbers that are looked at together: so few calls are made, and none takes long or much memory.
_CHECKED_AT_ONCE = 2**18

#: What a program wants to find again as it was: by name, one plain value each.
View = Mapping[str, str | int | float | bool | None]
_Rate = Annotated[float, Meta(gt=0.0, le=MAX_LEARNING_RATE)]


class _Kept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    experiment: Experiment
    steps: Annotated[int, Meta(ge=0)]
    epochs: Annotated[int, Meta(ge=0, le=MAX_EPOCHS)]


class _Header(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    experiment: Experiment
    epochs: Annotated[int, Meta(ge=1, le=MAX_EPOCHS)]
    step: Annotated[int, Meta(ge=0)]
    phase: Annotated[int, Meta(ge=0)]
    next_learning_rate: _Rate
    stride: Annotated[int, Meta(ge=1, le=2**40)]
    rates: Annotated[int, Meta(ge=1)]
    notes: Annotated[str, Meta(max_length=MAX_NOTES)] = ""
    view: Annotated[dict[str, str | int | float | bool | None], Meta(max_length=_MAX_VIEW)] = {}
    kept: Annotated[list[_Kept], Meta(max_length=MAX_KEPT)] = []


@dataclass(frozen=True, eq=False)
class Curves:
    """What is kept of another run to compare with: its recipe, and the metrics of its steps and epochs."""

    experiment: Experiment
    history: HistoryView


@dataclass(frozen=True, eq=False)
class Session:
    """A run as a file keeps it.

    ``history`` is the record up to the step of ``continuation``, from where a trainer goes on until ``epochs`` epochs
    are complete. ``notes`` are a person's own, at most MAX_NOTES characters; ``view`` belongs to the program; ``kept``
    are other runs to compare with, at most MAX_KEPT.
    """

    continuation: Continuation
    history: History
    epochs: int
    notes: str = ""
    view: View = field(default_factory=dict)
    kept: tuple[Curves, ...] = ()

    @property
    def experiment(self) -> Experiment:
        """The recipe with which the run began; learning rate and epochs may have been changed since."""
        return self.continuation.experiment

    @property
    def cursor(self) -> Cursor:
        """The moment that the run had reached."""
        epoch, batch = divmod(self.continuation.step, self.experiment.steps_per_epoch)
        return Cursor(epoch, batch, self.continuation.phase)

    def timeline(self, dataset: Dataset) -> Timeline:
        """Return a way back into the run, given the data set of its experiment."""
        return Timeline(self.experiment, dataset, self.history)

    def snapshot(self, dataset: Dataset) -> Snapshot:
        """Return the moment that the run had reached, given the data set of its experiment."""
        return self.timeline(dataset).snapshot_at(self.cursor, self.cursor)


def session_of(
    timeline: Timeline,
    reached: Cursor,
    epochs: int,
    notes: str = "",
    view: View | None = None,
    kept: tuple[Curves, ...] = (),
) -> Session:
    """Return the run of ``timeline`` at the moment ``reached``, whatever becomes of that run later.

    The moment is replayed, and almost nothing is copied.
    """
    continuation, history = timeline.continuation(reached, reached)
    complete = reached.phase == len(phases(len(continuation.experiment.layers)))
    rate = timeline.learning_rate(continuation.step + complete)
    continuation = changed(continuation, next_learning_rate=rate)
    return Session(continuation, history, epochs, notes[:MAX_NOTES], view or {}, kept[-MAX_KEPT:])


def save_session(session: Session, path: Path, progress: Progress | None = None) -> None:
    """Write ``session`` to ``path``; an older file stays until the new one is complete.

    ``progress`` is told the bytes done and those in all, and may raise to give it up. Raises SessionError and OSError.
    """
    with atomic_files([path]) as (file,):
        write_session(session, file, progress)


def write_session(session: Session, file: BinaryIO, progress: Progress | None = None) -> None:
    """Write ``session`` to ``file``."""
    if (size := _batch_bytes(session.experiment)) > MAX_BYTES:
        raise too_large(size)
    continuation, record = session.continuation, session.history.arrays()
    header = _Header(
        experiment=session.experiment,
        epochs=session.epochs,
        step=continuation.step,
        phase=continuation.phase,
        next_learning_rate=continuation.next_learning_rate or continuation.learning_rate,
        stride=record.stride,
        rates=len(record.rates),
        notes=session.notes,
        view=dict(session.view),
        kept=[
            _Kept(experiment=run.experiment, steps=len(run.history.step_mse), epochs=len(run.history.loss))
            for run in session.kept
        ],
    )
    arrays = [
        record.step_mse,
        record.step_objective,
        record.loss,
        record.accuracies,
        record.rate_steps,
        record.rates,
        *record.keyframes,
        continuation.parameters,
        continuation.optimizer_state,
        *(array for run in session.kept for array in _curves(run)),
    ]
    write_container(file, VERSION, msgspec.json.encode(header), arrays, progress)


def open_session(path: Path, progress: Progress | None = None) -> Session:
    """Return the run in the file at ``path``. Raises SessionError for whatever is not a whole run, and OSError."""
    if path.is_fifo():
        raise not_a_run()  # it would be waited for, perhaps for ever
    with path.open("rb") as file:
        return read_session(file, progress)


def read_session(file: BinaryIO, progress: Progress | None = None) -> Session:
    """Return the run in ``file``, a file on the disk; errors as in ``open_session``."""
    found: list[_Header] = []

    def layout(text: bytes) -> list[Shape]:
        found.append(_decode(text))
        return _shapes(found[0])

    arrays = read_container(file, VERSION, layout, progress)
    mse, objective, loss, accuracies, rate_steps, rates, vectors, parameters, state, *curves = arrays
    header = found[0]
    record = Record(mse, objective, loss, accuracies, rate_steps, rates, [vectors], header.stride)
    _check_numbers(header, record, parameters, state)
    experiment = header.experiment
    history = _empty_history(experiment)
    history.adopt(record)
    continuation = Continuation(
        experiment=experiment,
        learning_rate=history.learning_rate(header.step),
        step=header.step,
        phase=header.phase,
        parameters=parameters,
        optimizer_state=state,
        squared_error=history.squared_error(experiment.samples_per_step * experiment.info.outputs),
        keyframes=len(vectors),
        stride=header.stride,
        next_learning_rate=header.next_learning_rate,
    )
    kept = tuple(_kept(run, curves[4 * number : 4 * number + 4]) for number, run in enumerate(header.kept))
    return Session(continuation, history, header.epochs, header.notes, header.view, kept)


def _decode(text: bytes) -> _Header:
    try:
        return msgspec.json.decode(text, type=_Header)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, ExperimentError) as error:
        cause = error.__cause__
        raise damaged(str(cause if isinstance(cause, ExperimentError) else error)) from error


def _shapes(header: _Header) -> list[Shape]:
    """Return what a file with ``header`` must hold; raises SessionError where that cannot be."""
    experiment, step = header.experiment, header.step
    if _batch_bytes(experiment) > MAX_BYTES:
        raise damaged("its batches take more memory than any file may")
    spe = experiment.steps_per_epoch
    if header.phase > len(phases(len(experiment.layers))) or step >= MAX_EPOCHS * spe:
        raise damaged("it ends at a moment that does not exist")
    if header.rates > step + 1:
        raise damaged("it has more learning rates than steps")
    keyframes = _empty_history(experiment).keyframes.count_until(step, header.stride)
    if not keyframes or header.stride & (header.stride - 1):
        raise damaged("its keyframes are not where they should be")
    size, memory = _sizes(experiment)
    epochs, classes = step // spe, _classes(experiment)
    return [
        Shape("float64", (step,)),
        Shape("float64", (step,)),
        Shape("float64", (epochs,)),
        Shape("float64", (epochs if classes else 0, 1 + classes)),
        Shape("int64", (header.rates,)),
        Shape("float64", (header.rates,)),
        Shape(experiment.dtype, (keyframes, size + memory * size)),
        Shape(experiment.dtype, (size,)),
        Shape(experiment.dtype, (memory, size)),
        *(shape for run in header.kept for shape in _kept_shapes(run)),
    ]


def _batch_bytes(experiment: Experiment) -> int:
    """Return how much memory one batch takes, which a small file could ask for: z, a, delta, and as much again."""
    units = sum(layer.units for layer in experiment.layers)
    return 4 * units * experiment.samples_per_step * np.dtype(experiment.dtype).itemsize


def _kept_shapes(run: _Kept) -> list[Shape]:
    begun = run.epochs * run.experiment.steps_per_epoch
    if not begun <= run.steps <= begun + run.experiment.steps_per_epoch:
        raise damaged("a run to compare with has other epochs than steps")
    classes = _classes(run.experiment)
    return [
        Shape("float64", (run.steps,)),
        Shape("float64", (run.steps,)),
        Shape("float64", (run.epochs,)),
        Shape("float64", (run.epochs if classes else 0, 1 + classes)),
    ]


def _curves(run: Curves) -> list[Array]:
    history = run.history
    curves = [history.step_mse, history.step_objective, history.loss]
    tested = _classes(run.experiment) > 0
    return [*curves, np.column_stack((history.accuracy, history.class_accuracy))] if tested else curves


def _kept(run: _Kept, arrays: list[Array]) -> Curves:
    mse, objective, loss, accuracies = arrays
    if not all(_finite(array) for array in (mse, objective, loss)) or not _fractions(accuracies):
        raise damaged("a run to compare with has a number that cannot be")
    return Curves(run.experiment, HistoryView.of(run.experiment.steps_per_epoch, mse, objective, loss, accuracies))


def _check_numbers(header: _Header, record: Record, parameters: Array, state: Array) -> None:
    """Refuse numbers that no run has; an intact file of our own has none."""
    steps, rates = record.rate_steps, record.rates
    if steps[0] != 0 or (np.diff(steps) <= 0).any() or steps[-1] > header.step:
        raise damaged("its learning rates are out of order")
    if not ((rates > 0.0) & (rates <= MAX_LEARNING_RATE)).all():
        raise damaged("it has a learning rate that cannot be")
    if not _fractions(record.accuracies):
        raise damaged("it has an accuracy that cannot be")
    numbers = (record.step_mse, record.step_objective, record.loss, *record.keyframes, parameters, state)
    if not all(_finite(array) for array in numbers):
        raise damaged("it has a number that is not finite")


def _fractions(array: Array) -> bool:
    return bool(((array >= 0.0) & (array <= 1.0)).all())


def _finite(array: Array) -> bool:
    numbers = array.reshape(-1)
    with np.errstate(all="ignore"):
        for start in range(0, len(numbers), _CHECKED_AT_ONCE):
            part = numbers[start : start + _CHECKED_AT_ONCE]
            # As in the trainer: the dot product costs a tenth, and is never finite where a number is not.
            if not np.isfinite(part.dot(part)) and not np.isfinite(part).all():
                return False
    return True


def _sizes(experiment: Experiment) -> tuple[int, int]:
    """Return the number of parameters, and of numbers that the optimizer remembers for each."""
    layout = parameter_layout(experiment.info.inputs, experiment.layers)
    return layout[-1].stop, OPTIMIZERS[experiment.optimizer].memory


def _classes(experiment: Experiment) -> int:
    return len(experiment.info.class_names) if experiment.info.test_samples else 0


def _empty_history(experiment: Experiment) -> History:
    size, memory = _sizes(experiment)
    rate, dtype, classes = experiment.learning_rate, experiment.dtype, _classes(experiment)
    return History(experiment.steps_per_epoch, rate, size + memory * size, dtype, classes)

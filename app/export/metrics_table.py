"""The metrics of a run as CSV: one row an epoch, or one a step."""

import csv
import io
from collections.abc import Sequence
from typing import TypeAlias

from app.export.moments import Every
from app.export.recording import Recording
from app.export.request import ExportRequest
from app.run.pace import Unit
from backprop import Cursor

_ROWS = 20_000
_Row: TypeAlias = list[object]


def table_parts(cursors: Sequence[Cursor]) -> list[Sequence[Cursor]]:
    """Return the moments in parts small enough to be written one by one."""
    return [cursors[start : start + _ROWS] for start in range(0, len(cursors), _ROWS)]


def table_part(request: ExportRequest, recording: Recording, parts: Sequence[Sequence[Cursor]], index: int) -> bytes:
    """Return the rows of part ``index`` as UTF-8, the first with a heading.

    Every n-th epoch has the mean squared error over the epoch and the accuracies after it, fractions; other moments
    have the mean squared error and the objective of their batch, which is empty before its loss phase.
    """
    spacing = request.moments.spacing
    make = _epochs if isinstance(spacing, Every) and spacing.unit is Unit.EPOCH else _steps
    heading, rows = make(recording, parts[index])
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([heading, *rows] if index == 0 else rows)
    return text.getvalue().encode()


def _epochs(recording: Recording, cursors: Sequence[Cursor]) -> tuple[_Row, list[_Row]]:
    history, test = recording.history, recording.dataset.test
    names = [f"accuracy {name}" for name in recording.dataset.info.class_names]
    rows: list[_Row] = []
    for cursor in cursors:
        values = [history.loss[cursor.epoch]]
        if test:
            values += [history.accuracy[cursor.epoch], *history.class_accuracy[cursor.epoch]]
        rows.append([cursor.epoch, *map(float, values)])
    return ["epoch", "loss", *(["accuracy", *names] if test else [])], rows


def _steps(recording: Recording, cursors: Sequence[Cursor]) -> tuple[_Row, list[_Row]]:
    history = recording.history
    rows: list[_Row] = []
    for step in dict.fromkeys(cursor.epoch * history.steps_per_epoch + cursor.batch for cursor in cursors):
        known = step < len(history.step_mse)
        metrics = [history.step_mse[step], history.step_objective[step]] if known else []
        rows.append([step, *divmod(step, history.steps_per_epoch), *(map(float, metrics) if known else ["", ""])])
    return ["step", "epoch", "batch", "loss", "objective"], rows

"""Moment words: a cursor as people read it, in a pill and in a sentence."""

from PySide6.QtCore import QCoreApplication

from app import wording
from app.widgets.phase_strip import short_name
from backprop.cursor import Clock, Cursor, phases


def pill_words(cursor: Cursor, clock: Clock) -> str:
    """Return ``cursor`` in few words: "Epoch 2,400" after an update, "Epoch 12, batch 937 · F2" within a step."""
    cursor = clock.cursor(clock.position(cursor))
    words = step_words(cursor, clock)
    if cursor.phase in (0, clock.phases_per_step):
        return words
    return f"{words} · {short_name(_phase(cursor, clock))}"


def step_words(cursor: Cursor, clock: Clock) -> str:
    """Return the step of ``cursor``, without its phase: "Epoch 2,400" or "Epoch 12, batch 937"."""
    cursor = clock.cursor(clock.position(cursor))
    if not cursor.phase:
        return QCoreApplication.translate("TimelineBar", "Start")
    if clock.steps_per_epoch == 1:
        return _epoch(cursor)
    return QCoreApplication.translate("TimelineBar", "Epoch {epoch}, batch {batch}").format(
        epoch=f"{cursor.epoch:,}", batch=f"{cursor.batch:,}"
    )


def whole_words(cursor: Cursor, clock: Clock, live: bool) -> str:
    """Return ``cursor`` as a sentence for a screen reader."""
    cursor = clock.cursor(clock.position(cursor))
    words = step_words(cursor, clock)
    if not cursor.phase:
        return QCoreApplication.translate("TimelineBar", "The start, before the first phase.")
    sentence = (
        QCoreApplication.translate("TimelineBar", "{step}, {phase}.")
        if live
        else QCoreApplication.translate("TimelineBar", "{step}, {phase}: a past moment.")
    )
    return sentence.format(step=words, phase=_phase(cursor, clock))


def _epoch(cursor: Cursor) -> str:
    return QCoreApplication.translate("TimelineBar", "Epoch {epoch}").format(epoch=f"{cursor.epoch:,}")


def _phase(cursor: Cursor, clock: Clock) -> str:
    layers = (clock.phases_per_step - 2) // 2
    return wording.phase(phases(layers)[cursor.phase - 1])

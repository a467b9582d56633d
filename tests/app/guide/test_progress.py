"""Where a learner is: moved only by the learner, and kept from start to start."""

import pytest
from PySide6.QtCore import QSettings

from app.guide.guide import Guide
from app.settings import Settings


def test_next_and_back_stay_within_the_lesson(settings: QSettings) -> None:
    guide = Guide(Settings(settings))
    assert guide.at_start
    guide.back()
    assert guide.position == 0
    for _ in range(20):
        guide.next()
    assert guide.at_end
    assert guide.position == len(guide.lesson.steps) - 1
    guide.back()
    assert guide.position == len(guide.lesson.steps) - 2


def test_step_predictions_and_judgements_are_kept_by_lesson(settings: QSettings) -> None:
    first = Guide(Settings(settings))
    first.predict(2)
    first.settle()
    first.next()
    first.predict(0)
    first.choose("mnist")
    first.next()
    first.next()
    settings.sync()
    second = Guide(Settings(QSettings(settings.fileName(), QSettings.Format.IniFormat)))
    assert (second.name, second.position, second.answer, second.settled) == ("xor", 1, 0, False)
    second.back()
    assert (second.answer, second.settled) == (2, True)
    assert [second.visited(step) for step in range(3)] == [True, True, False]
    second.choose("mnist")
    assert (second.position, second.answer) == (2, None)


def test_a_prediction_can_be_changed_until_it_is_judged(settings: QSettings) -> None:
    guide = Guide(Settings(settings))
    guide.settle()
    assert not guide.settled, "nothing has been predicted"
    guide.predict(0)
    guide.predict(1)
    guide.settle()
    guide.predict(2)
    assert guide.answer == 1


def test_starting_over_forgets_this_lesson_alone(settings: QSettings) -> None:
    guide = Guide(Settings(settings))
    guide.predict(1)
    guide.settle()
    guide.choose("mnist")
    guide.predict(1)
    guide.go_to(4)
    guide.start_over()
    assert (guide.position, guide.answer, guide.visited(4)) == (0, None, False)
    guide.choose("xor")
    assert guide.settled


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"step": 7}', '{"step": "gone", "answers": {"watch": 9}}'])
def test_what_was_kept_and_cannot_be_read_counts_as_nothing(settings: QSettings, kept: str) -> None:
    settings.setValue("guide/xor", kept)
    guide = Guide(Settings(settings))
    assert (guide.position, guide.answer, guide.settled) == (0, None, False)

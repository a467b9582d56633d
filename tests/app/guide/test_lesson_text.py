"""The lessons as data: they load, every action is known, and a translation changes words only."""

import json
import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from app.guide.actions import DEEDS
from app.guide.lesson_text import FOLDER, Formula, LessonText, Paragraph, experiment_of, load_lesson
from app.guide.records import Action, Change, Lesson, PanelName, Place, PlayTo, Seek, SetPace
from app.panels import PANELS
from backprop import LESSONS


def words(paragraphs: tuple[Paragraph, ...]) -> int:
    return sum(len((p.formula if isinstance(p, Formula) else p).split()) for p in paragraphs)


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_has_five_to_eight_short_steps_that_do_something(name: str) -> None:
    lesson = load_lesson(name)
    assert 5 <= len(lesson.steps) <= 8
    for step in lesson.steps:
        assert words(step.text) <= 80, step.name
        assert step.actions or step.predict, f"{step.name} is only to be read"
        if step.predict is not None:
            assert words(step.predict.answer) <= 80, step.name
            assert step.predict.button
    assert sum(step.predict is not None for step in lesson.steps) >= 5


@pytest.mark.parametrize("name", LESSONS)
def test_every_step_works_by_itself_whatever_was_done_before(name: str) -> None:
    """Each button first has the right run, and says at which pace it is to be watched."""
    for step in load_lesson(name).steps:
        for actions in (step.actions, step.predict.actions if step.predict else ()):
            if actions:
                assert isinstance(actions[0], Lesson | Change), step.name
                moving = [action for action in actions if isinstance(action, Seek | PlayTo)]
                assert moving, f"{step.name} goes nowhere"
                if any(isinstance(action, PlayTo) for action in actions):
                    assert any(isinstance(action, SetPace) for action in actions), step.name


def test_there_is_a_deed_for_every_record_and_a_record_for_every_panel() -> None:
    assert set(DEEDS) == set(get_args(Action))
    assert set(get_args(PanelName)) <= {"experiment", *PANELS}
    assert set(get_args(PanelName)) <= set(get_args(Place))


def spoilt(change: str, value: object) -> bytes:
    """Return the XOR lesson as JSON with something wrong in its first step."""
    lesson = json.loads((FOLDER / "xor.json").read_text(encoding="utf-8"))
    step = lesson["steps"][0]
    *path, last = change.split(".")
    for key in path:
        step = step[int(key) if key.isdigit() else key]
    step[int(last) if last.isdigit() else last] = value
    return json.dumps(lesson).encode()


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("title", 7),
        ("colour", "red"),
        ("predict.right", 3),
        ("predict.options", ["only one"]),
        ("predict.actions.0", {"do": "dance"}),
        ("predict.actions.0", {"do": "lesson", "name": "iris"}),
        ("predict.actions.0", {"do": "seek"}),
        ("predict.actions.0", {"do": "pace", "unit": "batch", "per_second": 7}),
        ("predict.actions.0", {"do": "point", "at": "the moon"}),
        ("predict.actions.0", {"do": "experiment", "changes": {"learning_rate": -1}}),
        ("predict.actions.0", {"do": "experiment", "changes": {"speed": 1}}),
        ("button", "A button without a deed"),
        ("name", "weight"),
    ],
)
def test_what_is_wrong_in_a_lesson_is_found_when_it_is_read(tmp_path: Path, change: str, value: object) -> None:
    (tmp_path / "xor.json").write_bytes(spoilt(change, value))
    with pytest.raises(msgspec.ValidationError):
        load_lesson("xor", folder=tmp_path)


@pytest.fixture
def translated(tmp_path: Path) -> Path:
    """A folder with the lesson, and a translation of a part of it."""
    (tmp_path / "xor.json").write_bytes((FOLDER / "xor.json").read_bytes())
    (tmp_path / "zh_CN").mkdir()
    some = {
        "title": "异或",
        "steps": {
            "watch": {
                "title": "看它学习",
                "text": ["输出应为 1。", {"formula": "1 + 1 = 0"}],
                "predict": {"question": "损失如何下降?", "options": ["甲", "乙", "丙"]},
            }
        },
    }
    (tmp_path / "zh_CN" / "xor.json").write_text(json.dumps(some), encoding="utf-8")
    return tmp_path


def deeds(lesson: LessonText) -> list[object]:
    return [(s.name, s.actions, s.predict and (s.predict.right, s.predict.actions)) for s in lesson.steps]


def test_a_translation_gives_its_words_and_english_the_rest(translated: Path) -> None:
    english, chinese = load_lesson("xor", folder=translated), load_lesson("xor", "zh_CN", translated)
    assert chinese.title == "异或"
    assert chinese.steps[0].text == ("输出应为 1。", Formula("1 + 1 = 0"))
    assert chinese.steps[0].predict is not None
    assert english.steps[0].predict is not None
    assert chinese.steps[0].predict.options == ("甲", "乙", "丙")
    assert chinese.steps[0].predict.answer == english.steps[0].predict.answer
    assert chinese.steps[1:] == english.steps[1:]
    assert deeds(chinese) == deeds(english)


def test_a_translation_is_found_by_language_where_the_country_has_none(translated: Path) -> None:
    (translated / "zh_CN").rename(translated / "zh")
    assert load_lesson("xor", "zh_CN", translated).title == "异或"
    assert load_lesson("xor", "de_DE", translated).title == "XOR"


@pytest.mark.parametrize(
    "broken",
    [
        b"{",
        b'{"steps": {"unknown": {"title": "x"}}}',
        b'{"steps": {"watch": {"predict": {"options": ["a", "b"]}}}}',
        b'{"steps": {"watch": {"actions": [{"do": "play"}]}}}',
        b"\xff",
    ],
)
def test_a_translation_that_cannot_be_used_is_as_good_as_none(translated: Path, broken: bytes) -> None:
    (translated / "zh_CN" / "xor.json").write_bytes(broken)
    assert load_lesson("xor", "zh_CN", translated) == load_lesson("xor", folder=translated)


def test_a_changed_experiment_keeps_what_is_not_changed() -> None:
    lesson = experiment_of("xor")
    assert Change({"learning_rate": 2.0}).of(lesson) == lesson.replace(learning_rate=2.0)


def texts(lesson: LessonText) -> dict[str, list[Paragraph]]:
    """Return everything that is read in each step, in order."""
    found: dict[str, list[Paragraph]] = {}
    for step in lesson.steps:
        found[step.name] = [step.title, *step.text, step.button]
        if step.predict is not None:
            predict = step.predict
            found[step.name] += [predict.question, *predict.options, predict.button, *predict.answer]
    return found


@pytest.mark.parametrize("name", LESSONS)
def test_the_chinese_lesson_says_the_same_with_the_same_numbers(name: str) -> None:
    english, chinese = load_lesson(name), load_lesson(name, "zh_CN")
    assert deeds(chinese) == deeds(english)
    numbers = re.compile(r"−?\d+(?:,\d{3})*(?:\.\d+)?")
    for (step, ours), theirs in zip(texts(english).items(), texts(chinese).values(), strict=True):
        for original, translated in zip(ours, theirs, strict=True):
            if isinstance(original, Formula):
                assert isinstance(translated, Formula)
                assert re.findall(r"[^\sA-Za-z一-鿿]+", original.formula) == re.findall(
                    r"[^\sA-Za-z一-鿿]+", translated.formula
                )
                continue
            assert isinstance(translated, str)
            assert sorted(numbers.findall(original)) == sorted(numbers.findall(translated)), (step, translated)
            assert original.count("**") == translated.count("**"), (step, translated)
            if re.search("[a-z]{3}", original):
                assert re.search("[一-鿿]", translated), f"{step}: {translated!r} is still English"

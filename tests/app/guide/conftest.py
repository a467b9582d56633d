"""A window with its guide, how a test uses both, and how the numbers in a lesson's texts are checked."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.guide.lesson_text import Formula, LessonText, Step
from app.guide.panel import GuidePanel
from app.look.appearance import Colours
from app.look.theme import LIGHT
from app.run.pace import STARTING_PACES
from app.settings import Settings
from app.window.main_window import MainWindow

# Not the digits of a name such as W2, nor a thousand cut in two.
_NUMBER = re.compile(r"(?<![A-Za-z\d.,])−?(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)")


def _sentences(step: Step) -> list[str]:
    """Everything that a step claims; wrong options claim nothing."""
    paragraphs = [step.title, *step.text]
    if step.predict is not None:
        paragraphs += [step.predict.question, step.predict.options[step.predict.right], *step.predict.answer]
    return [p.formula if isinstance(p, Formula) else p for p in paragraphs]


def _numbers(step: Step) -> set[str]:
    """Return the numbers in a step, as they are written."""
    return {number for text in _sentences(step) for number in _NUMBER.findall(text)}


def _value(number: str) -> float:
    return float(number.replace(",", "").replace("−", "-"))


def _is_rounded(number: str, measured: float) -> bool:
    """Whether ``number`` is ``measured`` at the digits that are written."""
    digits = len(number.partition(".")[2])
    return abs(_value(number) - measured) <= 0.5 * 10.0**-digits * (1 + 1e-9)


def _check(
    lesson: LessonText, measured: Mapping[str, Mapping[str, float]], given: Mapping[str, Iterable[str]]
) -> list[str]:
    """Return what is wrong: numbers nobody measured, and numbers that differ from what was measured.

    Both mappings are by the name of the step. ``given`` are numbers that follow from the words around them.
    """
    wrong = []
    for step in lesson.steps:
        written, known = _numbers(step), measured.get(step.name, {})
        unknown = written - set(known) - set(given.get(step.name, ()))
        wrong += [f"{step.name}: nobody has measured {number}" for number in sorted(unknown)]
        wrong += [f"{step.name}: no text says {number}" for number in sorted(set(known) - written)]
        wrong += [
            f"{step.name}: {number} is {float(known[number])}"
            for number in sorted(written & set(known))
            if not _is_rounded(number, float(known[number]))
        ]
    return wrong


@pytest.fixture
def untrue() -> Callable[..., list[str]]:
    """Check the numbers of a lesson against what was measured; returns what is wrong."""
    return _check


class Classroom:
    """A window, its guide, and a learner at both."""

    def __init__(self, qtbot: QtBot, settings: QSettings) -> None:
        self.qtbot = qtbot
        self.settings = settings
        self.window = MainWindow(Settings(settings))
        self.window.setWindowState(Qt.WindowState.WindowNoState)  # which is a small screen's, and there is none
        self.window.resize(1366, 768)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.wait(lambda: self.window.controller.moment is not None and self.window.complete)
        self.wait(lambda: self.window.guide is not None)
        self.guide: GuidePanel = self.window.guide
        self.window.workspace.docks["guide"].raise_()

    def begin(self) -> None:
        """Bring everything to where it is when the program is opened for the first time."""
        self.window.appearance.choose(Colours.LIGHT)
        self.guide.set_theme(LIGHT)
        self.window.requests.choose_lesson("xor")
        self.wait(lambda: not self.window.controller.busy)
        self.window.controller.set_pace(STARTING_PACES["xor"])
        self.window.workspace.docks["guide"].raise_()
        for name in ("mnist", "xor"):
            self.guide.follow(name)
            self.guide.guide.start_over()
        self.guide.dots.chosen.emit(0)

    def wait(self, condition: Any, seconds: float = 60.0) -> None:
        self.qtbot.waitUntil(condition, timeout=round(1000 * seconds))

    def go_to(self, name: str) -> None:
        """Go to the step ``name`` as a learner does, by Next."""
        guide = self.guide.guide
        for _ in guide.lesson.steps:
            if guide.step.name == name:
                return
            self.guide.next.click()
        raise AssertionError(f"the lesson has no step {name}")

    def press(self, number: int = 0, wait: bool = True) -> None:
        """Press a button of the step, and wait until it is through."""
        self.guide.page.buttons[number].button.click()
        if wait:
            self.wait(lambda: not self.guide.runner.running)

    def predict(self, option: int) -> None:
        self.guide.page.options[option].click()


@pytest.fixture(scope="module")
def _open_classroom(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Classroom]]:
    """The classroom of a module, once its first test has opened it: a window takes longer than most tests."""
    opened: list[Classroom] = []
    yield opened
    for room in opened:
        room.window.close()
        room.window.deleteLater()


@pytest.fixture
def classroom(
    qtbot: QtBot, _open_classroom: list[Classroom], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Classroom]:
    if not _open_classroom:
        file = tmp_path_factory.mktemp("settings") / "settings.ini"
        _open_classroom.append(Classroom(qtbot, QSettings(str(file), QSettings.Format.IniFormat)))
    room = _open_classroom[0]
    room.qtbot = qtbot
    room.begin()
    yield room
    room.guide.runner.let_go()

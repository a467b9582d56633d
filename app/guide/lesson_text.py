"""The guided lessons: what each step says, asks and does, read from ``resources/lessons`` and checked on the way.

``resources/lessons/xor.json`` is a lesson, in English. Its translation into Chinese would be
``resources/lessons/zh_CN/xor.json`` or ``resources/lessons/zh/xor.json``: the texts alone, by the names of the steps.
Actions and right answers are not translated, so that no translation can do something else; what it leaves out stays
English.
"""

import logging
from pathlib import Path

import msgspec

from app.guide.records import Action, Change
from backprop import LESSONS, Experiment

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "lessons"

_log = logging.getLogger(__name__)


class Formula(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of a calculation, set apart from the text."""

    formula: str


#: A paragraph, in which ``**two stars**`` make bold and a tilde is a space that does not break; or a formula.
Paragraph = str | Formula


class Predict(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question to answer before the answer is shown: by running it, where there are ``actions``.

    ``right`` counts the options from 0; ``answer`` says why. Raises ValueError if there is no such option.
    """

    question: str
    options: tuple[str, ...]
    right: int
    button: str
    answer: tuple[Paragraph, ...]
    actions: tuple[Action, ...] = ()

    def __post_init__(self) -> None:
        if not (2 <= len(self.options) <= 4 and 0 <= self.right < len(self.options)):
            raise ValueError("a question has two to four options, and one of them is right")


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a lesson. ``name`` keeps a learner's progress; ``button`` is the label of what does ``actions``."""

    name: str
    title: str
    text: tuple[Paragraph, ...]
    button: str = ""
    actions: tuple[Action, ...] = ()
    predict: Predict | None = None

    def __post_init__(self) -> None:
        if bool(self.button) != bool(self.actions):
            raise ValueError(f"step {self.name} has a button without actions, or actions without a button")


class LessonText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A guided lesson: its title and its steps."""

    title: str
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        if len({step.name for step in self.steps}) != len(self.steps):
            raise ValueError("two steps have the same name")


class _PredictWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    question: str | msgspec.UnsetType = msgspec.UNSET
    options: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    button: str | msgspec.UnsetType = msgspec.UNSET
    answer: tuple[Paragraph, ...] | msgspec.UnsetType = msgspec.UNSET


class _StepWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str | msgspec.UnsetType = msgspec.UNSET
    text: tuple[Paragraph, ...] | msgspec.UnsetType = msgspec.UNSET
    button: str | msgspec.UnsetType = msgspec.UNSET
    predict: _PredictWords = _PredictWords()


class _Translation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str | msgspec.UnsetType = msgspec.UNSET
    steps: dict[str, _StepWords] = {}


def load_lesson(name: str, locale: str = "en", folder: Path = FOLDER) -> LessonText:
    """Return the guided lesson ``name`` ("xor" or "mnist") in the language of ``locale``, such as "zh_CN".

    Raises OSError or msgspec.ValidationError if the lesson itself cannot be read; a translation that cannot be read is
    as good as none, and the log says why.
    """
    lesson = msgspec.json.decode((folder / f"{name}.json").read_bytes(), type=LessonText)
    for step in lesson.steps:
        for action in (*step.actions, *(step.predict.actions if step.predict else ())):
            if isinstance(action, Change):
                action.of(experiment_of(name))  # one that cannot be is found now, not when it is tried
    for language in dict.fromkeys((locale, locale.partition("_")[0])):
        path = folder / language / f"{name}.json"
        if path.exists():
            try:
                return _translate(lesson, msgspec.json.decode(path.read_bytes(), type=_Translation))
            except (OSError, ValueError, msgspec.MsgspecError) as error:
                _log.warning("the translation %s cannot be used: %s", path, error)
    return lesson


def experiment_of(name: str) -> Experiment:
    """Return the experiment of the lesson ``name``."""
    return LESSONS[name].experiment


def _translate(lesson: LessonText, words: _Translation) -> LessonText:
    """Return ``lesson`` with the texts that ``words`` has."""
    unknown = words.steps.keys() - {step.name for step in lesson.steps}
    if unknown:
        raise ValueError(f"the lesson has no step named {', '.join(sorted(unknown))}")
    steps = []
    for step in lesson.steps:
        said = words.steps.get(step.name, _StepWords())
        predict = step.predict
        if predict is not None:
            if said.predict.options and len(said.predict.options) != len(predict.options):
                raise ValueError(f"step {step.name} has {len(predict.options)} options")
            predict = msgspec.structs.replace(predict, **_given(said.predict))
        given = {name: value for name, value in _given(said).items() if name != "predict"}
        steps.append(msgspec.structs.replace(step, **given, predict=predict))
    title = words.title or lesson.title
    return LessonText(title, tuple(steps))


def _given(words: msgspec.Struct) -> dict[str, object]:
    return {name: value for name, value in msgspec.structs.asdict(words).items() if value is not msgspec.UNSET}

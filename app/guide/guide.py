"""Where a learner is in the guided lessons: the step, the predictions made, and that it is kept from start to start."""

import msgspec

from app.guide.lesson_text import LessonText, Step, load_lesson
from app.settings import Settings


class Progress(msgspec.Struct):
    """What is kept of one lesson, by the names of its steps, so that a lesson can grow without losing anybody.

    ``answers`` are the options chosen, ``settled`` the steps whose prediction has been judged.
    """

    step: str = ""
    visited: list[str] = []
    answers: dict[str, int] = {}
    settled: list[str] = []


class Guide:
    """One learner in all lessons. Nothing here moves by itself; everything that moves is kept at once."""

    def __init__(self, settings: Settings, locale: str = "en") -> None:
        self._settings = settings
        self._locale = locale
        self._lessons: dict[str, LessonText] = {}
        self._progress = Progress()
        self.name = ""
        self.choose("xor")

    # --- the lesson and the step

    def choose(self, name: str) -> None:
        """Go to the lesson ``name``, to the step where its learner was."""
        if name not in self._lessons:
            self._lessons[name] = load_lesson(name, self._locale)
        self.name = name
        self._progress = self._read()
        self._arrive(self.position)

    @property
    def lesson(self) -> LessonText:
        """The lesson at hand."""
        return self._lessons[self.name]

    @property
    def position(self) -> int:
        """The number of the step at hand, from 0."""
        names = [step.name for step in self.lesson.steps]
        return names.index(self._progress.step) if self._progress.step in names else 0

    @property
    def step(self) -> Step:
        """The step at hand."""
        return self.lesson.steps[self.position]

    @property
    def at_start(self) -> bool:
        """Whether this is the first step."""
        return self.position == 0

    @property
    def at_end(self) -> bool:
        """Whether this is the last step."""
        return self.position == len(self.lesson.steps) - 1

    def next(self) -> None:
        """Go one step further, if there is one."""
        self.go_to(self.position + 1)

    def back(self) -> None:
        """Go one step back, if there is one."""
        self.go_to(self.position - 1)

    def go_to(self, position: int) -> None:
        """Go to a step, or to the nearest there is."""
        self._arrive(max(0, min(position, len(self.lesson.steps) - 1)))

    def visited(self, position: int) -> bool:
        """Whether the learner has been at that step."""
        return self.lesson.steps[position].name in self._progress.visited

    def start_over(self) -> None:
        """Forget what was done in this lesson, and begin it again."""
        self._progress = Progress()
        self._arrive(0)

    # --- predictions

    @property
    def answer(self) -> int | None:
        """The option chosen at this step, or None."""
        predict, chosen = self.step.predict, self._progress.answers.get(self.step.name)
        return chosen if predict is not None and chosen in range(len(predict.options)) else None

    @property
    def settled(self) -> bool:
        """Whether the prediction of this step has been made and judged."""
        return self.answer is not None and self.step.name in self._progress.settled

    def predict(self, option: int) -> None:
        """Choose an option, or another one, while the prediction has not been judged."""
        if self.step.predict is not None and not self.settled:
            self._progress.answers[self.step.name] = option
            self._keep()

    def settle(self) -> None:
        """Let the prediction be judged, if there is one."""
        if self.answer is not None and not self.settled:
            self._progress.settled.append(self.step.name)
            self._keep()

    # --- keeping

    def _arrive(self, position: int) -> None:
        name = self.lesson.steps[position].name
        self._progress.step = name
        if name not in self._progress.visited:
            self._progress.visited.append(name)
        self._keep()

    def _key(self) -> str:
        return f"guide/{self.name}"

    def _read(self) -> Progress:
        try:
            return msgspec.json.decode(self._settings.text(self._key(), "{}"), type=Progress)
        except msgspec.MsgspecError:
            return Progress()  # what cannot be read counts as not kept

    def _keep(self) -> None:
        self._settings.set_text(self._key(), msgspec.json.encode(self._progress).decode())

"""How the actions of a guided lesson are done: for each kind of record a deed that drives the program's controls.

A deed is a generator. It asks things of the ``Stage`` and yields whenever there is something to wait for; whoever runs
it goes on when that has come. So a deed reads from top to bottom, needs neither thread nor Qt, and can be let go at any
point by closing it. To add an action, write its record, its deed here, and enter them in ``DEEDS``.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.guide.records import (
    Action,
    Change,
    LearningRate,
    Lesson,
    Parameter,
    Pause,
    Play,
    PlayTo,
    Point,
    Quantity,
    Record,
    Sample,
    Seek,
    SetPace,
    Show,
    Step,
    Walk,
)
from app.run.pace import FASTEST, Pace, Unit
from backprop import LESSONS, Experiment
from backprop.cursor import Clock


class Stage(Protocol):
    """The program's controls, as far as lessons use them. Positions count phases from the start of the run."""

    @property
    def busy(self) -> bool:
        """Whether a run is being made ready."""

    @property
    def playing(self) -> bool:
        """Whether the run goes on by itself."""

    @property
    def settled(self) -> bool:
        """Whether the run stands still, and nothing of it is on its way to the screen any more."""

    @property
    def ended(self) -> bool:
        """Whether the last moment of the run is on the screen."""

    @property
    def clock(self) -> Clock:
        """Counts the moments of the run."""

    @property
    def reached(self) -> int:
        """How far the run has come."""

    @property
    def shown(self) -> int:
        """The position of the moment on the screen."""

    @property
    def pace(self) -> Pace:
        """How fast the run plays."""

    def runs(self, experiment: Experiment) -> bool:
        """Whether the run at hand is one of ``experiment``, of which nothing was changed on the way."""

    def begin(self, experiment: Experiment) -> bool:
        """Begin a run of ``experiment``; False if a person prefers to keep the one at hand."""

    def reset(self) -> None:
        """Go back to the start of the run."""

    def extend(self, position: int) -> None:
        """Give the run enough epochs to come to ``position``."""

    def play(self) -> None:
        """Let the run go on."""

    def pause(self) -> None:
        """Let the run stand still."""

    def step(self, unit: Unit) -> None:
        """Go one unit further, in the past or in the run."""

    def seek(self, position: int) -> None:
        """Show a moment that the run has reached."""

    def set_pace(self, pace: Pace) -> None:
        """Play at another speed."""

    def set_learning_rate(self, learning_rate: float) -> None:
        """Train on with another learning rate."""

    def has_panel(self, name: str) -> bool:
        """Whether a panel is there: those with charts come a moment after the window."""

    def show_panel(self, name: str) -> None:
        """Bring a panel to the front."""

    def show_quantity(self, value: str) -> None:
        """Let the weights panel show one of its quantities, such as "change"."""

    def select_parameter(self, name: str, index: tuple[int, ...]) -> None:
        """Select a parameter, for all panels."""

    def select_sample(self, index: int) -> None:
        """Select a sample, for all panels."""

    def point(self, place: str) -> None:
        """Draw the eye to a control or a panel."""


@dataclass(frozen=True)
class Until:
    """Wait until ``done()``; where that can take long, ``progress()`` tells from 0 to 1 how near it is."""

    done: Callable[[], bool]
    progress: Callable[[], float] | None = None


@dataclass(frozen=True)
class Rest:
    """Wait for some seconds, so that an eye can follow."""

    seconds: float


class LetGo(Exception):  # noqa: N818 - nothing is wrong: a person wants something else
    """A person has taken over, or does not want what an action would have begun."""


Deed = Generator[Until | Rest, None, None]


def perform(actions: Sequence[Action], stage: Stage, lesson: Experiment) -> Deed:
    """Return the deed of all ``actions`` in their order; ``lesson`` is the experiment of their lesson.

    It ends with LetGo where a person takes over.
    """
    for action in actions:
        yield from DEEDS[type(action)](action, stage, lesson)


# --- having the right run


def _lesson(action: Lesson, stage: Stage, lesson: Experiment) -> Deed:
    yield from _have(stage, lesson if action.name is None else LESSONS[action.name].experiment, action.anew)


def _change(action: Change, stage: Stage, lesson: Experiment) -> Deed:
    yield from _have(stage, action.of(lesson), anew=True)


def _have(stage: Stage, experiment: Experiment, anew: bool) -> Deed:
    if not stage.runs(experiment):
        if not stage.begin(experiment):
            raise LetGo
        yield Until(lambda: not stage.busy)
        if not stage.runs(experiment):
            raise LetGo  # it could not begin, and the window says why
    elif anew and stage.reached:
        stage.reset()
        yield Until(lambda: stage.reached == 0)


# --- moving in time


def _seek(action: Seek, stage: Stage, lesson: Experiment) -> Deed:
    target = action.position(stage.clock)
    if stage.reached < target:
        before = stage.pace
        stage.set_pace(FASTEST)
        try:
            yield from _play_until(stage, target)
        finally:
            if stage.pace == FASTEST:  # else a person has chosen another meanwhile
                stage.set_pace(before)
    yield from _show_moment(stage, target)


def _play_to(action: PlayTo, stage: Stage, lesson: Experiment) -> Deed:
    target = action.position(stage.clock)
    if stage.reached < target:
        yield from _play_until(stage, target)
    yield from _show_moment(stage, target)


def _play_until(stage: Stage, target: int) -> Deed:
    begun = stage.reached
    stage.extend(target)
    stage.play()
    yield Until(
        lambda: stage.reached >= target or not stage.playing,
        lambda: (stage.reached - begun) / (target - begun),
    )
    if stage.reached < target:
        raise LetGo  # paused by a person, or failed


def _show_moment(stage: Stage, position: int) -> Deed:
    """Show a moment that has been reached; a run that plays overshoots it by a little."""
    if stage.playing:
        stage.pause()
    yield Until(lambda: stage.settled)
    stage.seek(position)
    yield Until(lambda: stage.shown == position)


def _play(action: Play, stage: Stage, lesson: Experiment) -> Deed:
    stage.play()
    yield from ()


def _pause(action: Pause, stage: Stage, lesson: Experiment) -> Deed:
    stage.pause()
    yield Until(lambda: stage.settled)


def _set_pace(action: SetPace, stage: Stage, lesson: Experiment) -> Deed:
    stage.set_pace(action.pace())
    yield from ()


def _step(action: Step, stage: Stage, lesson: Experiment) -> Deed:
    before = stage.shown
    stage.step(Unit(action.unit))
    yield Until(lambda: stage.shown != before or stage.ended)


def _walk(action: Walk, stage: Stage, lesson: Experiment) -> Deed:
    for _ in range(action.count):
        yield Rest(1.0 / action.per_second)
        yield from _step(Step(action.unit), stage, lesson)


# --- looking


def _show(action: Show, stage: Stage, lesson: Experiment) -> Deed:
    yield Until(lambda: stage.has_panel(action.panel))
    stage.show_panel(action.panel)


def _quantity(action: Quantity, stage: Stage, lesson: Experiment) -> Deed:
    yield Until(lambda: stage.has_panel("weights"))
    stage.show_quantity(action.value)


def _parameter(action: Parameter, stage: Stage, lesson: Experiment) -> Deed:
    yield Until(lambda: stage.has_panel("inspector"))
    stage.select_parameter(action.name, action.index)


def _sample(action: Sample, stage: Stage, lesson: Experiment) -> Deed:
    yield Until(lambda: stage.has_panel("inspector"))
    stage.select_sample(action.index)


def _point(action: Point, stage: Stage, lesson: Experiment) -> Deed:
    stage.point(action.at)
    yield from ()


# --- changing


def _learning_rate(action: LearningRate, stage: Stage, lesson: Experiment) -> Deed:
    stage.set_learning_rate(action.value)
    yield from ()


DEEDS: dict[type[Record], Callable[[Any, Stage, Experiment], Deed]] = {
    Lesson: _lesson,
    Change: _change,
    Seek: _seek,
    PlayTo: _play_to,
    Play: _play,
    Pause: _pause,
    SetPace: _set_pace,
    Step: _step,
    Walk: _walk,
    Show: _show,
    Quantity: _quantity,
    Parameter: _parameter,
    Sample: _sample,
    Point: _point,
    LearningRate: _learning_rate,
}

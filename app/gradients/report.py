"""What the gradient check found, as a table, as JSON, and as a plain verdict; the window says it in the same words."""

import contextlib
import importlib.util
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from app.edition import is_built
from app.marking import QT_TRANSLATE_NOOP
from backprop import Dataset, Experiment
from backprop.gradient_check import TOLERANCE, CheckPoint, ParameterCheck, check_differences, check_tensorflow

#: Whoever shows these can translate them first; a value goes in afterwards.
RIGHT = QT_TRANSLATE_NOOP("GradientReport", "Every gradient is right: the limit for the relative error is {limit}.")
RIGHT_AS_FAR = QT_TRANSLATE_NOOP(
    "GradientReport", "Every gradient that could be checked is right: the limit for the relative error is {limit}."
)
WRONG = QT_TRANSLATE_NOOP(
    "GradientReport", "At least one gradient is WRONG: the limit for the relative error is {limit}."
)
UNKNOWN = QT_TRANSLATE_NOOP(
    "GradientReport",
    "Nothing could be checked: every number lies at the corner of a ReLU, where no difference can be taken.",
)
NOT_INSTALLED = QT_TRANSLATE_NOOP("GradientReport", "not installed ({command})")
NOT_BUILT_IN = QT_TRANSLATE_NOOP(
    "GradientReport", "not part of the program that needs no Python; to ask it, install Backscope with pip"
)
CORNERS = QT_TRANSLATE_NOOP(
    "GradientReport",
    "Left out: {count} numbers at the corner of a ReLU, where a difference is the slope of neither side.",
)
INSTALL_COMMAND = "pip install tensorflow"
DIFFERENCES = QT_TRANSLATE_NOOP("GradientReport", "central differences")
TENSORFLOW = "TensorFlow"
_TITLES = (
    QT_TRANSLATE_NOOP("GradientReport", "checked"),
    QT_TRANSLATE_NOOP("GradientReport", "largest relative error"),
    QT_TRANSLATE_NOOP("GradientReport", "at"),
    QT_TRANSLATE_NOOP("GradientReport", "ours"),
    QT_TRANSLATE_NOOP("GradientReport", "theirs"),
)


def english(text: str) -> str:
    """Return ``text`` as it is."""
    return text


@dataclass(frozen=True)
class GradientReport:
    """The second opinions on gradients; TensorFlow's is None where it is not installed, or has ``trouble``."""

    differences: list[ParameterCheck]
    tensorflow: list[ParameterCheck] | None
    trouble: str = ""

    @property
    def passed(self) -> bool:
        """Whether every gradient agrees with every opinion."""
        return all(check.passed for check in self.differences + (self.tensorflow or []))

    @property
    def found_anything(self) -> bool:
        """Whether there is any number that was checked."""
        return any(check.checked for check in self.differences + (self.tensorflow or []))

    @property
    def corners(self) -> int:
        """How many numbers a central difference says nothing about."""
        return sum(check.corners for check in self.differences)

    def verdict(self, translate: Callable[[str], str] = english) -> str:
        """Return the outcome as a sentence."""
        if self.passed and not self.found_anything:
            return translate(UNKNOWN)
        right = RIGHT_AS_FAR if self.corners and self.tensorflow is None else RIGHT
        return translate(right if self.passed else WRONG).format(limit=f"{TOLERANCE:g}")

    def absence(self, translate: Callable[[str], str] = english) -> str:
        """Return why there is no opinion of TensorFlow, and how to get one; empty where there is one."""
        if self.tensorflow is not None:
            return ""
        if self.trouble:
            return self.trouble
        return translate(NOT_BUILT_IN) if is_built() else translate(NOT_INSTALLED).format(command=INSTALL_COMMAND)

    def left_out(self, translate: Callable[[str], str] = english) -> str:
        """Return what could not be checked; empty where everything could."""
        return translate(CORNERS).format(count=f"{self.corners:,}") if self.corners else ""

    def to_json(self, lesson: str) -> str:
        """Return one JSON object."""
        found = asdict(self)
        found.pop("trouble")
        for check in (*found["differences"], *(found["tensorflow"] or ())):
            if not check["corners"]:
                del check["corners"]
        return json.dumps({"lesson": lesson, "passed": self.passed, "tolerance": TOLERANCE} | found)

    def to_text(self, translate: Callable[[str], str] = english) -> str:
        """Return a table and a verdict."""
        titles = [translate(title) for title in _TITLES]
        lines = ["{:4} {:>16} {:>24} {:>12} {:>14} {:>14}".format("", *titles)]
        for title, checks in ((DIFFERENCES, self.differences), (TENSORFLOW, self.tensorflow)):
            shown = translate(title)
            lines.append(shown if checks is not None else f"{shown}: {self.absence(translate)}")
            lines += [_row(check) for check in checks or []]
        return "\n".join([*lines, *filter(None, [self.left_out(translate)]), self.verdict(translate)])


def tensorflow_installed() -> bool:
    """Return whether TensorFlow can be asked."""
    return importlib.util.find_spec("tensorflow") is not None


def gradient_report(experiment: Experiment, dataset: Dataset) -> GradientReport:
    """Check the gradients of ``experiment`` at its initial weights; takes seconds where TensorFlow has to be loaded."""
    point = CheckPoint.at_start(experiment, dataset)
    differences = check_differences(point)
    if not tensorflow_installed():
        return GradientReport(differences, None)
    with _no_chatter():
        return GradientReport(differences, check_tensorflow(point))


@contextlib.contextmanager
def _no_chatter() -> Iterator[None]:
    """Keep from a person what TensorFlow's C++ writes to standard error about processors and graphics cards."""
    kept = os.dup(2)
    try:
        with open(os.devnull, "wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _row(check: ParameterCheck) -> str:
    checked = f"{check.checked:,} of {check.total:,}"
    place = str(list(check.index))
    return (
        f"{check.name:4} {checked:>16} {check.relative_error:24.1e} {place:>12} {check.ours:14.6g} {check.theirs:14.6g}"
    )

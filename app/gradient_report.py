"""What the gradient check found, as a table, as JSON, and as a plain verdict."""

import importlib.util
import json
from dataclasses import asdict, dataclass

from backprop import Dataset, Experiment
from backprop.gradient_check import TOLERANCE, ParameterCheck, check_differences, check_tensorflow


@dataclass(frozen=True)
class GradientReport:
    """The second opinions on one experiment's gradients; TensorFlow's is None where it is not installed."""

    differences: list[ParameterCheck]
    tensorflow: list[ParameterCheck] | None

    @property
    def passed(self) -> bool:
        """Whether every gradient agrees with every opinion."""
        return all(check.passed for check in self.differences + (self.tensorflow or []))

    def to_json(self, lesson: str) -> str:
        """Return one JSON object."""
        return json.dumps({"lesson": lesson, "passed": self.passed, "tolerance": TOLERANCE} | asdict(self))

    def to_text(self) -> str:
        """Return a table and a verdict."""
        lines = [f"{'':4} {'checked':>16} {'largest relative error':>24} {'at':>12} {'ours':>14} {'theirs':>14}"]
        for title, checks in (("central differences", self.differences), ("TensorFlow", self.tensorflow)):
            lines.append(title if checks is not None else f"{title}: not installed (pip install tensorflow)")
            lines += [_row(check) for check in checks or []]
        verdict = "Every gradient is right" if self.passed else "At least one gradient is WRONG"
        return "\n".join([*lines, f"{verdict}: the limit for the relative error is {TOLERANCE:g}."])


def gradient_report(experiment: Experiment, dataset: Dataset) -> GradientReport:
    """Check the gradients of ``experiment`` at its initial weights; takes seconds where TensorFlow has to be loaded."""
    installed = importlib.util.find_spec("tensorflow") is not None
    return GradientReport(
        check_differences(experiment, dataset), check_tensorflow(experiment, dataset) if installed else None
    )


def _row(check: ParameterCheck) -> str:
    checked = f"{check.checked:,} of {check.total:,}"
    place = str(list(check.index))
    return (
        f"{check.name:4} {checked:>16} {check.relative_error:24.1e} {place:>12} {check.ours:14.6g} {check.theirs:14.6g}"
    )

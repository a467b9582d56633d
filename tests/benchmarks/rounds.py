"""What the benchmarks share: contestants that take turns on the same machine, and the table of how they did."""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

#: The project's folder, importable from here on, so that every script runs from anywhere and without an installation.
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


@dataclass(frozen=True)
class Aim:
    """A limit that a number should keep; without one, the number is shown for comparison only."""

    at_most: float | None = None
    at_least: float | None = None
    unit: str = ""

    def __str__(self) -> str:
        if self.at_most is not None:
            return f"at most {self.at_most:g}{self.unit}"
        return "" if self.at_least is None else f"at least {self.at_least:g}{self.unit}"

    def verdict(self, number: float) -> str:
        """Return yes or no, or nothing where there is no aim."""
        if self.at_most is not None:
            return "yes" if number <= self.at_most else "no"
        if self.at_least is not None:
            return "yes" if number >= self.at_least else "no"
        return ""


NO_AIM = Aim()


def take_turns(
    contestants: Mapping[str, Callable[[], object]],
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
    parts: Mapping[str, int] | None = None,
) -> dict[str, list[float]]:
    """Call every contestant in turn, A B C A B C ..., for ``rounds`` rounds; return the seconds of each call, by name.

    Whatever else the machine does falls on all of them alike, so a ratio within one round means more than a time. A
    contestant whose round comes in ``parts`` has that many turns a round, one of each such contestant after another:
    the finer they are interleaved, the more alike. One round of warming up is not counted.
    """
    parts = parts or {}
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds + 1):
        show_progress(f"round {number} of {rounds}" if number else "warming up")
        for part in range(max(parts.values(), default=1)):
            for name, run in contestants.items():
                if part < parts.get(name, 1):
                    begun = clock()
                    run()
                    if number:
                        seconds[name].append(clock() - begun)
    show_progress("")
    return seconds


def in_whole_rounds(seconds: Sequence[float], parts: int) -> list[float]:
    """Return the seconds of every round of a contestant whose round came in ``parts``."""
    return [sum(seconds[start : start + parts]) for start in range(0, len(seconds), parts)]


def ratios(numerators: Sequence[float], denominators: Sequence[float]) -> list[float]:
    """Return each round's ratio."""
    return [over / under for over, under in zip(numerators, denominators, strict=True)]


def with_quartiles(values: Sequence[float], digits: int = 2) -> str:
    """Return the median, and in brackets the range of the middle half, as text."""
    middle = statistics.median(values)
    if len(values) < 4:
        return f"{middle:.{digits}f}"
    low, _, high = statistics.quantiles(values, n=4)
    return f"{middle:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the value that ``percent`` of the values do not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * percent / 100))]


def print_table(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table that reads well on a terminal and is Markdown as well."""
    lines = [list(header), *(list(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    lines.insert(1, ["-" * width for width in widths])
    print(f"\n{title}\n")
    for line in lines:
        print("| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |")
    sys.stdout.flush()


def describe_machine() -> str:
    """Return a line that says on what this was measured, and how busy that was."""
    load = (
        f", load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores at the start" if hasattr(os, "getloadavg") else ""
    )
    return f"CPython {sys.version.split()[0]} on {sys.platform}{load}"


def show_progress(text: str) -> None:
    """Show on a terminal how far it is, and leave nothing of it in a file."""
    if sys.stderr.isatty():
        print(f"\r{text:<60}\r", end="", file=sys.stderr, flush=True)

"""How soon after the start of the process the window is there and can be used.

    python tests/benchmarks/startup.py [--rounds N] [--offscreen] [--imports]

Starts main.py again and again, on the display there is, or on a virtual one (Xvfb), or else offscreen. Linux only.
"""

import argparse
import contextlib
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rounds import NO_AIM, ROOT, Aim, describe_machine, print_table, show_progress, with_quartiles

CHILD = Path(__file__).with_name("startup_child.py")
AIM = Aim(at_most=1000, unit=" ms")
_IMPORT_LINE = re.compile(r"import time:\s*(\d+) \|\s*(\d+) \|\s*(\S+)")


@contextlib.contextmanager
def display(offscreen: bool) -> Iterator[dict[str, str]]:
    """Yield the environment of a process that can open a window and does not touch a person's settings."""
    with tempfile.TemporaryDirectory() as home:
        environment = dict(os.environ)
        # Compiled modules are kept, as on anyone's machine, but not in the project.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPYCACHEPREFIX"] = home
        environment |= dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"), home)
        if offscreen or not (os.environ.get("DISPLAY") or shutil.which("Xvfb")):
            yield environment | {"QT_QPA_PLATFORM": "offscreen"}
        elif os.environ.get("DISPLAY"):
            yield environment | {"QT_QPA_PLATFORM": "xcb"}
        else:
            with _virtual_display() as name:
                yield environment | {"QT_QPA_PLATFORM": "xcb", "DISPLAY": name}


@contextlib.contextmanager
def _virtual_display() -> Iterator[str]:
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as numbers:
        number = numbers.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def measure(environment: dict[str, str], rounds: int) -> dict[str, list[float]]:
    """Return for each stage of a start its milliseconds, one a round; a first round warms the caches."""
    reached: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        show_progress(f"start {number} of {rounds}")
        result = subprocess.run(
            [sys.executable, str(CHILD)], env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        if result.returncode:
            sys.exit(f"main.py ended with code {result.returncode}:\n{result.stderr}")
        for stage, milliseconds in json.loads(result.stdout.splitlines()[-1]).items():
            if number:
                reached.setdefault(stage, []).append(milliseconds)
    show_progress("")
    return reached


def print_imports(environment: dict[str, str]) -> None:
    """Print which packages and modules cost most to import: by themselves, and with what they import."""
    code = "import sys; sys.path.insert(0, sys.argv[1]); import main; from app import application"
    result = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", code, str(ROOT)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    lines = [match for line in result.stderr.splitlines() if (match := _IMPORT_LINE.match(line))]
    packages: dict[str, int] = {}
    for match in lines:
        package = match[3].partition(".")[0]
        packages[package] = packages.get(package, 0) + int(match[1])
    top = sorted(packages.items(), key=lambda item: -item[1])[:15]
    print_table("Imports, by package", ("package", "own ms"), [(name, f"{own / 1000:.0f}") for name, own in top])
    costly = sorted(lines, key=lambda match: -int(match[2]))[:30]
    rows = [(match[3], f"{int(match[1]) / 1000:.0f}", f"{int(match[2]) / 1000:.0f}") for match in costly]
    print_table("Imports, by module, slowed down by being timed", ("module", "own ms", "with its imports, ms"), rows)


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="how often the program is started (default 5)")
    parser.add_argument("--offscreen", action="store_true", help="use no display, even if there is one")
    parser.add_argument("--imports", action="store_true", help="also list what costs most to import")
    options = parser.parse_args()
    with display(options.offscreen) as environment:
        print(f"{describe_machine()}, {environment['QT_QPA_PLATFORM']}")
        reached = measure(environment, options.rounds)
        rows = []
        for stage, times in reached.items():
            aim = NO_AIM if stage != list(reached)[-1] else AIM
            rows.append((stage, with_quartiles(times, 0), str(aim), aim.verdict(statistics.median(times))))
        print_table("From the start of the process", ("when", "ms", "aim", "met"), rows)
        if options.imports:
            print_imports(environment)


if __name__ == "__main__":
    main()

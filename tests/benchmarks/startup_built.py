"""How soon after its start the built program is seen, and can be used; Linux only, on a virtual screen (Xvfb).

    python tests/benchmarks/startup_built.py [--rounds N] [PROGRAM]

PROGRAM is dist/backscope/backscope where none is named. It is watched from outside: by the pixels of the screen.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from rounds import NO_AIM, ROOT, Aim, describe_machine, print_table, show_progress, with_quartiles

from tests.virtual_screen import VirtualScreen, virtual_screen

AIM = Aim(at_most=1000, unit=" ms")
# The accent colour of the light theme, in which Play stands as soon as it can be pressed.
_ACCENT = np.array([0x3B, 0x5B, 0xDB])


def seen(screen: VirtualScreen) -> bool:
    """Return whether the window has been painted: an empty screen is black."""
    return bool((screen.picture()[::8, ::8].max(axis=2) > 128).mean() > 0.5)


def usable(screen: VirtualScreen) -> bool:
    """Return whether Play stands out in the top bar."""
    return int((screen.picture()[:60, 350:600] == _ACCENT).all(axis=2).sum()) > 500


def seconds_until(condition: Callable[[VirtualScreen], bool], screen: VirtualScreen, begun: float) -> float:
    """Wait for what is to be seen; return how long after ``begun`` it was."""
    while not condition(screen):
        if time.perf_counter() - begun > 60:
            sys.exit("the window has not appeared within a minute")
        time.sleep(0.005)
    return time.perf_counter() - begun


def main() -> None:
    """Measure and print the table; a first round warms the caches."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", nargs="?", type=Path, default=ROOT / "dist/backscope/backscope")
    parser.add_argument("--rounds", type=int, default=5, help="how often the program is started (default 5)")
    options = parser.parse_args()
    print(describe_machine())
    times: dict[str, list[float]] = {"the window is painted": [], "Play can be pressed": []}
    for number in range(options.rounds + 1):
        show_progress(f"start {number} of {options.rounds}")
        with tempfile.TemporaryDirectory() as home, virtual_screen(Path(home)) as screen:
            screen.set_up()
            begun = time.perf_counter()
            program = subprocess.Popen([options.program], env=screen.environment)
            for name, condition in zip(times, (seen, usable), strict=True):
                reached = 1000 * seconds_until(condition, screen, begun)
                if number:
                    times[name].append(reached)
            screen.focus_window()
            screen.xdotool("key", "ctrl+q")
            program.wait(timeout=30)
    show_progress("")
    rows = [
        (name, with_quartiles(found, 0), str(aim), aim.verdict(statistics.median(found)))
        for (name, found), aim in zip(times.items(), (AIM, NO_AIM), strict=True)
    ]
    print_table("From the start of the process", ("when", "ms", "aim", "met"), rows)


if __name__ == "__main__":
    main()

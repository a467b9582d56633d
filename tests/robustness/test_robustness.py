"""The program stands what people do to it. The scripts beside this file do the same for longer."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def run(script: str, *options: str) -> str:
    """Run a script in a process of its own, and return what it printed; it must not find anything."""
    command = [sys.executable, str(HERE / script), *options]
    result = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-4000:]
    return result.stdout


def test_a_monkey_finds_no_exception_and_no_warning_and_leaves_nothing_behind() -> None:
    assert "  300 actions" in run("monkey.py", "--actions", "300", "--seed", "5", "--rest-every", "100")


def test_windows_that_are_closed_leave_nothing_behind() -> None:
    assert " 10: " in run("windows.py", "--times", "10")


def test_killed_while_it_saves_the_program_leaves_the_older_file_or_the_newer_one_and_nothing_else() -> None:
    assert "  4: named" in run("killed.py", "--kills", "4")

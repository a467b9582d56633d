"""The real program on a real X server: it opens, keys train and pause it, the picture changes, and it ends cleanly."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.virtual_screen import virtual_screen, wait_until

ROOT = Path(__file__).resolve().parents[2]

# Rows and columns of the screen in which a part of the window is.
PARTS = {
    "top bar": np.s_[:56, :],
    "network": np.s_[100:350, 250:960],
    "weights": np.s_[400:600, 250:960],
    "loss": np.s_[100:560, 1000:],
    "samples": np.s_[640:, 250:],
}

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 is the window system of Linux only")


def test_the_program_trains_pauses_and_quits_by_keyboard(tmp_path: Path) -> None:
    errors = tmp_path / "errors.txt"
    with virtual_screen(tmp_path) as screen, errors.open("w") as stderr:
        screen.set_up()
        program = subprocess.Popen([sys.executable, ROOT / "main.py"], env=screen.environment, stderr=stderr)
        try:
            screen.focus_window()
            # Charts and matrices come a moment after the window; an empty card would be of one colour.
            wait_until(lambda: screen.picture()[100:560, 1000:].std() > 1 and screen.still(), "the whole window")
            before = screen.picture()
            assert before.shape == (768, 1366, 3)
            # Black, as on an empty screen, is nowhere in the light theme's background.
            assert (before.reshape(-1, 3).max(axis=1) < 8).mean() < 0.02

            screen.xdotool("key", "space")
            # Bar, network, matrices, chart and samples all move on, not just one of them.
            for name, part in PARTS.items():
                wait_until(lambda part=part: np.any(screen.picture()[part] != before[part]), f"a change of the {name}")
            screen.xdotool("key", "space")
            wait_until(screen.still, "a standstill after Space")

            screen.xdotool("key", "r")
            # The mouse pointer and the focus are where they were, so the picture is, too.
            wait_until(lambda: np.array_equal(screen.picture()[60:], before[60:]), "the first picture after R")
            screen.xdotool("key", "space")
            screen.xdotool("key", "ctrl+q")
            assert program.wait(timeout=10) == 0
        finally:
            program.kill()
            program.wait()
    assert errors.read_text() == ""

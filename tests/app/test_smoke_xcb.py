"""The real program on a real X server: it opens, keys train and pause it, the picture changes, and it ends cleanly."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import imageio.v3 as iio
import numpy as np
import pytest
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
GRAB = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
assert app.primaryScreen().grabWindow(0).save(sys.argv[1])
"""

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 is the window system of Linux only")


@pytest.fixture
def display() -> Iterator[dict[str, str]]:
    assert shutil.which("Xvfb"), "install the package xvfb"
    assert shutil.which("xdotool"), "install the package xdotool"
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    environment = {key: value for key, value in os.environ.items() if key != "WAYLAND_DISPLAY"}
    yield environment | {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    server.terminate()
    server.wait()


def wait_until(condition: Callable[[], object], what: str, seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{what} did not happen in {seconds} s"
        time.sleep(0.05)  # another process is watched here; it sends no signal


def test_the_program_trains_pauses_and_quits_by_keyboard(display: dict[str, str], tmp_path: Path) -> None:
    display |= {"XDG_CONFIG_HOME": str(tmp_path), "XDG_STATE_HOME": str(tmp_path)}

    def xdotool(*words: str) -> str:
        result = subprocess.run(["xdotool", *words], env=display, capture_output=True, text=True, check=False)
        return result.stdout.strip()

    def picture(name: str) -> NDArray[np.uint8]:
        path = tmp_path / f"{name}.png"
        subprocess.run([sys.executable, "-c", GRAB, path], env=display, check=True)
        return np.asarray(iio.imread(path))[..., :3]

    def still() -> bool:
        first = picture("first")
        time.sleep(0.5)  # longer than the window takes for its next panel
        return np.array_equal(first, picture("second"))

    errors = tmp_path / "errors.txt"
    with errors.open("w") as stderr:
        program = subprocess.Popen([sys.executable, ROOT / "main.py"], env=display, stderr=stderr)
    try:
        wait_until(lambda: xdotool("search", "--onlyvisible", "--name", "Backscope"), "the window")
        window = xdotool("search", "--onlyvisible", "--name", "Backscope").splitlines()[0]
        xdotool("windowfocus", "--sync", window)
        # Charts and matrices come a moment after the window; an empty card would be of one colour.
        wait_until(lambda: picture("before")[100:560, 1000:].std() > 1 and still(), "the whole window")
        before = picture("before")
        assert before.shape == (768, 1366, 3)
        # Black, as on an empty screen, is nowhere in the light theme's background.
        assert (before.reshape(-1, 3).max(axis=1) < 8).mean() < 0.02

        xdotool("key", "space")
        wait_until(lambda: not np.array_equal(picture("playing"), before), "a change after Space")
        xdotool("key", "space")
        wait_until(still, "a standstill after Space")
        paused = picture("paused")
        changed = np.any(paused != before, axis=2)
        # Bar, network, matrices, chart and samples have all moved on, not just one of them.
        for name, part in {
            "top bar": changed[:56],
            "network": changed[100:350, 250:960],
            "weights": changed[400:600, 250:960],
            "loss": changed[100:560, 1000:],
            "samples": changed[640:, 250:],
        }.items():
            assert part.any(), f"{name} looks as before training"

        xdotool("key", "r")
        # The mouse pointer and the focus are where they were, so the picture is, too.
        wait_until(lambda: np.array_equal(picture("reset")[60:], before[60:]), "the first picture after R")
        xdotool("key", "space")
        xdotool("key", "ctrl+q")
        assert program.wait(timeout=10) == 0
    finally:
        program.kill()
        program.wait()
    assert errors.read_text() == ""

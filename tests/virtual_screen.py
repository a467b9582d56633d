"""A screen that nobody sees: an X server of the test's own, with a hand on its keyboard and an eye on its picture."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSettings


class VirtualScreen:
    """The X server called ``name``: what is given ``environment`` appears on it, and keeps its files in ``home``."""

    def __init__(self, name: str, home: Path) -> None:
        self._home = home
        kept = {key: value for key, value in os.environ.items() if key != "WAYLAND_DISPLAY"}
        self.environment = kept | {"DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}
        self.environment |= dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"), str(home))

    def xdotool(self, *words: str) -> str:
        """Press keys, click, or look for windows; return what xdotool prints."""
        result = subprocess.run(["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False)
        return result.stdout.strip()

    def set_up(self, **settings: str) -> None:
        """Let the program find ``settings``, and none of what it shows to those who start it for the first time."""
        store = QSettings(str(self._home / "Backscope/Backscope.conf"), QSettings.Format.NativeFormat)
        for name, value in ({"welcomed": "yes"} | settings).items():
            store.setValue(name, value)
        store.sync()

    def focus_window(self) -> None:
        """Wait for the program's window, and let it have the keys."""
        wait_until(lambda: self.xdotool("search", "--onlyvisible", "--name", "Backscope"), "the window")
        window = self.xdotool("search", "--onlyvisible", "--name", "Backscope").splitlines()[0]
        self.xdotool("windowfocus", "--sync", window)

    def picture(self) -> NDArray[np.uint8]:
        """Return what is on the screen, (768, 1366, 3)."""
        # The server keeps its picture in a file, as xwd writes them: a header of big-endian integers, colours, pixels.
        data = np.fromfile(self._home / "Xvfb_screen0", np.uint8)
        header = data[:100].view(">u4")
        length, width, height, row, colours = (int(header[place]) for place in (0, 4, 5, 12, 19))
        rows = data[length + 12 * colours :][: height * row].reshape(height, row)
        return rows[:, : 4 * width].reshape(height, width, 4)[..., 2::-1].copy()

    def still(self) -> bool:
        """Return whether nothing has changed for longer than the window takes for its next panel."""
        first = self.picture()
        time.sleep(1.0)
        return np.array_equal(first, self.picture())


@contextmanager
def virtual_screen(home: Path) -> Iterator[VirtualScreen]:
    """Start an X server, and end it afterwards."""
    assert shutil.which("Xvfb"), "install the package xvfb"
    assert shutil.which("xdotool"), "install the package xdotool"
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    server = subprocess.Popen([*command, "-fbdir", str(home)], pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as pipe:
            number = pipe.readline().strip()
        yield VirtualScreen(f":{number}", home)
    finally:
        server.terminate()
        server.wait()


def wait_until(condition: Callable[[], object], what: str, seconds: float = 30.0) -> None:
    """Wait for another process, which sends no signal; fail with ``what`` did not happen."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"{what} did not happen in {seconds} s"
        time.sleep(0.05)

"""What is imported before the window is seen: as a person waits for it, nothing that the first picture does without."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.panels import PANELS

ROOT = Path(__file__).resolve().parents[2]

# The program itself, but for what it does as soon as it has been seen: then it tells what it has imported, and ends.
CODE = """
import sys
import main
from app import program

class Watched(program.MainWindow):
    def __init__(self, **arguments):
        super().__init__(**arguments)
        self.shown.disconnect()
        self.shown.connect(self.tell)

    def tell(self):
        print(*sys.modules)
        self.close()

program.MainWindow = Watched
sys.argv = ["main.py"]
sys.exit(main.main())
"""


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    home = str(tmp_path_factory.mktemp("home"))
    environment = os.environ | dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"), home)
    environment |= {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", CODE], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    return set(done.stdout.split())


def test_it_waits_for_no_library_that_it_does_not_show(imported: set[str]) -> None:
    assert {"numpy", "PySide6.QtWidgets", "app.window.main_window"} <= imported
    assert not imported & {"pyqtgraph", "imageio", "PIL", "scipy", "safetensors"}
    assert not imported & {"tensorflow", "keras", "matplotlib", "sklearn", "pytest"}
    assert not imported & {"asyncio", "email", "http", "unittest", "xml", "sqlite3", "pydoc"}


def test_panels_that_draw_charts_come_after_it(imported: set[str]) -> None:
    first = {entry.module for entry in PANELS.values() if entry.first}
    later = {entry.module for entry in PANELS.values()} - first
    assert first <= imported
    assert later
    assert not later & imported

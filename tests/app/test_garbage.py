"""Garbage is collected in the window's thread, for so short a time that nobody sees it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# The program itself: when everything is loaded, it tells how many objects the collector will look at, and ends.
CODE = """
import gc
import sys
import main
from app import program
from app.later import soon

class Watched(program.MainWindow):
    def __init__(self, **arguments):
        super().__init__(**arguments)
        self.loaded.connect(lambda: soon(self, self.tell))

    def tell(self):
        print(len(gc.get_objects()), gc.get_freeze_count(), gc.isenabled())
        self.close()

program.MainWindow = Watched
sys.argv = ["main.py"]
sys.exit(main.main())
"""


def test_it_passes_over_a_window_that_stays(tmp_path: Path) -> None:
    environment = os.environ | dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"), str(tmp_path))
    environment |= {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", CODE], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    looked_at, passed_over, in_any_thread = done.stdout.split()
    assert int(looked_at) < int(passed_over) / 20
    assert in_any_thread == "False"

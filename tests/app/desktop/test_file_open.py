"""A run that macOS hands over by an event is opened, whether it comes before there is a window or later."""

import os
import subprocess
import sys
from pathlib import Path

from backprop import LESSONS, Trainer
from backprop.session import save_session, session_of

ROOT = Path(__file__).resolve().parents[3]

# The program itself, with the application that it makes on macOS.
CODE = """
import sys
import main
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFileOpenEvent
from app import application, program

early, late = sys.argv[1:]
del sys.argv[1:]
make = application.make_application

def make_as_on_macos(arguments):
    system, sys.platform = sys.platform, "darwin"
    app = make(arguments)
    sys.platform = system
    app.sendEvent(app, QFileOpenEvent("of no use"))
    app.sendEvent(app, QFileOpenEvent(early))
    return app

class Watched(program.MainWindow):
    def __init__(self, **arguments):
        super().__init__(**arguments)
        self.files.flow.opened.connect(self.tell)

    def tell(self, path):
        app = application.QApplication.instance()
        print(self.windowTitle(), self.files.document.notes, flush=True)
        deed = self.close if str(path) == late else lambda: app.sendEvent(app, QFileOpenEvent(late))
        QTimer.singleShot(0, self, deed)

application.make_application = make_as_on_macos
program.MainWindow = Watched
sys.exit(main.main())
"""


def test_files_are_opened_that_come_before_the_window_and_after_it(tmp_path: Path) -> None:
    paths = [tmp_path / "early.backprop", tmp_path / "late.backprop"]
    for path in paths:
        trainer = Trainer(LESSONS["xor"].experiment.replace(epochs=50))
        trainer.run()
        save_session(session_of(trainer.new_timeline(), trainer.cursor, 50, f"The {path.stem} one."), path)
    environment = os.environ | dict.fromkeys(("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"), str(tmp_path))
    environment |= {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", CODE, *map(str, paths)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert done.stdout.splitlines() == [
        "early.backprop[*] – Backscope The early one.",
        "late.backprop[*] – Backscope The late one.",
    ]

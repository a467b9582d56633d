"""Makes the pictures of the README with the program itself: python resources/pictures/make.py [NAME ...]

The real window is opened on no screen and with settings of its own, does what the table below says, in the words of the
guided lessons, and is taken as it is painted. Runs are deterministic, and so are the pictures, but for versions of Qt.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PIL import Image
from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QSettings, Qt

from app.application import make_application
from app.export.moments import Every, Moments
from app.export.recording import Recording
from app.export.request import ExportRequest
from app.export.request_job import RequestJob
from app.guide.actions import Until, perform
from app.guide.records import Action, Lesson, Parameter, Quantity, Sample, Seek, Show
from app.guide.stage import WindowStage
from app.look.appearance import Colours
from app.run.pace import Unit
from app.settings import Settings
from app.window.main_window import MainWindow
from backprop import LESSONS

FOLDER = Path(__file__).resolve().parent
WINDOW = (1366, 768)
_SCALE = 1.5  # for screens that show more than one pixel where others show one
_COLOURS = 255
_FRAME_MS, _HOLD_MS = 100, 3000
_LONGEST_WAIT = 300.0


@dataclass(frozen=True)
class Screenshot:
    """The window as it is after ``actions`` in a lesson."""

    lesson: str
    colours: Colours
    actions: tuple[Action, ...]

    def make(self, window: MainWindow, target: Path) -> None:
        """Write the picture to ``target``."""
        window.appearance.choose(self.colours)
        act(window, self.lesson, self.actions)
        settle()
        save(window, target)


@dataclass(frozen=True)
class Film:
    """An animation of a lesson's run, every ``every``-th of its first ``epochs`` epochs, made by the export."""

    lesson: str
    epochs: int
    every: int
    views: tuple[str, ...]
    size: tuple[int, int]
    caption: str

    def make(self, window: MainWindow, target: Path) -> None:
        """Write the animation to ``target``."""
        act(window, self.lesson, (Lesson(anew=True),))
        window.controller.set_epochs(self.epochs)
        act(window, self.lesson, (Seek(self.epochs - 1),))
        run, reached = window.controller.run, window.controller.reached
        assert run is not None
        assert reached is not None
        moments = Moments(Every(self.every, Unit.EPOCH))
        request = ExportRequest(target, self.views, moments, self.size, _FRAME_MS, _HOLD_MS, caption=self.caption)
        job = RequestJob(request, Recording.of_run(run, reached))
        failures: list[str] = []
        job.failed.connect(failures.append)
        job.start()
        wait_for(lambda: not job.is_running)
        if failures:
            raise SystemExit(failures[0])


#: XOR on its way down from the plateau, when the gradients are largest; all of the run has been computed before.
_XOR = (Seek(9999), Seek(1000, 0, 5), Sample(2), Parameter("W1", (0, 1)))
#: Two digits sleep; the backward pass has just reached the output for an image of one of them.
_MNIST = (Seek(19), Seek(9, 0, 4), Sample(31), Quantity("change"), Show("weights"), Show("accuracy"))

PICTURES: dict[str, Screenshot | Film] = {
    "xor.png": Screenshot("xor", Colours.LIGHT, (*_XOR, Show("inspector"))),
    "matrices.png": Screenshot("xor", Colours.LIGHT, (*_XOR, Show("equation"))),
    "mnist.png": Screenshot("mnist", Colours.DARK, _MNIST),
    "xor.gif": Film("xor", 2400, 40, ("network", "loss"), (840, 320), "XOR learns"),
}


def act(window: MainWindow, lesson: str, actions: Sequence[Action]) -> None:
    """Do ``actions`` in ``window``, waiting for each."""
    for waiting in perform((Lesson(), *actions), WindowStage(window), LESSONS[lesson].experiment):
        if isinstance(waiting, Until):
            wait_for(waiting.done)


def wait_for(condition: Callable[[], object]) -> None:
    """Let the program live until ``condition`` holds."""
    end = time.monotonic() + _LONGEST_WAIT
    while not condition():
        if time.monotonic() > end:
            raise SystemExit("The window did not come to what the picture shows.")
        QCoreApplication.processEvents()
        time.sleep(0.001)


def settle() -> None:
    """Let what was asked for be laid out and painted."""
    end = time.monotonic() + 0.8
    wait_for(lambda: time.monotonic() > end)


def save(window: MainWindow, target: Path) -> None:
    """Write what ``window`` shows as a PNG of few colours, which nobody can tell from all of them."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    with Image.open(BytesIO(buffer.data().data())) as picture:
        few = picture.convert("RGB").quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE)
        few.save(target, optimize=True)


@contextmanager
def opened() -> Iterator[MainWindow]:
    """Open the window with settings of its own, complete, and close it in the end."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = str(_SCALE)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"):
            os.environ[name] = folder
        app = make_application(sys.argv[:1])
        window = MainWindow(Settings(QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)))
        window.resize(*WINDOW)
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.show()
        wait_for(lambda: window.controller.moment is not None and window.complete)
        try:
            yield window
        finally:
            window.close()
            app.processEvents()


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pictures named, or all of them."""
    parser = argparse.ArgumentParser(description="Make the pictures of the README with the program itself.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(PICTURES)}; without, all of them")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where to write them; without, where they belong")
    chosen = parser.parse_args(arguments)
    if unknown := [name for name in chosen.names if name not in PICTURES]:
        parser.error(f"there is no picture {unknown[0]}; choose from {', '.join(PICTURES)}")
    with opened() as window:
        for name in chosen.names or PICTURES:
            PICTURES[name].make(window, chosen.out / name)
            print(f"{name}: {(chosen.out / name).stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())

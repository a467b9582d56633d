"""How fast runs are exported: beside drawing the same figures with matplotlib, in every format, and how much memory.

    python tests/benchmarks/export.py [--rounds N] [--keep FOLDER]

The comparison begins with a finished XOR run and ends with two GIF files of ten frames, 800 x 600; both have imported
what they need. Then a composed picture of network, loss and weights is exported in every format, 100 frames, as the
window does it, with the estimate that was made before; and 1,000 frames, by a process of its own for each format.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import matplotlib

matplotlib.use("Agg")

import imageio.v2 as imageio
import matplotlib.pyplot as plt
import numpy as np
from PySide6.QtWidgets import QApplication
from rounds import ROOT, Aim, describe_machine, print_table, ratios, take_turns, with_quartiles

from app.export.animation import Animation
from app.export.compose import make_animation
from app.export.estimate import Estimate
from app.export.formats import FORMATS, Kind
from app.export.formats.frame import Frame
from app.export.job import export
from app.export.lesson_animations import animations
from app.export.moments import Moments, Spread
from app.export.recording import Recording
from app.export.rehearsal import Rehearsal
from app.export.request import COMPOSED, ExportRequest
from app.export.request_job import RequestJob
from app.export.steps import at_once
from app.look.style import install
from app.look.theme import LIGHT
from backprop import LESSONS, Cursor, Trainer
from backprop.arrays import Array

SIZE = (8, 6)  # inches, at 100 dots an inch
EVERY = 1000
FRAME_MS = 500
ANIMATIONS = [name for name, entry in FORMATS.items() if entry.kind is Kind.ANIMATION]


def with_backscope(trainer: Trainer, folder: Path) -> list[Path]:
    """Export as the program does: the moments by replaying the run, the frames by hidden copies of the panels."""
    recording = Recording.of(trainer)
    return export(at_once(animations(recording)), folder)


def with_matplotlib(weights: dict[int, tuple[Array, Array]], losses: Array, folder: Path) -> list[Path]:
    """Export as a script does: a figure a frame, saved as a picture, and all pictures read back for the GIF.

    ``weights`` are those after some epochs, which such a script has kept while it trained.
    """
    pictures: dict[str, list[Path]] = {"weights_update": [], "training_loss": []}
    for epoch, layers in weights.items():
        plt.figure(figsize=SIZE)
        for place, (title, matrix) in enumerate(
            zip(("Weights Input-Hidden", "Weights Hidden-Output"), layers, strict=True), 1
        ):
            plt.subplot(1, 2, place)
            plt.imshow(matrix, cmap="viridis", aspect="auto")
            plt.colorbar()
            plt.title(title)
        pictures["weights_update"].append(folder / f"weights_{epoch}.png")
        plt.savefig(pictures["weights_update"][-1])
        plt.close()

        plt.figure(figsize=SIZE)
        plt.plot(losses[: epoch + 1], label="Loss")
        plt.xlim(0, len(losses))
        plt.ylim(0, max(losses[: epoch + 1]))
        plt.xlabel("Epochs")
        plt.ylabel("Loss")
        plt.title("Loss over epochs")
        plt.legend()
        plt.grid(True)
        pictures["training_loss"].append(folder / f"loss_{epoch}.png")
        plt.savefig(pictures["training_loss"][-1])
        plt.close()
    paths = []
    for name, files in pictures.items():
        paths.append(folder / f"{name}.gif")
        imageio.mimsave(paths[-1], [imageio.imread(file) for file in files], duration=FRAME_MS, loop=0)
        for file in files:
            file.unlink()
    return paths


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="how often both have their turn (default 7)")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave the last files there, to look at them")
    options = parser.parse_args()
    app = QApplication([])
    install(app, LIGHT)
    trainer = Trainer(LESSONS["xor"].experiment)
    trainer.run()
    moments = {epoch: trainer.snapshot_at(Cursor(epoch + 1)) for epoch in range(0, trainer.epochs, EVERY)}
    weights = {epoch: (moment.parameters["W1"], moment.parameters["W2"]) for epoch, moment in moments.items()}
    losses = np.array(trainer.history.loss)
    print(f"{describe_machine()}, matplotlib {matplotlib.__version__}")

    with tempfile.TemporaryDirectory() as temporary:
        roots = {name: (options.keep or Path(temporary)) / name for name in ("backscope", "matplotlib")}
        for root in roots.values():
            root.mkdir(parents=True, exist_ok=True)
        contestants: dict[str, Callable[[], list[Path]]] = {
            "Backscope": lambda: with_backscope(trainer, roots["backscope"]),
            "matplotlib and imageio": lambda: with_matplotlib(weights, losses, roots["matplotlib"]),
        }
        seconds = take_turns(contestants, options.rounds)
        sizes = [sum(path.stat().st_size for path in root.glob("*.gif")) / 1000 for root in roots.values()]
        stages = _stages(trainer, roots["backscope"])
    ours, theirs = seconds.values()
    every = ratios(theirs, ours)
    aim = Aim(at_least=8.0, unit=" x")
    rows = [
        (name, f"{statistics.median(values):.3f}", f"{size:.0f}", *(("", "", "") if values is ours else verdict))
        for (name, values), size in zip(seconds.items(), sizes, strict=True)
        for verdict in [(with_quartiles(every, 1) + " x", str(aim), aim.verdict(statistics.median(every)))]
    ]
    header = ("both GIFs from a finished run", "seconds", "kB", "times Backscope's time", "aim", "met")
    print_table("XOR, weights_update.gif and training_loss.gif, 20 frames", header, rows)
    print_table("Where Backscope's time goes", ("part", "seconds"), stages)
    _print_formats(app, Recording.of(trainer))
    _print_memory()


def _print_formats(app: QApplication, recording: Recording) -> None:
    rows = []
    encoding, size = Aim(at_most=1.0), Aim(at_most=3.0)
    with tempfile.TemporaryDirectory() as folder:
        for name in ANIMATIONS:
            request = ExportRequest(Path(folder) / f"run.{name}", COMPOSED, Moments(Spread(100)), (800, 600))
            expected = _rehearsed(app, request, recording)
            begun = time.perf_counter()
            _exported(app, request, recording)
            seconds = time.perf_counter() - begun
            file_size = request.target.stat().st_size / 1e6
            spent = _encoding_time(request, recording)
            aims = f"{encoding.verdict(spent)}, {size.verdict(file_size)}" if name == "gif" else ""
            told = [f"{seconds:.2f}", f"{expected.seconds:.2f}", f"{spent:.2f}", f"{file_size:.2f}"]
            rows.append([name, *told, f"{expected.bytes / 1e6:.2f}", aims])
    header = ("format", "seconds", "estimated", "encoding alone", "MB", "estimated", "GIF: 1.0 s, 3 MB")
    print_table("XOR, 100 composed frames, 800 x 600", header, rows)


def _rehearsed(app: QApplication, request: ExportRequest, recording: Recording) -> Estimate:
    rehearsal, told = Rehearsal(), []
    rehearsal.estimated.connect(lambda estimate: (told.append(estimate), app.quit()))
    rehearsal.ask(request, recording)
    app.exec()
    rehearsal.stop()
    return told[0]


def _exported(app: QApplication, request: ExportRequest, recording: Recording) -> None:
    job = RequestJob(request, recording)
    job.finished.connect(app.quit)
    job.start()
    app.exec()


def _encoding_time(request: ExportRequest, recording: Recording) -> float:
    """Return the processor time that the frames take to be encoded when all of them have been drawn."""
    animation = at_once(make_animation(request, recording, request.cursors(recording)))
    frames = [_frame(animation, animation.compute(index)) for index in range(animation.frame_count)]
    samples = [frames[index] for index in animation.samples]
    begun = _processor_time()
    with tempfile.TemporaryFile() as file:
        animation.format.write(iter(frames), samples, animation.timing, file)
    return _processor_time() - begun


def _frame(animation: Animation, computed: object) -> Frame:
    frame: Frame = animation.finish(at_once(animation.frames(computed)))
    return frame


def _processor_time() -> float:
    return sum(os.times()[:4])  # with that of other programs that have ended, such as FFmpeg


def _print_memory() -> None:
    aim, rows = Aim(at_most=200.0, unit=" MiB"), []
    for name in ANIMATIONS:
        command = [sys.executable, "-c", LONG_EXPORT, name]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        said = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
        grown = float(said)
        rows.append((name, f"{grown:.0f}", str(aim), aim.verdict(grown)))
    print_table("1,000 frames of weights, 800 x 600: growth of memory", ("format", "MiB", "aim", "met"), rows)


LONG_EXPORT = """
import re, sys, tempfile
from pathlib import Path
from app.export.command import run_export
from app.cli import _parser

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

with tempfile.TemporaryDirectory() as folder:
    told, sys.stdout = sys.stdout, sys.stderr
    for frames in (3, 1000):
        before = peak()
        out = f"{folder}/a.{sys.argv[1]}"
        options = _parser().parse_args(["export", "xor", "--out", out, "--frames", str(frames)])
        run_export(options)
    print(peak() - before, file=told)
"""


def _stages(trainer: Trainer, folder: Path) -> list[tuple[str, str]]:
    begun = time.perf_counter()
    recording = Recording.of(trainer)
    drawn = at_once(animations(recording))
    made = time.perf_counter()
    computed = [[animation.compute(index) for index in range(animation.frame_count)] for animation in drawn]
    replayed = time.perf_counter()
    for animation, moments in zip(drawn, computed, strict=True):
        for moment in moments:
            _frame(animation, moment)
    frames = time.perf_counter()
    export(drawn, folder)
    exported = time.perf_counter()
    parts = {
        "make two hidden panels": made - begun,
        "replay to ten moments": replayed - made,
        "draw 20 frames": frames - replayed,
        "choose colours, encode, write (the rest of the export)": exported - frames - (frames - made),
    }
    return [(name, f"{spent:.3f}") for name, spent in parts.items()]


if __name__ == "__main__":
    main()

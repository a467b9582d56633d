"""The command that exports one file of a lesson or of a saved run, without a display."""

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import threadpoolctl

import backprop
from app.errors import CommandError
from app.progress import progress_printer
from app.run.pace import Unit
from app.run.training.process import blas_threads
from backprop import Cursor, Experiment, Trainer
from backprop.cursor import Clock, phases
from backprop.session import SUFFIX, open_session

if TYPE_CHECKING:  # Qt, which is loaded only after the command line has been understood
    from app.export.moments import Moments
    from app.export.recording import Recording
    from app.export.request import ExportRequest

_FRAMES = 100
_TIME = re.compile(r"(\d+)(?::(\d+))?(?::(\d+))?")


def add_export_command(commands: "argparse._SubParsersAction[Any]") -> None:
    """Add ``export`` to the command line."""
    export = commands.add_parser("export", help="export an animation, a picture or a table of a lesson or a saved run")
    export.add_argument("run", metavar="RUN_OR_LESSON", help=f"a {SUFFIX} file, {' or '.join(backprop.LESSONS)}")
    export.add_argument("--out", type=Path, metavar="FILE", required=True, help="the file to write")
    export.add_argument("--format", help="gif, apng, webp, mp4, webm, zip (of PNG), png, svg, csv; else FILE's suffix")
    export.add_argument("--view", default="weights", help="panels, with commas; several make one composed picture")
    export.add_argument("--size", default="800x600", help="such as 1920x1080")
    moments = export.add_mutually_exclusive_group()
    moments.add_argument("--every", type=int, metavar="N", help="a frame each N epochs, or each N of the unit")
    moments.add_argument("--frames", type=int, metavar="N", help=f"N frames spread over the run ({_FRAMES})")
    export.add_argument("--unit", choices=[unit.value for unit in Unit], default="epoch", help="what --every counts")
    export.add_argument("--even", action="store_true", help="spread them so that the parameters change evenly")
    export.add_argument("--from", dest="first", metavar="EPOCH[:BATCH[:PHASE]]", help="where the range begins")
    export.add_argument("--to", dest="last", metavar="EPOCH[:BATCH[:PHASE]]", help="where it ends, that included")
    export.add_argument("--frame-ms", type=int, default=100, metavar="MS", help="how long a frame is shown")
    export.add_argument("--hold-ms", type=int, default=1000, metavar="MS", help="how much longer the last one is")
    export.add_argument("--theme", default="light", help="light or dark")
    export.add_argument("--scale", default="auto", help="colours of matrices: auto, viridis or diverging")
    export.add_argument("--caption", default="", help="a line above the picture")
    export.add_argument("--epochs", type=int, help="how long to train a lesson")
    export.add_argument("--seed", type=int, help="seed of a lesson's initial weights")
    export.set_defaults(command=run_export)


def run_export(options: argparse.Namespace) -> None:
    """Carry the command out; raises CommandError and BackpropError."""
    from app.export.headless import prepare_qt

    session = open_session(_existing(options.run)) if options.run.endswith(SUFFIX) else None
    experiment = _lesson(options) if session is None else session.experiment
    prepare_qt()
    from app.export.headless import export_request
    from app.export.recording import Recording

    request = _request(options, experiment)
    with threadpoolctl.threadpool_limits(blas_threads(), user_api="blas"):
        if session is None:
            recording = _trained(experiment)
        else:
            dataset = backprop.load(experiment.dataset, experiment.dtype)
            recording = Recording.of_session(session, dataset)
        path, frames = export_request(request, recording)
    print(f"Saved {path} ({frames:,} frames)" if frames > 1 else f"Saved {path}")


def _existing(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise CommandError(f"there is no file {path}: give the name of a saved run, or of a lesson.")
    return path


def _lesson(options: argparse.Namespace) -> Experiment:
    if options.run not in backprop.LESSONS:
        choice = f"{', '.join(backprop.LESSONS)} or a saved run, ending in {SUFFIX}"
        raise CommandError(f"there is no lesson named {options.run}: choose {choice}.")
    given = {name: getattr(options, name) for name in ("epochs", "seed")}
    return backprop.LESSONS[options.run].experiment.replace(**{k: v for k, v in given.items() if v is not None})


def _trained(experiment: Experiment) -> "Recording":
    from app.export.recording import Recording

    trainer = Trainer(experiment)
    show = progress_printer("epoch {done} of {total}", trainer.epochs)
    while not trainer.finished:
        trainer.step_epoch()
        show(len(trainer.history.loss))
    return Recording.of(trainer)


def _request(options: argparse.Namespace, experiment: Experiment) -> "ExportRequest":
    from app.export.request import ExportRequest, RequestError

    request = ExportRequest(
        _target(options),
        tuple(view.strip() for view in options.view.split(",")),
        _moments(options, experiment),
        _size(options.size),
        options.frame_ms,
        options.hold_ms,
        options.theme,
        options.scale,
        options.caption,
    )
    try:
        request.check(experiment)
    except RequestError as error:
        raise CommandError(str(error)) from error
    return request


def _target(options: argparse.Namespace) -> Path:
    out: Path = options.out
    if options.format is None:
        return out
    suffix = f".{options.format.lower().removeprefix('.')}"
    if out.suffix and out.suffix.lower() != suffix:
        raise CommandError(f"--format {options.format} and {out.name} do not agree: end the file with {suffix}.")
    return out.with_suffix(suffix)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().replace("×", "x").partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise CommandError(f"{text} is not a size: give width and height in pixels, such as 800x600.")
    return int(width), int(height)


def _moments(options: argparse.Namespace, experiment: Experiment) -> "Moments":
    from app.export.moments import Every, Moments, Spread

    table = _target(options).suffix.lower() == ".csv"
    spacing: Every | Spread
    if options.even and options.every is not None:
        raise CommandError("--every and --even exclude each other: spread frames evenly with --frames N --even.")
    if options.every is not None or (table and options.frames is None):
        spacing = Every(1 if options.every is None else options.every, Unit(options.unit))
    else:
        spacing = Spread(_FRAMES if options.frames is None else options.frames, options.even)
    clock = Clock(experiment.steps_per_epoch, len(phases(len(experiment.layers))))
    return Moments(spacing, _cursor(options.first, clock, end=False), _cursor(options.last, clock, end=True))


def _cursor(text: str | None, clock: Clock, *, end: bool) -> Cursor | None:
    """Return the moment ``text`` names: where its epoch or batch begins or, with ``end``, where it is complete."""
    if text is None:
        return None
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise CommandError(f"{text} is not a moment: give an epoch, or epoch:batch or epoch:batch:phase, from 0.")
    epoch, batch, phase = (None if part is None else int(part) for part in found.groups())
    assert epoch is not None
    if (batch or 0) >= clock.steps_per_epoch or (phase or 0) > clock.phases_per_step:
        raise CommandError(
            f"there is no moment {text}: the last batch of an epoch is {clock.steps_per_epoch - 1}, and the last phase "
            f"of a batch {clock.phases_per_step}."
        )
    if end:
        batch = clock.steps_per_epoch - 1 if batch is None else batch
        phase = clock.phases_per_step if phase is None else phase
    return Cursor(epoch, batch or 0, phase or 0)

"""The headless commands: train a lesson, save it, animate it, all without a display."""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import threadpoolctl

import backprop
from app.desktop.command import add_desktop_command
from app.edition import suited
from app.errors import CommandError
from app.export.command import add_export_command
from app.progress import progress_printer
from app.run.training.process import blas_threads
from app.versions import program_version
from backprop import BackpropError, Experiment, Trainer
from backprop.session import SUFFIX, save_session, session_of


class _Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with the command line."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(2, f"{self.prog}: {message}. Run '{self.prog} --help' to see what is possible.\n")


def run(arguments: list[str]) -> int:
    """Carry out the command line ``arguments``; return 0, or 1 after one sentence about what went wrong."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not hasattr(options, "command"):
        parser.error("a command is missing")
    try:
        options.command(options)
    except (BackpropError, CommandError) as error:
        said = suited(error) if isinstance(error, BackpropError) else error
        print(f"backscope: {said}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("backscope: stopped; nothing was saved.", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="backscope", description="Backpropagation under the microscope. Without a command: the window."
    )
    parser.add_argument("--version", action="version", version=f"Backscope {program_version()}")
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=_Parser)
    train = commands.add_parser("train", help="train a lesson without a window")
    train.add_argument("lesson", metavar="LESSON", help=" or ".join(backprop.LESSONS))
    train.add_argument("--epochs", type=_whole_number, help="how many passes over the training set")
    train.add_argument("--seed", type=_whole_number, help="seed of the initial weights")
    train.add_argument("--dtype", choices=("float32", "float64"), help="precision of all numbers")
    train.add_argument(
        "--save",
        type=_path,
        metavar="FILE",
        help="write the final parameters, as .npz or .safetensors, or the run, as .backprop",
    )
    train.add_argument("--gif", type=_path, metavar="FOLDER", help="write the two animations into this folder")
    train.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    train.set_defaults(command=_train)
    check = commands.add_parser("check", help="check a lesson's gradients by central differences, and by TensorFlow")
    check.add_argument("lesson", metavar="LESSON", help=" or ".join(backprop.LESSONS))
    check.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    check.set_defaults(command=_check)
    add_export_command(commands)
    add_desktop_command(commands)
    return parser


def _whole_number(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None


def _path(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("a name is missing")
    return Path(text)


def _train(options: argparse.Namespace) -> None:
    experiment = _experiment(options)
    with _targets(options):
        _train_into(options, experiment)


def _train_into(options: argparse.Namespace, experiment: Experiment) -> None:
    # As in the window, one core is left free: a run is reproducible bit by bit only with one number of threads.
    with threadpoolctl.threadpool_limits(blas_threads(), user_api="blas"):
        # A run in a file has the accuracy of every epoch; elsewhere nobody would see it.
        trainer = Trainer(experiment, evaluate=_saves_run(options))
        seconds = _run(trainer, progress_printer("epoch {done} of {total}", trainer.epochs, quiet=options.json))
        accuracy = _test_accuracy(trainer)
    files = _write(options, trainer)
    report = {
        "lesson": options.lesson,
        "epochs": experiment.epochs,
        "seed": experiment.seed,
        "dtype": experiment.dtype,
        "loss": float(trainer.history.loss[-1]),
        "test_accuracy": accuracy,
        "epochs_per_second": experiment.epochs / seconds,
        "files": [str(path) for path in files],
    }
    print(json.dumps(report) if options.json else _sentences(report))


def _check(options: argparse.Namespace) -> None:
    from app.gradients.report import gradient_report

    experiment = _lesson(options)
    report = gradient_report(experiment, backprop.load(experiment.dataset, experiment.dtype))
    print(report.to_json(options.lesson) if options.json else report.to_text())
    if not report.passed:
        raise CommandError("at least one gradient is wrong, as the table shows: please report this as a bug.")


def _lesson(options: argparse.Namespace) -> Experiment:
    if options.lesson not in backprop.LESSONS:
        raise CommandError(f"there is no lesson named {options.lesson}: choose {' or '.join(backprop.LESSONS)}.")
    return backprop.LESSONS[options.lesson].experiment


def _experiment(options: argparse.Namespace) -> Experiment:
    given = {name: getattr(options, name) for name in ("epochs", "seed", "dtype")}
    changes = {name: value for name, value in given.items() if value is not None}
    return _lesson(options).replace(**changes)


@contextmanager
def _targets(options: argparse.Namespace) -> Iterator[None]:
    """Find out before training, not after it, that a result could not be written."""
    if options.save is not None:
        folder = options.save.parent
        if options.save.is_dir():
            raise CommandError(f"{options.save} is a folder: give the name of a file to save the parameters in.")
        if options.save.exists() and not options.save.is_file():
            raise CommandError(f"{options.save} is a device, not a file: save somewhere else.")
        if not folder.is_dir():
            raise CommandError(f"the folder {folder} does not exist: create it, or save somewhere else.")
        if not os.access(folder, os.W_OK):
            raise CommandError(f"nothing can be written into {folder}: choose a folder of your own.")
    if options.gif is None:
        yield
        return
    from app.export.headless import folder_for

    with folder_for(options.gif):
        yield


def _run(trainer: Trainer, show: Callable[[int], None]) -> float:
    """Train to the end; return the seconds that took, without what ``show`` took."""
    seconds = 0.0
    while not trainer.finished:
        begun = time.perf_counter()
        trainer.step_epoch()
        seconds += time.perf_counter() - begun
        show(len(trainer.history.loss))
    return seconds


def _test_accuracy(trainer: Trainer) -> float | None:
    test = trainer.dataset.test
    return None if test is None else float(np.mean(trainer.predicted_test_classes() == test.labels))


def _saves_run(options: argparse.Namespace) -> bool:
    return options.save is not None and options.save.suffix.lower() == SUFFIX


def _save(options: argparse.Namespace, trainer: Trainer) -> Path:
    """Write the run or its parameters, as the name's ending says."""
    path: Path = options.save
    if _saves_run(options):
        save_session(session_of(trainer.new_timeline(), trainer.cursor, trainer.epochs), path)
        return path
    from app.export.parameters import save_parameters

    return save_parameters(trainer.parameters, path, trainer.experiment)


def _write(options: argparse.Namespace, trainer: Trainer) -> list[Path]:
    files: list[Path] = []
    if options.save is not None:
        try:
            files.append(_save(options, trainer))
        except OSError as error:
            raise CommandError(
                f"nothing was saved, because {options.save} could not be written ({error.strerror}): "
                "free some space, or choose another place."
            ) from error
    if options.gif is not None:
        from app.export.headless import export_headless

        files += export_headless(trainer, options.gif)
    return files


def _sentences(report: dict[str, object]) -> str:
    lines = [f"Final loss (mean squared error): {report['loss']:.6g}"]
    if report["test_accuracy"] is not None:
        lines.append(f"Accuracy on the test set: {100 * float(str(report['test_accuracy'])):.2f} %")
    files = report["files"]
    assert isinstance(files, list)
    return "\n".join([*lines, *(f"Saved {path}" for path in files)])

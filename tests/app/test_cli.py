"""The headless commands as a person or a script meets them: a process, its output, its exit code, its files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import imageio.v3 as iio
import numpy as np
import pytest

import backprop
from app import startup
from app.cli import run
from backprop.session import open_session

ROOT = Path(__file__).resolve().parents[2]
NO_DISPLAY = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY")}
NO_DISPLAY.pop("QT_QPA_PLATFORM", None)


def backscope(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "main.py", *arguments],
        env=NO_DISPLAY | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def one_sentence(process: subprocess.CompletedProcess[str]) -> str:
    """The error of a command that failed as it should: one line, no traceback, nothing on standard output."""
    assert process.returncode != 0
    assert process.stdout == ""
    lines = process.stderr.strip().splitlines()
    assert len(lines) == 1, process.stderr
    return lines[0]


def test_train_xor_prints_one_json_object_with_the_reference_loss() -> None:
    process = backscope("train", "xor", "--json")
    assert process.returncode == 0, process.stderr
    report = json.loads(process.stdout)
    assert set(report) == {
        "lesson",
        "epochs",
        "seed",
        "dtype",
        "loss",
        "test_accuracy",
        "epochs_per_second",
        "files",
    }
    assert (report["lesson"], report["epochs"], report["seed"], report["dtype"]) == ("xor", 10_000, 0, "float64")
    assert report["loss"] == pytest.approx(0.010595717501906219, rel=1e-9)
    assert report["test_accuracy"] is None
    assert report["epochs_per_second"] > 0
    assert report["files"] == []


def test_train_mnist_reports_the_accuracy_on_the_test_set() -> None:
    process = backscope("train", "mnist", "--epochs", "1", "--json")
    assert process.returncode == 0, process.stderr
    report = json.loads(process.stdout)
    assert report["test_accuracy"] == pytest.approx(0.5701, abs=0.003)
    assert report["dtype"] == "float32"


def test_without_json_a_person_reads_loss_and_accuracy() -> None:
    process = backscope("train", "xor", "--epochs", "3")
    assert process.returncode == 0, process.stderr
    assert process.stdout.startswith("Final loss (mean squared error): 0.2")
    assert "\r" not in process.stderr  # the progress bar is for terminals


def test_options_change_the_experiment() -> None:
    process = backscope("train", "xor", "--epochs", "7", "--seed", "3", "--dtype", "float32", "--json")
    trainer = backprop.Trainer(backprop.LESSONS["xor"].experiment.replace(epochs=7, seed=3, dtype="float32"))
    trainer.run()
    assert json.loads(process.stdout)["loss"] == pytest.approx(trainer.history.loss[-1], rel=1e-6)


def test_save_writes_the_parameters_under_their_names(tmp_path: Path) -> None:
    process = backscope("train", "xor", "--save", tmp_path / "run.npz", "--json")
    assert json.loads(process.stdout)["files"] == [str(tmp_path / "run.npz")]
    with np.load(tmp_path / "run.npz", allow_pickle=False) as file:
        assert sorted(file) == ["W1", "W2"]
        assert file["W2"] == pytest.approx(np.array([[-27.38462801624089], [21.685641423097614]]), rel=1e-9)


def test_save_writes_the_whole_run_for_the_window(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "run.backprop"
    assert run(["train", "xor", "--epochs", "50", "--save", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["files"] == [str(path)]
    session = open_session(path)
    assert session.cursor == backprop.Cursor(49, 0, 6)
    trainer = backprop.Trainer(session.experiment)
    trainer.resume(session.continuation)
    reference = backprop.Trainer(session.experiment)
    reference.run()
    assert np.array_equal(trainer.parameters["W1"], reference.parameters["W1"])


def test_a_file_with_a_run_is_for_the_window() -> None:
    assert "display" in one_sentence(backscope("mine.backprop", QT_QPA_PLATFORM="xcb"))
    assert startup.run_file(["mine.backprop"]) == Path("mine.backprop").absolute()
    for arguments in ([], ["train"], ["--x.backprop"], ["a.backprop", "b.backprop"], ["train", "a.backprop"]):
        assert startup.run_file(arguments) is None


def test_gif_writes_both_animations_without_a_display(tmp_path: Path) -> None:
    process = backscope("train", "xor", "--gif", tmp_path / "out", "--json")
    assert process.returncode == 0, process.stderr
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["training_loss.gif", "weights_update.gif"]
    for path in json.loads(process.stdout)["files"]:
        frames = iio.imread(path)
        assert frames.shape[1:] == (600, 800, 3)
        durations = [iio.immeta(path, index=index)["duration"] for index in range(len(frames))]
        assert sum(durations) == 5000  # ten frames of half a second


def test_an_unknown_lesson_is_one_sentence() -> None:
    assert "no lesson named nope: choose xor or mnist" in one_sentence(backscope("train", "nope"))


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--epochs", "0"], "value 0 cannot be used for epochs: choose a whole number from 1"),
        (["--epochs", "many"], "'many' is not a whole number"),
        (["--seed", "-1"], "value -1 cannot be used for seed"),
        (["--dtype", "float16"], "invalid choice: 'float16'"),
        (["--speed", "1"], "unrecognized arguments: --speed 1"),
    ],
)
def test_an_option_out_of_range_is_one_sentence(arguments: list[str], part: str) -> None:
    assert part in one_sentence(backscope("train", "xor", *arguments))


def test_a_place_that_cannot_be_written_is_found_before_training(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    missing = backscope("train", "xor", "--save", tmp_path / "nowhere" / "run.npz")
    assert f"the folder {tmp_path / 'nowhere'} does not exist" in one_sentence(missing)
    blocked = backscope("train", "xor", "--gif", tmp_path / "file")
    assert "is a file: choose a folder" in one_sentence(blocked)
    below = backscope("train", "xor", "--gif", tmp_path / "file" / "out")
    assert "cannot be created" in one_sentence(below)
    os.mkfifo(tmp_path / "pipe")
    assert "is a device, not a file" in one_sentence(backscope("train", "xor", "--save", tmp_path / "pipe"))


def test_a_stopped_command_takes_its_new_folders_away_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(_trainer: backprop.Trainer) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(backprop.Trainer, "step_epoch", interrupt)
    (tmp_path / "old").mkdir()
    for folder in ("new/inner", "old"):
        assert run(["train", "xor", "--gif", str(tmp_path / folder)]) == 130
        assert "stopped; nothing was saved" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_animations_that_cannot_be_written_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "weights_update.gif").mkdir()
    process = backscope("train", "xor", "--epochs", "20", "--gif", tmp_path)
    assert "weights_update.gif is a folder; rename that folder" in one_sentence(process)


def test_a_missing_or_damaged_mnist_file_is_one_sentence(tmp_path: Path) -> None:
    installed = tmp_path / "backscope"
    installed.mkdir()
    for part in ("app", "backprop", "main.py"):
        (installed / part).symlink_to(ROOT / part)
    (installed / "resources").mkdir()
    copied = tmp_path / "copy"
    subprocess.run(["cp", "-rL", installed, copied], check=True)
    command = [sys.executable, copied / "main.py", "train", "mnist", "--epochs", "1"]
    run = {"env": NO_DISPLAY, "capture_output": True, "text": True, "timeout": 60, "check": False}
    assert "mnist.npz is missing" in one_sentence(subprocess.run(command, **run))
    whole = (ROOT / "resources" / "mnist.npz").read_bytes()
    (copied / "resources" / "mnist.npz").write_bytes(whole[: len(whole) // 2])
    assert "mnist.npz is damaged" in one_sentence(subprocess.run(command, **run))


def test_no_display_is_one_sentence_that_names_the_headless_command() -> None:
    sentence = one_sentence(backscope())
    assert "no display" in sentence
    assert "python main.py train xor" in sentence


def test_a_display_that_does_not_answer_is_one_sentence() -> None:
    assert "the display :987 does not answer" in one_sentence(backscope(DISPLAY=":987"))


def test_check_prints_a_verdict_with_two_opinions() -> None:
    process = backscope("check", "xor", "--json")
    assert process.returncode == 0, process.stderr
    report = json.loads(process.stdout)
    assert process.stderr == ""  # what TensorFlow says of graphics cards is nobody's question
    assert report["passed"] is True
    assert [check["name"] for check in report["differences"]] == ["W1", "W2"]
    assert max(check["relative_error"] for check in report["tensorflow"]) < 1e-12


def test_check_of_an_unknown_lesson_is_one_sentence() -> None:
    assert "no lesson named nope" in one_sentence(backscope("check", "nope"))


@pytest.mark.parametrize("arguments", [["--version"], []])
def test_the_version_is_told_and_a_missing_command_is_named(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        run(arguments)
    told = capsys.readouterr()
    if arguments:
        assert end.value.code == 0
        assert told.out.startswith("Backscope ")
    else:
        assert end.value.code == 2
        assert "a command is missing" in told.err


def test_an_empty_folder_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        run(["train", "xor", "--gif", ""])
    assert end.value.code == 2
    assert "a name is missing" in capsys.readouterr().err

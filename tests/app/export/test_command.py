"""The command that exports, as a person or a script meets it: a process, what it says, and the file."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import imageio.v3 as iio
import numpy as np
import pytest
from PIL import Image

import backprop
from backprop.session import save_session, session_of

ROOT = Path(__file__).resolve().parents[3]
NO_DISPLAY = {key: os.environ[key] for key in os.environ.keys() - {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}}


def export(*arguments):
    command = [sys.executable, ROOT / "main.py", "export", *map(str, arguments)]
    return subprocess.run(command, env=NO_DISPLAY, capture_output=True, text=True, timeout=120, check=False)


def test_several_views_become_one_composed_picture_every_n_epochs(tmp_path):
    out = tmp_path / "out.gif"
    done = export(
        *("xor", "--view", "weights,loss,network,samples", "--format", "gif", "--every", 1000),
        *("--size", "800x600", "--out", out, "--frame-ms", 300, "--hold-ms", 700, "--caption", "XOR"),
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Saved {out} (10 frames)\n"
    with Image.open(out) as file:
        assert (file.size, file.n_frames, file.info["loop"]) == ((800, 600), 10, 0)
        durations = []
        for number in range(10):
            file.seek(number)
            durations.append(file.info["duration"])
    assert durations == [300] * 9 + [1000]


@pytest.fixture
def saved(tmp_path):
    trainer = backprop.Trainer(backprop.LESSONS["xor"].experiment.replace(epochs=40, seed=3))
    for _ in range(25):
        trainer.step_epoch()
    session = session_of(trainer.new_timeline(), trainer.cursor, 40)
    save_session(session, tmp_path / "mine.backprop")
    return trainer, tmp_path / "mine.backprop"


def test_a_saved_run_is_exported_without_training_it_again(saved, tmp_path):
    trainer, path = saved
    done = export(path, "--out", tmp_path / "a.csv", "--from", 5, "--to", 20)
    assert (done.returncode, done.stderr) == (0, "")
    with (tmp_path / "a.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["epoch"]) for row in rows] == list(range(5, 21))
    np.testing.assert_array_equal([float(row["loss"]) for row in rows], trainer.history.loss[5:21])
    assert export(path, "--out", tmp_path / "a.png", "--theme", "dark", "--scale", "diverging").returncode == 0
    assert iio.imread(tmp_path / "a.png")[2, 2].tolist() == [0x1C, 0x22, 0x2B]


SENTENCES = {
    "nope --out a.gif": "there is no lesson named nope: choose xor, mnist or a saved run",
    "nope.backprop --out a.gif": "there is no file nope.backprop",
    "xor --out a.bmp": "a.bmp does not end like a file that can be exported",
    "xor --out a.gif --format mp4": "do not agree: end the file with .mp4",
    "xor --out a.gif --view loss,rain": "There is no view named rain",
    "xor --out a.gif --size large": "large is not a size",
    "xor --out a.gif --from soon": "soon is not a moment",
    "xor --out a.gif --to 5:3": "the last batch of an epoch is 0",
    "xor --out a.gif --every 5 --even": "--every and --even exclude each other",
    "xor --out nowhere/a.gif": "The folder nowhere does not exist",
    "xor --out a.gif --epochs 2 --from 1 --to 1:0:3 --every 1": "There is nothing to export",
}


def test_what_cannot_be_is_said_in_a_sentence(tmp_path):
    code = "import sys; from app.cli import run; [print(run(['export', *line.split()])) for line in sys.argv[1:]]"
    environment = NO_DISPLAY | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code, *SENTENCES]
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1"] * len(SENTENCES)
    for said, sentence in zip(done.stderr.splitlines(), SENTENCES.values(), strict=True):
        assert said.startswith("backscope: ")
        assert sentence in said
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_run_is_refused(tmp_path):
    (tmp_path / "a.backprop").write_bytes(b"something else")
    done = export(tmp_path / "a.backprop", "--out", tmp_path / "a.gif")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("backscope: ")
    assert done.stderr.count("\n") == 1

"""The program that needs no Python: complete, small enough, and it trains and exports like the one it is made of."""

import json
import os
import re
import subprocess
import sys
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import imageio.v3 as iio
import numpy as np
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PyInstaller.archive.readers import CArchiveReader

from tests.virtual_screen import virtual_screen, wait_until

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="built and tried on Linux only")

# What is asked or used where it is installed; the program says so where it is not.
OPTIONAL = {"tensorflow", "safetensors", "imageio_ffmpeg"}


def required(distribution: str) -> set[str]:
    """The names of a distribution and of all that it needs, and they need, without extras."""
    found = {canonicalize_name(distribution)}
    for text in requires(distribution) or ():
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            found |= required(requirement.name)
    return found


def test_it_takes_up_230_mb_at_most(built) -> None:
    files = [path for path in built.folder.rglob("*") if path.is_file() and not path.is_symlink()]
    assert 100e6 < sum(path.stat().st_size for path in files) <= 230e6


def test_it_has_everything_it_imports(built) -> None:
    absent = re.findall(r"(?:missing|excluded) module named '?([\w.]+)'? - imported by (.*)", built.warnings)
    wanted = {name for name, by in absent if re.search(r"(?:^| )(?:app|backprop|main)\b", by)}
    assert {name.partition(".")[0] for name in wanted} <= OPTIONAL


def test_of_all_that_developers_have_installed_only_what_it_requires_is_in_it(built) -> None:
    archive = CArchiveReader(str(built.program))
    inside = {name.partition(".")[0] for name in archive.open_embedded_archive("PYZ.pyz").toc}
    inside |= {path.name.partition(".")[0] for path in (built.folder / "_internal").iterdir()}
    assert {"app", "backprop", "pyqtgraph", "numpy", "pydoc"} <= inside
    origins = packages_distributions()
    needed = required("backscope")
    assert {name for name in inside if needed.isdisjoint(map(canonicalize_name, origins.get(name, needed)))} == set()
    assert not (built.folder / "_internal/resources/packaging").exists()


def test_it_trains_both_lessons_and_exports_without_a_display(built, tmp_path: Path) -> None:
    xor = built.run("train", "xor", "--gif", tmp_path / "xor", "--json", cwd=tmp_path)
    assert (xor.returncode, xor.stderr) == (0, "")
    assert json.loads(xor.stdout)["loss"] == pytest.approx(0.010595717501906219, rel=1e-9)
    for name in ("weights_update.gif", "training_loss.gif"):
        assert iio.improps(tmp_path / "xor" / name).n_images >= 10

    mnist = built.run("train", "mnist", "--epochs", "1", "--save", tmp_path / "mnist.npz", "--json", cwd=tmp_path)
    assert (mnist.returncode, mnist.stderr) == (0, "")
    assert json.loads(mnist.stdout)["test_accuracy"] > 0.3
    with np.load(tmp_path / "mnist.npz") as parameters:
        assert parameters["W1"].shape == (784, 128)


def test_it_checks_gradients_and_says_that_tensorflow_is_not_in_it(built, tmp_path: Path) -> None:
    said = built.run("check", "xor", cwd=tmp_path)
    assert (said.returncode, said.stderr) == (0, "")
    assert "TensorFlow: not part of the program that needs no Python" in said.stdout
    assert "pip install tensorflow" not in said.stdout
    assert "Every gradient is right" in said.stdout


def test_it_knows_its_version(built, tmp_path: Path) -> None:
    said = built.run("--version", cwd=tmp_path)
    assert re.fullmatch(r"Backscope \d+\.\d+\.\d+\n", said.stdout)
    # About names these, too. Of a program installed from its folder, the metadata may be those that lie there.
    metadata = [*built.folder.glob("_internal/*.dist-info"), *built.folder.glob("_internal/*.egg-info")]
    assert {re.split(r"[-.]", path.name)[0] for path in metadata} >= {"backscope", "pyqtgraph"}


def test_it_gets_into_the_menu_and_lets_the_tools_of_the_system_load_their_own_libraries(built, tmp_path: Path) -> None:
    tool = tmp_path / "update-mime-database"
    tool.write_text('#!/bin/sh\necho "$LD_LIBRARY_PATH" > "$1/libraries"\n')
    tool.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"
    said = built.run("desktop", "install", cwd=tmp_path, XDG_DATA_HOME=str(tmp_path), PATH=path)
    assert (said.returncode, said.stderr) == (0, "")
    assert f'Exec="{built.program}" %f' in (tmp_path / "applications/backscope.desktop").read_text(encoding="utf-8")
    assert (tmp_path / "icons/hicolor/256x256/apps/backscope.png").stat().st_size > 1000
    assert (tmp_path / "mime/libraries").read_text().strip() == os.environ.get("LD_LIBRARY_PATH", "")


@pytest.mark.parametrize("lesson", ["xor", "mnist"])
def test_its_window_trains_in_another_process_and_quits(built, lesson: str, tmp_path: Path) -> None:
    errors = tmp_path / "errors.txt"
    with virtual_screen(tmp_path) as screen, errors.open("w") as stderr:
        screen.set_up(lesson=lesson)
        program = subprocess.Popen([built.program], cwd=tmp_path, env=screen.environment, stderr=stderr)
        try:
            screen.focus_window()
            wait_until(lambda: screen.picture()[100:560, 1000:].std() > 1 and screen.still(), "the whole window")
            before = screen.picture()
            screen.xdotool("key", "space")
            # The loss curve, on the right: it moves only when the other process trains.
            wait_until(lambda: np.any(screen.picture()[100:280, 1000:] != before[100:280, 1000:]), "a run")
            screen.xdotool("key", "ctrl+q")
            assert program.wait(timeout=10) == 0
        finally:
            program.kill()
            program.wait()
    assert errors.read_text() == ""


def test_it_opens_the_run_that_is_double_clicked(built, tmp_path: Path) -> None:
    run = tmp_path / "a run.backprop"
    assert built.run("train", "xor", "--epochs", "400", "--save", run, cwd=tmp_path).returncode == 0
    made = built.run("export", run, "--view", "loss", "--every", "100", "--out", tmp_path / "loss.gif", cwd=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    assert iio.improps(tmp_path / "loss.gif").n_images > 1

    errors = tmp_path / "errors.txt"
    with virtual_screen(tmp_path) as screen, errors.open("w") as stderr:
        screen.set_up()
        program = subprocess.Popen([built.program, run], cwd=tmp_path, env=screen.environment, stderr=stderr)
        try:
            screen.focus_window()
            wait_until(
                lambda: screen.xdotool("search", "--onlyvisible", "--name", "^a run.backprop"), "its name on top"
            )
            screen.xdotool("key", "ctrl+q")
            assert program.wait(timeout=10) == 0
        finally:
            program.kill()
            program.wait()
    assert errors.read_text() == ""

"""What a person reads where a data set is not there: where pip can install it, and in the program without Python."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app import cli
from app.messages import explain
from backprop import LESSONS, Dataset, Trainer, datasets, load
from backprop.errors import DatasetError
from backprop.session import save_session, session_of

COMMAND = "pip install tensorflow"


@pytest.fixture(autouse=True)
def _no_tensorflow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datasets, "unavailable", lambda _name: COMMAND)


def missing() -> DatasetError:
    with pytest.raises(DatasetError) as caught:
        load("keras_fashion_mnist")
    return caught.value


def test_with_pip_it_is_the_command_that_installs_it() -> None:
    assert COMMAND in explain(missing())


def test_without_pip_no_command_is_named_that_cannot_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    said = explain(missing())
    assert COMMAND not in said
    assert "not part of the program that needs no Python" in said
    assert "choose xor or mnist" in said
    assert "keras_fashion_mnist" not in said, "the window has a name for it that people know"


def test_the_command_line_says_the_same(
    mnist: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clothes = replace(mnist, name="keras_fashion_mnist")
    trainer = Trainer(LESSONS["mnist"].experiment.replace(dataset=clothes.name), clothes)
    trainer.step_batches(3)
    path = tmp_path / "run.backprop"
    save_session(session_of(trainer.new_timeline(), trainer.cursor, 1), path)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert cli.run(["export", str(path), "--view", "weights", "--out", str(tmp_path / "a.gif")]) == 1
    said = capsys.readouterr().err
    assert "not part of the program that needs no Python" in said
    assert COMMAND not in said

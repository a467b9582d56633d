"""The final parameters, opened again by other programs, predict what the run predicts."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest
from safetensors import safe_open
from safetensors.numpy import load_file

from app.export.parameters import PARAMETER_FORMATS, save_parameters
from backprop import LESSONS, Experiment, Trainer
from backprop.arrays import Array
from backprop.network import predict


def opened_by_hand(path: Path) -> dict[str, Array]:
    """Read a .safetensors file as its specification has it."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    assert length % 8 == 0
    header, numbers = json.loads(data[8 : 8 + length]), data[8 + length :]
    header.pop("__metadata__", None)
    places = sorted(entry["data_offsets"] for entry in header.values())
    assert [start for start, _ in places] == [0, *(stop for _, stop in places[:-1])], "no holes"
    assert places[-1][1] == len(numbers)
    types = {"F32": "<f4", "F64": "<f8"}
    return {
        name: np.frombuffer(numbers[slice(*entry["data_offsets"])], types[entry["dtype"]]).reshape(entry["shape"])
        for name, entry in header.items()
    }


def opened(path: Path) -> dict[str, Array]:
    if path.suffix == ".safetensors":
        return opened_by_hand(path)
    with np.load(path, allow_pickle=False) as file:
        return dict(file)


def trained(lesson: str) -> Trainer:
    trainer = Trainer(LESSONS[lesson].experiment)
    trainer.step_batches(5)
    return trainer


@pytest.mark.parametrize("suffix", PARAMETER_FORMATS)
@pytest.mark.parametrize("lesson", LESSONS)
def test_the_predictions_are_equal(lesson: str, suffix: str, tmp_path: Path) -> None:
    trainer = trained(lesson)
    path = save_parameters(trainer.parameters, tmp_path / f"parameters{suffix}", trainer.experiment)
    parameters = opened(path)
    assert parameters.keys() == trainer.parameters.keys()
    x = trainer.dataset.train.x[:500]
    assert np.array_equal(predict(trainer.experiment.layers, parameters, x), trainer.predict(x))


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_safetensors_package_opens_the_same(lesson: str, tmp_path: Path) -> None:
    trainer = trained(lesson)
    path = save_parameters(trainer.parameters, tmp_path / "parameters.safetensors", trainer.experiment)
    parameters = load_file(path)
    x = trainer.dataset.train.x[:500]
    assert np.array_equal(predict(trainer.experiment.layers, parameters, x), trainer.predict(x))
    with safe_open(path, "np") as file:
        assert Experiment.from_json(file.metadata()["experiment"]) == trainer.experiment


def test_another_ending_is_for_numpy(tmp_path: Path) -> None:
    trainer = trained("xor")
    path = save_parameters(trainer.parameters, tmp_path / "parameters.dat", trainer.experiment)
    assert opened(path).keys() == trainer.parameters.keys()

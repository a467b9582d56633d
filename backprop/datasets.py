"""Data sets: XOR, and the whole of MNIST, offline. Optionally those that Keras knows."""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from backprop.arrays import Array, Integers, frozen
from backprop.dataset_catalogue import CATALOGUE, DatasetInfo
from backprop.errors import DatasetError, NotInstalledError

MNIST_FILE = Path(__file__).resolve().parent.parent / "resources" / "mnist.npz"

#: The four arrays of a data set of images, as Keras names and shapes them: x_train, y_train, x_test, y_test.
RawImages = dict[str, NDArray[np.uint8]]


@dataclass(frozen=True, eq=False)
class Samples:
    """Inputs x (samples, inputs), targets y (samples, outputs), and each sample's class (samples,); read-only."""

    x: Array
    y: Array
    labels: Integers

    def __len__(self) -> int:
        return len(self.x)


@dataclass(frozen=True, eq=False)
class Dataset:
    """Samples to train on and, unless None, samples to test with; inputs and targets are of one dtype."""

    name: str
    info: DatasetInfo
    train: Samples
    test: Samples | None = None


def load(name: str, dtype: str = "float32") -> Dataset:
    """Load the data set ``name`` of the catalogue, with inputs and targets as ``dtype``.

    Takes about half a second for MNIST. Raises DatasetError where the data is missing, damaged or not installed.
    """
    if name not in _LOADERS:
        raise DatasetError(
            "There is no data set named {name}: choose one of {choices}.", name=name, choices=", ".join(_LOADERS)
        )
    return _LOADERS[name](name, dtype)


def unavailable(name: str) -> str | None:
    """Return the command that installs what ``name`` needs, or None when it can be loaded as things are."""
    extra = CATALOGUE[name].extra
    if extra is None or importlib.util.find_spec(extra) is not None:
        return None
    return f"pip install {extra}"


def _load_xor(name: str, dtype: str) -> Dataset:
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype)
    labels = np.array([0, 1, 1, 0])
    y = labels[:, np.newaxis].astype(dtype)
    return Dataset(name, CATALOGUE[name], Samples(frozen(x), frozen(y), frozen(labels)))


def _load_mnist(name: str, dtype: str) -> Dataset:
    return images_to_dataset(name, read_images(MNIST_FILE), dtype)


def _load_keras(name: str, dtype: str) -> Dataset:
    if (command := unavailable(name)) is not None:
        raise NotInstalledError(
            "The data set {dataset} comes with TensorFlow, which is not installed: run {command}, or choose mnist.",
            dataset=name,
            command=command,
        )
    from tensorflow import keras

    try:
        train, test = getattr(keras.datasets, name.removeprefix("keras_")).load_data()
    except Exception as error:  # Keras downloads on first use, and lets every kind of network error through.
        raise DatasetError(
            "Keras could not fetch the data set {dataset}: {reason}. Connect to the internet once, or choose mnist.",
            dataset=name,
            reason=str(error).rstrip("."),
        ) from error
    raw = {"x_train": train[0], "y_train": train[1], "x_test": test[0], "y_test": test[1]}
    return images_to_dataset(name, raw, dtype)


def read_images(path: Path) -> RawImages:
    """Read x_train (samples, 28, 28), y_train (samples,), x_test, y_test, all uint8, from an npz file of Keras's make.

    Raises DatasetError for a file that is missing, truncated, or holds something else.
    """
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            raw = {key: file[key] for key in ("x_train", "y_train", "x_test", "y_test")}
    except FileNotFoundError as error:
        raise DatasetError(
            "The file {path} is missing, so MNIST cannot be loaded: install Backscope again, or put the file back.",
            path=path,
        ) from error
    except Exception as error:  # a damaged file makes zipfile, zlib and NumPy raise nearly anything
        raise _damaged(path) from error
    info = CATALOGUE["mnist"]
    for part, samples in (("train", info.samples), ("test", info.test_samples)):
        x, y = raw[f"x_{part}"], raw[f"y_{part}"]
        expected = x.shape == (samples, 28, 28) and y.shape == (samples,)
        if not expected or x.dtype != np.uint8 or y.dtype != np.uint8 or y.max() >= info.outputs:
            raise _damaged(path)
    return raw


def _damaged(path: Path) -> DatasetError:
    return DatasetError(
        "The file {path} is damaged, so MNIST cannot be loaded: install Backscope again, or replace the file.",
        path=path,
    )


def images_to_dataset(name: str, raw: RawImages, dtype: str) -> Dataset:
    """Turn uint8 images and labels into inputs from 0 to 1, one image a row, and one-hot targets."""
    info = CATALOGUE[name]
    train, test = (_image_samples(raw[f"x_{part}"], raw[f"y_{part}"], info, dtype) for part in ("train", "test"))
    return Dataset(name, info, train, test)


def _image_samples(images: NDArray[np.uint8], digits: NDArray[np.uint8], info: DatasetInfo, dtype: str) -> Samples:
    x = np.divide(images.reshape(len(images), info.inputs), 255, dtype=dtype)
    labels = digits.astype(np.int64)
    return Samples(frozen(x), frozen(np.eye(info.outputs, dtype=dtype)[labels]), frozen(labels))


_LOADERS: dict[str, Callable[[str, str], Dataset]] = {
    "xor": _load_xor,
    "mnist": _load_mnist,
    "keras_mnist": _load_keras,
    "keras_fashion_mnist": _load_keras,
}

"""The data is the published data, and a file that is missing, damaged or something else is met with one sentence."""

import hashlib
import io
import struct
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import backprop
from backprop import DatasetError, datasets
from backprop.dataset_catalogue import CATALOGUE
from backprop.datasets import MNIST_FILE, RawImages, images_to_dataset, read_images, unavailable

# SHA-256 of the four files as LeCun, Cortes and Burges published them, unpacked: the IDX header and the bytes.
PUBLISHED = {
    "x_train": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "y_train": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "x_test": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "y_test": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
TRAIN_COUNTS = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
TEST_COUNTS = [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]


@pytest.fixture(scope="module")
def raw() -> RawImages:
    return read_images(MNIST_FILE)


class TestXor:
    @pytest.mark.parametrize("dtype", ["float32", "float64"])
    def test_its_four_samples(self, dtype: str) -> None:
        dataset = backprop.load("xor", dtype)
        assert dataset.train.x.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
        assert dataset.train.y.tolist() == [[0], [1], [1], [0]]
        assert dataset.train.labels.tolist() == [0, 1, 1, 0]
        assert dataset.train.x.dtype == dataset.train.y.dtype == dtype
        assert dataset.test is None
        assert dataset.info == CATALOGUE["xor"]


class TestMnist:
    @pytest.mark.parametrize("name", PUBLISHED)
    def test_arrays_are_the_published_files(self, name: str, raw: RawImages) -> None:
        array = raw[name]
        header = struct.pack(f">I{array.ndim}I", 0x0800 + array.ndim, *array.shape)
        assert hashlib.sha256(header + array.tobytes()).hexdigest() == PUBLISHED[name]

    def test_counts(self, mnist: backprop.Dataset) -> None:
        assert mnist.test is not None
        assert (len(mnist.train), len(mnist.test)) == (60_000, 10_000)
        assert np.bincount(mnist.train.labels).tolist() == TRAIN_COUNTS
        assert np.bincount(mnist.test.labels).tolist() == TEST_COUNTS

    def test_the_catalogue_tells_the_truth(self, mnist: backprop.Dataset) -> None:
        info = CATALOGUE["mnist"]
        assert mnist.test is not None
        assert mnist.train.x.shape == (info.samples, info.inputs)
        assert mnist.train.y.shape == (info.samples, info.outputs)
        assert mnist.test.x.shape == (info.test_samples, info.inputs)
        assert info.image_shape == (28, 28)
        assert len(info.class_names) == info.outputs

    def test_inputs_are_pixels_divided_by_255(self, mnist: backprop.Dataset, raw: RawImages) -> None:
        assert mnist.test is not None
        for samples, images in ((mnist.train, raw["x_train"]), (mnist.test, raw["x_test"])):
            assert samples.x.dtype == np.float32
            assert samples.x.min() == 0
            assert samples.x.max() == 1
            assert np.array_equal(samples.x, images.reshape(-1, 784).astype(np.float32) / np.float32(255))

    def test_inputs_in_float64(self, raw: RawImages) -> None:
        dataset = images_to_dataset("mnist", raw, "float64")
        assert dataset.test is not None
        assert dataset.test.x.dtype == dataset.test.y.dtype == np.float64
        assert np.array_equal(dataset.test.x, raw["x_test"].reshape(-1, 784) / 255)

    def test_targets_are_one_hot(self, mnist: backprop.Dataset, raw: RawImages) -> None:
        assert mnist.test is not None
        for samples, digits in ((mnist.train, raw["y_train"]), (mnist.test, raw["y_test"])):
            assert samples.y.dtype == np.float32
            assert np.array_equal(samples.labels, digits)
            assert (samples.y.sum(axis=1) == 1).all()
            assert (samples.y[np.arange(len(samples)), digits] == 1).all()

    def test_arrays_are_read_only(self, mnist: backprop.Dataset) -> None:
        assert mnist.test is not None
        for samples in (mnist.train, mnist.test):
            for array in (samples.x, samples.y, samples.labels):
                with pytest.raises(ValueError, match="read-only"):
                    array[0] = 0


def assert_one_clear_sentence(error: DatasetError, *parts: str) -> None:
    sentence = str(error)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert ": " in sentence or ". " in sentence, "what and why, and then what to do"
    for part in parts:
        assert part in sentence


def black_images(train: int = 60_000, test: int = 10_000, **changes: Any) -> dict[str, Any]:
    """Arrays of the names, types and shapes of MNIST, with some replaced, or left out where the change is None."""
    arrays = {
        "x_train": np.zeros((train, 28, 28), np.uint8),
        "y_train": np.zeros(train, np.uint8),
        "x_test": np.zeros((test, 28, 28), np.uint8),
        "y_test": np.zeros(test, np.uint8),
    }
    return {name: array for name, array in (arrays | changes).items() if array is not None}


def saved(save: Callable[..., None], *arguments: Any, **arrays: Any) -> bytes:
    buffer = io.BytesIO()
    save(buffer, *arguments, **arrays)
    return buffer.getvalue()


@pytest.fixture
def mnist_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place where MNIST is looked for, with nothing there yet."""
    path = tmp_path / "mnist.npz"
    monkeypatch.setattr(datasets, "MNIST_FILE", path)
    return path


class TestDamage:
    def test_missing_file(self, mnist_file: Path) -> None:
        with pytest.raises(DatasetError) as caught:
            backprop.load("mnist")
        assert_one_clear_sentence(caught.value, str(mnist_file), "missing", "install Backscope again")

    @pytest.mark.parametrize("kept", [0, 1, 100, 5_000_000, 9_900_000, -100, -1])
    def test_truncated_file(self, kept: int, mnist_file: Path) -> None:
        mnist_file.write_bytes(MNIST_FILE.read_bytes()[:kept])
        with pytest.raises(DatasetError) as caught:
            backprop.load("mnist")
        assert_one_clear_sentence(caught.value, str(mnist_file), "damaged", "replace the file")

    def test_a_flipped_byte_in_the_images(self, mnist_file: Path) -> None:
        content = bytearray(MNIST_FILE.read_bytes())
        content[5_000_000] ^= 0xFF
        mnist_file.write_bytes(content)
        with pytest.raises(DatasetError, match="damaged"):
            backprop.load("mnist")

    def test_the_file_is_closed_again(self, mnist_file: Path) -> None:
        # An open file could not be replaced on Windows, which is what the sentence tells people to do.
        mnist_file.write_bytes(MNIST_FILE.read_bytes()[:1000])
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            with pytest.raises(DatasetError):
                backprop.load("mnist")
        assert [str(warning.message) for warning in caught] == []

    @pytest.mark.parametrize(
        "content",
        [b"", b"this is no data", saved(np.save, np.zeros(3)), saved(np.savez, x_train=np.zeros(3))],
        ids=["nothing", "text", "one array", "another archive"],
    )
    def test_a_file_of_another_kind(self, content: bytes, mnist_file: Path) -> None:
        mnist_file.write_bytes(content)
        with pytest.raises(DatasetError) as caught:
            backprop.load("mnist")
        assert_one_clear_sentence(caught.value, str(mnist_file))

    def test_black_images_of_zeros_would_be_read(self, mnist_file: Path) -> None:
        mnist_file.write_bytes(saved(np.savez_compressed, **black_images()))
        assert read_images(mnist_file)["x_train"].shape == (60_000, 28, 28)

    # What the file above holds, each time with one thing wrong.
    @pytest.mark.parametrize(
        "changes",
        [
            {"y_test": None},
            {"x_test": np.zeros((10_000, 28, 28))},
            {"x_test": np.zeros((10_000, 28, 28, 3), np.uint8)},
            {"x_test": np.zeros((10_000, 14, 14), np.uint8)},
            {"y_train": np.zeros(59_999, np.uint8)},
            {"y_train": np.full(60_000, 10, np.uint8)},
            {"y_train": np.full(60_000, -1)},
            {"y_train": np.full(60_000, np.nan)},
            {"y_train": np.full(60_000, "7")},
            {"y_test": np.array([None] * 10_000)},
            {"test": 9_999},
            {"train": 10},
        ],
        ids=[
            "an array missing",
            "images not of bytes",
            "images in colour",
            "images of another size",
            "fewer labels than images",
            "a label above 9",
            "a label below 0",
            "labels not a number",
            "labels of text",
            "labels of objects",
            "an image missing",
            "only ten images",
        ],
    )
    def test_a_file_that_holds_something_else(self, changes: dict[str, Any], mnist_file: Path) -> None:
        mnist_file.write_bytes(saved(np.savez_compressed, **black_images(**changes)))
        with pytest.raises(DatasetError) as caught:
            backprop.load("mnist")
        assert_one_clear_sentence(caught.value, str(mnist_file))

    # Each of these bytes makes NumPy or zipfile fail in its own way.
    def test_no_flipped_byte_escapes_as_another_error(self, mnist_file: Path) -> None:
        content = saved(np.savez, **black_images(train=10, test=10))
        headers = [*range(200), *range(len(content) - 400, len(content))]
        for position in headers:
            for value in (0x00, 0x0A, 0x28, 0xFF):
                damaged = bytearray(content)
                damaged[position] = value
                mnist_file.write_bytes(damaged)
                try:
                    read_images(mnist_file)
                except DatasetError:
                    continue
                except Exception as error:  # anything else is what this test is about
                    pytest.fail(f"byte {position} set to {value:#04x} raised {error!r}")

    def test_a_folder_in_its_place(self, mnist_file: Path) -> None:
        mnist_file.mkdir()
        with pytest.raises(DatasetError):
            backprop.load("mnist")

    def test_a_name_that_is_not_known(self) -> None:
        with pytest.raises(DatasetError) as caught:
            backprop.load("cifar")
        assert_one_clear_sentence(caught.value, "cifar", "xor", "mnist")


class TestKeras:
    NAMES = ("keras_mnist", "keras_fashion_mnist")

    @pytest.mark.parametrize("name", NAMES)
    def test_without_tensorflow(self, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "tensorflow", None)  # how Python marks a module that cannot be imported
        command = unavailable(name)
        assert command is not None
        assert command.startswith("pip install")
        assert "tensorflow" in command
        with pytest.raises(DatasetError) as caught:
            backprop.load(name)
        assert_one_clear_sentence(caught.value, name, command, "choose mnist")

    def test_what_needs_nothing_is_always_available(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "tensorflow", None)
        assert unavailable("xor") is None
        assert unavailable("mnist") is None

    @pytest.fixture
    def sources(self) -> Any:
        """The module ``tensorflow.keras.datasets``; importing it takes seconds, and may warn of things not ours."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from tensorflow import keras
        return keras.datasets

    @pytest.mark.parametrize("name", NAMES)
    def test_with_tensorflow(self, name: str, sources: Any, raw: RawImages, monkeypatch: pytest.MonkeyPatch) -> None:
        # Only the download is replaced, by the arrays that it would bring.
        answer = (raw["x_train"], raw["y_train"]), (raw["x_test"], raw["y_test"])
        monkeypatch.setattr(getattr(sources, name.removeprefix("keras_")), "load_data", lambda: answer)
        assert unavailable(name) is None
        dataset = backprop.load(name)
        assert dataset.name == name
        assert dataset.test is not None
        assert np.array_equal(dataset.train.labels, raw["y_train"])
        assert np.array_equal(dataset.test.x, raw["x_test"].reshape(-1, 784) / np.float32(255))
        assert len(dataset.info.class_names) == 10
        trainer = backprop.Trainer(
            backprop.LESSONS["mnist"].experiment.replace(dataset=name, learning_rate=0.01), dataset
        )
        trainer.step_batch()
        assert trainer.history.step_mse.shape == (1,)

    @pytest.mark.parametrize("name", NAMES)
    def test_without_a_connection(self, name: str, sources: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        def offline() -> None:
            raise Exception("URL fetch failure on https://example.org/data.npz: None -- Name or service not known")

        monkeypatch.setattr(getattr(sources, name.removeprefix("keras_")), "load_data", offline)
        with pytest.raises(DatasetError) as caught:
            backprop.load(name)
        assert_one_clear_sentence(caught.value, name, "URL fetch failure", "choose mnist")


def test_the_catalogue_and_the_loaders_know_the_same_names() -> None:
    with pytest.raises(DatasetError) as caught:
        backprop.load("nothing")
    assert str(caught.value.values["choices"]).split(", ") == list(CATALOGUE)

"""What is known of each data set without loading it: sizes, shapes, names of the classes."""

from dataclasses import dataclass

_DIGITS = tuple("0123456789")


@dataclass(frozen=True)
class DatasetInfo:
    """Sizes of a data set: numbers a sample, targets a sample, samples to train on and to test with."""

    inputs: int
    outputs: int
    samples: int
    test_samples: int = 0
    #: Rows and columns of a sample that is an image, else None.
    image_shape: tuple[int, int] | None = None
    class_names: tuple[str, ...] = ("0", "1")
    #: The extra to install before this data set can be loaded, else None.
    extra: str | None = None


_FASHION = ("T-shirt", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Boot")

CATALOGUE: dict[str, DatasetInfo] = {
    "xor": DatasetInfo(inputs=2, outputs=1, samples=4),
    "mnist": DatasetInfo(784, 10, 60_000, 10_000, (28, 28), _DIGITS),
    "keras_mnist": DatasetInfo(784, 10, 60_000, 10_000, (28, 28), _DIGITS, "tensorflow"),
    "keras_fashion_mnist": DatasetInfo(784, 10, 60_000, 10_000, (28, 28), _FASHION, "tensorflow"),
}

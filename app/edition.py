"""Which Backscope this is: installed into a Python, to which more can be added, or built with one of its own."""

import sys

from backprop.errors import BackpropError, DatasetError, NotInstalledError


def is_built() -> bool:
    """Return whether this is the program that PyInstaller has made; what is not in it cannot be installed."""
    return bool(getattr(sys, "frozen", False))


def suited(error: BackpropError) -> BackpropError:
    """Return ``error``, or in its place, where this program has no pip, one that says what a person can do."""
    if not (is_built() and isinstance(error, NotInstalledError)):
        return error
    return DatasetError(
        "The data set {dataset} is not part of the program that needs no Python: choose xor or mnist, or install "
        "Backscope with pip, and TensorFlow beside it.",
        dataset=error.values["dataset"],
    )

"""What every test may ask for: the data that takes a second to load, loaded once; and calm BLAS threads."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from threadpoolctl import threadpool_limits

import backprop

# A shared machine may stall any single example; how long the whole takes is measured, not each example.
settings.register_profile("backscope", deadline=None, print_blob=True)
settings.load_profile("backscope")


@pytest.fixture(scope="session", autouse=True)
def one_blas_thread() -> Iterator[None]:
    """Multiply matrices in one thread: two of them on a busy machine wait for each other, ten times longer."""
    with threadpool_limits(limits=1, user_api="blas"):
        yield


@pytest.fixture(scope="session")
def mnist() -> backprop.Dataset:
    """The whole of MNIST as float32; its arrays are read-only, so every test may share them."""
    return backprop.load("mnist", "float32")


@pytest.fixture(scope="session")
def xor() -> backprop.Dataset:
    """The four samples of XOR as float64."""
    return backprop.load("xor", "float64")

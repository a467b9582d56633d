"""Data sets are loaded once: the latest few are kept, and whatever is in use is found again."""

import gc
import weakref

import pytest

from app.run.dataset_store import DatasetStore
from backprop import Dataset, load


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Every data set that was loaded; all of them small."""
    names: list[tuple[str, str]] = []

    def load_xor(name: str, dtype: str) -> Dataset:
        names.append((name, dtype))
        return load("xor", dtype)

    monkeypatch.setattr("app.run.dataset_store.load", load_xor)
    return names


def test_the_latest_two_are_kept(loaded: list[tuple[str, str]]) -> None:
    store = DatasetStore()
    first = weakref.ref(store.get("a", "float32"))
    for name in ("b", "a", "c"):
        store.get(name, "float32")
    gc.collect()
    assert store.get("a", "float32") is first()
    assert [name for name, _ in loaded] == ["a", "b", "c"]
    store.get("c", "float32")
    store.get("b", "float32")
    gc.collect()
    assert first() is None


def test_what_is_in_use_is_never_loaded_a_second_time(loaded: list[tuple[str, str]]) -> None:
    store = DatasetStore()
    used = store.get("a", "float32")
    for name in ("b", "c", "d"):
        store.get(name, "float32")
    assert store.get("a", "float32") is used
    assert store.get("a", "float64") is not used
    assert loaded.count(("a", "float32")) == 1

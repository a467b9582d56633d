"""What every test of the program needs: no display, settings of its own, and nothing left behind."""

import gc
import os
import threading
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    # Python's collector could destroy Qt objects in the trainer's thread; collect between tests instead.
    gc.disable()
    before = set(threading.enumerate())
    yield
    gc.collect()
    gc.enable()
    left = [thread.name for thread in set(threading.enumerate()) - before if not thread.daemon]
    assert not left, f"threads left behind: {left}"


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> QSettings:
    """Settings in a file of the test's own."""
    return QSettings(str(tmp_path_factory.mktemp("settings") / "settings.ini"), QSettings.Format.IniFormat)

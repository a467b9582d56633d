"""The program as it is given away: built once, and then used by every test that needs it."""

import fcntl
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Built:
    """The folder that PyInstaller has made, and what it said about modules that it has not found or left out."""

    folder: Path
    warnings: str

    @property
    def program(self) -> Path:
        return self.folder / "backscope"

    def run(self, *arguments: str | Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the program far from its source, without a display."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "DISPLAY"))}
        return subprocess.run(
            [self.program, *arguments],
            cwd=cwd,
            env=environment | variables,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture(scope="session")
def built(pytestconfig: pytest.Config) -> Built:
    """The program, built anew only where something has changed since the last time that tests were run here."""
    place = pytestconfig.cache.mkdir("packaging")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    command += ["--distpath", str(place / "dist"), "--workpath", str(place / "build")]
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests run in several processes, and one of them builds
        done = subprocess.run(
            [*command, ROOT / "resources/packaging/backscope.spec"], capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr
    return Built(place / "dist/backscope", (place / "build/backscope/warn-backscope.txt").read_text())

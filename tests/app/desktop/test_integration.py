"""Backscope in the menu of a desktop: what a person's folders hold after install, and after remove."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from app.cli import run
from app.desktop.integration import install, own_command, remove
from app.desktop.pictures import LINUX_SIZES, write_macos_icon, write_windows_icon
from backprop.container import SIGNATURE

TYPE_OF = """
import sys
from PySide6.QtCore import QMimeDatabase
print(QMimeDatabase().mimeTypeForFile(sys.argv[1]).name())
"""

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="menus are made so on Linux only")


def entry(data: Path) -> dict[str, str]:
    lines = (data / "applications/backscope.desktop").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def files_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def test_the_menu_entry_is_what_the_specification_asks_for(tmp_path: Path) -> None:
    install(["/opt/backscope/backscope"], tmp_path)
    assert entry(tmp_path)["Exec"] == '"/opt/backscope/backscope" %f'
    assert entry(tmp_path)["TryExec"] == "/opt/backscope/backscope"
    assert shutil.which("desktop-file-validate"), "install the package desktop-file-utils"
    command = ["desktop-file-validate", tmp_path / "applications/backscope.desktop"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.stdout + said.stderr == ""


def test_a_folder_of_any_name_is_found_again(tmp_path: Path) -> None:
    install(['/home/me/100 % "mine"/$a`b\\c'], tmp_path)
    # First quoted as an argument, then escaped as a value, as the specification has it.
    assert entry(tmp_path)["Exec"] == r'"/home/me/100 %% \\"mine\\"/\\$a\\`b\\\\c" %f'
    assert entry(tmp_path)["TryExec"] == '/home/me/100 % "mine"/$a`b\\\\c'


@pytest.mark.parametrize(
    ("frozen", "called", "command"),
    [
        (False, "main.py", [sys.executable, "{here}/main.py"]),
        (False, "bin/backscope", ["{here}/bin/backscope"]),
        (True, "anything", [sys.executable]),
    ],
)
def test_the_entry_starts_the_program_that_made_it(
    frozen: bool, called: str, command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [called, "desktop", "install"])
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    assert own_command() == [word.format(here=tmp_path) for word in command]


def test_there_is_an_icon_in_every_size(tmp_path: Path) -> None:
    install(["backscope"], tmp_path)
    for edge in LINUX_SIZES:
        with Image.open(tmp_path / f"icons/hicolor/{edge}x{edge}/apps/backscope.png") as picture:
            assert picture.size == (edge, edge)
            assert picture.mode == "RGBA"
            # Its corners are round, and something is drawn in the middle.
            assert picture.getpixel((0, 0))[3] < 255
            assert len(picture.getcolors(edge * edge)) > edge
    assert (tmp_path / "icons/hicolor/scalable/apps/backscope.svg").read_bytes().startswith(b"<svg")


@pytest.mark.parametrize(("name", "content"), [("run.backprop", b""), ("a copy without ending", SIGNATURE + bytes(64))])
def test_a_run_is_known_by_its_name_and_by_its_content(
    name: str, content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(["backscope"], tmp_path / "data")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / name).write_bytes(content)
    said = subprocess.run([sys.executable, "-c", TYPE_OF, tmp_path / name], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "application/x-backscope-run" == entry(tmp_path / "data")["MimeType"].rstrip(";")


def test_remove_takes_away_what_install_has_written_and_nothing_else(tmp_path: Path) -> None:
    other = tmp_path / "applications/other.desktop"
    other.parent.mkdir()
    other.write_text("[Desktop Entry]\n")
    written = install(["backscope"], tmp_path)
    assert files_below(tmp_path) >= {other, *written}
    assert set(remove(tmp_path)) == set(written)
    assert not any("backscope" in path.name for path in files_below(tmp_path))
    assert other.exists()
    assert remove(tmp_path) == []


def test_the_commands_say_what_they_have_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert run(["desktop", "install"]) == 0
    assert (tmp_path / "applications/backscope.desktop").exists()
    assert "in your menu" in capsys.readouterr().out
    assert run(["desktop", "remove"]) == 0
    assert not (tmp_path / "applications/backscope.desktop").exists()
    assert "out of your menu" in capsys.readouterr().out


def test_a_folder_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    assert run(["desktop", "install"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert str(tmp_path / "file") in said.err


def test_windows_and_macos_get_their_kinds_of_icon(tmp_path: Path) -> None:
    write_windows_icon(tmp_path / "backscope.ico")
    with Image.open(tmp_path / "backscope.ico") as picture:
        assert picture.format == "ICO"
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= picture.info["sizes"]
    write_macos_icon(tmp_path / "backscope.icns")
    with Image.open(tmp_path / "backscope.icns") as picture:
        assert picture.format == "ICNS"
        assert picture.size == (1024, 1024)

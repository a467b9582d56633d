"""Menu entry, icons and file type in a person's own folders, as freedesktop.org has laid them down; and out again.

Nothing outside the person's data folder is touched, so nobody needs to be an administrator.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from app.desktop.pictures import DRAWING, LINUX_SIZES, png
from app.edition import is_built
from backprop.atomic import atomic_files

_TEMPLATES = Path(__file__).resolve().parents[2] / "resources" / "desktop"
_ENTRY = Path("applications/backscope.desktop")
_FILE_TYPE = Path("mime/packages/backscope.xml")
_THEME = Path("icons/hicolor")
# What desktops have looked up beforehand, and what brings that up to date.
_INDEXES = {"update-mime-database": "mime", "update-desktop-database": "applications"}
# These have a meaning inside the quotes of an Exec line.
_SPECIAL = '\\"`$'


def install(command: Sequence[str], data: Path) -> list[Path]:
    """Let ``command`` be found in the menu, and open runs on a double click; return the files written below ``data``.

    Raises OSError. Installed again, it puts the new files in place of the old.
    """
    contents = _contents(command)
    targets = [data / name for name in contents]
    for target in targets:
        target.parent.mkdir(parents=True, exist_ok=True)
    with atomic_files(targets) as files:
        for file, content in zip(files, contents.values(), strict=True):
            file.write(content)
    _update_indexes(data)
    return targets


def remove(data: Path) -> list[Path]:
    """Take away what ``install`` has written below ``data``; return the files that were there. Raises OSError."""
    found = [data / name for name in _contents(("backscope",)) if (data / name).exists()]
    for path in found:
        path.unlink()
    _update_indexes(data)
    return found


def own_command() -> list[str]:
    """Return how this very program is started: as it was built, by the script that pip made, or by its Python."""
    if is_built():
        return [sys.executable]
    # Where a link was called it is the link that stays, whatever an update does to its target.
    script = Path(sys.argv[0]).absolute()
    return [sys.executable, str(script)] if script.suffix == ".py" else [str(script)]


def _contents(command: Sequence[str]) -> dict[Path, bytes]:
    """Return what is written where below the data folder."""
    entry = (_TEMPLATES / _ENTRY.name).read_text(encoding="utf-8")
    entry = entry.format(command=" ".join(map(_quoted, command)), program=_escaped(command[0]))
    return {
        _ENTRY: entry.encode("utf-8"),
        _FILE_TYPE: (_TEMPLATES / _FILE_TYPE.name).read_bytes(),
        _THEME / "scalable/apps/backscope.svg": DRAWING.read_bytes(),
        **{_THEME / f"{edge}x{edge}/apps/backscope.png": png(edge) for edge in LINUX_SIZES},
    }


def _quoted(word: str) -> str:
    """Return ``word`` as one argument of an Exec line."""
    for sign in _SPECIAL:
        word = word.replace(sign, f"\\{sign}")
    return '"' + _escaped(word).replace("%", "%%") + '"'


def _escaped(text: str) -> str:
    """Return ``text`` as a value of a desktop entry."""
    return text.replace("\\", "\\\\")


def _update_indexes(data: Path) -> None:
    """Tell the desktop; where a tool is missing, it finds out by itself when the person logs in again."""
    for tool, folder in _INDEXES.items():
        if (program := shutil.which(tool)) and (data / folder).is_dir():
            subprocess.run([program, str(data / folder)], check=False, capture_output=True)

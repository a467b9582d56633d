"""The files opened and saved last, the newest first."""

import json
from pathlib import Path

from app.settings import Settings

_KEY = "recent_files"
_MOST = 8


class RecentFiles:
    """A list in the settings; anything unreadable counts as empty."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def paths(self) -> list[Path]:
        """Return the files, whether they are still there or not."""
        try:
            names = json.loads(self._settings.text(_KEY, "[]"))
        except ValueError:
            return []
        return [Path(name) for name in names if isinstance(name, str)][:_MOST] if isinstance(names, list) else []

    def add(self, path: Path) -> None:
        """Put ``path`` at the top."""
        path = path.absolute()
        self._write([path, *(other for other in self.paths() if other != path)])

    def remove(self, path: Path) -> None:
        """Take ``path`` off the list."""
        self._write([other for other in self.paths() if other != path])

    def clear(self) -> None:
        """Forget all of them."""
        self._write([])

    def _write(self, paths: list[Path]) -> None:
        self._settings.set_text(_KEY, json.dumps([str(path) for path in paths[:_MOST]]))

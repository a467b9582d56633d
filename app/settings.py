"""What is remembered from one start to the next: window, docks, lesson, theme, folders."""

from PySide6.QtCore import QByteArray, QSettings


class Settings:
    """Typed access to QSettings; anything unreadable counts as not set."""

    def __init__(self, store: QSettings | None = None) -> None:
        self._store = store or QSettings()

    def another(self) -> "Settings":
        """Return the same settings for another thread, which must ``sync`` what it has changed.

        To write them waits for the disk, and so for all that has been written just before.
        """
        store = self._store
        if not store.organizationName():
            return Settings(QSettings(store.fileName(), store.format()))
        return Settings(QSettings(store.format(), store.scope(), store.organizationName(), store.applicationName()))

    def text(self, key: str, default: str) -> str:
        """Return the text kept under ``key``."""
        value = self._store.value(key)
        return value if isinstance(value, str) else default

    def set_text(self, key: str, value: str) -> None:
        """Keep a text."""
        self._store.setValue(key, value)

    def state(self, key: str) -> QByteArray:
        """Return what Qt saved of a window under ``key``, empty if nothing."""
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_state(self, key: str, value: QByteArray) -> None:
        """Keep what Qt says of a window."""
        self._store.setValue(key, value)

    def sync(self) -> None:
        """Write everything now."""
        self._store.sync()

"""What is remembered between two starts: appearance, window, recent files. Never records.

Kept in an INI file in the user's configuration folder. Without a file, as in a start that nobody watches, nothing is
kept.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

_RECENT = 8


class Settings:
    """Typed access to the remembered values."""

    def __init__(self, path: Path | None) -> None:
        self._settings = QSettings(str(path), QSettings.Format.IniFormat) if path else None

    def text(self, name: str, default: str = "") -> str:
        """Return a remembered text."""
        value = self._settings.value(name, default) if self._settings else default
        return value if isinstance(value, str) else default

    def number(self, name: str, default: float) -> float:
        """Return a remembered number; the default for anything unreadable."""
        try:
            return float(self.text(name, str(default)))
        except ValueError:
            return default

    def state(self, name: str) -> QByteArray:
        """Return a remembered state of a widget; empty when there is none."""
        value = self._settings.value(name) if self._settings else None
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep(self, name: str, value: str | float | QByteArray) -> None:
        """Remember a value."""
        if self._settings:
            self._settings.setValue(name, str(value) if isinstance(value, int | float) else value)

    def sync(self) -> None:
        """Write what is remembered to disk."""
        if self._settings:
            self._settings.sync()

    def recent_files(self) -> list[Path]:
        """Return the files that were open last, latest first, those that exist."""
        names = self.text("files/recent").split("\n")
        return [Path(name) for name in names if name and Path(name).is_file()]

    def remember_file(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        others = [recent for recent in self.recent_files() if recent != path]
        self.keep("files/recent", "\n".join(map(str, [path, *others][:_RECENT])))

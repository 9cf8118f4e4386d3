"""What the program remembers about this person's use of it: one small file, never a word of an audit.

The file is `settings.json` in the folder that the operating system gives programs for their settings.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import platformdirs

APP_FOLDER = "hsb-audit-workshop"
_LONGEST_RECENT_LIST = 10

SMALLEST_ZOOM = 80
LARGEST_ZOOM = 300
"""Percent."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything remembered between two starts."""

    recent: tuple[str, ...] = ()
    """Paths of audits, the latest first."""
    zoom: int = 100
    """Percent, 80 to 300."""
    theme: str = "light"
    radar_shown: bool = True
    geometry: str = ""
    """The main window's place and size, as Qt saves it, in base 64."""
    last_tab: Mapping[str, int] = field(default_factory=dict)
    """Audit id to the tab that was open."""
    due: Mapping[str, str] = field(default_factory=dict)
    """Path of a recent audit to the day (YYYY-MM-DD) on which its next wave is due."""
    authors: Mapping[str, str] = field(default_factory=dict)
    """Audit id to the name or role that edits are kept under; asked once for each audit."""

    def with_recent(self, path: Path) -> Settings:
        """Return settings in which this audit is the latest."""
        shown = str(path.absolute())
        others = tuple(entry for entry in self.recent if entry != shown)
        return replace(self, recent=(shown, *others)[:_LONGEST_RECENT_LIST])

    def without_recent(self) -> Settings:
        """Return settings that remember no file."""
        return replace(self, recent=(), last_tab={}, authors={}, due={})

    def with_due(self, path: Path, due_on: str) -> Settings:
        """Return settings that know when an audit's next wave is due (YYYY-MM-DD); empty for never."""
        shown = str(path.absolute())
        kept = {known: day for known, day in self.due.items() if known != shown and known in self.recent}
        return replace(self, due={**kept, shown: due_on} if due_on else kept)

    def without_audit(self, path: Path, audit_id: str) -> Settings:
        """Return settings that remember nothing of this audit."""
        return replace(
            self,
            recent=tuple(entry for entry in self.recent if entry != str(path.absolute())),
            due={known: day for known, day in self.due.items() if known != str(path.absolute())},
            last_tab={known: tab for known, tab in self.last_tab.items() if known != audit_id},
            authors=_without(self.authors, audit_id),
        )

    def with_author(self, audit_id: str, author: str) -> Settings:
        """Return settings that keep edits of this audit, or of a pack of it, under this name or role."""
        return replace(self, authors={**self.authors, audit_id: author})

    def without_author(self, audit_id: str) -> Settings:
        """Return settings that keep no name or role for this audit: it is asked again."""
        return replace(self, authors=_without(self.authors, audit_id))

    def authors_of(self, audit_id: str) -> tuple[str, ...]:
        """Return every name or role that is kept for this audit and its packs."""
        return tuple(name for known, name in self.authors.items() if _is_of(known, audit_id))

    def with_last_tab(self, audit_id: str, tab: int) -> Settings:
        """Return settings that open this audit at this tab."""
        return replace(self, last_tab={**self.last_tab, audit_id: tab})

    def with_look(self, zoom: int, theme: str) -> Settings:
        """Return settings with this zoom (percent) and theme."""
        return replace(self, zoom=zoom, theme=theme)

    def with_radar(self, shown: bool) -> Settings:
        """Return settings that show the radar beside the statements, or not."""
        return replace(self, radar_shown=shown)

    def with_geometry(self, geometry: str) -> Settings:
        """Return settings with the window's place and size."""
        return replace(self, geometry=geometry)


def _without(authors: Mapping[str, str], audit_id: str) -> dict[str, str]:
    return {known: name for known, name in authors.items() if not _is_of(known, audit_id)}


def _is_of(known: str, audit_id: str) -> bool:
    """Whether a name is kept for this audit or, with the pack's id behind a space, for a pack of it."""
    return known == audit_id or known.startswith(f"{audit_id} ")


def user_data_folder() -> Path:
    """Return the folder for backups and this person's own editions (`instruments/`); it need not exist."""
    own = os.environ.get("HSB_AUDIT_HOME")
    return Path(own) / "data" if own else platformdirs.user_data_path(APP_FOLDER, appauthor=False)


def user_log_folder() -> Path:
    """Return the folder for the log of the program's own faults; it need not exist."""
    own = os.environ.get("HSB_AUDIT_HOME")
    return Path(own) / "log" if own else platformdirs.user_log_path(APP_FOLDER, appauthor=False)


def settings_path() -> Path:
    """Return where the settings are kept."""
    own = os.environ.get("HSB_AUDIT_HOME")
    folder = Path(own) / "config" if own else platformdirs.user_config_path(APP_FOLDER, appauthor=False)
    return folder / "settings.json"


def load_settings() -> Settings:
    """Return what was remembered; whatever cannot be read or understood is as on the first start."""
    try:
        content = json.loads(settings_path().read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return Settings()
    return _understood(content) if isinstance(content, dict) else Settings()


def save_settings(settings: Settings) -> None:
    """Keep the settings. A disk that refuses costs the memory of a zoom, never work, and is not reported."""
    path = settings_path()
    temporary = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            # In ASCII, because a path may hold bytes that are no text.
            json.dump(asdict(settings), file, indent=1)
        temporary.replace(path)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _understood(content: dict[str, Any]) -> Settings:
    known: dict[str, Any] = {}
    for setting in fields(Settings):
        value = content.get(setting.name)
        if setting.name == "recent" and isinstance(value, list):
            known["recent"] = tuple(entry for entry in value if isinstance(entry, str))
        elif setting.name == "last_tab" and isinstance(value, dict):
            known["last_tab"] = {key: tab for key, tab in value.items() if isinstance(tab, int)}
        elif setting.name in {"authors", "due"} and isinstance(value, dict):
            known[setting.name] = {key: text for key, text in value.items() if isinstance(text, str)}
        elif setting.name == "zoom" and type(value) is int:
            known["zoom"] = min(max(value, SMALLEST_ZOOM), LARGEST_ZOOM)
        elif (setting.name in {"theme", "geometry"} and isinstance(value, str)) or (
            setting.name == "radar_shown" and isinstance(value, bool)
        ):
            known[setting.name] = value
    return Settings(**known)

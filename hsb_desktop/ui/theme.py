"""Colours, sizes and style sheet of the window, from one set of colour tokens for each theme."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from hsb_desktop.resources import resource_path

if TYPE_CHECKING:
    from hsb_desktop.ui.zoomed_style import ZoomedStyle

THEMES = ("light", "dark", "high-contrast")
BASE_POINT_SIZE = 10.5
"""Size of running text at 100 %, in points."""

_ICONS = ("chevron", "tick")


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme's colour tokens; token names are the keys of `resources/themes/*.json`."""

    name: str
    tokens: Mapping[str, str]
    series: tuple[str, ...]

    def color(self, token: str) -> QColor:
        """Return a token's colour; KeyError for a name that no theme has."""
        return QColor(self.tokens[token])


@cache
def load_theme(name: str) -> Theme:
    """Return a theme by name; an unknown name gives the light one."""
    known = name if name in THEMES else "light"
    content = json.loads(resource_path("themes", f"{known}.json").read_text(encoding="utf-8"))
    series = tuple(content.pop("series"))
    return Theme(known, content, series)


class Appearance:
    """Theme and zoom of the whole application; widgets that paint themselves ask it for colours."""

    def __init__(self, application: QApplication, theme_name: str = "light", zoom: int = 100) -> None:
        self._application = application
        self._family = load_typefaces()
        self.theme = load_theme(theme_name)
        self.zoom = zoom
        self._show()

    def set_theme(self, name: str) -> None:
        """Show the whole application in another theme."""
        self.theme = load_theme(name)
        self._show()

    def set_zoom(self, percent: int) -> None:
        """Show the whole application at another size, in percent."""
        self.zoom = percent
        self._show()

    def pixels(self, at_100_percent: float) -> int:
        """Return a length in pixels as it is at the present zoom."""
        return round(at_100_percent * self.zoom / 100)

    def _show(self) -> None:
        _zoom_style(self._application, self.zoom)
        font = QFont(self._family)
        font.setPointSizeF(BASE_POINT_SIZE * self.zoom / 100)
        self._application.setFont(font)
        self._application.setPalette(_palette(self.theme))
        self._application.setStyleSheet(style_sheet(self.theme, self.zoom))


_zoomed_styles: dict[QApplication, ZoomedStyle | None] = {}


def _zoom_style(application: QApplication, zoom: int) -> None:
    """Give an application Fusion and, from the first size other than 100 % on, Fusion that grows.

    Until then it does without the part that is written in Python: Qt asks a style for thousands of sizes
    before the first paint. It is replaced once at most: Qt deletes a replaced style, and ours Python holds.
    """
    zoomed = _zoomed_styles.get(application)
    if zoomed is None and zoom != 100:
        from hsb_desktop.ui.zoomed_style import ZoomedStyle

        zoomed = _zoomed_styles[application] = ZoomedStyle()
        application.setStyle(zoomed)
    elif application not in _zoomed_styles:
        _zoomed_styles[application] = None
        if sys.platform in {"win32", "darwin"}:
            # Elsewhere PySide6 comes with no other; asking for it would cost a tenth of the first paint.
            application.setStyle("Fusion")
    if zoomed is not None:
        zoomed.zoom = zoom / 100


@cache
def load_typefaces() -> str:
    """Register the bundled typefaces with Qt and return the family of the window's text."""
    for file_name in ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "DejaVuSans.ttf"):
        QFontDatabase.addApplicationFont(str(resource_path("fonts", file_name)))
    return "Noto Sans"


def style_sheet(theme: Theme, zoom: int) -> str:
    """Return the application's style sheet: the numbered QSS files with tokens and sizes filled in.

    `@name` is a colour token; `12zpt` is 12 points and `8zpx` 8 pixels, both at 100 %.
    """
    template = _style_template()
    icons = {f"icon_{icon}": resource_path("icons", f"{icon}-{theme.name}.svg").as_posix() for icon in _ICONS}
    tokens = {**theme.tokens, **icons}
    coloured = re.sub(r"@(\w+)", lambda match: tokens[match[1]], template)
    return re.sub(
        r"([\d.]+)z(pt|px)",
        lambda match: (
            f"{float(match[1]) * zoom / 100:.1f}pt"
            if match[2] == "pt"
            else f"{round(float(match[1]) * zoom / 100)}px"
        ),
        coloured,
    )


@cache
def _style_template() -> str:
    files: list[Path] = sorted(resource_path("styles").glob("*.qss"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for color_role, token in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "surface_sunken"),
        (role.Text, "text"),
        (role.PlaceholderText, "text_muted"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.BrightText, "danger"),
        (role.ToolTipBase, "surface"),
        (role.ToolTipText, "text"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "accent_text"),
        (role.Link, "accent"),
        (role.Mid, "border"),
        (role.Dark, "border_strong"),
    ):
        palette.setColor(color_role, theme.color(token))
    for color_role in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, color_role, theme.color("text_muted"))
    return palette

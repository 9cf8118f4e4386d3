"""Every theme is legible: 4.5:1 for words, 3:1 for lines; and each token means the same in all of them."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor

from hsb_desktop.ui.theme import THEMES, load_theme, style_sheet


def luminance(colour: QColor) -> float:
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


WORDS = [
    ("text", "window"),
    ("text", "surface"),
    ("text", "surface_sunken"),
    ("text", "accent_soft"),
    ("text_muted", "window"),
    ("text_muted", "surface"),
    ("accent", "surface"),
    ("accent", "window"),
    ("accent_text", "accent"),
    ("good", "surface"),
    ("warning", "surface"),
    ("warning", "window"),
    ("warning", "warning_soft"),
    ("danger", "surface"),
    ("danger", "danger_soft"),
]
LINES = [("border_strong", "surface"), ("border_strong", "window"), ("focus", "surface"), ("grid", "surface")]


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("front", "back"), WORDS)
def test_words_have_a_contrast_of_at_least_4_5_to_1(name: str, front: str, back: str) -> None:
    theme = load_theme(name)
    assert contrast(theme.color(front), theme.color(back)) >= 4.5


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("front", "back"), LINES)
def test_lines_have_a_contrast_of_at_least_3_to_1(name: str, front: str, back: str) -> None:
    theme = load_theme(name)
    assert contrast(theme.color(front), theme.color(back)) >= 3.0


@pytest.mark.parametrize("name", THEMES)
def test_lines_of_the_radar_have_a_contrast_of_at_least_3_to_1(name: str) -> None:
    theme = load_theme(name)
    assert all(contrast(QColor(hue), theme.color("surface")) >= 3.0 for hue in theme.series)


def test_every_theme_has_the_same_tokens() -> None:
    assert len({frozenset(load_theme(name).tokens) for name in THEMES}) == 1


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("zoom", [80, 100, 300])
def test_the_style_sheet_has_every_token_and_size_filled_in(name: str, zoom: int) -> None:
    sheet = style_sheet(load_theme(name), zoom)
    assert "@" not in sheet
    assert not re.search(r"\dz(pt|px)", sheet)


def test_an_unknown_theme_is_the_light_one() -> None:
    assert load_theme("no such theme") is not None
    assert load_theme("no such theme").name == "light"

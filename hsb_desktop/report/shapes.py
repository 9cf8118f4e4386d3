"""Lines, boxes and circles as PDF drawing operations: plain vectors, sharp at any size."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache


@cache
def colour_code(colour: str) -> str:
    """Return a colour such as #0A63AD as the three numbers that PDF wants."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return f"{red:.3f} {green:.3f} {blue:.3f}"


def rule(left: float, right: float, y: float, colour: str, weight: float = 0.5) -> str:
    """Return operations for a horizontal line."""
    return f"q {colour_code(colour)} RG {weight:g} w {left:.2f} {y:.2f} m {right:.2f} {y:.2f} l S Q"


def box(
    left: float,
    bottom: float,
    width: float,
    height: float,
    *,
    fill: str = "",
    line: str = "",
    weight: float = 0.75,
) -> str:
    """Return operations for a rectangle, filled, outlined or both."""
    paint = {(True, True): "B", (True, False): "f", (False, True): "S"}[bool(fill), bool(line)]
    colours = (f"{colour_code(fill)} rg " if fill else "") + (
        f"{colour_code(line)} RG {weight:g} w " if line else ""
    )
    return f"q {colours}{left:.2f} {bottom:.2f} {width:.2f} {height:.2f} re {paint} Q"


def polygon(
    points: Sequence[tuple[float, float]],
    *,
    fill: str = "",
    line: str = "",
    weight: float = 1,
    opacity: float = 1,
) -> str:
    """Return operations for a closed shape with straight sides."""
    paint = {(True, True): "b", (True, False): "f", (False, True): "s"}[bool(fill), bool(line)]
    colours = (f"{colour_code(_paled(fill, opacity))} rg " if fill else "") + (
        f"{colour_code(line)} RG {weight:g} w " if line else ""
    )
    path = " ".join(f"{x:.2f} {y:.2f} {'l' if index else 'm'}" for index, (x, y) in enumerate(points))
    return f"q 1 j {colours}{path} {paint} Q"


def _paled(colour: str, opacity: float) -> str:
    """Return the colour as it looks on white paper: real transparency makes old printers rasterise."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - opacity * (255 - part)):02X}" for part in parts)


def polyline(
    points: Sequence[tuple[float, float]], colour: str, weight: float, dashes: Sequence[float] = ()
) -> str:
    """Return operations for an open line through points."""
    path = " ".join(f"{x:.2f} {y:.2f} {'l' if index else 'm'}" for index, (x, y) in enumerate(points))
    pattern = " ".join(f"{dash:g}" for dash in dashes)
    return f"q 1 J 1 j {colour_code(colour)} RG {weight:g} w [{pattern}] 0 d {path} S Q"


def circle(x: float, y: float, radius: float, *, fill: str, line: str = "", weight: float = 1) -> str:
    """Return operations for a filled circle."""
    reach = radius * 0.5523  # of the handles of four curves that make a circle
    outline = f"{colour_code(line)} RG {weight:g} w " if line else ""
    return (
        f"q {colour_code(fill)} rg {outline}{x + radius:.2f} {y:.2f} m "
        f"{x + radius:.2f} {y + reach:.2f} {x + reach:.2f} {y + radius:.2f} {x:.2f} {y + radius:.2f} c "
        f"{x - reach:.2f} {y + radius:.2f} {x - radius:.2f} {y + reach:.2f} {x - radius:.2f} {y:.2f} c "
        f"{x - radius:.2f} {y - reach:.2f} {x - reach:.2f} {y - radius:.2f} {x:.2f} {y - radius:.2f} c "
        f"{x + reach:.2f} {y - radius:.2f} {x + radius:.2f} {y - reach:.2f} {x + radius:.2f} {y:.2f} c "
        f"{'b' if line else 'f'} Q"
    )

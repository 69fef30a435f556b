"""The marks of classes: as points and circles, which the page gets as data, and as paths of SVG for pictures made without a browser."""

from __future__ import annotations

from math import cos, pi, sin

_SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "square": ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
    "chevron": ((-0.9, -0.8), (0.2, -0.8), (0.95, 0), (0.2, 0.8), (-0.9, 0.8), (-0.25, 0)),
    "shield": ((-0.8, -0.85), (0.8, -0.85), (0.8, 0.15), (0, 1), (-0.8, 0.15)),
    "page": ((-0.7, -0.95), (0.25, -0.95), (0.75, -0.45), (0.75, 0.95), (-0.7, 0.95)),
    "bar": ((-0.9, -0.3), (0.9, -0.3), (0.9, 0.3), (-0.9, 0.3)),
    "cross": (
        (-0.3, -0.9), (0.3, -0.9), (0.3, -0.3), (0.9, -0.3), (0.9, 0.3), (0.3, 0.3),
        (0.3, 0.9), (-0.3, 0.9), (-0.3, 0.3), (-0.9, 0.3), (-0.9, -0.3), (-0.3, -0.3),
    ),
    "sail": (
        (-0.05, -1), (-0.05, 0.45), (-0.95, 0.45), (-0.95, 0.62), (-0.5, 0.95),
        (0.55, 0.95), (0.95, 0.62), (0.95, 0.45), (0.15, 0.45), (0.9, 0.35), (0.15, -0.7),
    ),
}  # fmt: skip


def _polygon(count: int, turn: float, inner: float = 0) -> tuple[tuple[float, float], ...]:
    points = count * 2 if inner else count
    reach = [inner if inner and i % 2 else 1 for i in range(points)]
    return tuple((r * cos(turn + i * 2 * pi / points), r * sin(turn + i * 2 * pi / points)) for i, r in enumerate(reach))


_SHAPES |= {
    "diamond": _polygon(4, 0),
    "hexagon": _polygon(6, 0),
    "triangle": _polygon(3, -pi / 2),
    "down": _polygon(3, pi / 2),
    "star": _polygon(5, -pi / 2, 0.48),
}


_CIRCLES: dict[str, tuple[float, ...]] = {"circle": (0.9,), "ring": (0.92, 0.4)}
"""Marks that are circles, by their radii; a shape that is not known is a circle."""


def outline(shape: str) -> list[list[float]] | list[float]:
    """Give a mark for radius 1: its corners, or the radii of its circles.

    >>> outline("ring"), outline("down")[2]
    ([0.92, 0.4], [0.866, -0.5])
    """
    points = _SHAPES.get(shape)
    return [[round(x, 3), round(y, 3)] for x, y in points] if points else list(_CIRCLES.get(shape, _CIRCLES["circle"]))


def _circle(x: float, y: float, r: float) -> str:
    return f"M{x + r:.1f} {y:.1f}A{r:.1f} {r:.1f} 0 1 1 {x - r:.1f} {y:.1f}A{r:.1f} {r:.1f} 0 1 1 {x + r:.1f} {y:.1f}Z"


def mark_path(shape: str, x: float, y: float, r: float) -> str:
    """Give the path of a mark around (x, y) with radius r; a shape that is not known is a circle.

    >>> mark_path("square", 10, 10, 5)
    'M6.0 6.0L14.0 6.0L14.0 14.0L6.0 14.0Z'
    """
    points = _SHAPES.get(shape)
    if points is None:
        return "".join(_circle(x, y, r * reach) for reach in _CIRCLES.get(shape, _CIRCLES["circle"]))
    return "M" + "L".join(f"{x + px * r:.1f} {y + py * r:.1f}" for px, py in points) + "Z"

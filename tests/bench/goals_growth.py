"""How cost grows with the number of flows, as a table and as a picture on logarithmic axes."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence

from goals_measuring import Verdict

_WIDTH, _HEIGHT, _LEFT, _TOP, _LINE = 900, 560, 70, 30, 16
_COLOURS = ("#1b6ca8", "#c0392b", "#1e8449", "#7d3c98", "#b9770e", "#117a65", "#5d6d7e", "#a93226", "#2e4053")


def series(found: Mapping[int, Sequence[Verdict]]) -> dict[str, list[tuple[int, float]]]:
    """Return for each measured time of ours its points: flows and milliseconds."""
    scale = {"ms": 1.0, "s": 1000.0}
    points: dict[str, list[tuple[int, float]]] = {}
    for rows, verdicts in sorted(found.items()):
        for verdict in verdicts:
            if verdict.ours is not None and verdict.unit in scale:
                name = f"{verdict.line} {verdict.what}"
                points.setdefault(name, []).append((rows, verdict.ours * scale[verdict.unit]))
    return {name: several for name, several in points.items() if len({rows for rows, _ in several}) > 1}


def table(found: Mapping[int, Sequence[Verdict]]) -> str:
    """Return a Markdown table: our milliseconds at each size, and by which power of the rows they grow."""
    sizes = sorted(found)
    lines = [f"\n| ours, ms | {' | '.join(f'{rows:,}' for rows in sizes)} | grows as rows to the |"]
    lines.append("|---|" + "---:|" * (len(sizes) + 1))
    for name, points in series(found).items():
        at = dict(points)
        cells = [f"{at[rows]:,.3g}" if rows in at else "-" for rows in sizes]
        (first, low), (last, high) = points[0], points[-1]
        power = math.log(max(high, 1e-6) / max(low, 1e-6)) / math.log(last / first)
        lines.append(f"| {name} | {' | '.join(cells)} | {power:.2f} |")
    return "\n".join(lines)


def picture(found: Mapping[int, Sequence[Verdict]]) -> str:
    """Return an SVG of the same."""
    drawn = series(found)
    xs = [math.log10(rows) for points in drawn.values() for rows, _ in points] or [6.0, 7.0]
    ys = [math.log10(max(ms, 1e-3)) for points in drawn.values() for _, ms in points] or [0.0, 1.0]
    left, right, low, high = min(xs), max(xs), math.floor(min(ys)), math.ceil(max(ys))
    plot_width, plot_height = _WIDTH - _LEFT - 290, _HEIGHT - _TOP - 50

    def place(rows: float, ms: float) -> str:
        x = _LEFT + (math.log10(rows) - left) / ((right - left) or 1) * plot_width
        y = _TOP + (high - math.log10(max(ms, 1e-3))) / ((high - low) or 1) * plot_height
        return f"{x:.1f},{y:.1f}"

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" '
        f'font-size="12"><rect width="100%" height="100%" fill="white"/>'
    ]
    for power in range(low, high + 1):
        y = place(10**left, 10.0**power).split(",")[1]
        parts.append(f'<path d="M{_LEFT} {y}h{plot_width}" stroke="#ddd"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y}" dy="4" text-anchor="end">{10.0**power:g} ms</text>')
    for rows in sorted(found):
        x = place(rows, 10.0**low).split(",")[0]
        parts.append(f'<text x="{x}" y="{_HEIGHT - 28}" text-anchor="middle">{rows / 1e6:g}M flows</text>')
    for number, (name, points) in enumerate(drawn.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        line = " ".join(place(rows, ms) for rows, ms in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        y = _TOP + 10 + number * _LINE
        parts.append(f'<text x="{_WIDTH - 270}" y="{y}" fill="{colour}">{html.escape(name)}</text>')
    return "\n".join([*parts, "</svg>\n"])

"""Swim lanes as SVG: one lane a series, time from left to right, a dot as large as what happened then. By pygal."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

import pygal

from core.charts import WIDTH, clean, style

# Dots in one colour: the lane says whose they are. Labels of time stand upright so that they do not run together.
_CSS = """
.dot { fill: #1d70b8; fill-opacity: 0.85; stroke: #12355b; stroke-width: 1px; }
.dot.negative { fill: #ffffff; }
.axis.x text { text-anchor: start; }
"""
MOST_PERIODS = 40


@dataclass(frozen=True)
class LaneChart:
    """`lanes` are pairs (name, one whole number per period)."""

    title: str
    periods: tuple[str, ...]
    lanes: tuple[tuple[str, tuple[int, ...]], ...]
    unit: str = "rows"

    @property
    def alt(self) -> str:
        """The picture in words; the figures stand in the table beside it."""
        said = "; ".join(f"{name} {sum(values)}" for name, values in self.lanes)
        return f"Swim lanes. {self.title}, from {self.periods[0]} to {self.periods[-1]}, in {self.unit}: {said}."

    @property
    def table_rows(self) -> Sequence[tuple[str, tuple[int, ...]]]:
        """Period by period, one figure per lane."""
        return [(period, tuple(values[n] for _, values in self.lanes)) for n, period in enumerate(self.periods)]

    @property
    def height(self) -> int:
        return 120 + 34 * len(self.lanes)

    def svg(self) -> bytes:
        """The picture: well-formed SVG without scripts, comments or addresses."""
        graph = pygal.Dot(
            style=style(), css=[], js=[], no_prefix=True, disable_xml_declaration=True, explicit_size=True,
            width=max(WIDTH, 140 + 22 * len(self.periods)), height=self.height, margin=12, show_legend=False,
            x_label_rotation=60, truncate_label=-1, print_values=False,
        )  # fmt: skip
        graph.x_labels = list(self.periods)
        for name, values in self.lanes:
            graph.add(name, list(values))
        return clean(graph.render_tree(), self.title, _CSS)

    def data_uri(self) -> str:
        """For <img src="…">: no inline style gets into the page, which its content security policy forbids."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg()).decode("ascii")

"""Charts as SVG, drawn on the server by pygal: the same bytes on the page (as an <img>) and in the PDF.

A chart never stands alone: the page or report shows its figures as a table too, and `alt` says them in words.
"""

import base64
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

import pygal
from pygal.etree import etree
from pygal.graph.graph import Graph
from pygal.style import Style

# lxml, where another library brings it, would draw the same with other classes than the ones cleaned below.
etree.to_etree()
# pygal leaves an old-style finder for its map plug-ins behind, which warns at each import and breaks importlib's own
# users. We draw no maps.
sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, pygal.PluginImportFixer)]


SVG = "http://www.w3.org/2000/svg"
WIDTH = 680  # user units, of which the text is 14: readable from 390 px up
COLOURS = ("#1d70b8", "#f47738", "#4c2c92", "#00703c")  # GOV.UK; 3:1 against white, told apart in greyscale
FONT = "Liberation Sans, Arial, DejaVu Sans, sans-serif"  # unquoted: WeasyPrint's SVG takes quotes for part of the name
SIZE = 14  # of every text, in user units

# pygal's own style sheets have 400 lines, most of them for tooltips; a still picture needs these few.
# They replace pygal's: its first rule has no selector, over which WeasyPrint drops the whole sheet (a black picture).
_RULES = """
text { font-size: 14px; fill: #0b0c0c; stroke: none; }
.background { fill: #ffffff; }
.centered, .axis.x text { text-anchor: middle; }
.axis.y text { text-anchor: end; }
.horizontal .axis.x text { text-anchor: middle; }
.guide, .axis .line { fill: none; stroke: #b1b4b6; stroke-width: 1px; }
.axis .major.line { stroke: #0b0c0c; }
.vertical .axis.x .guide, .horizontal .axis.y .guide { stroke: none; }
.bar .rect { stroke: #ffffff; stroke-width: 1px; }
text.value { font-weight: bold; }
.horizontal text.value { text-anchor: start; }
"""
_FILLS = "".join(f".color-{n} {{ fill: {colour}; }}\n" for n, colour in enumerate(COLOURS))
_CSS = f"text {{ font-family: {FONT}; }}{_RULES}{_FILLS}"


@dataclass(frozen=True)
class Series:
    """One kind of bar: its name in the legend and one whole number per label (None: no bar)."""

    name: str
    values: tuple[int | None, ...]


@dataclass(frozen=True)
class BarChart:
    """Bars of whole numbers. `limit` is a value drawn as a strong line across, such as 15 for day 15."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    horizontal: bool = False
    limit: int | None = None
    colours: tuple[str, ...] = ()  # of the series in their order, where these have colours of their own

    @property
    def alt(self) -> str:
        """The chart in words: for a screen reader and for the PDF's figure."""
        parts = []
        for label_number, label in enumerate(self.labels):
            values = [(one.name, one.values[label_number]) for one in self.series]
            said = ", ".join(f"{name} {value}" for name, value in values if value is not None)
            parts.append(f"{label}: {said or 'none'}")
        unit = f" ({self.unit})" if self.unit else ""
        return f"Bar chart. {self.title}{unit}. {'; '.join(parts)}."

    @property
    def table_rows(self) -> Sequence[tuple[str, tuple[int | None, ...]]]:
        """The figures, label by label, for the table beside the chart."""
        return [(label, tuple(one.values[n] for one in self.series)) for n, label in enumerate(self.labels)]

    @property
    def highest(self) -> int:
        """The longest bar; horizontal ones are stacked, so there it is the sum of a label's values."""
        bars = [[value for value in values if value is not None] for _, values in self.table_rows]
        longest = [sum(bar) for bar in bars] if self.horizontal else [value for bar in bars for value in bar]
        return max([*longest, self.limit or 0, 1])

    def svg(self) -> bytes:
        """The picture: well-formed SVG without scripts, comments or addresses."""
        own = "".join(f".color-{n} {{ fill: {colour}; }}\n" for n, colour in enumerate(self.colours))
        return clean(_graph(self).render_tree(), self.title, own)

    def data_uri(self) -> str:
        """For <img src="…">: no inline style gets into the page, which its content security policy forbids."""
        return "data:image/svg+xml;base64," + base64.b64encode(self.svg()).decode("ascii")


def _graph(chart: BarChart) -> Graph:
    steps = _steps(chart.highest, chart.limit)
    options = {
        "style": style(),
        "css": [],
        "js": [],
        "no_prefix": True,
        "disable_xml_declaration": True,
        "explicit_size": True,
        "width": WIDTH,
        "height": 90 + 38 * len(chart.labels) if chart.horizontal else 300,
        "margin": 12,
        "show_legend": len(chart.series) > 1,
        "legend_at_bottom": True,
        "legend_at_bottom_columns": max(len(chart.series), 1),
        "print_values": True,
        "print_values_position": "top",
        "print_zeroes": False,
        "value_formatter": lambda value: "" if value is None else f"{value:.0f}",
        "y_labels": steps,
        "y_labels_major": [chart.limit or 0],
        "range": (0, steps[-1]),
        "truncate_legend": -1,
        "truncate_label": -1,
        "rounded_bars": 0,
        "order_min": 0,
    }
    graph: Graph = pygal.HorizontalStackedBar(**options) if chart.horizontal else pygal.Bar(**options)
    # pygal draws horizontal bars from the bottom up; tables are read from the top down.
    order = slice(None, None, -1) if chart.horizontal else slice(None)
    graph.x_labels = list(chart.labels[order])
    for one in chart.series:
        graph.add(one.name, list(one.values[order]))
    return graph


def style() -> Style:
    """pygal measures its margins by these sizes, so they are the ones in _CSS."""
    sizes = ("label", "major_label", "legend", "value")
    return Style(font_family=FONT, colors=COLOURS, **{f"{name}_font_size": SIZE for name in sizes})


def _steps(highest: int, limit: int | None) -> list[int]:
    """Five or six round numbers from 0 to above `highest`, with `limit` among them."""
    size = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 10_000) if highest / n <= 6)
    steps = set(range(0, highest + size, size)) | {highest // size * size + size}
    return sorted(steps | ({limit} if limit is not None else set()))


def clean(root: ElementTree.Element, title: str, css: str = "") -> bytes:
    """Take out what a still picture does not need: scripts, pygal's comments (they carry a date), tooltips."""
    for parent in list(root.iter()):
        for child in list(parent):
            is_comment = not isinstance(child.tag, str)
            name = "" if is_comment else child.tag.rpartition("}")[2]
            if is_comment or name in {"script", "desc", "title"} or "tooltip-overlay" in child.get("class", "").split():
                parent.remove(child)
    root.attrib.pop("id", None)
    heading, style = ElementTree.Element("title"), ElementTree.Element("style")
    heading.text, style.text = title, _CSS + css
    root[0:1] = [heading, style]  # in place of pygal's <defs>
    return ElementTree.tostring(root, encoding="utf-8")

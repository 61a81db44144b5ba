from xml.etree import ElementTree

import pytest

from core.charts import SVG, BarChart, Series

CHART = BarChart(
    title="Rapid reviews",
    labels=("CSPR-2026-001", "CSPR-2026-002"),
    series=(Series("In time", (9, None)), Series("Late", (None, 18))),
    unit="working days",
    horizontal=True,
    limit=15,
)


def texts(chart):
    return [e.text for e in ElementTree.fromstring(chart.svg()).iter(f"{{{SVG}}}text") if e.text]


def test_says_itself_in_words():
    assert CHART.alt == ("Bar chart. Rapid reviews (working days). CSPR-2026-001: In time 9; CSPR-2026-002: Late 18.")


def test_a_label_without_a_bar_says_none():
    chart = BarChart("Activity", ("Jun",), (Series("Referrals", (None,)),))
    assert chart.alt == "Bar chart. Activity. Jun: none."


def test_has_its_figures_as_a_table():
    assert CHART.table_rows == [("CSPR-2026-001", (9, None)), ("CSPR-2026-002", (None, 18))]


def test_the_picture_shows_labels_values_limit_and_legend():
    shown = texts(CHART)
    assert {"CSPR-2026-001", "CSPR-2026-002", "9", "18", "15", "In time", "Late"} <= set(shown)
    rows = [one for one in shown if one.startswith("CSPR")]
    # pygal draws from the bottom up: the last one drawn is the top row, as in the table
    assert rows == ["CSPR-2026-002", "CSPR-2026-001"]


@pytest.mark.parametrize("horizontal", [True, False])
def test_the_picture_is_still_and_alone(horizontal):
    """No script, no comment with a date or an address, no style attribute that a page's policy would refuse."""
    chart = BarChart("Activity", ("Jun", "Jul"), (Series("Referrals", (1, 2)),), horizontal=horizontal)
    svg = chart.svg()
    root = ElementTree.fromstring(svg)
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags.isdisjoint({"script", "desc", "a", "image", "use", "foreignObject"})
    assert not [element for element in root.iter() if "style" in element.attrib]
    assert b"<!--" not in svg
    assert svg.count(b"http") == 1  # the SVG namespace
    assert svg == chart.svg()  # the same bytes each time: the report's PDF does not change by itself


def test_one_kind_of_bar_needs_no_legend():
    assert "Referrals" not in texts(BarChart("Activity", ("Jun",), (Series("Referrals", (1,)),)))


def test_hostile_labels_stay_text():
    chart = BarChart("A <script>", ("</text><script>alert(1)</script>",), (Series("<b>", (1,)), Series("&", (2,))))
    root = ElementTree.fromstring(chart.svg())
    assert not list(root.iter(f"{{{SVG}}}script"))
    assert "</text><script>alert(1)</script>" in texts(chart)


@pytest.mark.parametrize("highest", [0, 1, 6, 7, 21, 99, 350])
def test_the_scale_reaches_the_highest_bar(highest):
    chart = BarChart("Activity", ("Jun",), (Series("Referrals", (highest,)),))
    numbers = [int(text) for text in texts(chart) if text.isdigit()]
    assert max(numbers) >= highest
    assert 0 in numbers


def test_serves_as_an_image_address():
    assert CHART.data_uri().startswith("data:image/svg+xml;base64,PHN2Zy")


def test_the_scale_of_stacked_bars_reaches_their_sum_and_the_series_have_their_own_colours():
    two = (Series("Green", (7, 1)), Series("Red", (9, None)))
    chart = BarChart("Actions", ("Police", "Schools"), two, horizontal=True, colours=("#00703c", "#d4351c"))
    assert chart.highest == 16
    assert b".color-1 { fill: #d4351c; }" in chart.svg()

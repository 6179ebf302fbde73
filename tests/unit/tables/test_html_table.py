"""Tables out of HTML: those that libraries send, those that people write, and what is none."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vitrail_widgets.tables.html_table import table_in
from vitrail_widgets.tables.table import Table, TableCell, as_csv, as_markdown, as_tsv

PANDAS = """\
<div>
<style scoped>
    .dataframe tbody tr th { vertical-align: top; }
</style>
<table border="1" class="dataframe">
  <thead>
    <tr style="text-align: right;">
      <th></th>
      <th>a &lt; b</th>
      <th>name</th>
    </tr>
  </thead>
  <tbody>
    <tr><th>0</th><td>1.0</td><td>x&nbsp;y</td></tr>
    <tr><th>1</th><td>NaN</td><td>w|v</td></tr>
  </tbody>
</table>
<p>2 rows × 2 columns</p>
</div>"""

GROUPED = """\
<table><thead>
<tr><th></th><th></th><th colspan="2" halign="left">A</th></tr>
<tr><th></th><th></th><th>mean</th><th>std</th></tr>
</thead><tbody>
<tr><th rowspan="2" valign="top">north</th><th>1</th><td>5</td><td>6</td></tr>
<tr><th>2</th><td>7</td><td>8</td></tr>
<tr><th>south</th><th>1</th><td>9</td><td>10</td></tr>
</tbody></table>"""

STYLED = """\
<style type="text/css">
#T_1_row0_col0, #T_1_row1_col0 { background-color: #440154; color: #f1f1f1; }
#T_1_row1_col1 { background: rgb(1, 2, 3) !important }
</style>
<table id="T_1"><thead><tr><th class="blank">&nbsp;</th><th>w</th><th>x</th></tr></thead>
<tbody><tr><th id="T_1_level0_row0">0</th><td id="T_1_row0_col0">1</td><td>2</td></tr>
<tr><th>1</th><td id="T_1_row1_col0" style="color: red">3</td><td id="T_1_row1_col1">4</td></tr>
</tbody></table>"""


def table(html: str) -> Table:
    found = table_in(html)
    assert found is not None
    return found


def column(texts: list[str]) -> Table:
    return table(f"<table>{''.join(f'<tr><td>{text}</td></tr>' for text in texts)}</table>")


def test_a_frame_of_pandas_is_a_table() -> None:
    found = table(PANDAS)
    assert as_tsv(found) == "\ta < b\tname\n0\t1.0\tx y\n1\tNaN\tw|v"
    assert found.index_columns == 1
    assert found.footnote == "2 rows × 2 columns"
    assert found.caption == ""


def test_spans_leave_room_for_what_they_cover() -> None:
    found = table(GROUPED)
    assert as_tsv(found).split("\n")[2:] == ["north\t1\t5\t6", "north\t2\t7\t8", "south\t1\t9\t10"]
    assert [cell.text for cell in found.head[0]] == ["", "", "A", "A"]
    assert [row[0].is_repeated for row in found.body] == [False, True, False]
    assert found.index_columns == 2


def test_the_colours_of_a_styler_are_kept() -> None:
    found = table(STYLED)
    assert found.body[0][1] == TableCell("1", False, 0xF1F1F1, 0x440154)
    assert found.body[1][1] == TableCell("3", False, 0xFF0000, 0x440154)
    assert found.body[1][2].ground == 0x010203
    assert found.body[0][2] == TableCell("2")


def test_a_table_by_hand_needs_no_head_and_no_closing_tags() -> None:
    assert as_tsv(table("<table><tr><td>1<td>2<tr><td>3</table>")) == "1\t2\n3\t"
    found = table("<TABLE><TR><TH>a</TH></TR><TR><TD>1</TD></TR></TABLE>")
    assert [cell.text for cell in found.head[0]] == ["a"]


def test_markup_within_a_cell_is_text() -> None:
    found = table("<table><tr><td><b>bold</b> <a href='x:y()'>a</a><br>two</td></tr></table>")
    assert found.body[0][0].text == "bold a two"


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>text</p>",
        "<table></table>",
        "<table><tr>",
        "<table><tr></tr></table><table><tr><td>1</td></tr></table>",
        "<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table>",
        "<table><tr><td><img src='x.png'></td></tr></table>",
        "<table><tr><td>1</td></tr></table>" + "words " * 200,
        "<table><tr>" + "<td>1</td>" * 3000 + "</tr></table>",
    ],
)
def test_what_is_more_or_less_than_a_table_is_none(html: str) -> None:
    assert table_in(html) is None


def test_scripts_and_comments_are_not_read() -> None:
    html = "<!-- <td>no</td> --><script>if (a<b) { x('<td>no</td>') }</script>" + PANDAS
    assert as_tsv(table(html)) == as_tsv(table(PANDAS))


def test_numbers_are_sorted_by_value_and_what_is_missing_comes_last() -> None:
    texts = ["10", "9.5", "-1e3", "NaN", "1,000", "", "\u22122", "inf"]
    found = column(texts)
    assert found.is_numeric(0)
    up = [texts[at] for at in found.order(0, descending=False)]
    down = [texts[at] for at in found.order(0, descending=True)]
    assert up == ["-1e3", "\u22122", "9.5", "10", "1,000", "inf", "NaN", ""]
    assert down == ["inf", "1,000", "10", "9.5", "\u22122", "-1e3", "NaN", ""]


def test_words_are_sorted_as_people_do() -> None:
    texts = ["x10", "X9", "alpha", "x9b"]
    found = column(texts)
    assert [texts[at] for at in found.order(0, descending=False)] == ["alpha", "X9", "x9b", "x10"]


def test_sorting_keeps_the_order_of_equals() -> None:
    rows = "".join(f"<tr><td>{n % 2}</td><td>{n}</td></tr>" for n in range(6))
    found = table(f"<table>{rows}</table>")
    assert found.order(0, descending=False) == [0, 2, 4, 1, 3, 5]


def test_the_forms_to_copy_are_those_of_their_formats() -> None:
    found = table('<table><tr><th>a</th><th>b "c"</th></tr><tr><td>1</td><td>x|y</td></tr></table>')
    assert as_csv(found) == 'a,"b ""c"""\n1,x|y\n'
    assert as_markdown(found) == '| a | b "c" |\n| ---: | --- |\n| 1 | x\\|y |\n'
    assert as_tsv(found, []) == 'a\tb "c"'


PIECES = (
    *("<table>", "</table>", "<tr>", "<td>", "</td>", "<th colspan=3 rowspan=2>", "<thead>"),
    *("<p>", "<td rowspan='9999999'>", "<td colspan=x>", "<style>", "</style>", "<!--", "-->"),
    *("&lt;", "<"),
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join))
def test_any_text_is_a_table_of_equal_rows_or_none(html: str) -> None:
    found = table_in(html)
    if found is not None:
        lengths = {len(row) for row in (*found.head, *found.body)}
        assert lengths == {found.column_count}
        assert as_markdown(found)

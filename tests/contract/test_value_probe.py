"""The probe tells values so that they can be drawn; nothing of the user's runs."""

import base64
import struct
import sys
from collections.abc import Callable
from typing import Any

import pytest

from support.probed import asked, interpreter

VERSIONS = ("2.7", "3.11", "3.13")

PLAIN = """\
ran = []
class Stack(list):
    def __getitem__(self, at): ran.append("getitem"); return 0
    def __len__(self): ran.append("len"); return 0
    def __iter__(self): ran.append("iter"); return iter([])
    def __repr__(self): ran.append("repr"); return "stack"
class Table(dict):
    def items(self): ran.append("items"); return []
    def __iter__(self): ran.append("iter"); return iter([])
class Key(object):
    def __repr__(self): ran.append("key repr"); return "key"
class Rich(object):
    def _repr_html_(self): ran.append("html"); return "<b>rich</b>"
class Zone(object): pass
stack, table, keyed = Stack([1.5, 2.5, 3.5]), Table(a=1, b=[2]), {Key(): 1}
numbers, mixed = list(range(100000)), [1, "two", None]
loop = []; loop.append(loop)
text, raw, empty = u"one\\ntwo\\n" * 5000, b"\\x00\\xff" * 5000, u""
whole, negative, huge = 255, -1000000, 1 << 100000
tenth, nothing, infinite = 0.1, float("nan"), float("-inf")
rich, plain = Rich(), Zone()
plain.inner = rich
waiting = (one for one in [1, 2])
unique = frozenset([7])
shelf = {Key(): 0, "17": 1, "b c": 2, 7: 3, None: 4, u"\\xe9b": 5}
grown = dict((at, None) for at in range(100000))
"""

LIBRARIES = """\
ran = []
import collections, dataclasses, datetime, decimal, enum, fractions, pathlib
import numpy as np, pandas as pd, polars as pl
from PIL import Image
class Noisy(object):
    def __repr__(self): ran.append("repr"); return "noise"
    def __float__(self): ran.append("float"); return 1.0
class Own(np.ndarray):
    def __getitem__(self, at): ran.append("getitem"); return np.ndarray.__getitem__(self, at)
class OwnPicture(Image.Image):
    def crop(self, *args, **named): ran.append("crop"); return None
class Zone(datetime.tzinfo):
    def utcoffset(self, when): ran.append("utcoffset"); return datetime.timedelta(0)
wave = np.sin(np.linspace(0, 20, 100000))
wave[500] = 9.0
few = np.array([1.5, np.nan, np.inf, -2.0])
lazy = np.broadcast_to(np.float32(1.5), (10**15,))  # to look at all of it would take days
unseen = np.full(5, np.nan)
nothing, single = np.zeros(0), np.array(3.5)
backward, swapped = np.arange(10)[::-2], np.arange(5, dtype=">f4")
half, wide = np.array([0.1, 0.2], "f2"), np.array([2**63 + 1, 5], "u8")
turning, truth = np.exp(1j * np.linspace(0, 1, 5)), np.array([True, False, True])
days = np.array(["2024-01-01", "NaT", "2024-02-01"], "M8[D]")
masked = np.ma.array([1.0, 2.0, 3.0], mask=[False, True, False])
noisy, own = np.array([Noisy()]), np.zeros(3).view(Own)
records = np.array([(1, 2.5), (3, 4.5)], dtype=[("a", "i4"), ("b", "f8")])
plane = np.arange(12.0).reshape(3, 4)
large = np.tile(np.arange(3000.0), (2000, 1))
cube = np.arange(24).reshape(2, 3, 4)
photo = np.zeros((30, 40, 3), "u1"); photo[:, 20:, 0] = 255
column, nullable = pd.Series([1.5, None, 3.0]), pd.Series([1, None, 3], dtype="Int64")
words = pd.Series(["a"])
frame = pd.DataFrame([[1, 2, 3.0], [4, 5, 6.0]], columns=["a", 7, "a"])
bear_frame = pl.DataFrame({"a": [1], "b": ["x"]})
bear, bears = pl.Series([1, None, 3]), pl.Series([True, None])
image, own_image = Image.new("RGB", (40, 30), (255, 0, 0)), OwnPicture()
deep = Image.fromarray((np.arange(600) * 100).reshape(20, 30).astype("u2"))
money, third = decimal.Decimal("1.10"), fractions.Fraction(1, 3)
noon = datetime.datetime(2024, 1, 2, 12, tzinfo=datetime.timezone.utc)
there = datetime.datetime(2024, 1, 2, 12, tzinfo=Zone())
where = pathlib.Path("/nowhere/notes.txt")
@dataclasses.dataclass
class Point:
    x: int = 1
    y: object = dataclasses.field(default_factory=Noisy)
    @property
    def norm(self): ran.append("norm")
class Colour(enum.Enum): RED = 1
point, red = Point(), Colour.RED
Pair = collections.namedtuple("Pair", "left right")
pair = Pair(1, 2)
shelf = dict(point=point, pair=pair, frame=frame, wave=wave, image=image, column=column, none=[])
shelf.update(noon=noon, own=own, where=where)
del ran[:]
"""


@pytest.fixture(scope="module", params=VERSIONS)
def python(request: pytest.FixtureRequest) -> list[str]:
    """Return the command of an interpreter."""
    command = interpreter(request.param)
    if command is None:
        pytest.skip(f"there is no Python {request.param} here")
    return command


Tell = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def told(python: list[str]) -> dict[str, dict[str, Any]]:
    """Return what is told of each plain object; none noticed."""
    names = [
        *("stack", "table", "keyed", "numbers", "mixed", "loop", "text", "raw", "empty", "whole"),
        *("negative", "huge", "tenth", "nothing", "infinite", "rich", "plain", "waiting", "unique"),
    ]
    questions = [{"op": "picture", "path": [name]} for name in names]
    found = asked(python, *questions, objects=PLAIN)
    assert found.ran == []
    return {name: each["ok"] for name, each in zip(names, found.answers, strict=True)}


@pytest.fixture(scope="module")
def seen() -> Tell:
    """Return what tells of an object of a library, looked at in some way."""

    def tell(name: str, op: str = "picture", **fields: Any) -> dict[str, Any]:
        found = asked([sys.executable], {"op": op, "path": [name], **fields}, objects=LIBRARIES)
        assert found.ran == []
        answer: dict[str, Any] = found.answers[0]
        ok: dict[str, Any] = answer.get("ok", answer)
        return ok

    return tell


def floats(block: str) -> list[float]:
    raw = base64.b64decode(block)
    return list(struct.unpack(f"<{len(raw) // 8}d", raw))


def facts(told: dict[str, Any]) -> dict[str, Any]:
    return dict(told["facts"])


def labelled(told: dict[str, Any]) -> dict[str, str]:
    return dict(told["body"]["rows"])


# -- builtin types, on every Python


def test_items_are_read_past_what_a_class_says_of_them(told: dict[str, dict[str, Any]]) -> None:
    assert [row[4] for row in told["stack"]["body"]["rows"]] == ["1.5", "2.5", "3.5"]
    assert [row[5:7] for row in told["stack"]["body"]["rows"]] == [["item", n] for n in range(3)]
    table = told["table"]["body"]["rows"]
    assert {row[0]: row[7] for row in table} == {"'a'": "['a']", "'b'": "['b']"}
    assert told["keyed"]["body"]["rows"][0][0] == "<Key>"
    assert told["loop"]["body"]["total"] == 1
    assert told["unique"]["body"]["rows"][0][4] == "7"


def test_what_items_hold_is_told_when_it_is_opened(python: list[str]) -> None:
    questions = [
        {"op": "held", "path": [name, *steps], **more}
        for name, steps, more in (
            ("stack", [], {}),
            ("table", [["item", 1]], {}),
            ("loop", [["item", 0], ["item", 0]], {}),
            ("numbers", [], {"after": 99998, "most": 50}),
            ("plain", [], {}),
            ("waiting", [], {}),
            ("whole", [], {}),
            ("mixed", [["item", 7]], {}),
        )
    ]
    found = asked(python, *questions, objects=PLAIN)
    assert found.ran == []
    stack, table, loop, numbers, plain, waiting, whole, missing = found.answers
    assert [row[4] for row in stack["ok"]["rows"]] == ["1.5", "2.5", "3.5"]
    assert (table["ok"]["total"], loop["ok"]["total"]) in {(1, 1), (0, 1)}, "a dict of 2.7"
    assert loop["ok"]["rows"][0][8:] == [True, loop["ok"]["identity"]]
    assert [row[4] for row in numbers["ok"]["rows"]] == ["99998", "99999"]
    assert [row[0] for row in plain["ok"]["rows"]] == ["inner"]
    assert plain["ok"]["rows"][0][8] is False, "it holds nothing"
    assert (waiting["ok"]["total"], whole["ok"]["total"]) == (0, 0)
    assert "unknown" in missing


def test_the_place_of_a_key_is_told_and_nothing_of_a_class_runs(python: list[str]) -> None:
    sought = (
        *(("shelf", "7", True), ("shelf", "17", False), ("shelf", "'b c'", True)),
        *(("shelf", "C", True), ("shelf", "C", False), ("shelf", "\xc9", False)),
        *(("shelf", "None", True), ("keyed", "key", False), ("numbers", "7", True)),
    )
    questions: list[dict[str, Any]] = [
        {"op": "seek", "path": [name], "text": text, "first": 0, "whole": whole}
        for name, text, whole in sought
    ]
    found = asked(python, {"op": "held", "path": ["shelf"]}, *questions, objects=PLAIN)
    assert found.ran == []
    held, *told, keyed, numbers = found.answers
    labels = [row[0].lstrip("u") for row in held["ok"]["rows"]]
    places = [each["ok"]["place"] for each in told]
    there = [None if place is None else labels[place] for place in places]
    odd = labels[places[5]]
    assert there == ["7", "'17'", "'b c'", None, "'b c'", odd, "None"]
    assert odd.endswith("b'")
    assert keyed["ok"] == {"place": None, "next": None}, "a class of the user's is not asked"
    assert "unknown" in numbers, "places are all that a list has"


def test_a_key_is_looked_for_as_long_as_the_budget_lasts(python: list[str]) -> None:
    question = {"op": "seek", "path": ["grown"], "text": "99999", "first": 0}
    first = asked(python, {**question, "budget_ms": 0}, objects=PLAIN).answers[0]["ok"]
    assert first["place"] is None
    assert 0 < first["next"] < 99999
    on = asked(python, {**question, "first": first["next"]}, objects=PLAIN).answers[0]["ok"]
    assert on["place"] == 99999 or on["next"] > first["next"]


def test_what_an_item_holds_is_cut_at_the_budget(python: list[str]) -> None:
    question = {"op": "held", "path": ["numbers"], "budget_bytes": 1000}
    told = asked(python, question, objects=PLAIN).answers[0]["ok"]
    assert 1 <= len(told["rows"]) < 20
    assert told["total"] == 100000


def test_a_page_of_many_items_is_told_with_a_curve_of_all(told: dict[str, dict[str, Any]]) -> None:
    body = told["numbers"]["body"]
    assert (len(body["rows"]), body["total"], body["page"]) == (200, 100000, 200)
    assert floats(body["curve"]["mean"])[:2] == [0.0, float(body["curve"]["step"])]
    assert told["mixed"]["body"]["curve"] is None
    assert facts(told["mixed"])["of"] == "NoneType, int, str"


def test_text_and_bytes_are_told_by_the_page(told: dict[str, dict[str, Any]]) -> None:
    body = told["text"]["body"]
    assert (body["kind"], body["total"], len(body["content"])) == ("text", 40000, 20000)
    assert facts(told["text"])["lines"] == "10000"
    assert told["empty"]["body"]["content"] == ""
    assert told["raw"]["body"]["kind"] == "hex"
    assert base64.b64decode(told["raw"]["body"]["content"]) == b"\x00\xff" * 2048


def test_a_later_page_is_told_on_demand(python: list[str]) -> None:
    questions = [
        {"op": "picture", "path": [name], "look": {"offset": offset}}
        for name, offset in (("numbers", 99999), ("text", 39999), ("raw", 10**9))
    ]
    answers = asked(python, *questions, objects=PLAIN).answers
    assert [each["ok"]["body"]["offset"] for each in answers] == [99800, 20000, 8192]
    assert answers[0]["ok"]["body"]["rows"][-1][4] == "99999"


def test_numbers_are_told_in_all_their_ways(told: dict[str, dict[str, Any]]) -> None:
    whole = labelled(told["whole"])
    assert whole["hexadecimal"] == "0xff"
    assert whole["binary"] == "1111 1111"
    assert labelled(told["negative"])["decimal"] == "-1 000 000"
    assert labelled(told["huge"])["bits"] == "100001"
    tenth = labelled(told["tenth"])
    assert tenth["exact"] == "0.1000000000000000055511151231257827021181583404541015625"
    assert tenth["hexadecimal"] == "0x1.999999999999ap-4"
    assert float(tenth["next-number"]) == 2.0**-56
    assert labelled(told["nothing"])["value"] == "nan"
    assert labelled(told["infinite"])["value"] == "-inf"


def test_what_is_rich_or_yields_is_told_and_not_run(told: dict[str, dict[str, Any]]) -> None:
    assert told["rich"]["is_rich"] is True
    assert [row[0] for row in told["plain"]["body"]["rows"]] == ["inner"]
    assert told["waiting"]["body"]["reason"] == ["iterator", {}]


# -- libraries


def test_a_curve_keeps_every_peak_in_as_many_columns_as_there_are(seen: Tell) -> None:
    told = seen("wave", look={"width": 300})
    body = told["body"]
    assert [len(floats(body[name])) for name in ("low", "mean", "high")] == [300] * 3
    assert max(floats(body["high"])) == 9.0
    assert facts(told)["max"] == "9"
    assert sum(told["histogram"]["counts"]) == 100000


def test_a_range_of_a_curve_is_told_exactly_where_the_columns_suffice(seen: Tell) -> None:
    body = seen("wave", look={"width": 300, "x": [490, 510]})["body"]
    assert (body["start"], body["stop"], body["low"]) == (490, 510, "")
    assert floats(body["mean"])[10] == 9.0


def test_more_elements_than_can_be_looked_at_are_sampled_and_that_is_said(seen: Tell) -> None:
    found = asked([sys.executable], {"op": "picture", "path": ["lazy"]}, objects=LIBRARIES)
    told = found.answers[0]
    assert told["ok"]["step"] > 1000
    assert facts(told["ok"])["mean"] == "1.5"


def test_missing_and_infinite_elements_are_counted_and_drawn_as_gaps(seen: Tell) -> None:
    told = seen("few")
    assert {name: facts(told)[name] for name in ("missing", "infinite", "min", "max")} == {
        "missing": "1",
        "infinite": "1",
        "min": "-2",
        "max": "1.5",
    }
    drawn = floats(told["body"]["mean"])
    assert [one == one for one in drawn] == [True, False, False, True]
    nothing = seen("unseen")
    assert facts(nothing)["missing"] == "5"
    assert nothing["histogram"] is None
    assert seen("nothing")["body"] == {"kind": "none", "reason": ["empty", {}]}


def test_elements_of_every_numeric_type_are_drawn(seen: Tell) -> None:
    assert floats(seen("backward")["body"]["mean"]) == [9, 7, 5, 3, 1]
    assert floats(seen("swapped")["body"]["mean"]) == [0, 1, 2, 3, 4]
    assert floats(seen("half")["body"]["mean"]) == pytest.approx([0.1, 0.2], rel=1e-3)
    assert facts(seen("wide"))["max"] == str(2**63 + 1)
    assert floats(seen("truth")["body"]["mean"]) == [1, 0, 1]
    assert labelled(seen("single"))["value"] == "3.5"
    days = seen("days")
    assert days["body"]["unit"] == "moment"
    assert facts(days)["max"] == "2024-02-01"
    assert facts(days)["missing"] == "1"
    assert facts(seen("masked"))["missing"] == "1"


def test_a_part_of_complex_numbers_and_records_is_drawn(seen: Tell) -> None:
    told = seen("turning", look={"part": "phase"})
    assert told["parts"] == ["magnitude", "phase", "real", "imaginary"]
    assert floats(told["body"]["mean"]) == pytest.approx([0, 0.25, 0.5, 0.75, 1])
    assert floats(seen("turning")["body"]["mean"]) == pytest.approx([1] * 5)
    assert floats(seen("records", look={"part": "b"})["body"]["mean"]) == [2.5, 4.5]


def test_columns_of_pandas_and_polars_are_drawn_with_what_is_missing(seen: Tell) -> None:
    for name in ("column", "nullable", "bear"):
        told = seen(name)
        assert facts(told)["missing"] == "1", name
        drawn = floats(told["body"]["mean"])
        assert (len(drawn), drawn[2], drawn[1] == drawn[1]) == (3, 3.0, False), name
    assert facts(seen("bears"))["missing"] == "1"
    assert seen("words")["body"]["kind"] == "none"


def test_columns_of_a_frame_are_listed_and_lead_on(seen: Tell) -> None:
    told = seen("frame")
    assert told["shape"] == [2, 3]
    rows = told["body"]["rows"]
    assert [row[0] for row in rows] == ["a", "7", "a"]
    assert [row[5:8] for row in rows] == [["column", at, f".iloc[:, {at}]"] for at in range(3)]
    assert seen("bear_frame")["body"]["rows"][0][7] == "['a']"
    path = ["frame", ["column", 1]]
    column = asked([sys.executable], {"op": "picture", "path": path}, objects=LIBRARIES)
    assert floats(column.answers[0]["ok"]["body"]["mean"]) == [2.0, 5.0]


def test_pictures_with_more_shades_than_a_screen_are_maps(seen: Tell) -> None:
    body = seen("deep")["body"]
    assert (body["kind"], body["size"], body["high"]) == ("map", [20, 30], 59900.0)
    assert seen("deep", "element", at=[19, 29]) == {"text": "59900"}


def test_a_plane_is_told_as_places_between_lowest_and_highest(seen: Tell) -> None:
    body = seen("plane")["body"]
    cells = base64.b64decode(body["cells"])
    assert (body["size"], body["low"], body["high"]) == ([3, 4], 0.0, 11.0)
    assert (cells[0], cells[-1], len(cells)) == (0, 254, 12)
    body = seen("large", look={"width": 100, "height": 50})["body"]
    assert body["size"] == [50, 100]
    assert base64.b64decode(body["cells"])[0] < 5


def test_other_axes_stay_where_they_are_asked_to(seen: Tell) -> None:
    told = seen("cube", look={"axes": [2, 0], "at": [0, 1, 0]})
    assert (told["axes"], told["at"]) == ([2, 0], [0, 1, 0])
    assert told["body"]["size"] == [4, 2]
    element = seen("cube", "element", at=[1, 1, 3])
    assert element == {"text": "19"}
    assert seen("cube", look={"at": [99, 0, 0]})["at"] == [1, 0, 0]


def test_pictures_of_arrays_and_pillow_are_told_in_pixels(seen: Tell) -> None:
    for name in ("photo", "image"):
        body = seen(name)["body"]
        assert (body["kind"], body["shape"], body["size"]) == ("picture", [30, 40], [30, 40])
        pixels = base64.b64decode(body["cells"])
        assert len(pixels) == 30 * 40 * body["channels"]
        assert pixels[-body["channels"] :][:3] == b"\xff\x00\x00"
    assert seen("image", "element", at=[3, 4]) == {"text": "(255, 0, 0)"}
    assert seen("photo", look={"way": "slices"})["body"]["kind"] == "map"


def test_subclasses_and_objects_within_arrays_are_not_touched(seen: Tell) -> None:
    assert seen("noisy")["body"]["kind"] == "none"
    assert seen("own")["body"]["kind"] == "none"
    assert seen("own_image")["body"]["kind"] in ("none", "items")
    assert "unknown" in seen("noisy", "element", at=[0])


def test_values_of_the_standard_library_are_told(seen: Tell) -> None:
    assert labelled(seen("money")) == {"value": "1.10", "digits": "3", "exponent": "-2"}
    assert labelled(seen("third"))["denominator"] == "3"
    assert labelled(seen("noon"))["value"] == "2024-01-02T12:00:00+00:00"
    assert dict(seen("there")["body"]["rows"])["time-zone"] == ["foreign-zone", {"zone": "Zone"}]
    assert labelled(seen("where"))["suffix"] == ".txt"
    assert [row[0] for row in seen("point")["body"]["rows"]] == ["x", "y"]
    assert [row[4] for row in seen("red")["body"]["rows"]] == ["'RED'", "1"]
    pair = seen("pair")["body"]["rows"]
    assert [(row[0], row[7]) for row in pair] == [("left", ".left"), ("right", ".right")]


def test_what_the_disk_says_of_a_path_is_told_when_it_is_asked(seen: Tell) -> None:
    code, values = seen("where", "show")["said"]
    assert (code, values["path"]) == ("no-path", "/nowhere/notes.txt")


def test_what_can_be_opened_says_so(seen: Tell) -> None:
    shelf = {row[0]: row for row in seen("shelf")["body"]["rows"]}
    assert {label for label, row in shelf.items() if row[8]} == {"'point'", "'pair'", "'frame'"}
    assert shelf["'pair'"][4] == "left, right"
    assert [row[0] for row in seen("frame", "held")["rows"]] == ["a", "7", "a"]
    assert [row[0] for row in seen("point", "held")["rows"]] == ["x", "y"]
    assert seen("image", "held")["rows"] == []


def test_an_answer_stays_small_however_large_the_object(seen: Tell) -> None:
    for name in ("wave", "lazy", "large"):
        told = asked(
            [sys.executable],
            {"op": "picture", "path": [name], "look": {"width": 10**6, "height": 10**6}},
            objects=LIBRARIES,
        )
        assert len(str(told.answers)) < 1_600_000, name


def test_of_the_largest_containers_a_page_is_told() -> None:
    objects = "longs, keys = [1.5] * 10_000_000, dict.fromkeys(range(1_000_000))"
    questions = [
        {"op": op, "path": [name], "look": {"offset": 999_999}, "after": 999_950}
        for name in ("longs", "keys")
        for op in ("picture", "held")
    ]
    told = asked([sys.executable], *questions, objects=objects).answers
    bodies = [each["ok"].get("body", each["ok"]) for each in told]
    assert [body["rows"][-1][0] for body in bodies] == ["999999", "1000149", "999999", "999999"]
    assert max(len(str(each)) for each in told) < 300_000, "of 80 MB"

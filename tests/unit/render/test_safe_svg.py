"""SVG is read with care: it draws, and does nothing else."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vitrail_widgets.render.safe_svg import safe_svg, stated_size
from vitrail_widgets.render.svg_references import UnsafeSvgError

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
DOT = "iVBORw0KGgo="


def made(inner: str) -> str:
    return safe_svg(f"{OPEN}{inner}</svg>").source.decode()


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        "<foreignObject><iframe src='http://host.invalid/'/></foreignObject>",
        "<image href='file:///etc/passwd'/>",
        "<image xlink:href='http://host.invalid/x.png'/>",
        "<image/>",
        "<image href='data:image/svg+xml;base64,PHN2Zy8+'/>",
        "<x:image xmlns:x='http://www.w3.org/2000/svg' xlink:href='/etc/passwd'/>",
        "<use href='other.svg#a'/>",
        "<use xlink:href='http://host.invalid/#a'/>",
        "<feImage href='file:///etc/passwd'/>",
        "<animate attributeName='x' values='1'/>",
        "<set attributeName='href' to='file:///etc/passwd'/>",
    ],
)
def test_what_runs_or_loads_is_dropped(inner: str) -> None:
    assert made(inner + "<rect id='kept'/>") == made("<rect id='kept'/>")


@pytest.mark.parametrize(
    "attribute",
    [
        "onclick='run()'",
        "onLoad='run()'",
        "fill='url(http://host.invalid/a#b)'",
        "style='fill:url( \"file:///etc/passwd\" )'",
        "style='fill:u\\72l(http://host.invalid/)'",
        "xml:base='http://host.invalid/'",
        "xlink:href='http://host.invalid/'",
        "mask='URL(x.svg#m)'",
    ],
)
def test_attributes_lose_what_leads_away(attribute: str) -> None:
    text = made(f"<rect {attribute}/>")
    assert not any(word in text.lower() for word in ("invalid", "passwd", "run()", "x.svg"))
    assert "<rect" in text


def test_style_sheets_lose_what_they_would_load() -> None:
    text = made("<style>@import 'http://host.invalid/a.css'; rect{fill:url(/etc/passwd)}</style>")
    assert "invalid" not in text
    assert "passwd" not in text
    assert "rect{fill:none" in text


def test_what_draws_stays() -> None:
    inner = (
        f'<defs><path id="p" d="M 0 0 L 1 1"/></defs><use xlink:href="#p" x="3"/>'
        f'<rect fill="url(#g)" style="stroke: red"/><text>a &lt; b &amp; c</text>'
        f'<image xlink:href="data:image/png;base64,{DOT}"/>'
    )
    assert made(inner) == f"{OPEN}{inner}</svg>".replace(' style="', ' style="')


def test_circles_are_taken_out() -> None:
    text = made("<g id='a'><use href='#b'/><rect/></g><g id='b'><use href='#a'/></g>")
    assert text.count("<use") <= 1
    assert "<rect" in text
    assert "<use" not in made("<use id='u' href='#u'/>")


def test_a_nest_of_uses_is_refused() -> None:
    inner = ["<rect/>", *(f"<use href='#l{n}'/>" * 10 for n in range(8))]
    levels = "".join(f"<g id='l{n}'>{each}</g>" for n, each in enumerate(inner))
    with pytest.raises(UnsafeSvgError, match="would draw more than"):
        made(levels)


def test_a_web_of_references_is_given_up() -> None:
    group = "<g id='big'>" + "<g><use href='#leaf'/></g>" * 3000 + "</g><rect id='leaf'/>"
    with pytest.raises(UnsafeSvgError, match=r"too many others|would draw more"):
        made(group + "<use href='#big'/>" * 3000)


def test_a_billion_laughs_are_refused() -> None:
    bomb = (
        "<!DOCTYPE svg [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
        f"{OPEN}<text>&b;</text></svg>"
    )
    with pytest.raises(UnsafeSvgError, match="entities"):
        safe_svg(bomb)


def test_files_are_not_read_through_entities() -> None:
    with pytest.raises(UnsafeSvgError):
        safe_svg(
            f"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>{OPEN}<text>&x;</text></svg>"
        )


def test_a_doctype_alone_does_no_harm() -> None:
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://host.invalid/svg11.dtd">'
    assert b"DOCTYPE" not in safe_svg(f'<?xml version="1.0"?>{doctype}{OPEN}</svg>').source


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("", "nothing"),
        ("no xml", "not XML"),
        ("<svg>", "not XML"),
        ("<html/>", "outermost element is 'html'"),
        ("<svg>" + "<g>" * 500 + "</g>" * 500 + "</svg>", "too deep"),
    ],
)
def test_what_is_no_picture_is_said(source: str, said: str) -> None:
    with pytest.raises(UnsafeSvgError, match=said):
        safe_svg(source)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ("width='100' height='50'", (100, 50)),
        ("width='72pt' height='1in'", (96, 96)),
        ("width='25.4mm' height='2.54cm'", (96, 96)),
        ("viewBox='0 0 40 30'", (40, 30)),
        ("width='80' viewBox='0,0,40,30'", (80, 60)),
        ("height='60' viewBox='0 0 40 30'", (80, 60)),
        ("width='100%' height='100%' viewBox='0 0 40 30'", (40, 30)),
        ("width='x' viewBox='1 2 y 4'", (300, 150)),
        ("", (300, 150)),
    ],
)
def test_the_size_is_that_of_css(attributes: str, size: tuple[int, int]) -> None:
    source = f"<svg {attributes}></svg>"
    found = safe_svg(source)
    assert (round(found.width), round(found.height)) == size
    assert stated_size(source) == (found.width, found.height)


pieces = st.sampled_from(
    [OPEN, "</svg>", "<g id='a'>", "</g>", "<use href='#a'/>", "<rect/>", "&amp;", "]]>", "<!--"]
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(pieces | st.text(max_size=5), max_size=30).map("".join))
def test_any_text_is_refused_or_made_safe_once_and_for_all(source: str) -> None:
    try:
        found = safe_svg(source)
    except UnsafeSvgError:
        return
    assert safe_svg(found.source.decode()).source == found.source

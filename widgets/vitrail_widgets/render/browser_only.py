"""What needs a browser: known by its type, or by what is in its HTML."""

import re
from collections.abc import Iterable
from typing import Final

from vitrail_resources.translation import tr

_BY_TYPE: Final = (
    ("application/vnd.plotly.", tr("A plotly figure")),
    ("application/vnd.bokehjs_", tr("A bokeh plot")),
    ("application/vnd.holoviews_", tr("A HoloViews plot")),
    ("application/vnd.vega", tr("A Vega chart")),
    ("application/vnd.jupyter.widget-view+json", "A widget"),
    ("application/javascript", "A script"),
    ("text/javascript", "A script"),
)
_BY_TAG: Final = {
    "script": "A script",
    "iframe": "A frame",
    "canvas": "A drawing",
    "object": tr("An embedded object"),
    "embed": tr("An embedded object"),
    "audio": "A player",
    "video": "A player",
}
_TAG: Final = re.compile(r"<(script|iframe|canvas|object|embed|audio|video)\b", re.IGNORECASE)
_LOOKED_AT: Final = 100_000
"""Characters at the start and at the end of HTML that are looked through: 1 ms."""


def kind_of_type(mime: str) -> str | None:
    """Return what a type is a name for, if it can be shown by a browser only."""
    return next((kind for prefix, kind in _BY_TYPE if mime.startswith(prefix)), None)


def kind_of(mimes: Iterable[str]) -> str | None:
    """Return what a bundle with these types is, if one of them is for browsers only."""
    return next((kind for kind in map(kind_of_type, mimes) if kind is not None), None)


def kind_of_html(html: str) -> str | None:
    """Return what HTML holds that only a browser can show, None where there is nothing such."""
    ends = html if len(html) <= 2 * _LOOKED_AT else html[:_LOOKED_AT] + html[-_LOOKED_AT:]
    found = _TAG.search(ends)
    return None if found is None else _BY_TAG[found[1].lower()]

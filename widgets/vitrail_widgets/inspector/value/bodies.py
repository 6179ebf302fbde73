"""Which view shows which kind of body; each is made, and its module loaded, when first needed."""

from collections.abc import Callable
from typing import Final

from vitrail_widgets.inspector.value.body import BodyView
from vitrail_widgets.objects.value import (
    Body,
    Curve,
    HeatMap,
    Hex,
    Items,
    Labelled,
    Picture,
    Text,
)


def is_drawn(body: Body) -> bool:
    """Tell whether pyqtgraph is needed to show a body."""
    row = body.curve if isinstance(body, Items) else body
    return isinstance(row, Curve | HeatMap | Picture)


def _curve() -> BodyView:
    from vitrail_widgets.inspector.value.curve_body import CurveBody

    return CurveBody()


def _plane() -> BodyView:
    from vitrail_widgets.inspector.value.plane_body import PlaneBody

    return PlaneBody()


def _labelled() -> BodyView:
    from vitrail_widgets.inspector.value.text_body import LabelledBody

    return LabelledBody()


def _paged() -> BodyView:
    from vitrail_widgets.inspector.value.text_body import PagedTextBody

    return PagedTextBody()


def _items() -> BodyView:
    from vitrail_widgets.inspector.value.items_body import ItemsBody

    return ItemsBody()


MAKERS: Final[dict[type[Body], Callable[[], BodyView]]] = {
    Curve: _curve,
    HeatMap: _plane,
    Picture: _plane,
    Labelled: _labelled,
    Text: _paged,
    Hex: _paged,
    Items: _items,
}

"""What a page of the inspector is to the one who turns the pages."""

from collections.abc import Callable
from typing import Any, Protocol

from vitrail_widgets.objects.known import Known
from vitrail_widgets.objects.target import Target


class PagePresenter(Protocol):
    """Knows what one page shows of one console's kernel.

    Attributes:
        changed: Called when `snapshot` is something else.
    """

    changed: Callable[[], object]

    @property
    def snapshot(self) -> Known[Any]:
        """What is known, as a value that does not change."""
        ...

    def show(self, target: Target | None) -> None:
        """Ask about an object, unless it is the same; the page is seen."""
        ...

    def refresh(self) -> None:
        """Ask again; what is known stays until the answer is there."""
        ...

    def close(self) -> None:
        """Ask no more."""
        ...

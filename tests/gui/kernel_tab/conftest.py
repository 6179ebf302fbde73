"""Patience with real kernels, which share two cores with all else that is tested."""

import pytest

from support.patience import PATIENCE_S
from vitrail.presenters import earlier, history, template_values
from vitrail.presenters.inspector import foreign_source, help, naming  # noqa: A004 - the page's name

IMPATIENT = (earlier, foreign_source, help, history, naming, template_values)


@pytest.fixture(autouse=True)
def _patience(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a real kernel take longer to answer than one who waits in front of it would like."""
    if request.node.get_closest_marker("kernel") is not None:
        for module in IMPATIENT:
            monkeypatch.setattr(module, "ANSWER_S", PATIENCE_S)

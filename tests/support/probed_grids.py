"""Questions about tables to the probe, and what it must not do meanwhile."""

from typing import Any

from support.probed import asked


def told(python: list[str], objects: str, *questions: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the answers, and see that nothing of the user's ran."""
    found = asked(python, *questions, objects=objects)
    assert found.ran == []
    return [each["ok"] for each in found.answers]


def opening(name: str, *steps: list[Any]) -> dict[str, Any]:
    return {"op": "grid_open", "path": [name, *steps], "view": "v", "budget_ms": 60_000}


def paging(first: int = 0, count: int = 100, columns: range = range(20)) -> dict[str, Any]:
    page = {"op": "grid_page", "view": "v", "first": first, "count": count}
    return {**page, "columns": list(columns)}


def arranging(
    name: str, sort: list[list[Any]] | None = None, filters: list[list[Any]] | None = None
) -> dict[str, Any]:
    """Return a question for a table in an order, of which some rows pass."""
    return {**opening(name), "sort": sort or [], "filters": filters or []}

"""Answers of several sources to one question, put together as they come in."""

from collections.abc import Iterable
from dataclasses import replace

from vitrail_widgets.editing.completions import Completion, CompletionList, Source

VAGUE = ("", "instance", "statement")  # a ufunc of NumPy is an instance to jedi


def merged(shown: CompletionList, came: CompletionList) -> CompletionList:
    """Return what to offer now that a second answer to the same question is there.

    The kernel knows best what a name is. Names that were looked up stay: its completer leaves out
    what it could not infer. Where the two replace stretches that cannot be reconciled (names here,
    paths there), the kernel's answer stands alone.
    """
    if shown.source is Source.KERNEL:
        return shown
    moved = _moved(came, shown.start)
    if moved is None:
        return came if came.items else shown
    known = {item.text: item for item in moved}
    rest = [item for item in shown.items if item.text not in known]
    if shown.source is Source.WORDS:
        items = (*moved, *rest)
    else:
        told = {item.text: item for item in shown.items}
        items = tuple(sorted([*(_fuller(one, told) for one in moved), *rest], key=_place))
    source = max(shown.source, came.source, key=lambda source: source.value)
    return replace(shown, items=items, end=came.end, source=source)


def _moved(came: CompletionList, start: int) -> tuple[Completion, ...] | None:
    """Return the items as what is put at another start, None if one of them cannot be."""
    if came.start == start:
        return came.items
    if came.start > start:
        before = came.code[start : came.start]
        return tuple(replace(item, text=before + item.text) for item in came.items)
    before = came.code[came.start : start]
    if not all(item.text.startswith(before) for item in came.items):
        return None
    return tuple(replace(item, text=item.text[len(before) :]) for item in came.items)


def _fuller(item: Completion, told: dict[str, Completion]) -> Completion:
    """Return an item with the kind that a look has found, where the completer says less."""
    other = told.get(item.text)
    return item if item.kind not in VAGUE or other is None else replace(item, kind=other.kind)


def _place(item: Completion) -> tuple[bool, int, str, str]:
    """Order names: arguments first, then public, private and special ones, by letter."""
    text = item.text
    privacy = 2 if text.startswith("__") else int(text.startswith("_"))
    return not text.endswith("="), privacy, text.lower(), text


def without_words(answer: CompletionList, texts: Iterable[str]) -> CompletionList:
    """Return a list without the words of the screen, but for those in `texts`."""
    kept = set(texts)
    return replace(
        answer,
        items=tuple(item for item in answer.items if item.kind != "word" or item.text in kept),
    )

"""From tabs to what the bar says of them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from vitrail.presenters.kernel_words import greeting
from vitrail.shell.kernel_tab import KernelTab
from vitrail.shell.status import transport_words
from vitrail.shell.tabs.face import News, TabFace
from vitrail_resources.translation import tr


def titles_of(tabs: Sequence[KernelTab]) -> list[str]:
    """Return what tabs are called; those with the same name have their numbers after it."""
    names = [tab.title for tab in tabs]
    often = Counter(names)
    return [
        f"{name} · {tab.number}" if often[name] > 1 else name
        for tab, name in zip(tabs, names, strict=True)
    ]


def face_of(tab: KernelTab, title: str, *, is_shown: bool) -> TabFace:
    """Return how a tab looks now."""
    news = News.NONE if is_shown else tab.news.now
    language = tab.presenter.language.name
    return TabFace(title, language, tab.state, news, tuple(_details(tab)))


def _details(tab: KernelTab) -> Iterable[str]:
    kernel = tab.kernel
    yield greeting(kernel.info) if kernel.info is not None else tab.name
    if tab.memory_words:
        yield tr("{memory_words} of memory", memory_words=tab.memory_words)
    if kernel.live is not None:
        yield transport_words(kernel.live.client.connection)[1]
    if tab.file.path is not None:
        yield str(tab.file.path)

"""The pages of the inspector: a line each."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

from vitrail.presenters.console import ConsolePresenter
from vitrail.presenters.inspector.page import PagePresenter
from vitrail_resources.translation import tr


class Page(NamedTuple):
    """A page: what shows it, what knows what it shows, and how the two are joined.

    Attributes:
        title: What its tab is called.
        widget: Makes what shows it, once for an inspector, when it is first looked at. It has
            `apply_theme(theme, code_font)`; and `target_wanted(Target)`, `insert_wanted(str)`,
            `place_wanted(str, int)`, `cell_wanted(int, int)` where it has something to ask for.
        presenter: Makes what knows what it shows, once for a console of an inspector.
        show: Shows what is known; is called after each change, and with another presenter when
            another console is looked at. What is known is a `Known`.
    """

    title: str
    widget: Callable[[], QWidget]
    presenter: Callable[[ConsolePresenter], PagePresenter]
    show: Callable[[Any, PagePresenter], object]


def _help() -> QWidget:
    from vitrail_widgets.inspector.help.page import HelpPage

    return HelpPage()


def _help_on(presenter: ConsolePresenter) -> PagePresenter:
    from vitrail.presenters.inspector.help import Help

    return Help(presenter)


def _source() -> QWidget:
    from vitrail_widgets.inspector.source.page import SourcePage

    return SourcePage()


def _source_on(presenter: ConsolePresenter) -> PagePresenter:
    from vitrail.presenters.inspector.source import source_on

    return source_on(presenter)


def _show_known(widget: Any, presenter: PagePresenter) -> None:
    widget.show_known(presenter.snapshot)


def _data() -> QWidget:
    from vitrail_widgets.grid.pane import GridPane

    return GridPane()


def _data_on(presenter: ConsolePresenter) -> PagePresenter:
    from vitrail.presenters.inspector.grid import Grid

    return Grid(presenter)


def _show_source(widget: Any, presenter: PagePresenter) -> None:
    widget.show_source(presenter)


def _members() -> QWidget:
    from vitrail.shell.docks.members_joint import joined_members_page

    return joined_members_page()


def _members_on(presenter: ConsolePresenter) -> PagePresenter:
    from vitrail.presenters.inspector.members import MembersPresenter

    return MembersPresenter(presenter)


def _show_members(widget: Any, presenter: PagePresenter) -> None:
    from vitrail.shell.docks.members_joint import show_members

    show_members(widget, presenter)


def _value() -> QWidget:
    from vitrail_widgets.inspector.value.page import ValuePage

    return ValuePage()


def _value_on(presenter: ConsolePresenter) -> PagePresenter:
    from vitrail.presenters.inspector.value import ValuePresenter

    return ValuePresenter(presenter)


def _show_value(widget: Any, presenter: Any) -> None:
    widget.show_known(presenter.snapshot, presenter)


PAGES = (
    Page(tr("Help"), _help, _help_on, _show_known),
    Page(tr("Source"), _source, _source_on, _show_known),
    Page(tr("Members"), _members, _members_on, _show_members),
    Page(tr("Value"), _value, _value_on, _show_value),
    Page(tr("Data"), _data, _data_on, _show_source),
)
"""In the order of their tabs."""

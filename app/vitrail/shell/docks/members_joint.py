"""The page Members and what knows of members: which of them the page asks, tab by tab."""

from typing import Any

from PySide6.QtCore import QObject

from vitrail.presenters.inspector.members import MembersPresenter
from vitrail.presenters.inspector.page import PagePresenter
from vitrail_widgets.inspector.members.page import MembersPage
from vitrail_widgets.objects.target import Target


class MembersJoint(QObject):
    """Passes on what a page asks for to the presenter of the console that is looked at.

    Attributes:
        presenter: That one; None before the page was shown.
    """

    def __init__(self, page: MembersPage) -> None:
        super().__init__(page)
        self.presenter: MembersPresenter | None = None
        page.opened.connect(self._on_page_opened)
        page.group_opened.connect(self._on_page_group_opened)
        page.run_wanted.connect(self._on_page_run_wanted)
        page.stop_wanted.connect(self._on_page_stop_wanted)
        page.found.connect(self._on_page_found)

    def _on_page_opened(self, target: Target) -> None:
        if self.presenter is not None:
            self.presenter.open(target)

    def _on_page_group_opened(self, place: Target, group: str) -> None:
        if self.presenter is not None:
            self.presenter.open_group(place, group)

    def _on_page_run_wanted(self, target: Target) -> None:
        if self.presenter is not None:
            self.presenter.runs.run(target)

    def _on_page_stop_wanted(self, target: Target) -> None:
        if self.presenter is not None:
            self.presenter.runs.stop(target)

    def _on_page_found(self, typed: str) -> None:
        if self.presenter is not None:
            self.presenter.sift(typed)


def joined_members_page() -> MembersPage:
    """Make a page that asks whoever is shown in it."""
    page = MembersPage()
    MembersJoint(page)
    return page


def show_members(page: Any, presenter: PagePresenter) -> None:
    """Show what a presenter knows, and ask that one from now on."""
    if isinstance(presenter, MembersPresenter) and isinstance(page, MembersPage):
        joint = page.findChild(MembersJoint)
        if joint is not None:
            joint.presenter = presenter
        page.show_known(presenter.snapshot)

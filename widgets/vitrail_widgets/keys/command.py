"""What can be asked for, under a name."""

from dataclasses import dataclass
from enum import Enum

from vitrail_resources.translation import tr


class Scope(Enum):
    """Where the focus has to be for a command's keys to mean it."""

    WINDOW = "anywhere in the window"
    CONSOLE = "in the console"  # its input and its transcript
    INPUT = "in the input"
    TRANSCRIPT = "in the transcript"
    POPUP = "in the list of completions"
    FIND = "in the find bar"
    QUESTION = "in the question of a cell"
    QUEUE = "in the list of what waits"
    PAGER = "in the pager"
    HISTORY = "in the search for an older input"
    INSPECTOR = "in the inspector"
    GRID = "in a table of the inspector"

    @property
    def words(self) -> str:
        """The place as the user reads it."""
        return tr(self.value)

    def overlaps(self, other: "Scope") -> bool:
        """Tell whether there is a place where the keys of both are heard.

        A popup is open or it is not: while it is, its keys come first by design. So do those of
        the find bar, the pager, the history, a question and the list of what waits, the inspector
        and a table in it, while they have the focus.
        """
        if {Scope.INSPECTOR, Scope.GRID} == {self, other}:
            return True
        own = {Scope.POPUP, Scope.FIND, Scope.QUESTION, Scope.QUEUE, Scope.PAGER, Scope.HISTORY}
        if (own | {Scope.INSPECTOR, Scope.GRID}) & {self, other}:
            return self is other
        wide = (Scope.WINDOW, Scope.CONSOLE)
        return self is other or self in wide or other in wide


@dataclass(frozen=True)
class Command:
    """Something the user can ask for, by key, menu or palette.

    Attributes:
        id: Its name for handlers and settings, `area.verb`.
        title: What menus and the palette call it, given in English; `&` stands before its mnemonic.
        keys: Key sequences as `strokes.parse` reads them; the first is shown.
        scope: Where its keys are heard.
        menu: The menu it stands in; empty for none.
        section: Sections of a menu are parted by a line, the lowest number first.
        when: In the user's words, where or when alone it takes its keys, as in "after a name".
            Else the next command of the same keys has its turn, so that this is no conflict.
        is_toggle: Whether it turns something on and off; its menu item shows which.
        keys_of: Another command that does the same by its keys, which the menu shows.
    """

    id: str
    title: str
    keys: tuple[str, ...] = ()
    scope: Scope = Scope.WINDOW
    menu: str = ""
    section: int = 0
    when: str = ""
    is_toggle: bool = False
    keys_of: str = ""

    def __post_init__(self) -> None:
        """Say it in the user's language."""
        object.__setattr__(self, "title", tr(self.title))
        object.__setattr__(self, "when", tr(self.when))

    @property
    def label(self) -> str:
        """The title without its mnemonic's mark."""
        return self.title.replace("&&", "\0").replace("&", "").replace("\0", "&")

    @property
    def area(self) -> str:
        """What it belongs to, in a word: its menu, or what its id begins with."""
        return tr(self.menu or self.id.partition(".")[0].capitalize())

"""A parser that says what is wrong in one line, and what was perhaps meant."""

import argparse
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

USAGE_ERROR = 2
WIDTH, INDENT = 80, 27


class Help(argparse.RawDescriptionHelpFormatter):
    """Fits a screen of 80 columns, whatever the terminal says: help is read in pagers, too."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=INDENT, width=WIDTH)


class Parser(argparse.ArgumentParser):
    """Takes options by their whole names alone, so that a new one changes no old call.

    Attributes:
        table: Takes all options and arguments, so that --help has one list of them.
    """

    def __init__(self, prog: str, description: str, epilog: str = "", usage: str = "") -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            usage=usage or f"{prog} [OPTIONS] [FILE]",
            formatter_class=Help,
            allow_abbrev=False,
            add_help=False,
        )
        self.table = self.add_argument_group("options")
        self.table.add_argument("-h", "--help", action="help", help="show this and exit")

    def error(self, message: str) -> NoReturn:
        """Exit with the sentence alone; the usage is for --help."""
        self.exit(USAGE_ERROR, f"{self.prog}: {message} (see {self.prog} --help)\n")

    def parse_args(  # type: ignore[override] # as the base class without its overloads
        self, args: Sequence[str] | None = None, namespace: Any = None
    ) -> Any:
        """Return what was said; exits when something of it is unknown."""
        given, left = self.parse_known_args(args, namespace)
        if left:
            self.error(f"unrecognized arguments: {' '.join(left)}{self._meant(left)}")
        return given

    @property
    def actions(self) -> list[argparse.Action]:
        """The options and arguments, in the order of the help."""
        return list(self._actions)

    def _meant(self, left: Iterable[str]) -> str:
        options = [name for action in self._actions for name in action.option_strings]
        first = next((text.partition("=")[0] for text in left if text.startswith("-")), "")
        return did_you_mean(first, options)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return what to add to a sentence about an unknown word; empty when nothing is near."""
    from difflib import get_close_matches  # only who mistypes waits for it

    nearest = get_close_matches(word, list(known), n=1)
    return f"; did you mean {nearest[0]}?" if nearest else ""

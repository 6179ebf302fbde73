"""The settings: every one with its type, its bounds, its default and what it does.

This table is the only place. The file, the dialog and the documents are made from it. To add a
setting, add a line here and read it where it is used.
"""

import difflib
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

VERSION: Final = 1
"""Of the file's form. A file of a later one is not understood, and left alone."""

OWN_THEMES: Final = ("system", "light", "dark", "contrast")

TakesHelp = Literal["never", "shown", "always"]

PagerPlace = Literal["below", "right", "transcript"]

_Text = Annotated[str, Meta(max_length=2000)]


CHECK: Final = "check"
"""In a setting's `extra`: what says in a sentence why a value cannot be, else nothing."""


def theme_problem(name: str) -> str:
    """Return why there is no such theme; nothing if there is."""
    if name in OWN_THEMES:
        return ""
    from pygments.styles import (  # few have one of them
        get_all_styles,
        get_style_by_name,  # pyright: ignore[reportUnknownVariableType] # half typed
    )
    from pygments.util import ClassNotFound

    try:
        get_style_by_name(name)
    except ClassNotFound:
        near = difflib.get_close_matches(name, (*OWN_THEMES, *get_all_styles()), n=1)
        hint = f" (is {near[0]} meant?)" if near else ""
        return f"There is neither a theme nor a Pygments style of the name {name!r}{hint}"
    except Exception as error:  # noqa: BLE001  # code of a plugin
        return f"The Pygments style {name!r} cannot be loaded: {error}"
    return ""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """Settings that belong together: a table of the file."""


class AppearanceSettings(Section, frozen=True, kw_only=True):
    """How it looks."""

    theme: Annotated[
        str,
        Meta(
            description="Colours: `system`, which follows the desktop, `light`, `dark`, `contrast`,"
            " or the name of a Pygments style, as in `monokai`.",
            max_length=100,
            extra={CHECK: theme_problem},
        ),
    ] = "system"
    font_family: Annotated[
        str, Meta(description="Font of code and output; empty for the system's.", max_length=200)
    ] = ""
    font_size: Annotated[
        float, Meta(description="Size of that font in points.", ge=6.0, le=40.0)
    ] = 10.5
    fit_figures: Annotated[
        bool,
        Meta(
            description="Draw figures in the colours of the theme: those on white paper as light"
            " lines in a dark one. Photographs and fine colour maps stay, and so does what is"
            " copied and saved."
        ),
    ] = False


class CompletionSettings(Section, frozen=True, kw_only=True):
    """What is offered while code is typed."""

    as_you_type: Annotated[
        bool, Meta(description="Offer completions while typing; Tab does it in any case.")
    ] = True
    commit_characters: Annotated[
        str,
        Meta(
            description="Characters that take the chosen completion first, as in `.(`.",
            max_length=20,
        ),
    ] = ""
    call_tips: Annotated[
        bool,
        Meta(description="Show what a call takes while it is written; a key does it in any case."),
    ] = True


class InputSettings(Section, frozen=True, kw_only=True):
    """What happens while code is typed."""

    close_pairs: Annotated[
        bool, Meta(description="Add the closing bracket or quote when the opening one is typed.")
    ] = True


class OutputSettings(Section, frozen=True, kw_only=True):
    """How much of the output is shown."""

    fold_rows: Annotated[
        int,
        Meta(
            description="Rows from which on an output is folded to its head and its tail;"
            " 0 folds none.",
            ge=0,
        ),
    ] = 1000


class HistorySettings(Section, frozen=True, kw_only=True):
    """What is remembered of the inputs."""

    keep: Annotated[
        bool, Meta(description="Keep inputs for the next time, and find those of the last times.")
    ] = True
    limit: Annotated[
        int,
        Meta(
            description="Inputs that are kept, of all languages; the oldest go first.",
            ge=100,
            le=500_000,
        ),
    ] = 50_000
    skip_spaced: Annotated[
        bool, Meta(description="Do not keep an input that begins with a space.")
    ] = False


class KernelSettings(Section, frozen=True, kw_only=True):
    """What the console takes from a kernel, and which are kept."""

    spare: Annotated[
        bool,
        Meta(
            description="Keep one unused Python kernel ready while nothing runs, so that a new tab"
            " need not wait for its own; it takes some 60 MB."
        ),
    ] = True
    other_clients: Annotated[
        bool, Meta(description="Show what other clients of the same kernel run.")
    ] = True
    earlier_cells: Annotated[
        bool,
        Meta(
            description="Show what a kernel ran before it is attached to, as far as it remembers."
        ),
    ] = True
    ask_before_restart: Annotated[
        bool, Meta(description="Ask before a restart loses variables, or what runs or waits.")
    ] = True
    restart_when_dead: Annotated[
        bool,
        Meta(
            description="Start a kernel of ours again when it has died; not the third time within"
            " a minute."
        ),
    ] = True


class EditorSettings(Section, frozen=True, kw_only=True):
    """The program that files are opened in."""

    command: Annotated[
        _Text,
        Meta(
            description="Command that opens a file, with {file} and {line} in it, as in"
            " `code -g {file}:{line}`; empty for the desktop's own choice."
        ),
    ] = ""


class PagerSettings(Section, frozen=True, kw_only=True):
    """Help and other texts that are read page by page."""

    place: Annotated[
        PagerPlace,
        Meta(description="Below the console, right of it, or with the outputs in the transcript."),
    ] = "below"


class InspectorSettings(Section, frozen=True, kw_only=True):
    """What the inspector shows of itself."""

    follow: Annotated[
        bool, Meta(description="While it is shown, show what the caret of the input is on.")
    ] = True
    takes_help: Annotated[
        TakesHelp,
        Meta(
            description="Whether what `name?` tells is shown in it instead of the pager: `never`,"
            " while it is `shown`, `always`."
        ),
    ] = "shown"


class PromptSettings(Section, frozen=True, kw_only=True):
    """What stands beside inputs and results."""

    input: Annotated[
        _Text,
        Meta(
            description="Beside inputs; {n} is the number, other expressions in braces are"
            " evaluated by the kernel after each cell."
        ),
    ] = "In [{n}]"
    output: Annotated[_Text, Meta(description="Beside results, in the same way.")] = "Out[{n}]"


class StatusSettings(Section, frozen=True, kw_only=True):
    """What the status bar says beside the state of the kernel."""

    template: Annotated[
        _Text,
        Meta(
            description="Text with expressions in braces, which the kernel evaluates after each"
            " cell, as in `{os.getcwd()} · {len(data)} rows`; empty for nothing."
        ),
    ] = ""


class VariablesSettings(Section, frozen=True, kw_only=True):
    """Which of the kernel's variables are listed."""

    modules: Annotated[bool, Meta(description="List modules too.")] = False
    functions: Annotated[bool, Meta(description="List functions and classes too.")] = False
    underscores: Annotated[
        bool, Meta(description="List names that begin with an underscore too.")
    ] = False
    grouped: Annotated[bool, Meta(description="List them in groups, by what they are.")] = False


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """All settings.

    Attributes:
        keys: Keys of commands that have others than by default; none means no key.
    """

    appearance: AppearanceSettings = AppearanceSettings()
    completion: CompletionSettings = CompletionSettings()
    input: InputSettings = InputSettings()
    history: HistorySettings = HistorySettings()
    kernel: KernelSettings = KernelSettings()
    editor: EditorSettings = EditorSettings()
    output: OutputSettings = OutputSettings()
    pager: PagerSettings = PagerSettings()
    inspector: InspectorSettings = InspectorSettings()
    prompt: PromptSettings = PromptSettings()
    status: StatusSettings = StatusSettings()
    variables: VariablesSettings = VariablesSettings()
    keys: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict[str, tuple[str, ...]])

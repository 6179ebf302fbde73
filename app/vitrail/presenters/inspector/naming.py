"""Which object the caret of an input means."""

from vitrail.presenters.language import Language
from vitrail_widgets.console.input_area import InputArea
from vitrail_widgets.editing.offsets import from_utf16
from vitrail_widgets.objects.target import Target, target_of
from vitrail_widgets.signature.enclosing import name_at


def target_at_caret(editor: InputArea, language: Language) -> Target | None:
    """Return what is selected, if that is a name; else the name at the caret, or what is called."""
    cursor = editor.textCursor()
    if cursor.hasSelection():
        return target_of(cursor.selectedText().strip())
    code = editor.text()
    return target_of(name_at(code, from_utf16(code, cursor.position()), language.name or "python"))

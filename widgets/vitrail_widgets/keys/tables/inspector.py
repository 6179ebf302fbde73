"""What keys do in the inspector, and in a table that it shows."""

from vitrail_widgets.keys.command import Command, Scope


def _grid(name: str, title: str, *keys: str) -> Command:
    return Command(f"grid.{name}", title, keys, Scope.GRID)


INSPECTOR = (
    Command("inspector.back", "Back to the object before", ("Alt+Left",), Scope.INSPECTOR),
    Command("inspector.forward", "Forward to the next object", ("Alt+Right",), Scope.INSPECTOR),
    _grid("copy", "Copy the selected cells", "Ctrl+C", "Ctrl+Ins"),
    _grid("find", "Find in a column", "Ctrl+F"),
    _grid("go_to_row", "Go to a row by its number, or to a key", "Ctrl+G"),
    _grid("up", "Go a row up", "Up"),
    _grid("down", "Go a row down", "Down"),
    _grid("left", "Go a column to the left", "Left"),
    _grid("right", "Go a column to the right", "Right"),
    _grid("page_up", "Go a page of rows up", "PgUp"),
    _grid("page_down", "Go a page of rows down", "PgDown"),
    _grid("top", "Go to the first row", "Ctrl+Up"),
    _grid("bottom", "Go to the last row", "Ctrl+Down"),
    _grid("row_start", "Go to the first column", "Home", "Ctrl+Left"),
    _grid("row_end", "Go to the last column", "End", "Ctrl+Right"),
    _grid("start", "Go to the first cell", "Ctrl+Home"),
    _grid("end", "Go to the last cell", "Ctrl+End"),
    _grid("select_up", "Select a row up", "Shift+Up"),
    _grid("select_down", "Select a row down", "Shift+Down"),
    _grid("select_left", "Select a column to the left", "Shift+Left"),
    _grid("select_right", "Select a column to the right", "Shift+Right"),
    _grid("select_page_up", "Select a page of rows up", "Shift+PgUp"),
    _grid("select_page_down", "Select a page of rows down", "Shift+PgDown"),
    _grid("select_top", "Select to the first row", "Ctrl+Shift+Up"),
    _grid("select_bottom", "Select to the last row", "Ctrl+Shift+Down"),
    _grid("select_row_start", "Select to the first column", "Shift+Home", "Ctrl+Shift+Left"),
    _grid("select_row_end", "Select to the last column", "Shift+End", "Ctrl+Shift+Right"),
    _grid("select_start", "Select to the first cell", "Ctrl+Shift+Home"),
    _grid("select_end", "Select to the last cell", "Ctrl+Shift+End"),
)

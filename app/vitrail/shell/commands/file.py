"""The File menu."""

from vitrail_widgets.keys.command import Command

FILE = (
    Command("file.open", "&Open…", ("Ctrl+O",), menu="File"),
    Command(
        "file.go_to_cells", "Go to the cells of the opened &file", ("Ctrl+Shift+O",), menu="File"
    ),
    Command("file.run_all", "&Run all cells of the opened file", menu="File"),
    Command("file.save", "&Save session as notebook", ("Ctrl+S",), menu="File", section=1),
    Command("file.save_as", "Save &as…", ("Ctrl+Shift+S",), menu="File", section=1),
    Command("file.export_html", "Export as &web page…"),
    Command("file.export_markdown", "Export as &Markdown…"),
    Command("file.export_script", "Export as &script…"),
    Command("file.export_annotated_script", "Export as script with &outputs…"),
    Command("file.export_text", "Export as &text…"),
    Command("file.export_pdf", "Export as &PDF…"),
    # Without a key: Ctrl+P is the line above in the keys of emacs.
    Command("file.print", "&Print…", menu="File", section=2),
    Command("file.quit", "&Quit", ("Ctrl+Q",), menu="File", section=9),
)

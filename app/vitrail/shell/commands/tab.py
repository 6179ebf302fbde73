"""The Tab menu."""

from vitrail_resources.translation import tr
from vitrail_widgets.keys.command import Command

TAB = (
    Command("tab.new", "&New tab", ("Ctrl+T",), menu="Tab"),
    Command("tab.choose", "New tab with a chosen &kernel…", ("Ctrl+Shift+T",), menu="Tab"),
    Command("tab.new_view", "New &view of this kernel", menu="Tab"),
    # Ctrl+Shift+T is the chooser's, so that this is not where browsers have it.
    Command("tab.reopen", "Reopen the last c&losed tab", ("Alt+Shift+T",), menu="Tab"),
    Command("tab.rename", "&Rename…", ("F2",), menu="Tab", section=1),
    Command("tab.close", "&Close", ("Ctrl+W",), menu="Tab", section=1),
    Command("tab.next", "Ne&xt tab", ("Ctrl+PgDown", "Ctrl+Tab"), menu="Tab", section=2),
    Command(
        "tab.previous", "&Previous tab", ("Ctrl+PgUp", "Ctrl+Shift+Tab"), menu="Tab", section=2
    ),
    Command("tab.move_right", "Move r&ight", ("Ctrl+Shift+PgDown",), menu="Tab", section=3),
    Command("tab.move_left", "Move l&eft", ("Ctrl+Shift+PgUp",), menu="Tab", section=3),
    Command("tab.split", "Show be&side the others, or back", ("Ctrl+\\",), menu="Tab", section=3),
    Command("tab.tear_off", "Move to a window of its own, or &back", menu="Tab", section=3),
    *(
        Command(f"tab.go_{n}", tr("Go to tab {number}", number=n), (f"Alt+{n}",))
        for n in range(1, 9)
    ),
    Command("tab.go_9", "Go to the last tab", ("Alt+9",)),
)

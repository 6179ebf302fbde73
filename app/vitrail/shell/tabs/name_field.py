"""The field over a tab in which its name is typed."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from vitrail.shell.kernel_tab import KernelTab
from vitrail.shell.tabs.kernel_tabs import KernelTabs
from vitrail_resources.translation import tr

ALONE_WIDTH = 320  # pixels, where there is no bar


class NameField(QLineEdit):
    """Takes a name: Enter or leaving takes it, Esc does not. It goes by itself."""

    def __init__(self, tabs: KernelTabs, tab: KernelTab) -> None:
        group = tabs.group_of(tab)
        is_alone = group.header.isHidden()
        super().__init__(group if is_alone else group.bar)
        self._tab = tab
        self._is_done = False
        self.setText(tab.title)
        self.setAccessibleName(tr("Name of the tab"))
        self.setPlaceholderText(tab.name)
        self.setMaxLength(80)
        if is_alone:
            width = min(ALONE_WIDTH, group.width() - 16)
            self.setGeometry((group.width() - width) // 2, 8, width, self.sizeHint().height())
        else:
            self.setGeometry(group.bar.name_rect(group.tabs.index(tab)))
        self.editingFinished.connect(self._take)
        self.selectAll()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        tabs.current_changed.connect(self._leave)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of commands: they are letters and arrows here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _take(self) -> None:
        if not self._is_done:
            name = self.text().strip()
            self._tab.rename("" if name == self._tab.title and not self._tab.own_name else name)
            self._leave()

    def _leave(self) -> None:
        if not self._is_done:
            self._is_done = True
            had_focus = self.hasFocus()
            self.hide()
            self.deleteLater()
            if had_focus:
                self._tab.setFocus(Qt.FocusReason.OtherFocusReason)

"""The status bar: kernel, state, transport. Nothing in it blinks."""

from html import escape

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from vitrail.kernel.lifecycle import KernelState
from vitrail.protocol.connection import ConnectionInfo
from vitrail.protocol.tunnelled import TunnelledConnection
from vitrail_resources.translation import tr
from vitrail_widgets.qt.icons import themed_icon
from vitrail_widgets.qt.theme import Theme

WORDS = {
    KernelState.STARTING: tr("starting"),
    KernelState.IDLE: tr("idle"),
    KernelState.BUSY: tr("busy"),
    KernelState.RESTARTING: tr("restarting"),
    KernelState.DISCONNECTED: tr("not answering"),
    KernelState.DEAD: tr("dead"),
}
DOT = 8  # pixels
BUTTON = QSize(20, 18)
SETTLE_MS = 120  # cells that are quicker show no busy: it would only flicker


class StateDot(QWidget):
    """A kernel's state as a shape: ring idle, filled busy, half starting, cross dead."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = KernelState.STARTING
        self._colour = QColor()
        self.setFixedSize(QSize(DOT + 4, DOT + 4))

    def show_state(self, state: KernelState, theme: Theme) -> None:
        """Draw another state."""
        self._state = state
        self._colour = state_colour(state, theme)
        self.setToolTip(WORDS[state])
        self.setAccessibleName(tr("Kernel {state}", state=WORDS[state]))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shape."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_state(painter, QRectF(2, 2, DOT, DOT), self._state, self._colour)


class KernelStatus(QWidget):
    """What the right end of the status bar says of the kernel.

    Signals:
        interrupt_clicked: What runs is to be interrupted.
    """

    interrupt_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = Theme.load("light")
        self._styled_for: tuple[Theme, ConnectionInfo | None] | None = None
        self._wanted = self._shown = KernelState.STARTING
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(SETTLE_MS)
        self._settling.timeout.connect(self._show_state)
        self._dot = StateDot()
        self._state = _plain_label()
        self._interrupt = QToolButton()
        self._interrupt.setAutoRaise(True)
        self._interrupt.setFixedSize(BUTTON)
        policy = self._interrupt.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # or the bar would jump at each cell
        self._interrupt.setSizePolicy(policy)
        self._interrupt.setToolTip(tr("Interrupt (Ctrl+C)"))
        self._interrupt.setAccessibleName(tr("Interrupt"))
        self._interrupt.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._interrupt.clicked.connect(self.interrupt_clicked)
        self._kernel = _plain_label()
        self._memory = _plain_label()
        self._memory.setToolTip(tr("Memory of the kernel"))
        self._memory.hide()
        self._lock = _plain_label()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 0, 12, 0)
        layout.setSpacing(6)
        for widget in (
            self._interrupt,
            self._dot,
            self._state,
            self._kernel,
            self._memory,
            self._lock,
        ):
            layout.addWidget(widget)
        layout.insertSpacing(3, 10)
        layout.insertSpacing(5, 10)

    def show_memory(self, words: str) -> None:
        """Say how much memory the kernel has; nothing where that is unknown."""
        self._memory.setText(words)
        self._memory.setVisible(bool(words))

    def forget(self) -> None:
        """Be ready for another kernel, whose state is shown at once."""
        self._shown = KernelState.STARTING

    def show_kernel(
        self, state: KernelState, name: str, connection: ConnectionInfo | None, theme: Theme
    ) -> None:
        """Say what is known; busy only once it lasts."""
        self._theme = theme
        self._wanted = state
        if state is KernelState.BUSY and self._shown is KernelState.IDLE:
            self._settling.start()
        else:
            self._settling.stop()
            self._show_state()
        self._kernel.setText(name)
        if self._styled_for != (theme, connection):  # not with every cell: it costs a repaint
            self._styled_for = theme, connection
            self._restyle(connection, theme)

    def _restyle(self, connection: ConnectionInfo | None, theme: Theme) -> None:
        self._interrupt.setIcon(themed_icon("interrupt", theme.accent, 12))
        for label in (self._state, self._kernel, self._memory):
            label.setStyleSheet(f"color: {theme.muted.name()}")
        self._lock.setVisible(connection is not None)
        if connection is not None:
            closed, words = transport_words(connection)
            icon = themed_icon("lock" if closed else "unlock", theme.muted, 14)
            self._lock.setPixmap(icon.pixmap(QSize(14, 14), self.devicePixelRatio()))
            self._lock.setToolTip(escape(words))
            self._lock.setAccessibleName(words)

    def _show_state(self) -> None:
        state, theme = self._wanted, self._theme
        self._shown = state
        self._dot.show_state(state, theme)
        self._state.setText(WORDS[state])
        self._interrupt.setVisible(state is KernelState.BUSY)


def _plain_label() -> QLabel:
    """Return a label that shows a kernel's words as they are: never as HTML, which loads files."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def transport_words(connection: ConnectionInfo) -> tuple[bool, str]:
    """Say how messages travel, and whether others on the network could read them."""
    signed = "" if connection.signed else tr("; not signed")
    if isinstance(connection, TunnelledConnection):
        return True, tr("Through ssh to {server}{signed}", server=connection.server, signed=signed)
    if connection.encrypted:
        return True, tr("Encrypted (CurveZMQ){signed}", signed=signed)
    if connection.transport == "ipc":
        return True, tr("Local sockets of this user (ipc){signed}", signed=signed)
    if connection.ip.startswith("127.") or connection.ip in ("localhost", "::1"):
        return True, tr("Not encrypted, this machine only (loopback){signed}", signed=signed)
    return False, tr(
        "Not encrypted, open to the network ({ip}){signed}", ip=connection.ip, signed=signed
    )


def state_colour(state: KernelState, theme: Theme) -> QColor:
    """Return the colour of a state; its shape says the same."""
    match state:
        case KernelState.IDLE:
            return theme.muted
        case KernelState.DEAD:
            return theme.error
        case KernelState.DISCONNECTED:
            return theme.warn
        case _:
            return theme.accent


def paint_state(painter: QPainter, rect: QRectF, state: KernelState, colour: QColor) -> None:
    """Draw the shape of a state."""
    inner = rect.adjusted(0.75, 0.75, -0.75, -0.75)
    painter.setPen(QPen(colour, 1.5))
    match state:
        case KernelState.IDLE:
            painter.drawEllipse(inner)
        case KernelState.BUSY:
            painter.setBrush(colour)
            painter.drawEllipse(inner)
        case KernelState.DEAD:
            painter.drawLine(inner.topLeft(), inner.bottomRight())
            painter.drawLine(inner.topRight(), inner.bottomLeft())
        case KernelState.DISCONNECTED:
            painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DotLine))
            painter.drawEllipse(inner)
        case _:
            painter.drawEllipse(inner)
            painter.setBrush(colour)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawPie(QRectF(inner), 90 * 16, 180 * 16)

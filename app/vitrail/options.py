"""What the command line asks for, as values."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class WindowOptions:
    """Open a window.

    Attributes:
        kernel: Name of the kernelspec to launch.
        existing: Connection file, name, part of a name or glob of a kernel to attach to.
        cluster: Client file of a cluster whose engine to attach to instead.
        engine: Which of its engines; None means the only one.
        theme: "light", "dark" or "system"; None for the setting.
    """

    kernel: str = "python3"
    existing: str | None = None
    cluster: Path | None = None
    engine: int | None = None
    theme: str | None = None


@dataclass(frozen=True, kw_only=True)
class RunOptions:
    """Run code without a window.

    Attributes:
        file: What to run; None when `code` is given.
        code: One cell for each.
        kernel: Name of the kernelspec to launch.
        existing: Kernel to attach to instead; it is left running.
        cluster: Client file of a cluster whose engine to attach to instead.
        engine: Which of its engines; None means the only one.
        to: Files to write; the ending of each says what: .ipynb, .txt, .png.
        timeout_s: Seconds for everything; None waits for ever.
        theme: "light" or "dark", for .png.
    """

    file: Path | None = None
    code: tuple[str, ...] = ()
    kernel: str = "python3"
    existing: str | None = None
    cluster: Path | None = None
    engine: int | None = None
    to: tuple[Path, ...] = ()
    timeout_s: float | None = None
    theme: str = "light"


@dataclass(frozen=True, kw_only=True)
class DoctorOptions:
    """Say what is installed, what runs and what is wrong.

    Attributes:
        kernel: Name of a kernelspec to launch and examine; None launches none.
        existing: Kernel to examine instead; it is left as it is.
        json: Whether to write JSON.
    """

    kernel: str | None = None
    existing: str | None = None
    json: bool = False


Options = WindowOptions | RunOptions | DoctorOptions

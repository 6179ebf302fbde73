"""What the command line asks for, as values."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SshServer:
    """A machine that ssh leads to.

    Attributes:
        host: As ssh takes it, perhaps one that its configuration names; `user@` may be before it.
        port: None leaves it to ssh.
        key_file: A private key; None leaves it to ssh.
    """

    host: str
    port: int | None = None
    key_file: Path | None = None


@dataclass(frozen=True, kw_only=True)
class AttachOptions:
    """Attach to a kernel that runs already.

    Attributes:
        existing: Connection file, name, part of a name or glob of a kernel; None for none.
        key_file: Holds the key, which then takes the place of the connection file's own.
        ssh: The machine through which the kernel is reached; with an empty host the one that the
            connection file names.
    """

    existing: str | None = None
    key_file: Path | None = None
    ssh: SshServer | None = None


@dataclass(frozen=True, kw_only=True)
class WindowOptions(AttachOptions):
    """Open a window.

    Attributes:
        file: A notebook or a script whose cells are offered to be run.
        kernel: Name of the kernelspec to launch; None for the one that `file` names, else python3.
        cluster: Client file of a cluster whose engine to attach to instead.
        engine: Which of its engines; None means the only one.
        theme: "light", "dark", "contrast", "system" or a Pygments style; None for the setting.
        directory: In which the kernel runs; None for the working directory.
        config: The settings file; None for the user's own.
        is_single: Whether a window that is open already is to do it.
        is_debug: Whether to say on stderr what happens.
        log_filter: The one subject to speak of; None for all.
    """

    file: Path | None = None
    kernel: str | None = None
    cluster: Path | None = None
    engine: int | None = None
    theme: str | None = None
    directory: Path | None = None
    config: Path | None = None
    is_single: bool = False
    is_debug: bool = False
    log_filter: str | None = None


@dataclass(frozen=True, kw_only=True)
class RunOptions(AttachOptions):
    """Run code without a window.

    Attributes:
        file: What to run; None when `code` is given.
        code: One cell for each.
        kernel: Name of the kernelspec to launch; None for the one that `file` names, else python3.
        cluster: Client file of a cluster whose engine to attach to instead.
        engine: Which of its engines; None means the only one.
        traits: Names and values of settings of the kernel, set before the first cell.
        to: Files to write; the ending of each says what, like .ipynb or .html.
        timeout_s: Seconds for everything; None waits for ever.
        theme: "light" or "dark", for .png.
    """

    file: Path | None = None
    code: tuple[str, ...] = ()
    kernel: str | None = None
    cluster: Path | None = None
    engine: int | None = None
    traits: tuple[tuple[str, object], ...] = ()
    to: tuple[Path, ...] = ()
    timeout_s: float | None = None
    theme: str = "light"


@dataclass(frozen=True, kw_only=True)
class DoctorOptions(AttachOptions):
    """Say what is installed, what runs and what is wrong.

    Attributes:
        kernel: Name of a kernelspec to launch and examine; None launches none.
        json: Whether to write JSON.
    """

    kernel: str | None = None
    json: bool = False


@dataclass(frozen=True, kw_only=True)
class KernelsOptions:
    """List kernels.

    Attributes:
        json: Whether to write JSON.
        names: Whether to write only what `--kernel` takes, a line each; nothing is asked then.
    """

    json: bool = False
    names: bool = False


@dataclass(frozen=True, kw_only=True)
class CompletionOptions:
    """Write what lets a shell complete our options.

    Attributes:
        shell: "bash", "zsh" or "fish".
    """

    shell: str


Options = WindowOptions | RunOptions | DoctorOptions | KernelsOptions | CompletionOptions

"""How the command line names a kernel of somebody else, its key and the way to it."""

from pathlib import Path

import pytest

from vitrail.cli import parse
from vitrail.options import DoctorOptions, RunOptions, SshServer, WindowOptions


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("box", SshServer("box")),
        ("ada@box.example.org", SshServer("ada@box.example.org")),
        ("ada@box:2222", SshServer("ada@box", 2222)),
        ("ada@[2001:db8::1]:22", SshServer("ada@2001:db8::1", 22)),
        ("[::1]", SshServer("::1")),
        ("192.0.2.7:22", SshServer("192.0.2.7", 22)),
    ],
)
def test_server_is_user_host_and_port(text: str, server: SshServer) -> None:
    assert parse(["--existing", "k.json", "--ssh", text]) == WindowOptions(
        existing="k.json", ssh=server
    )


def test_run_and_doctor_take_them_too() -> None:
    argv = ["--existing", "k.json", "--ssh", "box", "--sshkey", "id", "--keyfile", "key"]
    ssh = SshServer("box", key_file=Path("id"))
    common = {"existing": "k.json", "ssh": ssh, "key_file": Path("key")}
    assert parse(["run", "-c", "1", *argv]) == RunOptions(code=("1",), **common)  # type: ignore[arg-type]  # mixed
    assert parse(["doctor", *argv]) == DoctorOptions(**common)  # type: ignore[arg-type]  # mixed


def test_key_alone_means_the_machine_that_the_connection_file_names() -> None:
    options = parse(["--existing", "k.json", "--sshkey", "id"])
    assert isinstance(options, WindowOptions)
    assert options.ssh == SshServer("", key_file=Path("id"))


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--ssh", "box"], "--ssh needs --existing"),
        (["--sshkey", "id"], "--sshkey needs --existing"),
        (["run", "-c", "1", "--keyfile", "key"], "--keyfile needs --existing"),
        (["doctor", "--ssh", "box"], "--ssh needs --existing"),
        (["--cluster", "c.json", "--ssh", "box"], "--ssh needs --existing"),
        (["--existing", "k", "--ssh=-oProxyCommand=x"], "is not [user@]host[:port]"),
        (["--existing", "k", "--ssh=-u@box"], "is not [user@]host[:port]"),
        (["--existing", "k", "--ssh=u@-box"], "is not [user@]host[:port]"),
        (["--existing", "k", "--ssh", "a b"], "is not [user@]host[:port]"),
        (["--existing", "k", "--ssh", "box:0"], "is not [user@]host[:port]"),
        (["--existing", "k", "--ssh", "box:70000"], "is not [user@]host[:port]"),
        (["--existing", "k", "--ssh", "2001:db8::1"], "is not [user@]host[:port]"),
        (["--existing", "k", "--ssh", ""], "is not [user@]host[:port]"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    argv: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        parse(argv)
    assert caught.value.code == 2
    assert said in capsys.readouterr().err

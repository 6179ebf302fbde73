"""What the chooser says of kernels."""

from dataclasses import replace
from pathlib import Path

import pytest

from vitrail.kernel.discovery import KernelSpec
from vitrail.kernel.environments import Environment, Maker
from vitrail.kernel.meant import Meant
from vitrail.kernel.running import Life, RunningKernel
from vitrail.protocol.connection import ConnectionInfo
from vitrail.shell.tabs.monogram import monogram
from vitrail.shell.tabs.offers import (
    ago,
    offer_of_typed,
    offers_of_environments,
    offers_of_running,
    offers_of_specs,
)

PYTHON = KernelSpec("python3", "Python 3", "python")
BROKEN = KernelSpec("old", "Old", "R", problem="There is no R.")


def kernel(name: str, life: Life = Life.ALIVE, ip: str = "127.0.0.1") -> RunningKernel:
    connection = ConnectionInfo(
        shell_port=1, iopub_port=2, stdin_port=3, hb_port=4, ip=ip, kernel_name="python3"
    )
    file = Path(f"/run/kernel-{name}.json")
    return RunningKernel(file, connection, life, 0.01, "", started=0.0, used=3600.0)


def test_a_kernelspec_that_cannot_be_launched_says_why() -> None:
    good, broken = offers_of_specs([PYTHON, BROKEN])
    assert (good.title, good.language, good.why_not) == ("Python 3", "python", "")
    assert (broken.language, broken.why_not) == ("r", "There is no R.")


def test_kernels_of_one_title_are_told_apart_by_their_names() -> None:
    one, other = (KernelSpec(name, "R", "R") for name in ("ir", "ir-4.3"))
    offers = offers_of_specs([one, PYTHON, other])
    assert [offer.title for offer in offers] == ["R — ir", "Python 3", "R — ir-4.3"]


@pytest.mark.parametrize("has", [True, False])
def test_an_environment_without_ipykernel_says_the_command_that_adds_it(has: bool) -> None:
    install = ("pip", "install", "ipykernel")
    found = Environment(Path("/p/.venv"), ".venv of p", Maker.VENV, "3.12", has, False, install)
    [offer] = offers_of_environments([found])
    assert offer.title == "Python 3.12 (.venv of p)"
    assert offer.why_not == ("" if has else "needs: pip install ipykernel")
    assert offer.target == "/p/.venv"


def test_running_kernels_say_their_state_and_age_and_dead_ones_are_left_out() -> None:
    found = [
        kernel("aaaaaaaa-1"),
        kernel("b", Life.ENDED),
        kernel("c", Life.SILENT, "192.0.2.1"),
        kernel("d", Life.BROKEN),
    ]
    here, other = offers_of_running(found, [PYTHON], 7200.0, [Path("kernel-aaaaaaaa-1.json")])
    assert here.title == "Python 3 — aaaaaaaa"
    assert here.aside == "has a tab · started 2 h ago · used 1 h ago"
    assert other.aside == "silent · on 192.0.2.1 · started 2 h ago · used 1 h ago"
    assert here.language == "python"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-5, "now"), (59, "now"), (61, "1 min ago"), (7199, "1 h ago"), (200_000, "2 d ago")],
)
def test_ages_are_rounded_down(seconds: float, words: str) -> None:
    assert ago(seconds) == words


@pytest.mark.parametrize(
    ("language", "letters"),
    [("python", "Py"), ("R", "R"), ("bash", "sh"), ("", "·"), ("haskell", "Ha"), ("C++", "C+")],
)
def test_a_language_is_known_by_its_letters(language: str, letters: str) -> None:
    assert monogram(language) == letters


def test_what_is_typed_says_which_file_it_means() -> None:
    running = kernel("1f2a")
    meant = Meant(running.file, connection=running.connection, others=2)
    by_glob = offer_of_typed("kernel-1*", meant, [PYTHON])
    assert by_glob is not None
    assert by_glob.aside == "Python 3 · kernel-1f2a.json · the latest of 3"
    assert by_glob.lasting_id == offers_of_running([running], [], 0.0)[0].id
    by_path = offer_of_typed("/run/kernel-1f2a.json", replace(meant, others=0), [])
    assert by_path is not None
    assert by_path.aside == "python3"


def test_what_means_nothing_is_not_offered() -> None:
    assert offer_of_typed("zzz", Meant(problem="No."), []) is None

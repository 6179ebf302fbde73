"""What is asked before tabs are closed, and what is not."""

import pytest

from vitrail.shell.tabs.closing_plan import Choice, Stake, Tie, closing_plan

NOTHING: tuple[Choice, ...] = ()
END = (Choice.SHUT_DOWN, Choice.KEEP, Choice.CANCEL)
CLOSE = (Choice.CLOSE, Choice.CANCEL)


@pytest.mark.parametrize("tie", Tie)
@pytest.mark.parametrize("is_busy", [False, True])
@pytest.mark.parametrize("has_computed", [False, True])
@pytest.mark.parametrize("stays", [False, True])
def test_only_a_kernel_of_ours_that_ends_and_has_done_something_is_asked_about(
    tie: Tie, is_busy: bool, has_computed: bool, stays: bool
) -> None:
    stake = Stake(name="t", kernel="k", tie=tie, is_busy=is_busy, has_computed=has_computed)
    plan = closing_plan([stake], {"k"} if stays else ())
    is_lost = tie is Tie.OWNER and not stays and (is_busy or has_computed)
    assert plan.choices == (END if is_lost else NOTHING)
    assert plan.is_asked is is_lost
    assert bool(plan.question) is bool(plan.details) is is_lost


@pytest.mark.parametrize(
    ("tie", "waiting", "choices"),
    [
        (Tie.FOREIGN, 2, CLOSE),
        (Tie.GUEST, 1, CLOSE),
        (Tie.FOREIGN, 0, NOTHING),
        (Tie.OWNER, 2, NOTHING),  # a kernel that has computed nothing: it does not even run yet
    ],
)
def test_cells_that_wait_for_a_kernel_that_goes_on_are_asked_about(
    tie: Tie, waiting: int, choices: tuple[Choice, ...]
) -> None:
    plan = closing_plan([Stake(name="t", kernel="k", tie=tie, waiting=waiting)])
    assert plan.choices == choices


def test_a_session_that_changed_since_it_was_saved_is_asked_about() -> None:
    dead = Stake(name="t", tie=Tie.NONE, unsaved="a.ipynb")
    plan = closing_plan([dead])
    assert (plan.choices, plan.unsaved) == (CLOSE, ("a.ipynb",))
    assert plan.question == "Close this tab?"
    assert plan.details == ("a.ipynb has changed since it was saved.",)


def test_what_runs_is_said_to_be_broken_off() -> None:
    plan = closing_plan([Stake(name="t", kernel="k", is_busy=True)])
    assert plan.question == "Shut down the kernel of “t”?"
    assert plan.details == ("What it runs is broken off. What it has computed is lost.",)


def test_one_question_holds_for_all_tabs_of_a_window() -> None:
    stakes = [
        Stake(name="a", kernel=1, has_computed=True, unsaved="a.ipynb"),
        Stake(name="b", kernel=2, is_busy=True, unsaved="b.ipynb"),
        Stake(name="idle", kernel=3),
        Stake(name="foreign", kernel=4, tie=Tie.FOREIGN, waiting=3),
    ]
    plan = closing_plan(stakes, what="window")
    assert plan.question == "Shut down 2 kernels?"
    assert plan.choices == END
    assert plan.unsaved == ("a.ipynb", "b.ipynb")
    assert plan.details == (
        "What they have computed is lost; what runs in 1 of them is broken off: “a”, “b”.",
        "3 cells that wait are not run.",
        "Changed since they were saved: a.ipynb, b.ipynb.",
    )


def test_a_view_that_closes_with_its_owner_is_no_reason_to_keep_the_kernel() -> None:
    owner = Stake(name="a", kernel=1, has_computed=True)
    view = Stake(name="b", kernel=1, tie=Tie.GUEST)
    assert closing_plan([owner, view]).choices == END
    assert closing_plan([owner], {1}).choices == NOTHING


def test_many_names_are_counted_and_not_listed() -> None:
    stakes = [
        Stake(name=f"t{n}", kernel=n, has_computed=True, unsaved=f"{n}.ipynb") for n in range(20)
    ]
    kernels, files = closing_plan(stakes).details
    assert kernels.endswith("“t5” and 14 more.")
    assert files.endswith("5.ipynb and 14 more.")

"""Variables of a Python kernel are kept up to date by what its probe says has changed."""

import json
import time
import types
from typing import Any, cast

import pytest

from vitrail.presenters.probe import PARTS, Probe
from vitrail.presenters.python_variables import PythonVariables
from vitrail_resources import probe_part, python_probe

pytestmark = pytest.mark.qasync


class Kernel:
    """The probe itself in this process, with variables that are ours.

    Attributes:
        space: The variables.
        budget_ms: What each question may take whatever it says; None for what it says.
        looks: After how many looks at its clock half a second has gone by; None for real time.
        is_silent: Whether answers are lost on their way.
        questions: How many were put.
    """

    def __init__(self) -> None:
        self.space: dict[str, Any] = {}
        self.budget_ms: int | None = None
        self.looks: int | None = None
        self.is_silent = False
        self.questions = 0
        self._module = types.ModuleType("probe")
        exec(compile(python_probe(), "<probe>", "exec"), self._module.__dict__)
        for part in PARTS["variables"]:
            self._module.extend(probe_part(part))
        self._module.__dict__["namespaces"] = lambda: [self.space]
        self._module.__dict__["clock"] = self._clock
        self._looked = 0

    @property
    def probe(self) -> Probe:
        return cast("Probe", self)

    def _clock(self) -> float:
        self._looked += 1
        return time.perf_counter() if self.looks is None else self._looked // self.looks / 2

    async def ask(self, op: str, **fields: Any) -> dict[str, Any]:
        self.questions += 1
        if self.budget_ms is not None:
            fields["budget_ms"] = self.budget_ms
        told = json.loads(repr(self._module.ask(json.dumps({"op": op, **fields}))))
        return {} if self.is_silent else {**told["ok"], "ms": told["ms"]}


@pytest.fixture
def kernel() -> Kernel:
    return Kernel()


def previews(variables: PythonVariables) -> dict[str, str]:
    return {name: row.preview for name, row in variables.rows.items()}


async def test_rows_come_change_and_go(kernel: Kernel) -> None:
    variables, items = PythonVariables(), [1]
    kernel.space.update(items=items, number=1, gone=2)
    assert await variables.ask(kernel.probe, 1e6)
    assert previews(variables) == {"items": "[1]", "number": "1", "gone": "2"}
    items.append(2)
    kernel.space["number"] = 3
    del kernel.space["gone"]
    assert await variables.ask(kernel.probe, 1e6)
    assert previews(variables) == {"items": "[1, 2]", "number": "3"}
    assert variables.changed == {"items", "number"}
    assert await variables.ask(kernel.probe, 1e6)
    assert variables.changed == set()


async def test_a_thorough_question_tells_all_however_little_fits_into_an_answer(
    kernel: Kernel,
) -> None:
    kernel.space.update((f"v{at}", [at]) for at in range(2000))
    kernel.budget_ms = 0
    variables = PythonVariables()
    assert await variables.ask(kernel.probe, 1e-9)
    assert (kernel.questions, variables.is_cut) == (1, True)
    assert 0 < len(variables.rows) < 2000
    kernel.budget_ms = None
    assert await variables.ask(kernel.probe, 1e6)
    assert not variables.is_cut
    assert previews(variables) == {f"v{at}": f"[{at}]" for at in range(2000)}
    assert not any(row.is_brief for row in variables.rows.values())


async def test_what_the_kernel_had_no_time_for_keeps_its_text_and_is_called_brief(
    kernel: Kernel,
) -> None:
    variables, items = PythonVariables(), [1]
    kernel.space.update(items=items, others=[7])
    await variables.ask(kernel.probe, 1e6)
    items.append(2)
    kernel.budget_ms = 0
    await variables.ask(kernel.probe, 1e-9)
    assert previews(variables) == {"items": "[1]", "others": "[7]"}
    assert all(row.is_brief for row in variables.rows.values())
    assert await variables.complete(kernel.probe, ["items"])
    assert (previews(variables)["items"], variables.changed) == ("[1, 2]", {"items"})
    kernel.budget_ms = None
    await variables.ask(kernel.probe, 1e6)
    assert not any(row.is_brief for row in variables.rows.values())


async def test_a_thorough_question_ends_where_no_answer_has_time_for_all(kernel: Kernel) -> None:
    variables, items = PythonVariables(), [1]
    kernel.space.update((f"v{at}", [at]) for at in range(2000))
    kernel.space["items"] = items
    await variables.ask(kernel.probe, 1e6)
    items.append(2)
    kernel.looks = 150
    assert await variables.ask(kernel.probe, 1e6)
    assert previews(variables)["items"] == "[1, 2]"
    assert not any(row.is_brief for row in variables.rows.values())


async def test_after_a_lost_answer_all_is_told_again(kernel: Kernel) -> None:
    variables = PythonVariables()
    kernel.space["number"] = 1
    await variables.ask(kernel.probe, 1e6)
    kernel.space["number"] = 2
    kernel.is_silent = True
    assert not await variables.ask(kernel.probe, 1e6)
    assert previews(variables) == {"number": "1"}
    kernel.is_silent = False
    assert await variables.ask(kernel.probe, 1e6)
    assert (previews(variables), variables.changed) == ({"number": "2"}, {"number"})


async def test_a_kernel_that_has_forgotten_tells_all_and_what_is_gone_goes(kernel: Kernel) -> None:
    variables, other = PythonVariables(), Kernel()
    kernel.space.update(number=1, gone=2)
    await variables.ask(kernel.probe, 1e6)
    other.space["number"] = 1
    await variables.ask(other.probe, 1e6)
    assert (previews(variables), variables.changed) == ({"number": "1"}, set())


async def test_rows_that_are_none_are_passed_over() -> None:
    class Odd(Kernel):
        async def ask(self, op: str, **fields: Any) -> dict[str, Any]:
            rows = [["a", "instance", "int", "", 28, "1", 7], ["b", 5], None]
            return {"variables": rows, "complete": True, "whole": True, "stamp": 1, "ms": 1.0}

    variables = PythonVariables()
    assert await variables.ask(Odd().probe, 1e6)
    assert previews(variables) == {"a": "1"}

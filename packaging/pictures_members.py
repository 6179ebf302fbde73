"""The pictures of members and of variables; made by `pictures.py`."""

from pathlib import Path

from pictured import Pictured, pictured, until
from vitrail.shell.docks.inspector_dock import InspectorDock
from vitrail.shell.docks.variables_dock import VariablesDock
from vitrail_widgets.inspector.members.page import MembersPage
from vitrail_widgets.inspector.tree.nodes import Node
from vitrail_widgets.objects.target import Target
from vitrail_widgets.variables.variable import Listing

SIZE = (1160, 620)
DOCK = 640
SETTLED_S = 1.5  # laid out and painted, and no row is marked as new any more
CODE = """\
import numpy as np

class Shape:
    def describe(self, unit="m"):
        return f"{self.area} {unit}2"

class Circle(Shape):
    __slots__ = ("radius", "colour", "rim", "parts", "me")
    def __init__(self, radius):
        self.radius, self.me = radius, self
        self.rim = np.linspace(0, 1, 120).reshape(60, 2)
        self.parts = {"left": [1, 2, 3], "right": None}
    @property
    def area(self) -> float:
        "How much it covers."
        return 3.14159 * self.radius ** 2
    @property
    def broken(self):
        raise ValueError("no such circle")
    @property
    def rolled(self) -> float:
        "How far it gets in one turn."
    def grow(self, by, *, times=1): ...
    @classmethod
    def unit(cls): return cls(1)

circle = Circle(2.5)
names, steps, ready = ["Ada", "Grace", "Edsger"], 120, True
mean, note = 0.5, "seen from above\""""
ATTRIBUTES = ("area", "broken")


async def members_pictures(theme: str, target: Path) -> None:
    """Save an object whose members were opened and run, and the variables in their groups."""
    async with pictured(theme, target, SIZE) as picture:
        await picture.run(CODE)
        inspector = await _show_members(picture)
        await picture.save("members", SETTLED_S)
        inspector.hide()
        await _show_variables(picture)
        await picture.save("variables", SETTLED_S)


async def _show_members(picture: Pictured) -> InspectorDock:
    dock = picture.inspector(DOCK, "Members")
    dock.inspect(Target("circle"))
    page = dock.pane.page(dock.pane.tabs.currentIndex())
    assert isinstance(page, MembersPage)
    await until(lambda: bool(page.model.tops))
    page.tree.expand(page.model.index_of(_node(page, "parts")))
    for name in ATTRIBUTES:
        page.acts.act(_node(page, name))
    page.tree.setCurrentIndex(page.model.index_of(_node(page, "area")))
    await until(lambda: _have_ended(page))
    return dock


def _have_ended(page: MembersPage) -> bool:
    runs = page.model.members.runs.values()
    return len(runs) == len(ATTRIBUTES) and not any(run.is_under_way for run in runs)


def _node(page: MembersPage, name: str) -> Node:
    nodes = (node for top in page.model.tops for node in top.walk())
    return next(node for node in nodes if node.member is not None and node.member.name == name)


async def _show_variables(picture: Pictured) -> None:
    picture.window.actions_by_id["view.variables"].trigger()
    dock = picture.window.findChild(VariablesDock)
    assert isinstance(dock, VariablesDock)
    picture.widen(dock, DOCK)
    dock.pane.list_as(Listing(functions=True, grouped=True))
    await until(lambda: dock.pane.model.count > 0)
    dock.pane.table.choose(["names"])

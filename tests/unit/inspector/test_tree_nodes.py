"""The tree of members grows out of what is known, and keeps its rows."""

from vitrail_widgets.inspector.tree.nodes import Grower, Node, NodeKind, root_of
from vitrail_widgets.objects.members import Group, Inside, Member, Members, Run, RunState
from vitrail_widgets.objects.target import Step, Target

THING = Target("thing")


def member(name: str, *, expands: bool = False, identity: int = 0) -> Member:
    step = Step("attribute", name, f".{name}")
    return Member(step, name, "instance", "int", "", "1", expands=expands, identity=identity)


def grown(known: Members, typed: str = "", root: Node | None = None) -> Node:
    root = root or root_of(THING)
    Grower(known, typed).grow(root)
    return root


def names(node: Node) -> list[str]:
    return [each.member.name if each.member else each.text for each in node.children]


def of(*groups: Group, **below: Inside) -> Members:
    inside = {THING: Inside(groups, identity=1)}
    inside.update({THING.attribute(name): each for name, each in below.items()})
    return Members(THING, inside)


def test_members_stand_below_the_heading_of_their_group() -> None:
    root = grown(of(Group("data", 2, (member("a"), member("b"))), Group("dunder", 9)))
    assert names(root) == ["Data", "Special"]
    assert names(root.children[0]) == ["a", "b"]
    assert names(root.children[1]) == ["…"]


def test_what_is_not_here_yet_is_offered() -> None:
    root = grown(of(Group("data", 100_001, (member("a"),))))
    more = root.children[0].children[-1]
    assert more.kind is NodeKind.MORE
    assert more.text == "100\u202f000 more"


def test_rows_stay_the_same_when_the_tree_is_renewed() -> None:
    root = grown(of(Group("data", 2, (member("a"), member("c")))))
    data = root.children[0]
    kept = data.children[1]
    grown(of(Group("data", 2, (member("b"), member("c"))), Group("method", 1)), root=root)
    assert root.children[0] is data
    assert data.children[1] is kept
    assert names(data) == ["b", "c"]
    assert [child.row for child in data.children] == [0, 1]


def test_an_opened_object_shows_its_data_and_headings_of_the_rest() -> None:
    below = Inside((Group("item", 1, (member("x"),)), Group("method", 2)))
    root = grown(of(Group("data", 1, (member("a", expands=True),)), a=below))
    assert names(root.children[0].children[0]) == ["x", "Methods"]


def test_what_is_asked_for_and_what_is_empty_are_told_apart() -> None:
    rows = (member("asked", expands=True), member("bare", expands=True))
    root = grown(of(Group("data", 2, rows), bare=Inside()))
    asked, bare = root.children[0].children
    assert names(asked) == ["…"]
    assert names(bare) == ["There is nothing in it"]


def test_an_object_within_itself_is_named_and_not_unfolded() -> None:
    rows = (member("me", expands=True, identity=1), member("child", expands=True, identity=2))
    below = Inside((Group("data", 1, (member("up", expands=True, identity=2),)),))
    root = grown(of(Group("data", 2, rows), child=below))
    me, child = root.children[0].children
    assert me.around == "thing"
    assert child.children[0].around == "thing.child"


def test_a_result_can_be_opened() -> None:
    area = THING.attribute("area")
    result = Member(Step("kept", 1, ".area"), "", "instance", "list", "1", "[1]", expands=True)
    known = of(Group("property", 1, (member("area"),)))
    known = Members(THING, known.inside, {area: Run(RunState.DONE, result)})
    node = grown(known).children[0].children[0]
    assert node.expands
    assert names(node) == ["…"]
    assert node.children[0].place.path == ["thing", ["kept", 1]]


def test_typing_leaves_names_that_hold_the_words() -> None:
    known = of(Group("data", 2, (member("apple"), member("pear"))), Group("method", 5))
    assert names(grown(known, "app").children[0]) == ["apple"]
    assert names(grown(of(Group("data", 1, (member("pear"),))), "app")) == []

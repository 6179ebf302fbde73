"""What a value holds as the members of a tree."""

from vitrail_widgets.inspector.tree.nodes import Grower, Node, NodeKind, root_of
from vitrail_widgets.objects.holding import MOST_BELOW, tree_of
from vitrail_widgets.objects.members import Mark, code_of
from vitrail_widgets.objects.target import Target
from vitrail_widgets.objects.value import Item, Items

CRATE = Target("crate")


def item(at: int, *, opens: bool = False, identity: int = 0) -> Item:
    return Item(str(at), "list", "3", 88, "[…]", "item", at, f"[{at}]", opens, identity)


def page(*rows: Item, total: int = 0) -> Items:
    return Items(rows, 0, total or len(rows), 200)


def grown(body: Items, **below: Items) -> Node:
    branches = {CRATE.item(int(name[1:]), f"[{name[1:]}]"): each for name, each in below.items()}
    root = root_of(CRATE)
    Grower(tree_of(CRATE, 7, body, branches), "", is_flat=True).grow(root)
    return root


def test_items_stand_without_a_heading() -> None:
    root = grown(page(item(0), item(1, opens=True)))
    assert [node.kind for node in root.children] == [NodeKind.MEMBER] * 2
    assert [node.expands for node in root.children] == [False, True]
    assert [node.text for node in root.children[1].children] == ["…"]


def test_a_page_of_many_offers_no_more_but_what_was_opened_does() -> None:
    root = grown(page(item(0, opens=True), total=5000), _0=page(item(0), total=300))
    assert len(root.children) == 1
    assert [node.text for node in root.children[0].children] == ["", "299 more"]


def test_of_a_long_item_a_thousand_rows_stand_below_it_and_a_way_to_the_others() -> None:
    below = page(*map(item, range(MOST_BELOW)), total=10_000_000)
    more = grown(page(item(0, opens=True)), _0=below).children[0].children[-1]
    assert more.kind is NodeKind.MORE
    assert more.text == "9\u202f999\u202f000 more, on pages of their own"


def test_what_holds_itself_is_named() -> None:
    root = grown(page(item(0, opens=True, identity=7)))
    assert root.children[0].around == "crate"


def test_ways_are_written_as_the_user_would() -> None:
    odd = Item("<Key>", "int", "", 28, "1", "item", 4, "")
    one = Item("{2}", "int", "", 28, "1", "item", 2, "")
    root = grown(page(item(3), odd, one))
    codes = [code_of(node.target) for node in root.children]
    assert codes == ["crate[3]", "list(crate.values())[4]", "list(crate)[2]"]


def test_a_field_without_a_value_leads_nowhere() -> None:
    fields = [Item(name, "", "", None, "", "", 0, "") for name in ("a", "b")]
    rows = grown(page(*fields)).children
    assert [node.member.mark for node in rows if node.member] == [Mark.EMPTY] * 2
    assert len({node.key for node in rows}) == 2

"""A label of one line never cuts its text without a sign."""

from pytestqt.qtbot import QtBot

from vitrail_widgets.qt.elided_label import ElidedLabel

LONG = "a_rather_long_name.of_something?"


def test_what_has_no_room_is_cut_with_a_sign_and_told_by_the_tip(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText(LONG)
    label.resize(80, 20)
    label.show()
    assert label.seen.endswith("…")
    assert label.fontMetrics().horizontalAdvance(label.seen) <= 80
    assert label.toolTip() == LONG
    label.resize(900, 20)
    assert label.seen == LONG
    assert label.toolTip() == ""
    label.setText(LONG * 10)
    assert label.toolTip() == LONG * 10

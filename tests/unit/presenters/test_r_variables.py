"""The page in which an R kernel tells its variables."""

from vitrail.presenters.r_variables import rows_in


def test_rows_are_read_and_what_is_none_is_passed_over() -> None:
    page = "R Information\n\n" + "\t".join(
        ['"x"', '"instance"', '"integer"', '"10"', '"96"', '"1, 2\\001\\"q\\""']
    )
    [row] = rows_in(page + '\n"broken\t"a"\t"b"\t"c"\t"d"\t"e"')
    assert (row.name, row.type, row.size, row.memory) == ("x", "integer", "10", 96)
    assert row.preview == '1, 2\x01"q"'
    assert rows_in("") == []

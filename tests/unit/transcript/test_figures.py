"""The figures of a session, as its transcript changes."""

from vitrail_widgets.transcript.cells import CellStatus
from vitrail_widgets.transcript.figures import FigureKey, Figures
from vitrail_widgets.transcript.mime import MimeBundle
from vitrail_widgets.transcript.transcript import Transcript

PNG = MimeBundle({"image/png": "AAAA", "text/plain": "<Figure>"})
OTHER = MimeBundle({"image/png": "BBBB"})
TEXT = MimeBundle({"text/plain": "x"})


def cell(transcript: Transcript, cell_id: str, count: int | None = None) -> None:
    transcript.append_cell(cell_id, "plot()", status=CellStatus.RUNNING, at=0.0)
    if count is not None:
        transcript.set_count(cell_id, count)


def keys(figures: Figures) -> list[tuple[str, int]]:
    return [tuple(figure.key) for figure in figures]  # type: ignore[misc]


def test_figures_that_are_there_are_found_in_order_with_their_cells() -> None:
    transcript = Transcript()
    cell(transcript, "a", 3)
    for bundle in (PNG, TEXT, OTHER):
        transcript.append_rich("a", bundle)
    cell(transcript, "b")
    transcript.append_rich("b", PNG)
    figures = Figures(transcript)
    assert keys(figures) == [("a", 0), ("a", 2), ("b", 0)]
    assert [figure.count for figure in figures] == [3, 3, None]
    assert figures[0].mime == "image/png"


def test_the_best_picture_of_a_bundle_is_taken() -> None:
    transcript = Transcript()
    cell(transcript, "a")
    data = {"image/png": "AAAA", "image/svg+xml": "<svg/>", "text/html": "<p>x"}
    transcript.append_rich("a", MimeBundle(data))
    [figure] = Figures(transcript)
    assert figure.mime == "image/svg+xml"
    assert figure.bundle.data is data


def test_new_figures_are_followed_and_other_output_is_not() -> None:
    transcript = Transcript()
    figures = Figures(transcript)
    cell(transcript, "a")
    assert not figures.follow(transcript.append_stream("a", "stdout", "x\n"))
    assert figures.follow(transcript.append_rich("a", PNG))
    assert not figures.follow(transcript.append_rich("a", TEXT))
    assert keys(figures) == [("a", 1)]


def test_a_figure_that_is_updated_stays_in_its_place() -> None:
    transcript = Transcript()
    cell(transcript, "a")
    cell(transcript, "b")
    transcript.append_rich("a", PNG, display_id="d")
    transcript.append_rich("b", PNG)
    figures = Figures(transcript)
    assert figures.follow(transcript.update_display("d", OTHER))
    assert keys(figures) == [("a", 0), ("b", 0)]
    assert figures[0].bundle is OTHER


def test_an_update_to_something_else_takes_it_away() -> None:
    transcript = Transcript()
    cell(transcript, "a")
    transcript.append_rich("a", PNG, display_id="d")
    figures = Figures(transcript)
    assert figures.follow(transcript.update_display("d", TEXT))
    assert keys(figures) == []
    assert figures.follow(transcript.update_display("d", PNG))
    assert keys(figures) == [("a", 0)]


def test_the_place_of_a_cell_is_kept_while_it_draws_anew() -> None:
    transcript = Transcript()
    for cell_id in ("a", "b"):
        cell(transcript, cell_id)
        transcript.append_rich(cell_id, PNG)
    figures = Figures(transcript)
    transcript.clear_outputs("a", wait=True)
    assert figures.follow(transcript.append_rich("a", OTHER))
    assert keys(figures) == [("a", 0), ("b", 0)]
    assert figures[0].bundle is OTHER
    assert figures.follow(transcript.clear_outputs("a", wait=False))
    assert keys(figures) == [("b", 0)]
    assert figures.position(FigureKey("a", 0)) is None
    assert figures.position(FigureKey("b", 0)) == 0

import ast
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.transcripts import INFO, cell, session
from vitrail.presenters.files.script import script_pieces
from vitrail.presenters.files.script_reading import cells_of
from vitrail.presenters.files.source import ExportSource, KernelName
from vitrail.protocol.replies import KernelInfoReply, LanguageInfo
from vitrail_widgets.transcript.cells import Cell
from vitrail_widgets.transcript.transcript import Transcript


def script(transcript: Transcript, info: KernelInfoReply = INFO, *, outputs: bool = False) -> str:
    source = ExportSource(transcript.entries, info, KernelName("python3", "Python 3"))
    return "".join(script_pieces(source, outputs=outputs))


def of(*codes: str) -> Transcript:
    transcript = Transcript()
    for number, code in enumerate(codes, 1):
        cell(transcript, number, code)
    return transcript


def codes_of(transcript: Transcript) -> tuple[str, ...]:
    return tuple(entry.code for entry in transcript.entries if isinstance(entry, Cell))


def test_magics_are_comments_and_code_is_code() -> None:
    text = script(of("%matplotlib inline\nx = 1\nfiles = !ls\nlen?\n!ls"))
    assert "\n# %%\n# %matplotlib inline\nx = 1\n# files = !ls\n# ?len\n# !ls\n" in text


def test_what_raised_was_not_run_or_is_no_python_is_a_comment() -> None:
    text = script(session())
    assert "# %% raised ZeroDivisionError\n# 1/0\n" in text
    assert "# %% not run\n# never\n" in text
    assert "# %%\n# %%bash\n# echo hi\n#\n# echo $X\n" in text
    assert "# %% not plain Python\n# await x\n" in script(of("await x"))
    assert "# %% not plain Python\n# for\n" in script(of("for"))


@pytest.mark.parametrize("outputs", [False, True])
def test_the_script_runs(tmp_path: Path, outputs: bool) -> None:
    path = tmp_path / "session.py"
    transcript = session()
    for entry in list(transcript.entries):
        if isinstance(entry, Cell) and entry.code in ("table", "figure"):
            entry.code = f"{entry.code} = 1"
    path.write_text(script(transcript, outputs=outputs), "utf-8")
    done = subprocess.run([sys.executable, path], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "<b>\n", "")


@pytest.mark.parametrize("outputs", [False, True])
def test_cells_come_back_as_they_were(outputs: bool) -> None:
    transcript = session()
    codes = tuple(code.replace("x?", "?x") for code in codes_of(transcript))
    assert cells_of(script(transcript, outputs=outputs)) == codes


@pytest.mark.parametrize(
    "code",
    [
        "# %% looks like a marker\nx = 1",
        "# %matplotlib inline\nx = 1",
        "# # !ls\ny = 2",
        "if x:\n    # !ls\n    pass",
        "if x:\n    !ls\n",
        "if x:\n    y = 1\n    !ls",
        "'''\n# %matplotlib\n'''",
        "%%mine\na\n# b\n\nc",
        ",f a b",
        "!ls \\\n -l",
        "print('''%%''')  # 100 %",
        "?x\n??x\n%x?",
    ],
)
def test_unusual_code_comes_back(code: str) -> None:
    text = script(of("1", code, "2"))
    ast.parse(text)
    back = cells_of(text)
    if "'''\n#" in code:  # a line of a string that looks like a magic: nothing can be told of it
        return
    assert back == ("1", code.strip("\n").replace("%x?", "?%x"), "2")


@given(st.lists(st.text("ab =()\n#%!?:'\"\\ ", max_size=30), max_size=3))
def test_the_script_is_python_whatever_the_cells_are(codes: list[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of invalid escapes
        ast.parse(script(of(*codes)))


def test_outputs_are_comments_and_long_ones_are_cut() -> None:
    transcript = of("x")
    transcript.append_stream("c1", "stdout", "".join(f"{number}\n" for number in range(5000)))
    text = script(transcript, outputs=True)
    assert "#> 0\n#> 1\n" in text
    assert "#> [4800 more lines]\n" in text
    assert text.count("#>") == 201


def test_another_language_has_its_own_comments() -> None:
    info = KernelInfoReply(language_info=LanguageInfo(name="C++"))
    assert script(of("int x;", "y"), info) == "// %%\nint x;\n\n// %%\ny\n"
    assert cells_of("// %%\nint x;\n\n// %%\ny\n", "c++") == ("int x;", "y")


def test_of_a_script_of_somebody_else_no_comment_becomes_code() -> None:
    source = "# %%\n# !rm -rf /\nx = 1\n# %%\n# %%bash\n# rm -rf /\n"
    assert cells_of(source) == ("# !rm -rf /\nx = 1", "# rm -rf /")

"""Rules of the house that no linter of ours can say, read off the source."""

import ast
import re

import pytest

from support.sources import ROOT, Source, in_package, sources, tracked_files

PURE = (
    "vitrail.protocol",
    "vitrail_widgets.transcript",
    "vitrail_widgets.editing",
    "vitrail_widgets.signature",
    "vitrail_widgets.keys",
)
PRINTERS = ("vitrail.cli", "vitrail.headless", "vitrail.doctor", "vitrail.inventory")
LINES_WITHOUT_A_REASON = 400

# Written in pieces, so that this file does not break its own rule.
FORBIDDEN_TEXT = re.compile(
    "|".join(
        (
            r"pypi\." + "org",
            r"python" + r"hosted\.",
            r"registry\." + "npmjs",
            r"deb\.debian" + r"\.org",
            r"(?<![\w.])/" + r"work/",
            r"(?<![\w.])/" + r"root/",
            r"artifact" + r"ory",
        )
    )
)
BINARY = {".png", ".jpg", ".jpeg", ".gif", ".ico", ".pdf"}


def offences(found: list[str]) -> str:
    """Return the message of a failed rule."""
    return "\n" + "\n".join(found)


def test_there_are_sources_to_look_at() -> None:
    assert {"vitrail", "vitrail_widgets", "vitrail_resources"} <= {s.module for s in sources()}
    assert all(in_package(package) for package in PURE)


LAST_LOOP = "vitrail.host_loop"
"""Waits for kernels to end when a program of somebody else quits; it has no other loop then."""


def test_no_nested_event_loop() -> None:
    """Inside one, messages arrive in the middle of a function that expected none."""
    ours = [source for source in sources() if source.module != LAST_LOOP]
    assert len(ours) == len(sources()) - 1
    spinning = [
        source.at(node)
        for source in ours
        for name, node in source.calls()
        if re.search(r"\.(processEvents|exec|exec_)$|QtCore\.QEventLoop$", name)
    ]
    taking_qts_loop = [
        source.at(node)
        for source in ours
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom)
        and node.module == "PySide6.QtCore"
        and any(alias.name == "QEventLoop" for alias in node.names)
    ]
    assert not spinning + taking_qts_loop, offences(spinning + taking_qts_loop)


def test_tests_on_qts_loop_run_no_nested_one_either() -> None:
    """asyncio lets no task in while another runs: one that was woken there sleeps for ever."""
    on_qts_loop = re.compile(r"@in_window|mark\.qasync|qt_loop")
    spinning = re.compile(r"\b(?:QTest|qtbot)\.(?:mouseMove|qWait)\w*|\.processEvents\(")
    found = [
        f"{path.relative_to(ROOT)}: {call}"
        for path in tracked_files()
        if path.suffix == ".py"
        and path.is_relative_to(ROOT / "tests" / "gui")
        and on_qts_loop.search(text := path.read_text("utf-8"))
        for call in spinning.findall(text)
    ]
    assert not found, offences(found)


def test_no_task_is_made_whose_result_is_dropped() -> None:
    """The loop keeps weak references only: such a task can vanish, and its error with it."""
    found = [
        source.at(node)
        for source in sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Expr) and makes_a_task(node.value)
    ]
    assert not found, offences(found)


def makes_a_task(node: ast.AST) -> bool:
    """Tell whether an expression is a call of create_task or ensure_future."""
    if not isinstance(node, ast.Call):
        return False
    owner, _, name = ast.unparse(node.func).rpartition(".")
    in_a_group = owner.endswith(("group", "tasks"))  # asyncio.TaskGroup keeps its tasks
    return name in ("create_task", "ensure_future") and not in_a_group


@pytest.mark.parametrize(
    ("code", "guilty"),
    [
        ("asyncio.create_task(f())", True),
        ("loop.create_task(f())", True),
        ("ensure_future(f())", True),
        ("group.create_task(f())", False),
        ("f()", False),
    ],
)
def test_dropped_task_is_recognised(code: str, guilty: bool) -> None:
    assert makes_a_task(ast.parse(code, mode="eval").body) is guilty


def test_only_the_command_line_prints() -> None:
    found = [
        source.at(node)
        for source in sources()
        for name, node in source.calls()
        if name in ("print", "sys.stdout.write") and not source.module.startswith(PRINTERS)
    ]
    assert not found, offences(found)


def test_sockets_live_in_two_modules() -> None:
    """Those that lead to a kernel, and the one at which a kernel announces itself."""
    found = [source.path for source in sources() if "zmq" in imported(source)]
    assert set(found) <= {"app/vitrail/kernel/channels.py", "app/vitrail/kernel/registration.py"}


def imported(source: Source) -> set[str]:
    """Return the top-level names of everything that a module imports, wherever it does."""
    found: set[str] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_nothing_sleeps() -> None:
    found = [
        source.at(node)
        for source in sources()
        for name, node in source.calls()
        if name in ("time.sleep", "sleep", "QThread.msleep", "QThread.sleep")
    ]
    assert not found, offences(found)


def test_pure_packages_read_no_clock() -> None:
    clocks = re.compile(r"(^|\.)(datetime|date)\.(now|utcnow|today)$|^time\.|\.currentDateTime$")
    found = [
        source.at(node)
        for package in PURE
        for source in in_package(package)
        for name, node in source.calls()
        if clocks.search(name)
    ]
    assert not found, offences(found)


def test_delayed_calls_name_the_object_they_belong_to() -> None:
    """`QTimer.singleShot(ms, f)` outlives what f belongs to; with a receiver it ends with it."""
    found = [
        source.at(node)
        for source in sources()
        for name, node in source.calls()
        if name.endswith("QTimer.singleShot") and len(node.args) < 3
    ]
    assert not found, offences(found)


def test_nothing_waits_by_a_call_that_loses_cancellations() -> None:
    """Before Python 3.12 `wait_for` drops a cancellation that comes with the result."""
    found = [
        source.at(call)
        for source in sources()
        for name, call in source.calls()
        if name.endswith("wait_for") and name.startswith("asyncio")
    ]
    assert not found, offences(found)


def test_silenced_type_errors_have_a_code_and_a_reason() -> None:
    silenced = re.compile(r"#\s*(type|pyright):\s*ignore")
    explained = re.compile(r"#\s*(type|pyright):\s*ignore\[[\w, -]+\]\s+#\s*\S+")
    found = [
        f"{source.path}:{number}"
        for source in sources()
        for number, line in enumerate(source.text.splitlines(), 1)
        if silenced.search(line) and not explained.search(line)
    ]
    assert not found, offences(found)


def test_long_files_say_why() -> None:
    """A table may be long; the comment above the docstring or in its first lines says so."""
    found = [
        f"{source.path}: {source.text.count(chr(10))} lines"
        for source in sources()
        if source.text.count("\n") > LINES_WITHOUT_A_REASON
        and not re.search(r"^# Long because ", source.text[:2000], re.MULTILINE)
    ]
    assert not found, offences([*found, 'a first comment "# Long because …" gives the reason'])


def test_tracked_files_name_no_registry_and_no_machine() -> None:
    found = []
    for path in tracked_files():
        if path.suffix in BINARY or "captured" in path.parts:
            continue
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if FORBIDDEN_TEXT.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert not found, offences(found)


@pytest.mark.parametrize("text", ["https://pypi" + ".org/simple", "open('/" + "work/x')"])
def test_forbidden_text_is_recognised(text: str) -> None:
    assert FORBIDDEN_TEXT.search(text)
    assert not FORBIDDEN_TEXT.search("the framework/runtime and the network/work")


def test_labels_show_text_as_it_is() -> None:
    """A QLabel takes what looks like HTML for HTML, and then loads the files that it names."""
    guilty = [
        source.path
        for source in sources()
        if any(name.split(".")[-1] == "QLabel" for name, _ in source.calls())
        and "PlainText" not in source.text
    ]
    assert not guilty

"""Documents that name files name those that are there."""

import re

import pytest

from support.sources import ROOT, SOURCE_ROOTS

DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
)
LINK = re.compile(r"\]\((?!https?://)([^)#]+)\)")
TEST = re.compile(r"^(?:async )?def (test_\w+)", re.MULTILINE)
NAMED_TEST = re.compile(r"`(test_[a-z0-9_]+)`")
PATH = re.compile(r"`((?:app|widgets|resources|tests|docs|packaging|examples)/[\w./-]+)`")


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_and_paths_lead_somewhere(document: str) -> None:
    file = ROOT / document
    text = file.read_text("utf-8")
    dead = [link for link in LINK.findall(text) if not (file.parent / link).exists()]
    dead += [path for path in PATH.findall(text) if not (ROOT / path).exists()]
    assert not dead


def test_architecture_page_names_every_package() -> None:
    tree = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("## Layers")[0]
    packages = {
        file.parent.name
        for root in SOURCE_ROOTS
        for file in (ROOT / root).glob("*/*/__init__.py")
        if "_" not in file.parent.name
    }
    assert packages
    assert {package for package in packages if f"{package}/" not in tree} == set()


def test_tests_that_documents_name_exist() -> None:
    """They are a table's proof: one that was renamed proves nothing any more."""
    sources = [path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    defined = {name for text in sources for name in TEST.findall(text)}
    named = {
        (document, name)
        for document in DOCUMENTS
        for name in NAMED_TEST.findall((ROOT / document).read_text("utf-8"))
    }
    assert len(named) > 100
    assert sorted(pair for pair in named if pair[1] not in defined) == []


def test_every_decision_is_in_the_register() -> None:
    register = (ROOT / "docs" / "adr" / "README.md").read_text("utf-8")
    records = sorted(path.name for path in (ROOT / "docs" / "adr").glob("[0-9]*.md"))
    assert [name for name in records if f"({name})" not in register] == []
    assert [int(name[:4]) for name in records] == list(range(1, len(records) + 1))

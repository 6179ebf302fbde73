"""What kernels send to be read about an object, as they sent it, taken apart."""

import json
from typing import Any

import pytest

from support.captured import captured
from vitrail_widgets.objects.inspection import Inspection
from vitrail_widgets.objects.reading import inspection_of_fields, inspection_of_page
from vitrail_widgets.transcript.mime import MimeBundle

OLD = ("ipython-0.13.2", "ipython-1.2.1")


def replies(session: str, msg_type: str) -> list[dict[str, Any]]:
    """Return the contents of the replies of a type in a captured session."""
    found: list[dict[str, Any]] = []
    for message in captured(session):
        if b"<IDS|MSG>" in message.frames:
            header, *_, content = message.frames[message.frames.index(b"<IDS|MSG>") + 2 :][:4]
            if json.loads(header)["msg_type"] == msg_type:  # the last: 0.13 has no metadata
                found.append(json.loads(content))
    return found


def facts(about: Inspection) -> dict[str, str]:
    return {fact.title: fact.text for fact in about.facts}


@pytest.mark.parametrize("session", OLD)
def test_every_field_of_2013_that_says_something_is_shown(session: str) -> None:
    told = replies(session, "object_info_reply")
    assert len(told) == 10
    for fields in told:
        about = inspection_of_fields(fields)
        shown = " ".join((*facts(about).values(), *(doc.text for doc in about.passages)))
        shown += f" {about.source} {about.name} {about.kind}"
        for key in (
            *("type_name", "base_class", "namespace", "length", "file", "name"),
            *("docstring", "class_docstring", "init_docstring", "call_docstring"),
        ):
            value = fields.get(key)
            assert value in (None, "", "<no docstring>") or str(value).strip() in shown, key


@pytest.mark.parametrize("session", OLD)
def test_an_object_of_2013_has_its_signature_and_docstrings(session: str) -> None:
    f, c = (inspection_of_fields(fields) for fields in replies(session, "object_info_reply")[:2])
    assert (f.name, f.kind) == ("f", "function")
    assert f.signature is not None
    assert [each.name for each in f.signature.parameters] == ["a", "b", "c", "d"]
    assert facts(f)["Namespace"] == "Interactive"
    assert facts(f)["String form"].startswith("<function f at")
    assert (c.kind, c.signature and len(c.signature.parameters)) == ("instance", 1)
    assert {doc.title: doc.text for doc in c.passages} == {
        "": "class doc",
        "Constructor": "init doc",
        "Call": "call doc",
    }


def test_a_magic_and_an_alias_are_called_so() -> None:
    fields = {"name": "%time", "found": True, "ismagic": True, "type_name": "function"}
    assert inspection_of_fields(fields).kind == "magic"
    assert inspection_of_fields({**fields, "ismagic": False, "isalias": True}).kind == "alias"


@pytest.mark.parametrize(
    ("session", "name", "parameters", "kind"),
    [
        ("ipython-3.2.3", "f", ["a", "b", "c", "d"], "function"),
        ("kernel-ipykernel-6.29.5", "print", ["args", "sep", "end", "file", "flush"], "function"),
        ("kernel-ipykernel-7.4.0", "print", ["args", "sep", "end", "file", "flush"], "function"),
    ],
)
def test_a_page_of_ipython_is_taken_apart(
    session: str, name: str, parameters: list[str], kind: str
) -> None:
    (reply,) = replies(session, "inspect_reply")
    about = inspection_of_page(name, MimeBundle(reply["data"]))
    assert (about.kind, about.page) == (kind, None)
    assert about.signature is not None
    assert [each.name for each in about.signature.parameters] == parameters
    assert about.passages[0].text.startswith(("doc of f", "Print"))
    assert "Type" in facts(about)


@pytest.mark.parametrize(
    ("session", "language", "name", "parameters"),
    [
        ("kernel-ir", "R", "print", ["x", "..."]),
        ("kernel-octave", "octave", "sin", ["X"]),
        ("kernel-zsh", "zsh", "echo", []),
    ],
)
def test_a_page_in_another_language_stays_whole(
    session: str, language: str, name: str, parameters: list[str]
) -> None:
    (reply,) = replies(session, "inspect_reply")
    about = inspection_of_page(name, MimeBundle(reply["data"]), language)
    assert about.page is not None
    assert about.page.data == reply["data"]
    found = about.signature.parameters if about.signature else ()
    assert [each.name for each in found] == parameters


def test_a_page_that_is_empty_is_none_to_be_taken_apart() -> None:
    assert inspection_of_page("x", MimeBundle({})) == Inspection("x", page=MimeBundle({}))

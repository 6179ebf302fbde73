import pytest

from vitrail_widgets.signature.foreign import foreign_signature
from vitrail_widgets.signature.model import Kind, Parameter, Signature
from vitrail_widgets.signature.tip import one_line

R_HELP = """mean                    package:base                    R Documentation

Arithmetic Mean

Description:

     Usage: nothing.

Usage:

     mean(x, ...)

     ## Default S3 method:
     mean.default(x, trim = 0, na.rm = c(TRUE,
          FALSE), lambda = "a, (", ...,
          f = function(x, y) x)

     broken(x

Arguments:

     other(x)
"""


def tip(text: str, language: str, name: str = "") -> str:
    found = foreign_signature(text, language, name)
    return one_line(found).text if found else ""


def test_help_of_r_has_usages_of_which_the_first_counts() -> None:
    assert foreign_signature(R_HELP, "R", "") == Signature(
        "mean",
        (
            Parameter("x", written="x"),
            Parameter("...", Kind.VAR_POSITIONAL, written="..."),
        ),
        summary="Arithmetic Mean",
    )


def test_help_of_r_has_the_usage_of_what_was_asked_about() -> None:
    found = foreign_signature(R_HELP, "R", "mean.default")
    assert found is not None
    assert [(one.name, one.default, one.kind) for one in found.parameters] == [
        ("x", None, Kind.POSITIONAL_OR_KEYWORD),
        ("trim", "0", Kind.POSITIONAL_OR_KEYWORD),
        ("na.rm", "c(TRUE,\n          FALSE)", Kind.POSITIONAL_OR_KEYWORD),
        ("lambda", '"a, ("', Kind.POSITIONAL_OR_KEYWORD),
        ("...", None, Kind.VAR_POSITIONAL),
        ("f", "function(x, y) x", Kind.KEYWORD_ONLY),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("function (x, ...) \nUseMethod", "f(x, ...)"),
        ("function(x, # the x, of it\n  y = 2) x + y", "f(x, y = 2)"),
        ("# Printed form:\nfunction(x) x", "f(x)"),
        ("Usage:\n\n     f()\n", "f()"),
        ("function (x", ""),
        ("no function", ""),
    ],
)
def test_printed_functions_of_r(text: str, shown: str) -> None:
    assert tip(text, "R", "f") == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("function foo(a, b = [1, 2], ...rest) { return 1 }", "foo(a, b = [1, 2], ...rest)"),
        ("async function* (a) {}", "f(a)"),
        ("class A { constructor(a, {b, c} = {}) {} }", "f(a, {b, c} = {})"),
        ("foo(a, b) {\n}", "foo(a, b)"),
        ("(a, b) => a + b", "f(a, b)"),
        ("async (a) => { }", "async(a)"),
        ("function foo(a: number, b?: string): void", "foo(a: number, b?: string) -> void"),
        ("(method) Console.log(...data: any[]): void", "Console.log(...data: any[]) -> void"),
        ("const f: (a: number) => number", "f(a: number) -> number"),
        ("const g = (a) => a", "g(a)"),
        ("[Function: log]", ""),
        ("function (a", ""),
    ],
)
@pytest.mark.parametrize("language", ["javascript", "typescript"])
def test_functions_of_javascript_and_typescript(text: str, shown: str, language: str) -> None:
    assert tip(text, language, "f") == shown


def test_parts_of_a_parameter_in_typescript() -> None:
    found = foreign_signature("function f(a?: number = 2, ...b: any[])", "typescript", "")
    assert found is not None
    assert found.parameters == (
        Parameter("a", Kind.POSITIONAL_ONLY, "number", "2", "a?: number = 2"),
        Parameter("b", Kind.VAR_POSITIONAL, "any[]", None, "...b: any[]"),
    )


@pytest.mark.parametrize(
    ("text", "name", "shown"),
    [
        (
            "int printf(const char *restrict format, ...);",
            "",
            "printf(const char *restrict format, ...) -> int",
        ),
        ("  void  qsort (void *b, int (*cmp)(const void *, const void *));", "qsort", None),
        ("char *f(void);\nchar *g(char s[10], int);", "g", "g(char s[10], int) -> char *"),
        ("char *f(void);", "", "f() -> char *"),
        ("void A::f(int a = 2)", "", "A::f(int a = 2) -> void"),
        ("int f(int 1);", "", "f(int 1) -> int"),
        ("int f(a", "", ""),
        ("int f(a);", "g", ""),
        ("nothing", "", ""),
    ],
)
def test_prototypes_of_c(text: str, name: str, shown: str | None) -> None:
    if shown is None:
        shown = "qsort(void *b, int (*cmp)(const void *, const void *)) -> void"
    assert tip(text, "c++", name) == shown


def test_parts_of_a_parameter_in_c() -> None:
    text = "int f(const char *s, int (*cmp)(int), int n[2][3], unsigned, 1, ...)"
    found = foreign_signature(text, "c", "")
    assert found is not None
    assert [(one.name, one.annotation) for one in found.parameters] == [
        ("s", "const char *"),
        ("cmp", "int"),
        ("n", "int"),
        ("unsigned", None),
        ("1", None),
        ("...", None),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (" -- sin (X)\n     Compute.", "sin(X)"),
        (" -- [B, R] = deconv (Y, A)\n", "deconv(Y, A) -> [B, R]"),
        (" -- printf (TEMPLATE, ...)", "printf(TEMPLATE, ...)"),
        (" -- f (X", ""),
        ("text", ""),
    ],
)
def test_usages_of_octave(text: str, shown: str) -> None:
    assert tip(text, "octave") == shown


def test_help_of_octave_says_what_it_does_after_all_usages() -> None:
    found = foreign_signature(" -- f (X)\n -- f (X, Y)\n     It does.\n\n     More.", "octave", "")
    assert found is not None
    assert found.summary == "It does."


def test_languages_that_are_not_known_have_none() -> None:
    assert foreign_signature("f(x)", "bash", "f") is None

"""The style sheet of an exported page: both themes, and paper."""

from functools import cache
from typing import Any

from vitrail_resources import theme_table

TOKENS = ("bg", "surface", "border", "text", "muted", "accent", "in", "out", "warn", "error")

RULES = """\
* { box-sizing: border-box; }
html { background: var(--bg); color: var(--text); font-size: 14px; line-height: 1.45; }
body { margin: 0; font-family: system-ui, sans-serif; }
main { max-width: 68rem; margin: 0 auto; padding: 24px 24px 48px 12px; }
pre, .prompt { font-family: ui-monospace, "Cascadia Code", "DejaVu Sans Mono", Menlo, Consolas,
 monospace; font-size: 13px; line-height: 1.4; margin: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 8; }
.cell { margin: 0 0 16px; padding-left: 8px; border-left: 3px solid transparent; }
.cell.failed { border-left-color: var(--error); }
.row { display: grid; grid-template-columns: 4.6rem minmax(0, 1fr); column-gap: 12px;
 margin-bottom: 6px; }
.prompt { color: var(--muted); text-align: right; white-space: pre; user-select: none; }
.prompt b { font-weight: normal; }
.prompt b.in { color: var(--in); }
.prompt b.out { color: var(--out); }
.code { background: var(--surface); border-radius: 6px; padding: 8px 10px; }
.row:first-child .prompt { padding-top: 8px; }
.state { float: right; color: var(--muted); font-size: 12px; user-select: none; }
.text, .stderr, .html, .picture { padding: 0 10px; }
.stderr { border-left: 2px solid var(--warn); padding-left: 8px; }
.notice { color: var(--muted); font-size: 13px; margin: 0 0 16px calc(4.6rem + 33px);
 white-space: pre-wrap; }
.notice.warn { color: var(--warn); }
.notice.error { color: var(--error); }
.html { overflow-x: auto; }
.html table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
.html th, .html td { border-bottom: 1px solid var(--border); padding: 4px 10px;
 text-align: right; vertical-align: top; }
.html th { color: var(--muted); font-weight: 600; }
.prose { max-width: 46rem; line-height: 1.55; }
.prose > :first-child { margin-top: 0; }
.prose > :last-child { margin-bottom: 0; }
.prose h1 { font-size: 1.5em; } .prose h2 { font-size: 1.25em; }
.prose h3, .prose h4, .prose h5, .prose h6 { font-size: 1.05em; }
.prose th, .prose td { text-align: left; }
.prose .code, .prose table { margin: 12px 0; }
.prose code { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
 font-size: .93em; }
.prose blockquote { margin-left: 0; padding-left: 12px; color: var(--muted);
 border-left: 3px solid var(--border); }
.formula { font-size: 1.1em; opacity: .9; max-width: 100%; }
.display { display: block; padding: 4px 0; }
.row { position: relative; }
.forms { grid-column: 2; padding: 0 10px; font-size: 13px; }
.forms > summary { position: absolute; top: 0; right: 0; list-style: none; cursor: pointer;
 padding: 0 8px; border-radius: 6px; color: var(--muted); background: var(--surface); }
.forms > summary::-webkit-details-marker { display: none; }
.forms > summary::before { content: "\\2026"; }
.forms[open] { border-left: 2px solid var(--border); margin: 6px 0 2px 10px; padding-left: 8px; }
.forms .form { color: var(--muted); font-size: 12px; margin: 8px 0 4px; }
.forms .text, .forms .html, .forms .picture { padding: 0; }
.muted { color: var(--muted); margin: 0; }
@media (hover: hover) {
 .forms:not([open]) > summary { opacity: 0; }
 .row:hover > .forms > summary, .forms > summary:focus-visible { opacity: 1; }
}
.picture { overflow: hidden; }
.picture img { max-width: 100%; height: auto; background: #fff; border-radius: 6px; }
a { color: var(--accent); }
.bo { font-weight: 700; }
.it { font-style: italic; }
.un, .st, .ov { text-decoration: var(--un,) var(--st,) var(--ov,) var(--shape,); }
.un { --un: underline; }
.st { --st: line-through; }
.ov { --ov: overline; }
.ud { --shape: double; }
.uc { --shape: wavy; }
.ut { --shape: dotted; }
.ua { --shape: dashed; }
.co { visibility: hidden; }
.cf { color: var(--lf, inherit); }
.cg { background: var(--lg, transparent); }
"""

DARK = """\
 .formula { filter: invert(1); }
 .cf { color: var(--df, inherit); }
 .cg { background: var(--dg, transparent); }
 .picture img { padding: 8px; }
"""

PAPER = """\
@media print {
 html { font-size: 11px; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
 main { max-width: none; padding: 0; }
 pre, .prompt, .notice, .html table { font-size: 10px; }
 pre { orphans: 3; widows: 3; }
 .prompt, .picture, .html tr, .notice { break-inside: avoid; }
 .row:first-child { break-after: avoid; }
 .html { overflow: visible; }
 .forms { display: none; }
}
"""


@cache
def style_sheet() -> str:
    """Return the style sheet: light, dark where the reader's system is, light on paper."""
    light, dark = theme_table("light"), theme_table("dark")
    parts = (
        f":root {{ {_variables(light)} }}\n",
        RULES,
        "".join(f".code .{name} {{ color: var(--s-{name}); }}\n" for name in light["syntax"]),
        "@media screen and (prefers-color-scheme: dark) {\n",
        f" :root {{ {_variables(dark)} }}\n",
        DARK,
        "}\n",
        PAPER,
    )
    return "".join(parts)


def _variables(theme: dict[str, Any]) -> str:
    tokens = [f"--{name}: {theme['tokens'][name]};" for name in TOKENS]
    syntax = [f"--s-{name}: {colour};" for name, colour in theme["syntax"].items()]
    return " ".join([*tokens, *syntax])

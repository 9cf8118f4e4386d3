"""Texts that are something else to a program that takes them for markup, a formula, a template or an escape.

`{url}` stands for an address that nobody may ask for, `{file}` for a pipe that nobody may open.
"""

from __future__ import annotations

_MARKUP = (
    '<img src="{url}/a.png">',
    '<img src="file://{file}">',
    "<img src='{file}' width=1>",
    '<image xlink:href="{url}/b.svg"/>',
    '<script>fetch("{url}/c")</script>',
    '<link rel="stylesheet" href="{url}/d.css">',
    "<style>@import url({url}/e.css); body {{ background: url(file://{file}) }}</style>",
    '<body background="{url}/f.png">',
    '<a href="{url}/g">press here</a>',
    '<iframe src="{url}/h"></iframe>',
    '<object data="file://{file}"></object>',
    "<b>bold <i>and never closed",
    "</para></font></b>",
    "<para><para>",
    '<font color="white" size="1">not seen</font>',
    "<br/><hr/>",
    "<super>x</super><sub>y</sub>",
    '<seq id="x"/><onDraw name="x" label="y"/>',
    "<!-- not seen -->",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file://{file}'>]>&y;",
    "<![CDATA[ x ]]>",
    "&lt;b&gt; &amp; &nbsp; &#65; &#x41;",
    "R&D && S&T",
    "a < b and b > c",
    "<?xml version='1.0'?><x/>",
    "<qt><h1>large</h1></qt>",
    "![picture]({url}/i.png) [link]({url}/j) **bold** `code`",
)
_FORMULAS = (
    "=cmd|' /C calc'!A0",
    "=1+1",
    "@SUM(A1:A9)",
    "+1+1",
    "-2+3",
    "\t=1+1",
    '=HYPERLINK("{url}/k","press")',
    '=WEBSERVICE("{url}/l")',
    '=IMPORTXML("{url}/m","//a")',
    "'=1+1",
    "''@x",
    '="a"&"b"',
    "=A1:B2",
    "#N/A",
    "#REF!",
)
_ESCAPES = (
    "{{{{ 7 * 7 }}}} {{% raw %}} ${{7*7}} #{{7*7}}",
    "%s %d %n %(name)s %1 %%",
    "{{0}} {{name}} {{}}",
    "\\x00 \\u0000 \\n \\\\ \\",
    "_x0041_ _x000D_ _x005F_",
    "'; DROP TABLE audit; --",
    "`rm -rf x` $(touch y) ; | & > z",
    "../../etc/passwd C:\\Windows\\win.ini \\\\server\\share",
    "sep=;",
    '"quoted", and "half',
    "1.10",
    "TRUE",
    "no view",
)

PAYLOADS: tuple[str, ...] = _MARKUP + _FORMULAS + _ESCAPES


def payload(number: int, url: str, file: str) -> str:
    """One of them, with the address and the pipe that would give it away."""
    return PAYLOADS[number % len(PAYLOADS)].format(url=url, file=file)

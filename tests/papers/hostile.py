"""Five hundred values somebody might type or import to make a paper or a spreadsheet do something."""

from __future__ import annotations

import random

_SEEDS = (
    "<img src='/etc/passwd'/>",
    '<img src="file:///etc/passwd" width="9" height="9"/>', "Sons <b", "</para>",
    "<b>Асанов</b>", "<font size=90>X</font>", "<a href='javascript:alert(1)'>x</a>", "&lt;script&gt;",
    "<script>alert(1)</script>", '"><svg onload=alert(1)>', "'; DROP TABLE person; --",
    "&#60;img src=x&#62;",
    "<![CDATA[x]]>", "]]></t></is></c>", "<!-- x", "{position}", "{0.__class__}", "%s%n", "\\",
    "(unbalanced",
    ") Tj ET Q", "BT /F1 90 Tf (x) Tj", "=cmd|'/C calc'!A0", "=1+1", '=HYPERLINK("http://x","y")',
    "@SUM(1)",
    "+996555111111", "-2+3", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "'=1+1", "''=1", "＝1+1", "|calc",
    "%0A",
    '"quoted; field"', "semi;colon", "line\nbreak", "crlf\r\nbreak", "a\x00b", "\x00", "\x07bell",
    "\x1b[31m",
    "_x0041_", "_x005F_", "\ufeffmark", "\u202eдесрев", "\u2066a\u2069", "\u200bzero\u200d",
    "e\u0301\u0323",
    "\ud800", "x\udfffy", "\ufffe", "😀 Айгерим", "👩‍🎓", "שלום", "محمد", "王小明", "𝕬𝖘𝖆𝖓", "ﬁ", "Ⅷ", "½",
    "№ «»–—",
    "01203200512345", "1e5", "0x1F", "12/03", "12.03.2005", "TRUE", "NULL", "#REF!",
    "http://example.org",
    "mailto:a@b", "internal:Sheet1!A1", "Ң" * 300, "Абдыкадырова " * 40, "Ы" * 2000, " ",
    "  two  spaces  ", "\u00a0x",
)  # fmt: skip
_AROUND = ("{}", "Асанов {}", "{} уулу", "{}{}", "Үсөнова {} Айгерим")


def hostile_values(count: int = 500) -> list[str]:
    """`count` different values, the same every time."""
    chance = random.Random(2026)
    values = list(
        dict.fromkeys(
            around.replace("{0}", "{}").replace("{}", seed) for around in _AROUND for seed in _SEEDS
        )
    )
    while len(values) < count:
        values.append("".join(chance.choice(_SEEDS)[:12] for _ in range(3)) + str(len(values)))
    return values[:count]

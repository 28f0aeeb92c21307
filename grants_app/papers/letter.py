"""The award letter as PDF: one page a letter, in one language or paired; it does not decide what it says.

All measures are points from the page's top left corner. Text that repeats from letter to letter is broken
into lines and encoded once a document, so that a print job costs little more than its glyphs.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4

from grants_app.domain.errors import Refused
from grants_app.domain.stopping import breathing
from grants_app.papers.blocks import Align, Block, Run, Setter, Style
from grants_app.papers.documents import new_document
from grants_app.papers.emblems import draw_emblem
from grants_app.papers.marks import EMBLEM, draw_code, draw_watermark, form_emblem
from grants_app.papers.styles import SANS, SERIF, SERIF_BOLD, Fonts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportlab.pdfgen.canvas import Canvas

    from grants_app.domain.papers import LetterFacts, Signer
    from grants_app.domain.values import Lang, Names
    from grants_app.papers.wordings import Wordings

WIDTH, HEIGHT = A4
LEFT, RIGHT = 57.0, WIDTH - 57.0
VALUE_X = 240.0  # where the column of values begins; verification reads the printed values from there on
HEAD_X = LEFT + 61.0  # the branch, beside the emblem; verification reads it from there
HEAD_TOP = 45.0
FOOT_BOTTOM = HEIGHT - 34.0
CODE_BOX = 92.0
SCALES = (1.07, 1.0, 0.93, 0.86, 0.8, 0.74, 0.68, 0.62, 0.56)

_INK, _GREY = "#1a1d21", "#55606e"
_INK_LINE, _PALE_LINE, _ACCENT_LINE = HexColor(_INK), HexColor("#c9cfd9"), HexColor("#0b6e72")


@dataclass(frozen=True, slots=True)
class _Styles:
    """The letter's styles at one scale."""

    branch: Style
    small: Style
    plain: Style
    title: Style
    under_title: Style
    body: Style
    second: Style
    label: Style
    value: Style
    strong: Style
    name: Style
    note: Style
    tiny: Style


def _styles(scale: float) -> _Styles:
    return _Styles(
        branch=Style(SERIF_BOLD, 11.5, 15.5).scaled(scale),
        small=Style(SANS, 8.5, 11.5, _GREY).scaled(scale),
        plain=Style(SANS, 10, 13.5, _INK).scaled(scale),
        title=Style(SERIF_BOLD, 16, 21).scaled(scale),
        under_title=Style(SANS, 9.5, 13, _GREY).scaled(scale),
        body=Style(SERIF, 11.5, 16.5).scaled(scale),
        second=Style(SANS, 9, 12.5, _GREY).scaled(scale),
        label=Style(SANS, 9.5, 13, _GREY).scaled(scale),
        value=Style(SERIF, 11.5, 16).scaled(scale),
        strong=Style(SERIF_BOLD, 11.5, 16).scaled(scale),
        name=Style(SERIF_BOLD, 13, 17).scaled(scale),
        note=Style(SANS, 8, 10.8, _GREY),
        tiny=Style(SANS, 7, 9, _GREY).scaled(scale),
    )


@dataclass(slots=True)
class _Page:
    """What one letter will show at one scale, measured before anything is drawn; `y` runs down."""

    styles: _Styles
    scale: float
    y: float = HEAD_TOP
    blocks: list[tuple[Block, float, float]] = field(default_factory=list)
    rules: list[tuple[float, float, float, Color]] = field(default_factory=list)

    def put(self, block: Block, x: float, top: float) -> None:
        """Place a block with its top left corner at (x, top)."""
        self.blocks.append((block, x, top))

    def rule(self, y: float, left: float = LEFT, right: float = RIGHT, colour: Color = _PALE_LINE) -> None:
        """A thin horizontal line."""
        self.rules.append((y, left, right, colour))


def letter_pdf(
    facts: LetterFacts,
    langs: tuple[Lang, ...],
    wordings: Wordings,
    fonts: Fonts,
    emblems: Mapping[str, bytes] | None = None,
) -> bytes:
    """One letter as PDF, its first language large, any further ones small beside it; same facts, same bytes.

    `emblems` are the pictures letters name (`LetterFacts.emblem`); the program's mark stands for one missing.

    Refused `glyph_missing` (a letter no face has, named) or `letter_too_long` (does not fit a page even
    set small); nothing is ever cut off.
    """
    return letters_pdf([(facts, langs)], wordings, fonts, emblems)


def letters_pdf(
    papers: Iterable[tuple[LetterFacts, tuple[Lang, ...]]],
    wordings: Wordings,
    fonts: Fonts,
    emblems: Mapping[str, bytes] | None = None,
) -> bytes:
    """A print job: one PDF, one page a letter in the order given; refused as a whole, as `letter_pdf`.

    `papers` may be a generator; it must give at least one (ValueError otherwise: a bug of the caller).
    """
    out = io.BytesIO()
    press: _Press | None = None
    for facts, langs in breathing(papers):
        if press is None:
            press = _Press(_canvas(out, facts, langs, wordings), fonts, wordings, emblems or {})
        press.letter(facts, langs)
    if press is None:
        raise ValueError("no letters to print")
    press.canvas.save()
    return out.getvalue()


def _canvas(out: io.BytesIO, facts: LetterFacts, langs: tuple[Lang, ...], wordings: Wordings) -> Canvas:
    """An empty document titled by its first letter; no time of making, no unembedded font in it."""
    canvas = new_document(
        out, f"{wordings[langs[0]].say.title} {wordings[langs[0]].number(facts.number)}", langs[0], points=10
    )
    canvas.setAuthor(facts.branch.get(langs[0]))
    canvas.setSubject(wordings[langs[0]].say.title)
    form_emblem(canvas)
    return canvas


class _Press:
    """Draws letters onto one document."""

    def __init__(
        self, canvas: Canvas, fonts: Fonts, wordings: Wordings, emblems: Mapping[str, bytes]
    ) -> None:
        self.canvas = canvas
        self._emblems = emblems
        self._setter = Setter(canvas, fonts)
        self._fonts = fonts
        self._wordings = wordings
        self._styles = {scale: _styles(scale) for scale in SCALES}

    def letter(self, facts: LetterFacts, langs: tuple[Lang, ...]) -> None:
        """Measure at falling scales until the letter fits, then draw it on a page of its own."""
        for scale in SCALES:
            page = _Page(self._styles[scale], scale)
            foot = self._foot(page, facts, langs)
            self._head(page, facts, langs)
            self._body(page, facts, langs)
            self._signatures(page, facts, langs)
            if page.y <= foot:
                self._draw(page, facts, langs)
                return
        raise Refused("letter_too_long", number=facts.number)

    # --- measuring -----------------------------------------------------------------------------------

    def _set(self, text: str, style: Style, width: float, align: Align = "left") -> Block:
        return self._setter.block(((text, style),), width, align)

    def _stack(self, page: _Page, x: float, width: float, parts: Iterable[tuple[str, Style]]) -> float:
        """Put texts one under another from `page.y`; the height they take."""
        top = page.y
        for text, style in parts:
            if text:
                block = self._set(text, style, width)
                page.put(block, x, top)
                top += block.height
        return top - page.y

    def _head(self, page: _Page, facts: LetterFacts, langs: tuple[Lang, ...]) -> None:
        styles, x = page.styles, HEAD_X
        main, *others = _each(facts.branch, langs)
        lines = [(main, styles.branch), *((name, styles.small) for name in others)]
        lines += [(line, styles.small) for line in facts.letterhead.get(langs[0]).splitlines()]
        probe = _Page(styles, page.scale)
        height = self._stack(probe, x, RIGHT - x, lines)
        page.y = HEAD_TOP + max(0.0, (48.0 - height) / 2)
        self._stack(page, x, RIGHT - x, lines)
        page.y = HEAD_TOP + max(48.0, height) + 10 * page.scale
        page.rule(page.y, colour=_ACCENT_LINE)
        page.y += 15 * page.scale
        self._dateline(page, facts, langs[0])
        page.y += 17 * page.scale
        for number, lang in enumerate(langs):
            style = styles.under_title if number else styles.title
            block = self._set(self._wordings[lang].say.title, style, RIGHT - LEFT, "centre")
            page.put(block, LEFT, page.y)
            page.y += block.height
        page.y += 13 * page.scale

    def _dateline(self, page: _Page, facts: LetterFacts, lang: Lang) -> None:
        """Date, place and number on one line; a mark of a reprint or of a replaced letter under them."""
        words, styles, third = self._wordings[lang], page.styles, (RIGHT - LEFT) / 3
        cells: tuple[tuple[str, float, Align], ...] = (
            (words.on(facts.issued_on), LEFT, "left"),
            (facts.city.get(lang), LEFT + third, "centre"),
            (words.number(facts.number), LEFT + 2 * third, "right"),
        )
        tallest = 0.0
        for text, x, align in cells:
            block = self._set(text, styles.plain, third - 4 if align != "right" else third, align)
            page.put(block, x, page.y)
            tallest = max(tallest, block.height)
        page.y += tallest
        marks = [words.say.replaces.format(number=facts.replaces)] if facts.replaces else []
        if facts.reprint:
            marks.append(words.say.reprint.format(count=facts.reprint))
        if facts.extended is not None:
            marks.append(words.extended_to(facts.extended))
        for mark in marks:
            block = self._set(mark, styles.small, RIGHT - LEFT, "right")
            page.put(block, LEFT, page.y)
            page.y += block.height

    def _body(self, page: _Page, facts: LetterFacts, langs: tuple[Lang, ...]) -> None:
        styles, wordings = page.styles, [self._wordings[lang] for lang in langs]
        self._paragraphs(page, [words.say.intro for words in wordings])
        page.y += 7 * page.scale
        latin = [facts.latin] if facts.latin else []
        self._row(page, [words.say.name for words in wordings], ((facts.full_name, styles.name),), latin)
        if facts.guardian:
            guardian = ((facts.guardian, styles.value),)
            self._row(page, [words.say.guardian for words in wordings], guardian, [])
        programme, *others = _each(facts.programme, langs)
        value: tuple[Run, ...] = ((f"{facts.programme_code} {programme}", styles.value),)
        self._row(page, [words.say.programme for words in wordings], value, others)
        self._words_row(
            page, [words.say.level for words in wordings], [w.say.levels[facts.level] for w in wordings]
        )
        self._words_row(
            page, [words.say.basis for words in wordings], [words.basis_of(facts) for words in wordings]
        )
        if facts.position is not None:
            self._words_row(
                page, [words.say.position for words in wordings], [wordings[0].position_of(facts)]
            )
        if facts.confirm_until is not None:
            self._confirm(page, facts, langs)
        page.y += 9 * page.scale
        dated = facts.confirm_until is not None
        self._paragraphs(page, [words.say.act if dated else words.say.act_undated for words in wordings])

    def _confirm(self, page: _Page, facts: LetterFacts, langs: tuple[Lang, ...]) -> None:
        if facts.confirm_until is None:
            return
        texts = []
        for lang in langs:
            zone = facts.zone.get(lang)
            texts.append((self._wordings[lang].until(facts.confirm_until), f"({zone})" if zone else ""))
        (until, zone), *others = texts
        runs: tuple[Run, ...] = ((until, page.styles.strong), (zone, page.styles.value))
        labels = [self._wordings[lang].say.confirm for lang in langs]
        self._row(page, labels, runs, [f"{moment} {place}".rstrip() for moment, place in others])

    def _words_row(self, page: _Page, labels: list[str], values: list[str]) -> None:
        """A row whose value is worded in every language."""
        self._row(page, labels, ((values[0], page.styles.value),), values[1:])

    def _row(self, page: _Page, labels: list[str], value: tuple[Run, ...], small: list[str]) -> None:
        """Label on the left, value and its small lines on the right, a hairline under both."""
        styles, pad = page.styles, 5.5 * page.scale
        main = self._setter.block(value, RIGHT - VALUE_X)
        label = self._set(" / ".join(dict.fromkeys(labels)), styles.label, VALUE_X - LEFT - 12)
        page.y += pad
        page.put(label, LEFT, page.y + main.first - label.first)
        page.put(main, VALUE_X, page.y)
        height = main.height
        shown = {value[0][0]}
        for text in small:
            if text not in shown:
                shown.add(text)
                block = self._set(text, styles.small, RIGHT - VALUE_X)
                page.put(block, VALUE_X, page.y + height)
                height += block.height
        page.y += max(height, main.first - label.first + label.height) + pad
        page.rule(page.y)

    def _paragraphs(self, page: _Page, texts: list[str]) -> None:
        main, *others = texts
        parts = [(main, page.styles.body), *((text, page.styles.second) for text in others)]
        for text, style in parts:
            block = self._set(text, style, RIGHT - LEFT)
            page.put(block, LEFT, page.y)
            page.y += block.height + 3 * page.scale

    def _signatures(self, page: _Page, facts: LetterFacts, langs: tuple[Lang, ...]) -> None:
        """Who signs, one under another, and the place of the stamp under the last."""
        for number, signer in enumerate(facts.signed_by):
            page.y += (12 if number else 30) * page.scale
            self._signature(page, signer, langs)
        stamp = self._set(self._wordings[langs[0]].say.stamp, page.styles.small, 100.0)
        page.put(stamp, LEFT, page.y + 6 * page.scale)
        page.y += 6 * page.scale + stamp.height

    def _signature(self, page: _Page, signer: Signer, langs: tuple[Lang, ...]) -> None:
        """Post on the left, the line to sign on, the name on the right, all on one baseline."""
        styles, words = page.styles, self._wordings[langs[0]]
        name = self._set(signer.name.get(langs[0]), styles.value, 190.0)
        name_x = RIGHT - name.width
        line_from = name_x - 9 - 140
        post, *others = _each(signer.post, langs)
        height = self._stack(
            page,
            LEFT,
            line_from - LEFT - 14,
            [(post, styles.value), *((text, styles.small) for text in others)],
        )
        page.put(name, name_x, page.y)
        baseline = page.y + name.first + 2
        page.rule(baseline, line_from, name_x - 9, _INK_LINE)
        page.put(self._set(words.say.signature, styles.tiny, 140.0, "centre"), line_from, baseline + 1)
        page.y += max(height, name.height)

    def _foot(self, page: _Page, facts: LetterFacts, langs: tuple[Lang, ...]) -> float:
        """The code's box and the hints beside it, standing on the page's bottom; the y they begin at."""
        note, x = page.styles.note, LEFT + CODE_BOX + 12
        hints = [self._set(self._wordings[lang].say.verify, note, RIGHT - x) for lang in langs]
        main = self._wordings[langs[0]]
        hints.append(self._set(main.trace_of(facts), note, RIGHT - x))
        if facts.key:
            hints.append(self._set(main.say.key.format(key=facts.key), note, RIGHT - x))
        height = sum(block.height for block in hints) + 3 * (len(hints) - 1)
        tall = max(CODE_BOX, height)
        top = FOOT_BOTTOM - tall + (tall - height) / 2
        for block in hints:
            page.put(block, x, top)
            top += block.height + 3
        rule = FOOT_BOTTOM - tall - 9
        page.rule(rule)
        return rule - 8

    # --- drawing -------------------------------------------------------------------------------------

    def _draw(self, page: _Page, facts: LetterFacts, langs: tuple[Lang, ...]) -> None:
        canvas = self.canvas
        say = self._wordings[langs[0]].say
        if facts.draft or facts.sample:
            word = say.draft if facts.draft else say.sample
            draw_watermark(canvas, self._fonts, word, WIDTH, HEIGHT)
        picture = self._emblems.get(facts.emblem)
        if picture is None:
            canvas.saveState()
            canvas.translate(LEFT + 24, HEIGHT - HEAD_TOP - 24)
            canvas.doForm(EMBLEM)
            canvas.restoreState()
        else:
            draw_emblem(canvas, picture, LEFT, HEIGHT - HEAD_TOP - 48, 48)
        canvas.setLineWidth(0.6)
        for y, left, right, colour in page.rules:
            canvas.setStrokeColor(colour)
            canvas.line(left, HEIGHT - y, right, HEIGHT - y)
        for block, x, top in page.blocks:
            self._setter.place(block, x, HEIGHT - top)
        if facts.code:
            draw_code(canvas, facts.code, LEFT, HEIGHT - FOOT_BOTTOM, CODE_BOX)
        canvas.showPage()


def _each(names: Names, langs: tuple[Lang, ...]) -> list[str]:
    """The name in the first language, then the others that differ from it and from each other."""
    return list(dict.fromkeys(names.get(lang) for lang in langs))

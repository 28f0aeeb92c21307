"""The sections of the entry form about school, results and choices; they judge nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from PySide6.QtCore import Qt

from grants_app.domain.application import MAX_CHOICES, School, Score
from grants_app.domain.collation import sort_key
from grants_app.domain.judging import AVERAGE, plain
from grants_app.domain.values import LANGS
from grants_app.gui.pages.entry_form_sections import COLUMNS, FormSection, FormSetup
from grants_app.gui.pages.entry_form_widgets import ResultEdit, YearEdit
from grants_app.gui.pages.entry_lists import REGION_NAMES, SCHOOL_KINDS, SCHOOL_TYPES, SHORT_NAMES, TEACHING
from grants_app.gui.widgets.editors import ChoiceEdit, Option
from grants_app.gui.widgets.labels import Label
from grants_app.services.register.known import Known
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from grants_app.domain.application import Entry
    from grants_app.domain.campaign import Pool
    from grants_app.gui.qt_words import Speech
    from grants_app.gui.theme import Theme
    from grants_app.gui.widgets.forms import FormGrid


class SchoolSection(FormSection):
    """Where the applicant finished, and the results, one field for each the rules know."""

    heading: ClassVar[str] = mark("School and results")
    labels: ClassVar[Mapping[str, str]] = {
        "school": mark("School"), "graduated": mark("Graduated in"), "school_kind": mark("Type by location"),
        "school_region": mark("Region of the school"), "school_district": mark("District of the school"),
        "teaching": mark("Taught in"), "school_type": mark("Type of school"),
    }  # fmt: skip
    rare: ClassVar[tuple[str, ...]] = ("teaching", "school_type", "graduated")

    def __init__(self, theme: Theme, words: Speech, form: FormGrid, setup: FormSetup) -> None:
        super().__init__(theme, words, form)
        self._measures = setup.rules.measures
        self._officer = setup.officer
        beside = [measure.code for measure in self._measures if measure.code == AVERAGE]
        self._results = [measure.code for measure in self._measures if measure.code != AVERAGE]
        self._known = Known()
        self.suggests(("school", 0, 0, 8 if beside else 12))
        for code in beside:
            self.put(code, ResultEdit(theme), 0, 8, 4)
        for code in self._results:
            self.put(code, ResultEdit(theme), 1, 0, 3)
        self._place_results(self._results)
        row = 2 + len(self._results) // 4
        self.put("school_kind", ChoiceEdit(theme), row, 0, 4)
        self.put("school_region", ChoiceEdit(theme), row, 4, 4)
        self.suggests(("school_district", row, 8, 4))
        self.choice("school_region").chosen.connect(self._on_region_chosen)
        self.put("graduated", YearEdit(theme), row + 1, 0, 4)
        self.put("teaching", ChoiceEdit(theme), row + 1, 4, 4)
        self.put("school_type", ChoiceEdit(theme), row + 1, 8, 4)

    def show_known(self, known: Known) -> None:
        """Offer the schools and districts known."""
        self._known = known
        self._on_region_chosen()

    def _on_region_chosen(self) -> None:
        region = self.choice("school_region").code
        self.offer("school", self._known.schools, region)
        self.offer("school_district", self._known.districts, region)

    def retranslate(self) -> None:
        """Word labels and lists again; the measures are named by the rules."""
        super().retranslate()
        self._on_region_chosen()
        self.choice("school_kind").set_options(self.worded(SCHOOL_KINDS))
        self.choice("school_region").set_options(self.worded(REGION_NAMES))
        self.choice("teaching").set_options(self.worded(TEACHING))
        self.choice("school_type").set_options(self.worded(SCHOOL_TYPES))
        for measure in self._measures:
            short = SHORT_NAMES.get(measure.code)
            self.fields[measure.code].set_label(
                self.words(short) if short else measure.names.get(self.words.lang)
            )
            self.result(measure.code).setPlaceholderText(self.words("not given"))

    def _place_results(self, codes: Sequence[str]) -> None:
        """Four in a row; the others are out of sight."""
        for code in self._results:
            self.grid.removeWidget(self.fields[code])
            self.fields[code].setVisible(code in codes)
        for place, code in enumerate(codes):
            self.grid.addWidget(self.fields[code], 2 * (1 + place // 4), place % 4 * 3, 1, 3)

    def show_rare(self, everything: bool) -> None:  # noqa: FBT001 - as the base
        """While one looks, only the results given stand there."""
        super().show_rare(everything)
        given = [code for code in self._results if self.result(code).text().strip()]
        self._place_results(self._results if everything or not given else given)

    @property
    def graduated_edit(self) -> YearEdit:
        """The year the school was finished in."""
        return cast("YearEdit", self.fields["graduated"].editor)

    def result(self, code: str) -> ResultEdit:
        """The editor of one result."""
        return cast("ResultEdit", self.fields[code].editor)

    def show_entry(self, entry: Entry) -> None:
        """Show school and results."""
        school = entry.school
        self.set_text("school", school.name)
        self.set_text("graduated", str(school.graduated or ""))
        self.set_text("school_district", school.district)
        self.choice("school_kind").set_code(school.kind)
        self.choice("school_region").set_code(school.region)
        self._on_region_chosen()
        self.choice("teaching").set_code(school.language)
        self.choice("school_type").set_code(school.type)
        scores = {score.criterion: score for score in entry.scores}
        for measure in self._measures:
            score = scores.get(measure.code)
            editor = self.result(measure.code)
            editor.setText(self.shown(score.value) if score else "")
            editor.show_verified(bool(score and score.verified_by))

    def shown(self, value: Decimal) -> str:
        """A number as people here write it: with a comma, with a point in English."""
        text = plain(value)
        return text if self.words.lang == "en" else text.replace(".", ",")

    def collected(self, entry: Entry) -> Entry:
        """School and results as typed; a result typed anew loses its second pair of eyes."""
        school = School(
            name=self.text("school"),
            kind=self.choice("school_kind").code,
            type=self.choice("school_type").code,
            language=self.choice("teaching").code,
            region=self.choice("school_region").code,
            district=self.text("school_district"),
            graduated=self.graduated_edit.year,
        )
        return replace(entry, school=school, scores=self._scores(entry.scores))

    def _scores(self, before: Sequence[Score]) -> tuple[Score, ...]:
        known = {score.criterion: score for score in before}
        typed: dict[str, Score] = {}
        for measure in self._measures:
            value = self.result(measure.code).value
            if value is None:
                continue
            old = known.get(measure.code)
            same = old is not None and old.value == value
            typed[measure.code] = (
                old if old is not None and same
                else Score(criterion=measure.code, value=value, entered_by=self._officer)
            )  # fmt: skip
        shown = {measure.code for measure in self._measures}
        kept = [typed.pop(code, None) if code in shown else known[code] for code in known]
        return (*(score for score in kept if score is not None), *typed.values())


class ChoicesSection(FormSection):
    """Up to four programmes, best liked first, each with its total when it is known."""

    heading: ClassVar[str] = mark("Choices, in order of preference")
    rare: ClassVar[tuple[str, ...]] = tuple(f"choice{place}" for place in range(2, MAX_CHOICES + 1))

    def __init__(self, theme: Theme, words: Speech, form: FormGrid, setup: FormSetup) -> None:
        super().__init__(theme, words, form)
        self._setup = setup.campaign.setup
        self._held: tuple[str, ...] = ()
        self.total_labels: list[Label] = []
        self._numbers: list[Label] = []
        self.grid.setVerticalSpacing(4)
        for place in range(MAX_CHOICES):
            number = Label(theme, "body", "muted", str(place + 1), self)
            number.setFixedHeight(28)
            self._numbers.append(number)
            field = self.put(f"choice{place + 1}", ChoiceEdit(theme), place, 1, COLUMNS - 2)
            field.label.hide()
            total = Label(theme, "bold", "muted", parent=self)
            total.setFixedHeight(28)
            total.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            total.setMinimumWidth(44)
            self.total_labels.append(total)
            self.grid.addWidget(number, 2 * place, 0, Qt.AlignmentFlag.AlignTop)
            self.grid.addWidget(total, 2 * place, COLUMNS - 1, Qt.AlignmentFlag.AlignTop)
        self.grid.setColumnStretch(0, 0)
        self.grid.setColumnStretch(COLUMNS - 1, 0)
        self.grid.setColumnMinimumWidth(0, 14)

    def retranslate(self) -> None:
        """Word the programmes again."""
        super().retranslate()
        self._offer()

    def _offer(self) -> None:
        """What can be chosen: everything open, and what this application holds though it was closed since."""
        lang = self.words.lang
        options = [self._option(pool, lang) for pool in self._setup.pools if self._open(pool)]
        options.sort(key=lambda option: sort_key(option.text))
        for place in range(MAX_CHOICES):
            self.choice(f"choice{place + 1}").set_options(options)
            self.fields[f"choice{place + 1}"].editor.setAccessibleName(
                self.words("Choice {number}", number=place + 1)
            )

    def _open(self, pool: Pool) -> bool:
        whole = (pool, self._setup.programme(pool.programme), self._setup.branch(pool.branch))
        return pool.id in self._held or not any(one.closed for one in whole)

    def _option(self, pool: Pool, lang: str) -> Option:
        """A programme with its branch; its codes and its names in every language find it too."""
        programme = self._setup.programme(pool.programme)
        also = (programme.code, *(programme.names.get(one) for one in LANGS))
        branch = self._setup.branch(pool.branch).short.get(lang)
        return Option(pool.id, f"{programme.names.get(lang)} · {branch}", (*also, *programme.spellings))

    def show_entry(self, entry: Entry) -> None:
        """Show the choices."""
        if self._held != entry.choices:
            self._held = entry.choices
            self._offer()
        for place in range(MAX_CHOICES):
            code = entry.choices[place] if place < len(entry.choices) else ""
            self.choice(f"choice{place + 1}").set_code(code)

    def show_rare(self, everything: bool) -> None:  # noqa: FBT001 - as the base
        """The numbers go with their lines."""
        super().show_rare(everything)
        for place, (number, total) in enumerate(zip(self._numbers, self.total_labels, strict=True)):
            shown = place == 0 or everything or bool(self.text(f"choice{place + 1}"))
            number.setVisible(shown)
            total.setVisible(shown)

    def show_totals(self, totals: Sequence[Decimal | None]) -> None:
        """The total each choice would rank with; none where the applicant is not admitted."""
        for place, label in enumerate(self.total_labels):
            total = totals[place] if place < len(totals) else None
            label.setText(
                "" if total is None else plain(total).replace(".", "." if self.words.lang == "en" else ",")
            )

    def collected(self, entry: Entry) -> Entry:
        """The choices as typed, empty lines left out."""
        codes = [self.choice(f"choice{place + 1}").code for place in range(MAX_CHOICES)]
        return replace(entry, choices=tuple(code for code in codes if code))

"""A page with every widget of the frame on it, for the pictures and for looking at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from grants_app.gui.keys import chord_of
from grants_app.gui.page import Page
from grants_app.gui.table_models import Band, ChipText, Column, LinesModel, Part
from grants_app.gui.widgets.buttons import KeyButton
from grants_app.gui.widgets.cards import Bar, Bars, Card, FigureTile, Queue, QueueList
from grants_app.gui.widgets.chips import ChipRow
from grants_app.gui.widgets.drawer import EmptyState, Fact, FactList, SideDrawer
from grants_app.gui.widgets.editors import (
    ChoiceEdit,
    DateEdit,
    Option,
    PhoneEdit,
    PinEdit,
    SearchField,
    TextEdit,
)
from grants_app.gui.widgets.forms import FormField, FormGrid
from grants_app.gui.widgets.tables import LinesTable

if TYPE_CHECKING:
    from grants_app.gui.page import PageContext


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the gallery's list."""

    no: str
    surname: str
    given: str
    programme: str
    score: int
    chip: ChipText
    verified: str


_SURNAMES = ("Үсөнова", "Бакыт уулу", "Жумагулова", "Осмон тегин", "Өмүралиев", "Асан кызы", "Маматкулов")
_GIVEN = ("Айгерим Бакытовна", "Нурбек", "Мээрим", "Темирлан", "Чыңгыз Асанович", "Гүлзат", "Элдияр")
_PROGRAMMES = ("Информационные системы", "Экономика", "Международные отношения", "Юриспруденция")
_CHIPS = (
    ChipText("ok", "допущен", "check"),
    ChipText("warn", "нет справки", "warning"),
    ChipText("bad", "равны", "tie"),
    ChipText("violet", "резерв 2"),
    ChipText("info", "подано"),
    ChipText("neutral", "черновик", "draft"),
)


def lines(count: int) -> list[Line]:
    """So many lines."""
    return [
        Line(
            f"Б-{number + 17:04}",
            _SURNAMES[number % 7],
            _GIVEN[number % 7],
            _PROGRAMMES[number % 4],
            263 - number,
            _CHIPS[number % 6],
            "double_check" if number % 3 else "check",
        )
        for number in range(count)
    ]


class GalleryPage(Page):
    """List, form, chips, cards, all at once."""

    page_id = "applicants"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._add_list()
        splitter = QSplitter(self)
        splitter.setHandleWidth(1)
        splitter.addWidget(self.table)
        self.drawer = self._drawer()
        splitter.addWidget(self.drawer)
        splitter.setStretchFactor(0, 1)
        self.body.addWidget(splitter, 1)
        self.retranslate()

    def _add_list(self) -> None:
        self.search_edit = SearchField(self.theme, self)
        self.header.filters.addWidget(self.search_edit)
        self.columns_button = KeyButton(self.theme, self)
        self.header.acts.addWidget(self.columns_button)
        columns = (
            Column(key="no", title=lambda: "№", text=lambda line: line.no, width=76, tone="muted"),
            Column(
                key="name",
                title=lambda: self.words("Applicants"),
                text=lambda line: f"{line.surname} {line.given}",
                parts=lambda line: (Part(line.surname, bold=True), Part(line.given)),
                width=220,
                stretch=True,
            ),
            Column(
                key="programme",
                title=lambda: self.words("Campaign"),
                text=lambda line: line.programme,
                width=190,
            ),
            Column(
                key="score",
                title=lambda: self.words("Ranking"),
                text=lambda line: str(line.score),
                width=80,
                align="right",
                bold=True,
            ),
            Column(
                key="state",
                title=lambda: self.words("Awards"),
                text=lambda line: line.chip.text,
                width=130,
                chips=lambda line: (line.chip,),
            ),
            Column(
                key="verified",
                title=lambda: "",
                text=lambda line: line.verified,
                icon=lambda line: line.verified,
                width=48,
            ),
        )
        self.model = LinesModel(columns, self)
        self.table = LinesTable(self.theme, self.model, self)
        shown: list[object] = [
            *lines(9),
            Band("bad", "последнее место: 1 место, двое равных по всем признакам"),
        ]
        self.model.show_all([*shown, *lines(30)[9:]])
        self.table.show_band(9)
        self.table.choose_row(3)

    def _drawer(self) -> SideDrawer:
        drawer = SideDrawer(self.theme, self)
        drawer.set_title("Осмон тегин Темирлан", "Б-0020 · сохранено 14:31")
        self.form = FormGrid(self.theme, 12, drawer)
        today = dt.date(2026, 7, 13)
        fields = (
            ("pin", PinEdit(self.theme), 1, 0, 5, "ПИН"),
            ("born_on", DateEdit(self.theme, today), 1, 5, 4, "Дата рождения"),
            ("sex", ChoiceEdit(self.theme), 1, 9, 3, "Пол"),
            ("surname", TextEdit(self.theme), 2, 0, 4, "Фамилия"),
            ("given", TextEdit(self.theme), 2, 4, 4, "Имя"),
            ("patronymic", TextEdit(self.theme), 2, 8, 4, "Отчество"),
            ("phone", PhoneEdit(self.theme), 3, 0, 5, "Телефон"),
            ("school", TextEdit(self.theme), 3, 5, 7, "Школа"),
        )
        for key, editor, row, column, span, label in fields:
            self.form.add(FormField(self.theme, key, editor, self.form), row, column, span).set_label(label)
        self._fill()
        drawer.content.addWidget(self.form)
        chips = ChipRow(self.theme, drawer)
        chips.show_states([("ok", "аттестат", "check"), ("violet", "резерв", ""), ("neutral", "выбыл", "")])
        drawer.content.addWidget(chips)
        drawer.content.addWidget(QCheckBox("согласие подписано", drawer))
        facts = FactList(self.theme, drawer)
        facts.show_facts(
            [Fact("ОРТ основной", "118"), Fact("Математика", "118"), Fact("Итого", "236", bold=True)]
        )
        drawer.content.addWidget(facts)
        drawer.content.addStretch(1)
        self.save_button = KeyButton(self.theme, drawer, primary=True)
        drawer.buttons.addWidget(self.save_button)
        self.history_button = KeyButton(self.theme, drawer, icon="history")
        drawer.buttons.addWidget(self.history_button)
        drawer.buttons.addStretch(1)
        return drawer

    def _fill(self) -> None:
        fields = self.form.fields
        for key, text in (("surname", "Осмон тегин"), ("given", "Темирлан"), ("school", "№ 12, Кара-Суу")):
            editor = fields[key].editor
            assert isinstance(editor, TextEdit)
            editor.setText(text)
        pin, born, sex, phone = (fields[key].editor for key in ("pin", "born_on", "sex", "phone"))
        assert isinstance(pin, PinEdit)
        assert isinstance(born, DateEdit)
        assert isinstance(sex, ChoiceEdit)
        assert isinstance(phone, PhoneEdit)
        pin.set_digits("21503200800412")
        born.set_date(dt.date(2008, 4, 15))
        sex.set_options([Option("m", "муж"), Option("f", "жен")])
        sex.set_code("m")
        phone.set_digits("0555112233")
        fields["born_on"].say("warn", "В ПИН 15.03.2008. Проверьте по паспорту.", "принять с причиной")
        fields["phone"].say("error", "Не хватает одной цифры.")

    def title(self) -> str:
        return self.words("Applicants")

    def retranslate(self) -> None:
        super().retranslate()
        self.header.set_count("674")
        self.header.set_primary(self.words("New application"), chord_of("new"))
        self.columns_button.setText(self.words("Choose columns…"))
        self.save_button.setText(self.words("Save and next"))
        self.save_button.set_chord(chord_of("save_next"))
        self.history_button.setText(self.words("History of this field"))
        self.model.retranslate()

    def regions(self) -> list[QWidget]:
        return [self.table, self.form.fields["pin"].editor]


class CardsPage(Page):
    """Tiles, bars, queues, the empty state."""

    page_id = "today"

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        inside = QVBoxLayout()
        inside.setContentsMargins(18, 4, 18, 14)
        inside.setSpacing(12)
        self.body.addLayout(inside)
        tiles = QHBoxLayout()
        tiles.setSpacing(10)
        for name, figure, note in (
            ("Арыздар", "674", "бүгүн +38"),
            ("Толук", "601", "73 документ жетпейт"),
            ("Экинчи текшерүү", "88 %", "81 балл калды"),
            ("Орундар", "50", "30 Бишкек · 20 Ош"),
        ):
            tile = FigureTile(self.theme, self)
            tile.show_figure(name, figure, note)
            tiles.addWidget(tile)
        inside.addLayout(tiles)
        cards = QHBoxLayout()
        cards.setSpacing(12)
        inside.addLayout(cards, 1)
        cards.addWidget(self._chart(), 6)
        cards.addWidget(self._work(), 5)
        self.retranslate()

    def _chart(self) -> Card:
        card = Card(self.theme, self)
        card.set_title("Арыздар жана орундар")
        bars = Bars(self.theme, card)
        bars.show_bars(
            [Bar(name, 70 - 9 * n, f"{70 - 9 * n} · 6 орун") for n, name in enumerate(_PROGRAMMES)]
        )
        card.content.addWidget(bars)
        empty = EmptyState(self.theme, parent=card)
        empty.show_state(
            "Пока никого нет. Введите первое заявление или импортируйте список.", "Новое заявление"
        )
        card.content.addWidget(empty, 1)
        return card

    def _work(self) -> Card:
        card = Card(self.theme, self)
        card.set_title("Эмне кылуу керек")
        self.queues = QueueList(self.theme, card)
        self.queues.show_queues(
            [
                Queue("both", "violet", 9, "эки кеңсеге тең тапшырган адам — салыштыруу керек"),
                Queue("pin", "warn", 4, "ПИН менен туулган күн дал келбейт"),
                Queue("papers", "warn", 73, "документ жетпейт — тизмени басып чыгаруу"),
                Queue("letters", "bad", 3, "аты бузулган (эски файл): ң ө ү жоголгон"),
            ]
        )
        card.content.addWidget(self.queues)
        card.content.addStretch(1)
        return card

    def title(self) -> str:
        return self.words("Today")

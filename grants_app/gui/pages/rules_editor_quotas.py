"""The section of the rules' editor about quotas: for every programme, or for one of its own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, get_args

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from grants_app.domain.ranking import Order, Unused
from grants_app.domain.ruleset import ANY_POOL, PoolQuotas, Quota, Rounding
from grants_app.gui.pages.rules_editor_lists import ListedSection
from grants_app.gui.widgets.buttons import IconButton, KeyButton
from grants_app.gui.widgets.editors import Option
from grants_app.gui.widgets.labels import Label
from grants_app.services import rule_changes
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QAbstractButton

    from grants_app.domain.ruleset import RuleSet

_ORDERS: dict[Order, str] = {
    "quota_first": mark("quota seats first"),
    "open_first": mark("open seats first"),
}
_UNUSED: dict[Unused, str] = {
    "open": mark("unused seats become open seats"),
    "empty": mark("unused seats stay empty"),
}
_ROUNDINGS: dict[Rounding, str] = {
    "down": mark("rounded down"),
    "half_up": mark("rounded to the nearest"),
    "up": mark("rounded up"),
}
_UNITS = {"seats": mark("seats"), "percent": mark("% of the seats")}
_HUNDRED = Decimal(100)


class QuotasSection(ListedSection):
    """The pools in a list; under it the quotas of the chosen one, in the order they fill."""

    heading: ClassVar[str] = mark("Quotas")
    hint: ClassVar[str] = mark(
        "A quota reserves seats for applicants in a priority category. A programme without its "
        "own quotas uses the quotas for all programmes."
    )
    ordered = False
    removable = False

    def take(self, rules: RuleSet) -> None:
        """Take the pools, their quotas and the grounds there are."""
        pools = [pool.id for pool in self.setup.pools] if self.setup else []
        self.codes = list(dict.fromkeys((ANY_POOL, *pools, *(one.pool for one in rules.quotas))))
        self._grounds = {ground.code: ground.names for ground in rules.grounds}
        self._rows = {one.pool: list(range(len(one.quotas))) for one in rules.quotas}
        self._newest = 1000  # rows of the version shown are numbered from 0, new ones from here
        self._draft = rules
        self.seats_label: Label | None = None
        self.warning_label: Label | None = None

    def know(self, rules: RuleSet) -> None:
        """Grounds that came, went or were renamed; whole seats are told anew."""
        self._draft = rules
        grounds = {ground.code: ground.names for ground in rules.grounds}
        if grounds != self._grounds:
            self._grounds = grounds
            self.rebuild()
        self.rename()
        self._tell_seats()

    def texts(self) -> Mapping[str, str]:
        """The pools by their programmes, with what they have."""
        return {code: self._text(code) for code in self.codes}

    def adding(self) -> tuple[str, str]:
        """Pools are the campaign's."""
        return "", ""

    def ground_in_use(self, code: str) -> bool:
        """Whether a quota as typed is held for this ground."""
        return any(
            self.raw(f"{pool}:{row}:ground", self._known_quota(pool, row).ground) == code
            for pool, rows in self._rows.items()
            for row in rows
        )

    def build(self) -> None:
        """Make the fields of the chosen pool."""
        if self.rules is None:
            return
        words, pool = self.words, self.current
        known = self._known(pool)
        own = pool in self._rows
        text = words("quotas for every programme") if pool == ANY_POOL else words("quotas of its own")
        tick = QCheckBox()
        self.put(f"{pool}:own", tick, (0, 0, 12), text, own)
        tick.toggled.connect(self._on_own_toggled)
        self.seats_label = Label(self.theme, "small", "muted", parent=self.form)
        self.warning_label = Label(self.theme, "small", "warn", parent=self.form)
        if not own:
            self.seats_label.hide()
            self.warning_label.hide()
            return
        options = [Option(code, words(name)) for code, name in _ORDERS.items()]
        self.put_choice(f"{pool}:order", (1, 0, 6), words("Who chooses first"), options, known.order)
        line = 2
        for row in self._rows[pool]:
            self._quota(line, pool, row)
            line += 2
        line = self._foot(line)
        self.put_source(pool, line, known.source, uncertain=known.uncertain)
        self._tell_seats()

    def _quota(self, line: int, pool: str, row: int) -> None:
        words, known, key = self.words, self._known_quota(pool, row), f"{pool}:{row}"
        grounds = [Option(code, names.get(self.lang) or code) for code, names in self._grounds.items()]
        self.put_choice(f"{key}:ground", (line, 0, 6), words("Priority category"), grounds, known.ground)
        percent = known.percent is not None
        amount = known.percent if percent else Decimal(known.seats or 0)
        self.put_number(f"{key}:amount", (line, 6, 2), words("Reserved"), amount)
        unit = "percent" if percent else "seats"
        units = [Option(code, words(name)) for code, name in _UNITS.items()]
        self.put_choice(f"{key}:unit", (line, 8, 4), words("Unit"), units, unit)
        unused = [Option(code, words(name)) for code, name in _UNUSED.items()]
        self.put_choice(f"{key}:unused", (line + 1, 0, 6), "", unused, known.unused)
        roundings = [Option(code, words(name)) for code, name in _ROUNDINGS.items()]
        self.put_choice(f"{key}:rounding", (line + 1, 6, 4), "", roundings, known.rounding)
        if not self.read_only:
            self.form.grid.addWidget(self._row_buttons(pool, row), line + 1, 10, 1, 2)

    def _row_buttons(self, pool: str, row: int) -> QWidget:
        words = self.words
        held = QWidget(self.form)
        layout = QHBoxLayout(held)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(2)
        acts = (("up", words("Fill earlier")), ("down", words("Fill later")), ("cross", words("Remove")))
        for icon, meaning in acts:
            button = IconButton(self.theme, icon, held)
            button.set_meaning(meaning)
            button.setObjectName(f"{icon}:{pool}:{row}")
            button.clicked.connect(self._on_row_button_clicked)
            layout.addWidget(button)
        layout.addStretch(1)
        return held

    def _foot(self, line: int) -> int:
        if not self.read_only and self._grounds:
            button = KeyButton(self.theme, self.form)
            button.setText(self.words("Add a quota"))
            button.setObjectName("add_quota_button")
            button.clicked.connect(self._on_add_quota)
            self.form.grid.addWidget(button, line, 0, 1, 12)
        for place, label in enumerate((self.seats_label, self.warning_label), start=1):
            if label is not None:
                label.setWordWrap(True)
                self.form.grid.addWidget(label, line + place, 0, 1, 12)
        return line + 3

    # ---- reading ------------------------------------------------------------------------------------------

    def collected(self, rules: RuleSet) -> RuleSet:
        """The quotas of every pool that has some of its own, in the order they stood."""
        before = [one.pool for one in rules.quotas]
        pools = [code for code in before if code in self._rows]
        pools += [code for code in self.codes if code in self._rows and code not in before]
        return replace(rules, quotas=tuple(self._pool(pool) for pool in pools))

    def _pool(self, pool: str) -> PoolQuotas:
        known = self._known(pool)
        quotas: list[Quota] = []
        for row in self._rows[pool]:
            quota = self._quota_of(pool, row)
            twice = any(quota.ground == other.ground for other in quotas)
            key = f"{pool}:{row}:ground"
            if quota.ground not in self._grounds:
                self.tell(key, self.words("Choose a category from the list."))
            else:
                self.tell(key, self.words("There is already a quota for this category.") if twice else "")
                if not twice:
                    quotas.append(quota)
        order = self.text(f"{pool}:order", known.order)
        return PoolQuotas(
            pool=pool,
            quotas=tuple(quotas),
            order=order if order in get_args(Order) else known.order,  # type: ignore[arg-type]  # as seen
            source=self.text(f"{pool}:source", known.source),
            uncertain=self.flag(f"{pool}:uncertain", known.uncertain),
        )

    def _quota_of(self, pool: str, row: int) -> Quota:
        key, known = f"{pool}:{row}", self._known_quota(pool, row)
        percent = self.text(f"{key}:unit", "percent" if known.percent is not None else "seats") == "percent"
        before = known.percent if known.percent is not None else Decimal(known.seats or 0)
        most = _HUNDRED if percent else Decimal(1000)
        amount = self.needed(f"{key}:amount", before, Decimal(0), most, 6 if percent else 0)
        rounding = self.text(f"{key}:rounding", known.rounding) or known.rounding
        unused = self.text(f"{key}:unused", known.unused) or known.unused
        return Quota(
            ground=self.text(f"{key}:ground", known.ground),
            seats=None if percent else int(amount),
            percent=amount if percent else None,
            rounding=rounding,  # type: ignore[arg-type]  # one of the options
            unused=unused,  # type: ignore[arg-type]  # one of the options
        )

    def _known(self, pool: str) -> PoolQuotas:
        found = next((one for one in self.rules.quotas if one.pool == pool), None) if self.rules else None
        return found or PoolQuotas(pool=pool, quotas=(), uncertain=True)

    def _known_quota(self, pool: str, row: int) -> Quota:
        quotas = self._known(pool).quotas
        return quotas[row] if row < len(quotas) else Quota(ground="", seats=1)

    # ---- what it comes to -----------------------------------------------------------------------------

    def _text(self, pool: str) -> str:
        words, setup = self.words, self.setup
        known = {one.id: one for one in setup.pools} if setup else {}
        name = pool
        if pool == ANY_POOL:
            name = words("Every programme")
        elif setup is not None and pool in known:
            name = setup.programme(known[pool].programme).names.get(self.lang)
        if pool not in self._rows:
            return f"{name} — " + (
                words("no quotas") if pool == ANY_POOL else words("same as for all programmes")
            )
        return f"{name} — " + words.plural("{n} quota", "{n} quotas", len(self._rows[pool]))

    def _tell_seats(self) -> None:
        if self.setup is None or self.seats_label is None or self.current not in self._rows:
            return
        words, setup = self.words, self.setup
        lines, over = [], []
        for pool in rule_changes.whole_seats(setup, self._draft, self.current):
            held = sum(quota.seats for quota in pool.quotas)
            name = setup.programme(setup.pool(pool.id).programme).names.get(self.lang)
            lines.append(words("{programme}: {held} of {seats}", programme=name, held=held, seats=pool.seats))
            over += [name] if held > pool.seats else []
        told = words("Reserved, in whole seats: {list}", list=" · ".join(lines)) if lines else ""
        self.seats_label.setText(told)
        self.seats_label.setVisible(bool(told))
        key = f"{self.current}:order"
        self.tell(
            key, words("Quotas exceed the available seats: {list}.", list=", ".join(over)) if over else ""
        )
        self._warn()

    def _warn(self) -> None:
        quotas = next((one.quotas for one in self._draft.quotas if one.pool == self.current), ())
        empty = [quota.ground for quota in quotas if quota.unused == "empty"]
        if self.warning_label is not None:
            self.warning_label.setVisible(len(empty) > 1)
            self.warning_label.setText(
                self.words(
                    "Several quotas leave unused seats empty. For an applicant in two of these "
                    "categories, the order of the quotas decides which one is used."
                )
            )

    # ---- acts -----------------------------------------------------------------------------------------

    def _on_own_toggled(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        pool = self.current
        if on == (pool in self._rows):
            return
        if on:
            self._rows[pool] = list(range(len(self._known(pool).quotas)))
        else:
            del self._rows[pool]
            self.wrong = {key: told for key, told in self.wrong.items() if not key.startswith(f"{pool}:")}
        self.rebuild()
        self.edited.emit()

    def _on_add_quota(self) -> None:
        rows = self._rows[self.current]
        self._newest += 1
        rows.append(self._newest)
        row = rows[-1]
        self.rebuild()
        self.edited.emit()
        self.show_key(f"{self.current}:{row}:ground")

    def _on_row_button_clicked(self) -> None:
        button: QAbstractButton = self.sender()  # type: ignore[assignment]  # only buttons are joined
        act, pool, number = button.objectName().split(":")
        rows, row = self._rows[pool], int(number)
        place = rows.index(row)
        if act == "cross":
            rows.remove(row)
            self.forget(f"{pool}:{row}:")
        else:
            there = place + (-1 if act == "up" else 1)
            if not 0 <= there < len(rows):
                return
            rows[place], rows[there] = rows[there], rows[place]
        self.rebuild()
        self.edited.emit()

"""Large made-up campaigns for rigs and benchmarks: the seed decides everything, nobody in them is real."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from grants_app.domain.application import (
    Application,
    Entry,
    GroundClaim,
    PersonFacts,
    Phone,
    School,
    Score,
    State,
)
from grants_app.domain.permit import Permit
from grants_app.domain.ranking import RunApplication, RunChoice, RunInputs, RunPool
from grants_app.services import standing
from grants_app.services.entry_changes import changes, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.services.access import Office

SEED = 2026
# What tests write straight into the store is done by the branch's own secretary.
PERMIT = Permit(account="Токтогулова А.", role="secretary", branch="K", act="setup")
RECEIVED = datetime(2026, 7, 1, 3, 0, tzinfo=UTC)
AT_ONCE = 5_000

_ROOTS = (
    "Абдыкады", "Абдылда", "Абдыраш", "Айдар", "Акмат", "Алымкул", "Асан", "Асыл", "Бакыт", "Байыш",
    "Бейшен", "Болот", "Бөкө", "Дүйшөн", "Жакып", "Жумагул", "Жаныбек", "Жолдош", "Ибрай", "Исабек",
    "Калык", "Капар", "Кубаныч", "Мамат", "Маматкул", "Молдобаш", "Мукаш", "Нурбек", "Омурбек", "Орозбек",
    "Осмон", "Өмүрал", "Райымбек", "Сатар", "Сыдык", "Табалды", "Темир", "Токтогул", "Тургун", "Үсөн",
    "Чолпон", "Шабдан", "Эмил", "Эркин", "Ысак", "Ыманал", "Эсен", "Сүйүн", "Көчкөн", "Өскөн",
)  # fmt: skip
_WOMEN = (
    "Айгерим", "Айжан", "Айпери", "Алина", "Асель", "Бегимай", "Бермет", "Гүлзат", "Гүлнура", "Жазгүл",
    "Жаннат", "Жибек", "Каныкей", "Мээрим", "Назгүл", "Нурайым", "Перизат", "Салтанат", "Сезим", "Турсунай",
    "Үмүт", "Чолпон", "Элиза", "Эльвира", "Өмүркан", "Сүйүнкан",
)  # fmt: skip
_MEN = (
    "Адилет", "Азамат", "Айбек", "Алмаз", "Арген", "Бакыт", "Бекзат", "Данияр", "Жаныбек", "Жеңиш",
    "Кайрат", "Кубат", "Максат", "Мирлан", "Нурбек", "Нурсултан", "Өмүрбек", "Руслан", "Санжар", "Талгат",
    "Темирлан", "Тилек", "Улан", "Чыңгыз", "Элдияр", "Эрлан", "Үсөн", "Төлөгөн",
)  # fmt: skip
_PLACES = (
    ("KG-C", "Сокулук"), ("KG-GB", "Октябрьский"), ("KG-T", "Кара-Буура"), ("KG-Y", "Тюп"),
    ("KG-B", "Кадамжай"), ("KG-N", "Кочкор"), ("KG-O", "Кара-Суу"), ("KG-J", "Ноокен"),
)  # fmt: skip
_REGIONS = {
    "KG-C": "Чуйская область", "KG-GB": "г. Бишкек", "KG-T": "Таласская область",
    "KG-Y": "Иссык-Кульская область",
    "KG-B": "Баткенская область", "KG-N": "Нарынская область", "KG-O": "Ошская область",
    "KG-J": "Джалал-Абадская область",
}  # fmt: skip
_SUBJECTS = ("math", "physics", "chemistry", "biology", "history", "english", "kyrgyz")
_GROUNDS = ("orphan", "disability", "honours", "mountain", "large_family")
_HEADINGS = (
    "№", "Фамилия", "Имя", "Отчество", "Пол", "Дата рождения", "ИНН (ПИН)", "№ паспорта / ID", "Телефон",
    "Область", "Район", "Школа", "Средний балл аттестата", "ОРТ основной", "Математика", "Физика", "Химия",
    "Биология", "История", "Английский", "Кыргызский", "1-приоритет", "2-приоритет", "3-приоритет",
    "4-приоритет",
)  # fmt: skip


def entries(setup: CampaignSetup, count: int, seed: int = SEED) -> Iterator[Entry]:
    """So many entries the judge takes without a word: all different, four choices, all subjects."""
    random = Random(seed)
    pools = [pool.id for pool in setup.pools]
    branches = [branch.code for branch in setup.branches]
    for number in range(count):
        scores = [("ort_main", random.randint(100, 225)), *((s, random.randint(50, 145)) for s in _SUBJECTS)]
        grounds = [code for code in _GROUNDS if random.random() < 0.05]
        yield Entry(
            person=person(random, number),
            branch=random.choice(branches),
            received_at=RECEIVED + timedelta(seconds=37 * (number % 20_000)),
            received_by="Асанов У.",
            school=School(
                name=f"№ {random.randint(1, 140)}", kind=random.choice(("town", "rural", "mountain"))
            ),
            scores=(
                *(Score(criterion=code, value=Decimal(value), source="сертификат") for code, value in scores),
                Score(criterion="average", value=Decimal(random.randint(350, 500)) / 100, source="аттестат"),
            ),
            choices=tuple(random.sample(pools, 4)),
            grounds=tuple(GroundClaim(ground=code, paper="справка", seen=True) for code in grounds),
        )


def person(random: Random, number: int) -> PersonFacts:
    """A person of their own number: nobody else has their PIN, document or telephone."""
    woman = random.random() < 0.55
    root = random.choice(_ROOTS)
    given = random.choice(_WOMEN if woman else _MEN)
    father = random.choice(_MEN)
    if random.random() < 0.3:
        surname, patronymic = f"{root} {'кызы' if woman else random.choice(('уулу', 'тегин'))}", ""
    else:
        surname = root + ("ова" if woman else "ов")
        patronymic = father + ("овна" if woman else "ович")
    born = date(2007, 6, 1) + timedelta(days=random.randrange(800))
    region, district = random.choice(_PLACES)
    return PersonFacts(
        surname=surname,
        given=given,
        patronymic=patronymic,
        sex="F" if woman else "M",
        born=born,
        pin=f"{1 if woman else 2}{born:%d%m%Y}{number % 100_000:05d}",
        document_kind="id",
        document_no=f"ID{1_000_000 + number:07d}",
        region=region,
        district=district,
        phones=(Phone(f"+996555{number:06d}"),),
    )


def applications(setup: CampaignSetup, count: int, seed: int = SEED) -> Iterator[Application]:
    """So many applications that are in no database."""
    for number, entry in enumerate(entries(setup, count, seed)):
        yield Application(
            id=number + 1,
            campaign=1,
            person_id=number + 1,
            no=f"B-{number:05d}",
            state=State.COMPLETE,
            entry=entry,
            entered_at=RECEIVED,
            entered_by="Асанов У.",
        )


def fill_campaign(office: Office, count: int, seed: int = SEED) -> None:
    """Write so many applications straight into the campaign, each with its journal event."""
    campaign = office.campaign()
    rules = standing.current_rules(office)
    letters = {branch.code: branch.letter for branch in campaign.setup.branches}
    waiting = entries(campaign.setup, count, seed)
    for start in range(0, count, AT_ONCE):
        part = [next(waiting) for _ in range(min(AT_ONCE, count - start))]
        with office.store.work(PERMIT) as work:
            numbers = {
                code: iter(
                    work.applications.next_numbers(
                        campaign.id, letter, sum(one.branch == code for one in part)
                    )
                )
                for code, letter in letters.items()
            }
            made = [
                Application(
                    id=0,
                    campaign=campaign.id,
                    person_id=0,
                    no=next(numbers[entry.branch]),
                    state=State.COMPLETE,
                    entry=entry,
                    entered_at=office.clock(),
                    entered_by=office.actor.name,
                )
                for entry in part
            ]
            work.applications.add_many(made, standing.of_work(work, campaign, rules).lines(made))
            for one in made:
                work.journal.add(
                    "application.imported",
                    one.no,
                    after=text_of(changes(None, one.entry)[1]),
                    campaign=campaign.id,
                )
            work.commit()


def write_workbook(path: Path, setup: CampaignSetup, count: int, seed: int = SEED) -> None:
    """A workbook of so many rows, as the sample's Bishkek office writes them, every row good."""
    import xlsxwriter

    programmes = {pool.id: setup.programme(pool.programme).names.ru for pool in setup.pools}
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet("Список")
        dates = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_row(0, 0, _HEADINGS)
        for number, entry in enumerate(entries(setup, count, seed), start=1):
            facts = entry.person
            scores = {score.criterion: float(score.value) for score in entry.scores}
            sheet.write_row(number, 0, [number, facts.surname, facts.given, facts.patronymic])
            sheet.write_string(number, 4, "жен" if facts.sex == "F" else "муж")
            sheet.write_datetime(
                number, 5, datetime.combine(facts.born or date.min, datetime.min.time()), dates
            )
            sheet.write_row(number, 6, [facts.pin, facts.document_no, facts.phones[0].number])
            sheet.write_row(number, 9, [_REGIONS[facts.region], facts.district, entry.school.name])
            sheet.write_row(number, 12, [scores["average"], scores["ort_main"]])
            sheet.write_row(number, 14, [scores[code] for code in _SUBJECTS])
            sheet.write_row(number, 21, [programmes[choice] for choice in entry.choices])


def run_inputs(count: int, *, pools: int = 40, choices: int = 4, seed: int = SEED) -> RunInputs:
    """A run of so many applications: two seats for five people, five levels of merit, no equals."""
    random = Random(seed)
    seats = max(1, 2 * count // (5 * pools))
    names = [f"KAZNU-BSH/6B{number:05d}" for number in range(pools)]
    made = []
    for number in range(count):
        total = random.randint(160, 370)
        merit = (str(total), "0", str(Decimal(random.randint(350, 500)) / 100), str(total - 100), str(number))
        made.append(
            RunApplication(
                f"B-{number:07d}", tuple(RunChoice(pool, merit) for pool in random.sample(names, choices))
            )
        )
    return RunInputs(
        campaign="2026",
        total=seats * pools,
        pools=tuple(RunPool(id=name, order="quota_first", seats=seats) for name in names),
        applications=tuple(made),
    )

"""Proving papers by keys trusted here only; altered, foreign, unknown or damaged ones are said plainly."""

from __future__ import annotations

import base64
import shutil
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from grants_app.domain.keys import PublicKey
from grants_app.domain.papers import LetterFacts
from grants_app.domain.values import LANGS, Names
from grants_app.papers.letter import letter_pdf
from grants_app.services import (
    awards,
    demonstration,
    intake,
    letters,
    runs,
    stationery,
    upkeep,
    verification,
)
from grants_app.services.office import keys
from grants_app.services.verification import ALTERED, REFUSED, verify_file
from grants_app.wording import Words
from tests import offices
from tests.services.desks import as_role, refuses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from grants_app.services.access import Office

FOREIGN = keys.KnownKey(key=PublicKey(public=b"\x07" * 32))
OTHER = keys.KnownKey(key=PublicKey(public=b"\x08" * 32))
# Two values of 32 bytes whose SHA-256 begin with the same six bytes, found by trying 27 million.
TWINS = (
    bytes.fromhex("c9e4b3b0d4e9a9ddf0becf5170daa849e9202e4946ba6f8c19bc64132fc1fb94"),
    bytes.fromhex("3a6148b6106bdb2a07af55c47cfb8429ab462467df10d1943d3bd0396c0c6ad4"),
)


@pytest.fixture(scope="module")
def proved(stages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a real sealed campaign, a printed letter, a picture of it, its run file and its key."""
    folder = tmp_path_factory.mktemp("proved")
    shutil.copy(stages / "sealed" / "grants.sqlite", folder / "grants.sqlite")
    office = offices.opened(folder, demonstration.SAMPLE_DAY)
    offices.make_real(office)
    letters.issue_missing(office)
    paper = letters.issued(office)[0]
    letters.write_chosen(office, [paper.id], folder / "letter.pdf", ("ru",))
    photograph(folder / "letter.pdf", folder / "letter.png")
    (folder / "run.json").write_bytes(runs.run_file(office))
    keys.trust_own(office, folder / "keys")
    office.store.close()
    return folder


def photograph(paper: Path, picture: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(paper.read_bytes())
    document[0].render(scale=200 / 72).to_pil().save(picture)
    document.close()


def own(proved: Path) -> tuple[keys.KnownKey, ...]:
    return keys.proving(None, None, proved / "keys")


def judged(told: verification.Told) -> tuple[str, str, int]:
    return told.verdict, told.code, told.exit_code


def name_of(office: Office, number: str) -> str:
    paper = next(p for p in letters.issued(office) if p.number == number)
    with office.store.reading() as reading:
        return reading.application(paper.application or 0).entry.person.full_name


def test_a_letters_pdf_proves_itself_and_shows_in_words_what_is_proven(proved: Path) -> None:
    told = verify_file(proved / "letter.pdf", own(proved))
    assert judged(told) == ("genuine", "proof_genuine", 0)
    office = offices.opened(proved)
    setup = office.campaign().setup
    name = name_of(office, told.facts["number"])
    office.store.close()
    programme, branch = setup.programme(told.facts["programme"]), setup.branch(told.facts["branch"])
    for lang in LANGS:
        words = Words(lang)
        shown = told.shown(words)
        assert shown["name"] == name
        assert shown["programme"] == programme.names.get(lang)
        assert shown["branch"] == branch.names.get(lang)
        assert shown["date"] == words.date_long(date.fromisoformat(told.facts["date"]))
        text = " ".join(f"{label} {value}" for label, value in told.sentences(words))
        assert not [code for code in (programme.code, branch.code, "match") if code in text]
    assert told.as_json(Words("ru")).keys() >= {"file", "kind", "ok", "verdict", "why", "shows"}


def test_a_picture_asks_for_the_name_and_is_genuine_only_once_it_matches(proved: Path) -> None:
    office = offices.opened(proved)
    name = name_of(office, verify_file(proved / "letter.pdf", own(proved)).facts["number"])
    office.store.close()
    picture = proved / "letter.png"
    assert judged(verify_file(picture, own(proved))) == ("not_proven", "proof_name_to_compare", 1)
    matched = verify_file(picture, own(proved), name=name.upper())
    assert (*judged(matched), matched.shows["name"]) == ("genuine", "proof_genuine", 0, name.upper())
    other = verify_file(picture, own(proved), name="Асанов Үсөн")
    assert judged(other) == ("not_proven", "proof_other_name", 1)
    assert "name" not in other.shows


def test_a_name_given_that_does_not_match_is_never_genuine_even_beside_a_readable_letter(
    proved: Path,
) -> None:
    told = verify_file(proved / "letter.pdf", own(proved), name="Асанов Үсөн")
    assert judged(told) == ("not_proven", "proof_other_name", 1)


def test_a_text_nobody_can_read_is_not_proven_rather_than_forged(proved: Path, tmp_path: Path) -> None:
    garbled = (proved / "letter.pdf").read_bytes().replace(b"/ToUnicode", b"/ToUnreads")
    (tmp_path / "garbled.pdf").write_bytes(garbled)
    told = verify_file(tmp_path / "garbled.pdf", own(proved))
    assert judged(told) == ("not_proven", "proof_text_unreadable", 1)


def test_writing_laid_invisibly_under_another_picture_proves_no_name(proved: Path, tmp_path: Path) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    made = tmp_path / "scan.pdf"
    canvas = Canvas(str(made), pagesize=(595, 842))
    canvas.drawImage(ImageReader(Image.open(proved / "letter.png")), 0, 0, 595, 842)
    text = canvas.beginText(60, 700)
    text.setTextRenderMode(3)
    text.textLine("Notice of Grant Award")
    canvas.drawText(text)
    canvas.save()
    assert judged(verify_file(made, own(proved))) == ("not_proven", "proof_name_to_compare", 1)


def test_a_paper_printed_with_another_programme_name_is_not_proven(proved: Path) -> None:
    (known,) = own(proved)
    number = verify_file(proved / "letter.pdf", own(proved)).facts["programme"]
    branch = next(iter(known.key.branches))
    for changed in (
        replace(known.key, programmes={number: Names(ru="Лечебное дело")}),
        replace(known.key, branches=dict.fromkeys(known.key.branches, Names(ru="Филиал в Бишкеке"))),
    ):
        told = verify_file(proved / "letter.pdf", (replace(known, key=changed),))
        assert judged(told) == ("not_proven", "proof_words_differ", 1), branch


@pytest.fixture
def register(proved: Path, tmp_path: Path) -> Iterator[Office]:
    """The office whose letter it is, its register open."""
    shutil.copy(proved / "grants.sqlite", tmp_path / "grants.sqlite")
    office = offices.opened(tmp_path, demonstration.SAMPLE_DAY)
    yield office
    office.store.close()


def by_register(office: Office, path: Path, name: str = "") -> verification.Told:
    known = keys.proving(office, None, office.folders.trusted_keys)
    return verify_file(path, known, name=name, office=office)


def test_an_open_database_trusts_its_own_key_and_shows_whose_the_letter_is(
    proved: Path, register: Office
) -> None:
    told = by_register(register, proved / "letter.pdf")
    assert judged(told) == ("genuine", "proof_genuine", 0)
    assert told.shows["registered_name"] == name_of(register, told.facts["number"])
    assert told.shown(Words("ru"))["standing"] == "действует, по реестру"


def decline(office: Office, number: str) -> None:
    paper = next(p for p in letters.issued(office) if p.number == number)
    line = next(line for line in awards.ledger(office) if line.award == paper.award)
    awards.record(office, line.application_no, "decline")


def test_a_letter_taken_back_is_void_by_the_register_and_says_since_when(
    proved: Path, register: Office
) -> None:
    number = by_register(register, proved / "letter.pdf").facts["number"]
    decline(register, number)
    told = by_register(register, proved / "letter.pdf")
    assert judged(told) == ("void", "proof_revoked", 3)
    assert Words("ru").date(register.now().date()) in told.reason(Words("ru"))
    assert by_register(register, proved / "letter.pdf", name="Асанов Үсөн").verdict == "void"


def test_a_replaced_letter_names_the_one_in_its_place(proved: Path, register: Office) -> None:
    number = by_register(register, proved / "letter.pdf").facts["number"]
    paper = next(p for p in letters.issued(register) if p.number == number)
    with register.store.reading() as reading:
        known = reading.application(paper.application or 0)
    person = replace(known.entry.person, given=known.entry.person.given + "а")
    form = intake.SaveForm(
        entry=replace(known.entry, person=person), application=known.id, seen=known.version, submit=False
    )
    intake.save(register, form)
    told = by_register(register, proved / "letter.pdf")
    (new,) = (p.number for p in letters.issued(register) if p.award == paper.award and p.state == "issued")
    assert judged(told) == ("void", "proof_replaced", 3)
    assert new in told.reason(Words("ky"))


def test_elsewhere_only_a_list_published_later_tells_that_a_letter_is_void(
    proved: Path, register: Office, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    keys.publish(register, tmp_path / "first.key")
    keys.trust(tmp_path / "first.key", elsewhere)
    known = keys.proving(None, None, elsewhere)
    told = verify_file(proved / "letter.pdf", known)
    assert told.ok
    assert "не отменено" in told.shown(Words("ru"))["standing"]
    decline(register, told.facts["number"])
    later = replace(register, clock=lambda: demonstration.SAMPLE_DAY + timedelta(hours=1))
    keys.publish(later, tmp_path / "second.key")
    keys.trust(tmp_path / "second.key", elsewhere)
    keys.trust(tmp_path / "first.key", elsewhere)
    told = verify_file(proved / "letter.pdf", keys.proving(None, None, elsewhere))
    assert judged(told) == ("void", "proof_revoked", 3), "an older list does not bring it back"
    bare = keys.KnownKey(key=PublicKey(public=known[0].key.public))
    told = verify_file(proved / "letter.pdf", (bare,))
    assert told.shown(Words("en"))["standing"] == "not known to be revoked: there is no list"


def test_a_letter_an_earlier_state_of_the_register_does_not_know_is_not_proven(
    proved: Path, office_at: Callable[[str], Office]
) -> None:
    restored = office_at("sealed")
    offices.make_real(restored)
    assert judged(by_register(restored, proved / "letter.pdf")) == ("not_proven", "proof_not_registered", 1)
    letters.issue_missing(restored)  # the same numbers once more, as after a copy was brought back
    told = by_register(restored, proved / "letter.pdf")
    assert judged(told) == ("not_proven", "proof_not_the_registers", 1)


@pytest.mark.parametrize(
    "change",
    [
        {"confirm_until": demonstration.SAMPLE_DAY + timedelta(days=400)},
        {"minutes_no": "77"},
        {"position": 1, "score": "299"},
        {"programme": Names(ru="Лечебное дело")},
        {"guardian": "Асанова Бакыт"},
        {"branch": Names(ru="Филиал в г. Алматы")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_printed_line_that_is_not_the_registers_is_a_forgery(
    proved: Path, register: Office, tmp_path: Path, change: dict[str, object]
) -> None:
    number = by_register(register, proved / "letter.pdf").facts["number"]
    paper = next(p for p in letters.issued(register) if p.number == number)
    facts = replace(msgspec.json.decode(paper.facts, type=LetterFacts), **change)
    (tmp_path / "forged.pdf").write_bytes(
        letter_pdf(facts, ("ru",), stationery.wordings(), stationery.fonts())
    )
    told = by_register(register, tmp_path / "forged.pdf")
    assert (told.verdict, told.code, told.exit_code) == ("forged", "letter_text_altered", 3)


def test_a_sample_key_proves_sample_papers_only(
    stages: Path, tmp_path: Path, office_at: Callable[[str], Office]
) -> None:
    office = office_at("sealed")
    letters.issue_missing(office)
    paper = letters.issued(office)[0]
    letters.write_chosen(office, [paper.id], tmp_path / "sample.pdf", ("ky", "ru"))
    keys.trust_own(office, tmp_path / "keys")
    known = keys.proving(None, None, tmp_path / "keys")
    told = verify_file(tmp_path / "sample.pdf", known)
    assert judged(told) == ("genuine", "proof_sample", 0)
    assert "гранта" in told.reason(Words("ru"))
    facts = replace(msgspec.json.decode(paper.facts, type=LetterFacts), sample=False)
    (tmp_path / "real.pdf").write_bytes(
        letter_pdf(facts, ("ky", "ru"), stationery.wordings(), stationery.fonts())
    )
    assert judged(verify_file(tmp_path / "real.pdf", known)) == ("forged", "proof_sample_key", 3)
    (tmp_path / "run.json").write_bytes(runs.run_file(office))
    assert verify_file(tmp_path / "run.json", known).code == "proof_run_sample"


def test_of_several_letters_in_a_file_each_is_judged_and_the_worst_counts(
    proved: Path, register: Office, tmp_path: Path
) -> None:
    first, second = letters.issued(register)[:2]
    letters.write_chosen(register, [first.id, second.id], tmp_path / "job.pdf", ("ru",))
    told = by_register(register, tmp_path / "job.pdf")
    assert (told.verdict, told.shows["letters"]) == ("genuine", "2")
    decline(register, second.number)
    told = by_register(register, tmp_path / "job.pdf")
    assert [one.verdict for one in told.letters] == ["genuine", "void"]
    assert judged(told) == ("void", "proof_revoked", 3)
    assert [one["verdict"] for one in told.as_json(Words("ru"))["letters"]] == ["genuine", "void"]


def test_a_letter_signed_by_a_key_nobody_knows_here_is_not_proven(proved: Path) -> None:
    told = verify_file(proved / "letter.pdf", (FOREIGN,))
    assert judged(told) == ("not_proven", "code_key_unknown", 1)
    assert told.as_json(Words("ru"))["ok"] is False


def test_a_sealed_run_is_proved_by_whichever_trusted_key_signed_it(proved: Path) -> None:
    (key,) = own(proved)
    for trusted in ((key,), (FOREIGN, key), (key, FOREIGN)):
        told = verify_file(proved / "run.json", trusted)
        assert told.ok, told
        assert (told.shows["campaign"], told.shows["awards"]) == ("2026", "50")
    told = verify_file(proved / "run.json", (FOREIGN, OTHER))
    assert judged(told) == ("forged", "signature_wrong", ALTERED)
    assert judged(verify_file(proved / "run.json", ())) == ("not_proven", "no_trusted_key", REFUSED)


def test_one_changed_character_of_a_run_file_is_found(proved: Path, tmp_path: Path) -> None:
    data = (proved / "run.json").read_bytes()
    (tmp_path / "run.json").write_bytes(data.replace(b'"round":1', b'"round":2', 1))
    told = verify_file(tmp_path / "run.json", (FOREIGN, *own(proved)))
    assert (told.ok, told.exit_code) == (False, ALTERED)


def test_a_backup_is_read_back_and_says_what_it_holds(
    office_at: Callable[[str], Office], tmp_path: Path
) -> None:
    upkeep.backup(office_at("imported"), tmp_path / "copy.sqlite")
    told = verify_file(tmp_path / "copy.sqlite", ())
    assert (told.kind, told.ok) == ("backup", True)
    assert int(told.shows["applications"]) > 100
    broken = bytearray((tmp_path / "copy.sqlite").read_bytes())
    broken[len(broken) // 2 :] = b"\x00" * (len(broken) - len(broken) // 2)
    (tmp_path / "copy.sqlite").write_bytes(broken)
    assert not verify_file(tmp_path / "copy.sqlite", ()).ok


def test_a_file_of_any_other_kind_is_named_as_unknown(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("all about bees", encoding="utf-8")
    told = verify_file(tmp_path / "thesis.txt", ())
    assert (told.kind, told.code, told.exit_code) == ("unknown", "verify_unknown_kind", REFUSED)
    assert verify_file(tmp_path / "nowhere.pdf", ()).code == "file_missing"
    assert verify_file(tmp_path, ()).code == "cannot_read"


def test_a_picture_larger_than_any_scan_is_not_even_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "PAPER_LIMIT", 1000)
    (tmp_path / "huge.png").write_bytes(b"\x89PNG" + b"\x00" * 1000)
    assert verify_file(tmp_path / "huge.png", ()).code == "picture_too_large"
    monkeypatch.setattr(verification, "LIMIT", 100)
    assert verify_file(tmp_path / "huge.png", ()).code == "file_too_large"


def test_a_key_file_that_holds_no_key_is_named(tmp_path: Path) -> None:
    path = tmp_path / "campaign.pub"
    for content in (b"not base64!", base64.b64encode(b"short"), b"{}", b"{", b'{"format": 1}'):
        path.write_bytes(content)
        with refuses("key_unreadable", file=str(path)):
            keys.proving(None, path, tmp_path)
    assert keys.proving(None, None, tmp_path / "nowhere") == ()


def test_a_second_key_with_a_known_id_is_refused(tmp_path: Path) -> None:
    first, second = TWINS
    with refuses("key_id_taken"):
        keys.demand_new_id(second, [b"\x07" * 32, first])
    keys.demand_new_id(first, [first, b"\x07" * 32])
    for place, public in enumerate(TWINS):
        (tmp_path / f"{place}.pub").write_bytes(base64.b64encode(public))
    with refuses("key_id_taken"):
        keys.trusted(tmp_path)
    (tmp_path / "1.pub").unlink()
    with refuses("key_id_taken"):
        (tmp_path / "given").write_bytes(base64.b64encode(second))
        keys.demand_new_id(
            keys.read(tmp_path / "given").public, [k.key.public for k in keys.trusted(tmp_path)]
        )


def test_a_published_key_changed_by_one_word_is_refused(register: Office, tmp_path: Path) -> None:
    path = tmp_path / "campaign.key"
    keys.publish(register, path)
    text = path.read_text(encoding="utf-8")
    for before, after in (
        ('"sample": false', '"sample": true'),
        ('"void": []', '"void": [{"number":"x","state":"cancelled"}]'),
    ):
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")
        with refuses("key_altered"):
            keys.trust(path, tmp_path / "trusted")
    assert keys.trusted(tmp_path / "trusted") == ()


def test_a_bare_key_is_not_trusted_for_good_and_one_left_by_a_demonstration_is_a_samples(
    register: Office, tmp_path: Path
) -> None:
    public = keys.present(register).public
    bare = tmp_path / "trusted" / "2026.pub"
    bare.parent.mkdir()
    bare.write_bytes(base64.b64encode(public) + b"\n")
    with refuses("key_not_published"):
        keys.trust(bare, tmp_path / "elsewhere")
    (known,) = keys.trusted(bare.parent)
    assert (known.key.sample, known.published) == (True, False)
    keys.publish(register, tmp_path / "real.key")
    with refuses("key_of_a_sample"):
        keys.trust(tmp_path / "real.key", bare.parent)
    keys.forget(known.key.id, bare.parent)
    keys.trust(tmp_path / "real.key", bare.parent)
    with refuses("key_unknown"):
        keys.forget("0" * 16, bare.parent)


def test_that_the_key_was_published_is_known_and_stands_in_the_journal(
    register: Office, tmp_path: Path
) -> None:
    office = replace(register, actor=replace(register.actor, name="Сыдыкова Н."))
    with office.store.work(office.demand("setup")) as work:
        work.keys.make(office.campaign_id)
        work.commit()
    assert not keys.published(office)
    key = keys.publish(office, tmp_path / "2026.key")
    assert keys.published(office)
    event = upkeep.journal(office, act="key.published", limit=1)[1][0]
    assert (event.subject, event.actor) == (key.id, "Сыдыкова Н.")
    assert [one.published for one in keys.own(office)] == [True, True]
    with refuses("not_allowed"):
        keys.publish(as_role(office, "auditor"), tmp_path / "2027.key")


def test_a_letter_signed_by_the_campaigns_earlier_key_still_verifies(proved: Path, register: Office) -> None:
    with register.store.work(register.demand("setup")) as work:
        work.keys.make(register.campaign_id)
        work.commit()
    assert by_register(register, proved / "letter.pdf").ok


def test_the_letter_names_the_fingerprint_of_its_key(proved: Path, register: Office) -> None:
    from tests.services.test_papers import text_of

    (known,) = own(proved)
    groups = known.key.fingerprint.split("-")
    assert [len(group) for group in groups] == [4] * 8
    assert known.key.fingerprint.replace("-", "").lower().startswith(known.key.id)
    assert known.key.fingerprint in text_of((proved / "letter.pdf").read_bytes()).replace("\n", "")

"""What tests of papers share: the faces, the wordings, a signing key and a maker of letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grants_app.domain.papers import CodePayload, LetterFacts, Signer
from grants_app.domain.values import Names
from grants_app.papers.codes import SALT_BYTES, key_id, make_code, name_digest
from grants_app.papers.styles import Fonts, load_fonts
from grants_app.papers.wordings import Wordings, load_wordings
from grants_app.paths import shipped
from grants_app.wording import Words

if TYPE_CHECKING:
    from collections.abc import Callable

BISHKEK = timezone(timedelta(hours=6))


@dataclass(frozen=True)
class Key:
    private: bytes
    public: bytes


def _key(seed: int) -> Key:
    private = bytes([seed]) * 32
    return Key(private, Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())


@pytest.fixture(scope="session")
def key() -> Key:
    return _key(1)


@pytest.fixture(scope="session")
def other_key() -> Key:
    return _key(2)


@pytest.fixture(scope="session")
def fonts() -> Fonts:
    return load_fonts(shipped("resources/fonts"))


@pytest.fixture(scope="session")
def wordings() -> Wordings:
    return load_wordings(shipped("resources/letters/award.toml"), Words)


@pytest.fixture(scope="session")
def words() -> Words:
    return Words("ky")


def _payload(key: Key, no: int, name: str) -> CodePayload:
    salt = no.to_bytes(SALT_BYTES, "big")
    return CodePayload(
        number=f"КБ-2026-{no:04}",
        programme="6B06102",
        branch="KAZNU-BSH",
        issued_on=date(2026, 8, 7),
        run=4,
        salt=salt,
        digest=name_digest(salt, name),
        key=key_id(key.public),
    )


@pytest.fixture(scope="session")
def payload(key: Key) -> CodePayload:
    return _payload(key, 17, "Үсөнова Айгерим Бакытовна")


@pytest.fixture(scope="session")
def letter(key: Key) -> Callable[..., LetterFacts]:
    """A letter with its code; anything else about it can be changed, the code stays as signed."""

    def make(no: int = 17, name: str = "Үсөнова Айгерим Бакытовна", **changes: Any) -> LetterFacts:
        facts: dict[str, Any] = {
            "number": f"КБ-2026-{no:04}",
            "issued_on": date(2026, 8, 7),
            "branch": Names(
                ky="Аль-Фараби атындагы Казак улуттук университетинин Бишкек шаарындагы филиалы",
                ru="Филиал Казахского национального университета имени аль-Фараби в г. Бишкек",
                kk="Әл-Фараби атындағы Қазақ ұлттық университетінің Бішкек қаласындағы филиалы",
                en="Al-Farabi Kazakh National University, Bishkek branch",
            ),
            "city": Names(ky="Бишкек шаары", ru="г. Бишкек", kk="Бішкек қаласы", en="Bishkek"),
            "full_name": name,
            "latin": "USONOVA AIGERIM",
            "programme_code": "6B06102",
            "programme": Names(
                ky="Маалыматтык системалар", ru="Информационные системы", kk="Ақпараттық жүйелер"
            ),
            "level": "bachelor",
            "minutes_no": "3",
            "minutes_on": date(2026, 8, 6),
            "position": 1,
            "score": "263.5",
            "confirm_until": datetime(2026, 8, 9, 10, 0, tzinfo=UTC).astimezone(BISHKEK),
            "zone": Names(ky="Бишкек убактысы", ru="время Бишкека", kk="Бішкек уақыты", en="Bishkek time"),
            "signers": (
                Signer(Names(ky="Филиалдын директору", ru="Директор филиала"), Names(ru="А. Б. Сыдыков")),
            ),
            "run": 4,
            "fingerprint": "sha256:7c1f90ab44e2d35b" + "0" * 48,
            "journal": 3412,
            "code": make_code(_payload(key, no, name), key.private),
        }
        return LetterFacts(**{**facts, **changes})

    return make

"""The run file's bytes, and what it refuses."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from copy import deepcopy
from random import Random

import msgspec
import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grants_app.domain.errors import Altered, Refused
from grants_app.domain.ranking import RunInputs
from grants_app.rules.allocation import allocate
from grants_app.rules.runfile import canonical, parse, write
from grants_app.rules.sealing import check_signature, recompute, seal, sign, verify
from tests.rules.run_makers import random_run

P, Q = "KAZNU-BSH/6B06102", "ENU-OSH/6B05201"
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
PRIVATE, PUBLIC = b"k" * 32, KEY.public_key().public_bytes_raw()


@pytest.fixture
def run() -> dict:
    """A run with everything in it; the reason's characters are those JSON writers disagree on."""
    return {
        "format": "grants-run/1",
        "campaign": "2026",
        "round": 1,
        "minutes": {"no": "3", "date": "2026-08-06"},
        "total": 50,
        "pools": [
            {
                "id": P,
                "seats": 2,
                "order": "quota_first",
                "quotas": [{"ground": "orphan", "seats": 1, "unused": "open"}],
            },
            {"id": Q, "seats": 3, "order": "open_first", "quotas": []},
        ],
        "applications": [
            {
                "no": "B-2",
                "grounds": ["orphan", "honours"],
                "choices": [{"pool": P, "merit": ["263", "4.85"]}],
            },
            {"no": "B-1", "grounds": [], "choices": [{"pool": P, "merit": ["263", "4.85"]}]},
            {
                "no": "Ө-3",
                "grounds": [],
                "choices": [{"pool": Q, "merit": ["9"]}, {"pool": P, "merit": ["-1", "0"]}],
            },
            {"no": "O-4", "grounds": [], "choices": [{"pool": Q, "merit": ["8"]}]},
            {"no": "O-5", "grounds": [], "choices": [{"pool": Q, "merit": ["7"]}]},
        ],
        "placements": [
            {"application": "O-4", "pool": Q, "reason": 'a "b" \\ / \u2028 \u007f \u0001\n\té 😀'}
        ],
        "holds": [{"application": "Ө-3", "pool": Q, "upgrade": False}],
        "out": [{"application": "O-5", "why": "declined"}],
        "ties": [{"pool": P, "order": ["B-1", "B-2"], "how": "minutes 3, 07.08.2026"}],
    }


def file_of(run: dict) -> bytes:
    return json.dumps(run).encode()


def test_canonical_bytes_are_those_of_rfc_8785(run: dict) -> None:
    written = recompute(file_of(run))
    assert written == rfc8785.dumps(json.loads(written))
    inputs = parse(written).inputs
    bare = json.loads(written)
    del bare["fingerprint"]
    assert canonical(inputs, allocate(inputs)) == rfc8785.dumps(bare)


def test_random_runs_are_written_as_rfc_8785_says() -> None:
    for seed in range(300):
        try:
            written = recompute(file_of(random_run(Random(seed))))
        except Refused:
            continue
        assert written == rfc8785.dumps(json.loads(written))


def test_lists_that_may_be_missing_are_written_empty(run: dict) -> None:
    for key in ("round", "minutes", "placements", "holds", "out", "ties"):
        del run[key]
    for part in (*run["pools"], *run["applications"]):
        part.pop("quotas", None)
        part.pop("grounds", None)
    written = json.loads(recompute(file_of(run)))
    assert [written[key] for key in ("placements", "holds", "out", "ties")] == [[], [], [], []]
    assert written["pools"][0]["quotas"] == written["applications"][0]["grounds"] == []
    assert "round" not in written
    assert "minutes" not in written
    assert "seat" not in json.loads(recompute(file_of(run | {"placements": [placed()]})))["placements"][0]


def placed(**more: str) -> dict:
    return {"application": "B-2", "pool": P, "reason": "court"} | more


def test_everything_is_written_in_the_order_of_code_points(run: dict) -> None:
    written = json.loads(recompute(file_of(run)))
    assert [p["id"] for p in written["pools"]] == [Q, P]
    assert [a["no"] for a in written["applications"]] == ["B-1", "B-2", "O-4", "O-5", "Ө-3"]
    assert written["applications"][1]["grounds"] == ["honours", "orphan"]


def test_a_recomputed_file_is_the_same_again(run: dict) -> None:
    once = recompute(file_of(run))
    assert recompute(once) == once
    assert recompute(json.dumps(json.loads(once), indent=2).encode()) == once
    assert not once.endswith(b"\n")


def test_a_signature_stays_only_while_the_fingerprint_does(run: dict) -> None:
    inputs = parse(file_of(run)).inputs
    sealed = seal(inputs, allocate(inputs), PRIVATE)
    assert recompute(sealed) == sealed
    assert verify(sealed, PUBLIC).signature
    changed = json.loads(sealed)
    changed["total"] = 51
    assert "signature" not in json.loads(recompute(file_of(changed)))
    unmarked = json.loads(sealed)
    del unmarked["fingerprint"]
    assert "signature" not in json.loads(recompute(file_of(unmarked)))
    unsigned = json.loads(sealed)
    del unsigned["signature"]
    assert "signature" not in json.loads(recompute(file_of(unsigned)))


def test_what_was_altered_is_found(run: dict) -> None:
    inputs = parse(file_of(run)).inputs
    sealed = json.loads(seal(inputs, allocate(inputs), PRIVATE))
    altered = deepcopy(sealed)
    altered["result"]["awards"].pop()
    with pytest.raises(Altered, match="run_fingerprint_differs"):
        verify(file_of(altered), PUBLIC)
    given = parse(file_of(altered))
    forged = seal(given.inputs, given.result, PRIVATE)
    with pytest.raises(Altered, match="run_result_differs"):
        verify(forged, PUBLIC)
    with pytest.raises(Altered, match="signature_wrong"):
        verify(file_of(sealed | {"signature": sign(b"x" * 32, b"")}), PUBLIC)
    with pytest.raises(Altered, match="signature_wrong"):
        verify(file_of(sealed | {"signature": "not base64!"}), PUBLIC)
    with pytest.raises(Altered, match="signature_wrong"):
        verify(file_of(sealed | {"signature": f"!{sealed['signature']}"}), PUBLIC)
    assert verify(file_of(sealed | {"signature": ""}), None).result


def test_a_signature_is_ed25519_over_the_very_bytes() -> None:
    signature = sign(PRIVATE, b"bytes")
    KEY.public_key().verify(base64.b64decode(signature), b"bytes")
    with pytest.raises(Altered):
        check_signature(PUBLIC, b"other bytes", signature)


def test_a_run_with_open_ties_is_not_sealed(run: dict) -> None:
    run["ties"] = []
    run["pools"][0]["seats"] = 1
    run["pools"][0]["quotas"] = []
    inputs = parse(file_of(run)).inputs
    with pytest.raises(Refused, match="run_ties_open"):
        seal(inputs, allocate(inputs), PRIVATE)


Change = Callable[[dict], object]

REFUSED: list[tuple[str, str, Change]] = [
    ("run_unknown_key", "extra", lambda r: r.update(extra=1)),
    ("run_unknown_key", "pools[0].extra", lambda r: r["pools"][0].update(extra=1)),
    ("run_unknown_key", "pools[0].quotas[0].x", lambda r: r["pools"][0]["quotas"][0].update(x=1)),
    ("run_unknown_key", "applications[1].x", lambda r: r["applications"][1].update(x=1)),
    (
        "run_unknown_key",
        "applications[0].choices[0].x",
        lambda r: r["applications"][0]["choices"][0].update(x=1),
    ),
    ("run_unknown_key", "minutes.x", lambda r: r["minutes"].update(x="")),
    ("run_unknown_key", "result.x", lambda r: r.update(result={"x": 1})),
    ("run_missing_key", "total", lambda r: r.pop("total")),
    ("run_unknown_format", "format", lambda r: r.update(format="grants-run/2")),
    ("run_wrong_type", "total", lambda r: r.update(total=50.0)),
    ("run_wrong_type", "total", lambda r: r.update(total="50")),
    ("run_wrong_type", "round", lambda r: r.update(round=None)),
    ("run_wrong_type", "pools[0].order", lambda r: r["pools"][0].update(order="best_first")),
    ("run_wrong_type", "applications[2].no", lambda r: r["applications"][2].update(no=7)),
    ("run_wrong_type", "applications[0]", lambda r: r["applications"][0].pop("no")),
    ("run_wrong_type", "format", lambda r: r.update(format=1)),
    ("run_wrong_type", "campaign", lambda r: r.update(campaign=2026)),
    ("run_wrong_type", "applications", lambda r: r.update(applications={})),
    ("run_bad_count", "total", lambda r: r.update(total=2**53)),
    ("run_bad_count", "round", lambda r: r.update(round=-1)),
    ("run_bad_count", "pools[0].seats", lambda r: r["pools"][0].update(seats=-1)),
    ("run_bad_count", "pools[0].quotas[0].seats", lambda r: r["pools"][0]["quotas"][0].update(seats=-1)),
    ("run_bad_identifier", "campaign", lambda r: r.update(campaign="")),
    ("run_bad_identifier", "campaign", lambda r: r.update(campaign="и\u0306")),
    ("run_bad_identifier", "applications[0].no", lambda r: r["applications"][0].update(no=" B-2")),
    ("run_bad_identifier", "applications[0].no", lambda r: r["applications"][0].update(no="B\u0085")),
    ("run_bad_identifier", "pools[1].id", lambda r: r["pools"][1].update(id="x" * 65)),
    ("run_bad_identifier", "pools[1].id", lambda r: r["pools"][1].update(id="a\u007fb")),
    ("run_bad_identifier", "applications[0].no", lambda r: r["applications"][0].update(no="")),
    ("run_bad_identifier", "applications[0].no", lambda r: r["applications"][0].update(no="x" * 65)),
    (
        "run_bad_identifier",
        "applications[0].grounds[1]",
        lambda r: r["applications"][0].update(grounds=["a", ""]),
    ),
    ("run_bad_identifier", "pools[0].quotas[0]", lambda r: r["pools"][0]["quotas"][0].update(ground=" ")),
    ("run_repeated_pool", "pools[1].id", lambda r: r["pools"][1].update(id=P)),
    ("run_repeated_application", "applications[1].no", lambda r: r["applications"][1].update(no="B-2")),
    (
        "run_repeated_ground",
        "applications[0].grounds[1]",
        lambda r: r["applications"][0].update(grounds=["a", "a"]),
    ),
    (
        "run_reserved_ground",
        "applications[0].grounds[0]",
        lambda r: r["applications"][0].update(grounds=["open"]),
    ),
    (
        "run_reserved_ground",
        "pools[0].quotas[0]",
        lambda r: r["pools"][0]["quotas"][0].update(ground="placement"),
    ),
    (
        "run_repeated_ground",
        "pools[0].quotas[1]",
        lambda r: r["pools"][0]["quotas"].append(r["pools"][0]["quotas"][0]),
    ),
    ("run_quotas_above_seats", "pools[0].quotas", lambda r: r["pools"][0].update(seats=0)),
    ("run_pools_above_total", "total", lambda r: r.update(total=4)),
    (
        "run_unknown_pool",
        "applications[0].choices[0].pool",
        lambda r: r["applications"][0]["choices"][0].update(pool="X"),
    ),
    (
        "run_repeated_choice",
        "applications[0].choices",
        lambda r: r["applications"][0]["choices"].append(r["applications"][0]["choices"][0]),
    ),
    (
        "run_merit_length",
        "applications[1].choices[0].merit",
        lambda r: r["applications"][1]["choices"][0].update(merit=["1"]),
    ),
    (
        "run_merit_length",
        "applications[1].choices[0].merit",
        lambda r: r["applications"][0]["choices"][0].update(merit=["1"]),
    ),
    (
        "run_merit_length",
        "applications[0].choices[0].merit",
        lambda r: r["applications"][0]["choices"][0].update(merit=[]),
    ),
    (
        "run_unknown_application",
        "placements[0].application",
        lambda r: r["placements"][0].update(application="X"),
    ),
    ("run_repeated_application", "out[0].application", lambda r: r["out"][0].update(application="O-4")),
    ("run_repeated_application", "holds[0].application", lambda r: r["holds"][0].update(application="O-4")),
    ("run_hold_not_chosen", "holds[0].pool", lambda r: r["holds"][0].update(application="B-1")),
    ("run_unknown_pool", "placements[0].pool", lambda r: r["placements"][0].update(pool="X")),
    ("run_unknown_seat", "placements[0].seat", lambda r: r["placements"][0].update(seat="orphan")),
    (
        "run_unknown_seat",
        "placements[0].seat",
        lambda r: r["placements"][0].update(application="B-2", pool=P, seat="honours"),
    ),
    ("run_placements_above_seats", "placements", lambda r: r["pools"][1].update(seats=0)),
    (
        "run_placements_above_seats",
        "placements",
        lambda r: r["placements"].extend([placed(), placed(application="B-1")]),
    ),
    ("run_unknown_pool", "ties[0].pool", lambda r: r["ties"][0].update(pool="X")),
    ("run_tie_too_short", "ties[0].order", lambda r: r["ties"][0].update(order=["B-1"])),
    ("run_unknown_application", "ties[0].order[1]", lambda r: r["ties"][0].update(order=["B-1", "X"])),
    ("run_repeated_application", "ties[0].order[1]", lambda r: r["ties"][0].update(order=["B-1", "B-1"])),
    ("run_tie_among_unequals", "ties[0].order[1]", lambda r: r["ties"][0].update(order=["B-1", "Ө-3"])),
    ("run_tie_among_unequals", "ties[0].order[0]", lambda r: r["ties"][0].update(order=["O-5", "B-1"])),
    ("run_repeated_tie", "ties[1]", lambda r: r["ties"].append(r["ties"][0])),
]


@pytest.mark.parametrize(
    ("code", "place", "change"), REFUSED, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_run_file_that_breaks_the_contract_is_refused_with_its_place(
    run: dict, code: str, place: str, change: Change
) -> None:
    change(run)
    with pytest.raises(Refused) as refused:
        parse(file_of(run))
    assert refused.value.code == code
    assert refused.value.facts["place"] == place


FORM = {"run_unknown_key", "run_missing_key", "run_unknown_format", "run_wrong_type"}


@pytest.mark.parametrize("letter", ["Ө", "T"])  # plain letters are looked at all together
@pytest.mark.parametrize(
    ("code", "place", "change"),
    [case for case in REFUSED if case[0] not in FORM],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_inputs_that_break_the_contract_are_refused_before_anybody_is_allocated(
    run: dict, code: str, place: str, change: Change, letter: str
) -> None:
    change(run)
    inputs = msgspec.convert(json.loads(json.dumps(run).replace("\\u04e8", letter)), RunInputs)
    with pytest.raises(Refused) as refused:
        allocate(inputs)
    assert refused.value.code == code
    assert refused.value.facts["place"] == place


ALONE: list[tuple[str, Callable[[list], object]]] = [
    ("run_repeated_choice", lambda a: a[0]["choices"].append(a[0]["choices"][0])),
    ("run_merit_length", lambda a: a[1]["choices"][0].update(merit=["5"])),
    ("run_merit_length", lambda a: [one["choices"][0].update(merit=[]) for one in a]),
    ("run_bad_identifier", lambda a: a[0].update(grounds=["orphan", ""])),
    ("run_reserved_ground", lambda a: [one.update(grounds=["open"]) for one in a]),
    ("run_repeated_ground", lambda a: [one.update(grounds=["orphan", "orphan"]) for one in a]),
    ("run_unknown_pool", lambda a: [one["choices"][0].update(pool="Q") for one in a]),
    ("run_bad_merit", lambda a: [one["choices"][0].update(merit=["01", "01"]) for one in a]),
]


@pytest.mark.parametrize(("code", "change"), ALONE)
def test_what_is_wrong_with_everybody_of_the_only_pool_is_refused(
    code: str, change: Callable[[list], object]
) -> None:
    applications = [
        {"no": f"B-{n}", "grounds": ["orphan"], "choices": [{"pool": "P", "merit": ["5", "4"]}]}
        for n in (1, 2)
    ]
    run = {"campaign": "2026", "total": 1, "applications": applications}
    run["pools"] = [{"id": "P", "seats": 1, "order": "quota_first"}]
    assert allocate(msgspec.convert(run, RunInputs)).open_ties
    change(applications)
    with pytest.raises(Refused) as refused:
        allocate(msgspec.convert(run, RunInputs))
    assert refused.value.code == code


def test_the_largest_count_is_the_largest_json_writes_exactly(run: dict) -> None:
    assert parse(file_of(run | {"total": 2**53 - 1, "round": 0})).inputs.total == 2**53 - 1


@pytest.mark.parametrize("no", ["x" * 64, "B 1", "Ө", "~"])
def test_what_can_be_a_number_is_read(run: dict, no: str) -> None:
    run["applications"][4]["no"] = run["out"][0]["application"] = no
    assert no in {application.no for application in parse(file_of(run)).inputs.applications}


@pytest.mark.parametrize(
    "merit", ["-0", "01", "1.0", "1.", ".5", "+1", "1e3", "1.1234567", "1234567890123", "١", "1\n", ""]
)
def test_a_merit_not_written_canonically_is_refused(run: dict, merit: str) -> None:
    run["applications"][3]["choices"][0]["merit"] = [merit]
    with pytest.raises(Refused, match="run_bad_merit"):
        parse(file_of(run))
    plain = json.loads(json.dumps(run).replace("\\u04e8", "T"))
    with pytest.raises(Refused, match="run_bad_merit"):
        allocate(msgspec.convert(plain, RunInputs))


@pytest.mark.parametrize(
    ("twice", "place"),
    [
        ('{"campaign": "2026", ', "campaign"),
        ('{"applications": [], ', "applications"),
        ('{"format": "grants-run/1", "out": [], ', "format"),
    ],
)
def test_a_key_repeated_at_the_top_is_refused(run: dict, twice: str, place: str) -> None:
    text = json.dumps(run)
    with pytest.raises(Refused, match="run_repeated_key") as refused:
        parse((twice + text[1:]).encode())
    assert refused.value.facts == {"place": place}


@pytest.mark.parametrize(
    ("once", "place"),
    [
        ('"no": "B-2"', "applications[0].no"),
        ('"seats": 2', "pools[0].seats"),
        ('"how": "minutes 3, 07.08.2026"', "ties[0].how"),
    ],
)
def test_a_key_repeated_inside_is_refused(run: dict, once: str, place: str) -> None:
    text = json.dumps(run)
    with pytest.raises(Refused, match="run_repeated_key") as refused:
        parse(text.replace(once, f"{once}, {once}").encode())
    assert refused.value.facts == {"place": place}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"format": "\xff"}',
        b'{"a": "\\ud800"}',
        b"\xef\xbb\xbf{}",
        b"[" * 100_000,
    ],
)
def test_what_is_not_a_run_file_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        parse(data)


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "run_unreadable"), (b"{", "run_unreadable"), (b"[]", "run_wrong_type")]
)
def test_where_nothing_can_be_read_the_place_is_the_whole(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        parse(data)
    assert (refused.value.code, refused.value.facts) == (code, {"place": "$"})


def test_a_key_repeated_at_the_end_is_named(run: dict) -> None:
    with pytest.raises(Refused) as refused:
        parse(file_of(run)[:-1] + b', "total": 50}')
    assert (refused.value.code, refused.value.facts) == ("run_repeated_key", {"place": "total"})


def test_what_a_run_does_not_have_is_not_made_up(run: dict) -> None:
    given = parse(file_of(run))
    assert (given.result, given.fingerprint, given.signature) == (None, "", "")
    assert "signature" not in json.loads(write(given.inputs, None))
    del run["round"], run["minutes"]
    bare = parse(file_of(run)).inputs
    assert (bare.round, bare.minutes) == (None, None)


def test_round_minutes_and_seats_are_written_as_they_were_read(run: dict) -> None:
    run["placements"] = [placed(seat="orphan")]
    written = json.loads(recompute(file_of(run)))
    assert (written["round"], written["minutes"]) == (1, {"no": "3", "date": "2026-08-06"})
    assert written["placements"] == [placed(seat="orphan")]
    assert written["fingerprint"].startswith("sha256:")


def test_tie_orders_of_a_pool_are_written_by_their_first_application(run: dict) -> None:
    for no in ("A-1", "C-1"):
        run["applications"].append({"no": no, "choices": [{"pool": P, "merit": ["5", "5"]}]})
    run["ties"].append({"pool": P, "order": ["C-1", "A-1"], "how": "lot"})
    assert [t["order"] for t in json.loads(recompute(file_of(run)))["ties"]] == [
        ["B-1", "B-2"],
        ["C-1", "A-1"],
    ]
    run["ties"] = [
        {"pool": P, "order": ["C-1", "A-1"], "how": "lot"},
        {"pool": P, "order": ["B-2", "B-1"], "how": ""},
    ]
    assert [t["order"][0] for t in json.loads(recompute(file_of(run)))["ties"]] == ["B-2", "C-1"]


def test_inputs_alone_have_canonical_bytes_too(run: dict) -> None:
    inputs = parse(file_of(run)).inputs
    assert b'"result"' not in canonical(inputs, None)
    assert canonical(inputs, None) == canonical(inputs, None)

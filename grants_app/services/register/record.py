"""One application whole, as `show` prints it: everything entered with its sources, and what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grants_app.domain.judging import AVERAGE, MAIN_TEST, SUBJECTS, plain
from grants_app.domain.values import LANGS
from grants_app.services import intake, standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from grants_app.domain.application import Application, Entry, Guardian, Score
    from grants_app.domain.campaign import CampaignSetup
    from grants_app.domain.completeness import Completeness
    from grants_app.domain.ruleset import RuleSet
    from grants_app.domain.values import Finding, Names
    from grants_app.services.access import Office


def named(finding: Finding, setup: CampaignSetup, rules: RuleSet) -> dict[str, object]:
    """The facts of a reason; papers, grounds and results as the campaign and its rules call them."""
    papers = {paper.code: paper.names for paper in setup.required_papers}
    grounds = {ground.code: ground.names for ground in rules.grounds}
    measures = {measure.code: measure.names for measure in rules.measures}
    known: Mapping[str, Mapping[str, Names]] = {
        "paper": papers,
        "ground": grounds,
        "criterion": measures,
        "admits": measures,
    }
    return {
        key: _in_each_language(value, known[key]) if key in known else value
        for key, value in finding.facts.items()
    }


def _in_each_language(codes: str, names: Mapping[str, Names]) -> dict[str, str]:
    return {
        lang: ", ".join(names[code].get(lang) if code in names else code for code in codes.split())
        for lang in LANGS
    }


def record(office: Office, number: str) -> tuple[dict[str, object], Completeness]:
    """The application by its number, and what it lacks; Refused when there is none such."""
    found = intake.application_by_no(office, number)
    told = intake.lacking(office, found)
    return _told(found, office.campaign().setup), told


def _told(found: Application, setup: CampaignSetup) -> dict[str, object]:
    entry = found.entry
    programmes = {pool.id: pool.programme for pool in setup.pools}
    return {
        "no": found.no,
        "state": found.state.value,
        "branch": entry.branch,
        "register_no": entry.register_no,
        "received_at": entry.received_at.isoformat() if entry.received_at else None,
        "received_by": entry.received_by,
        "entered_at": found.entered_at.isoformat(),
        "entered_by": found.entered_by,
        "late": found.late,
        "late_basis": entry.late_basis,
        "person": _person(entry, programmes),
        "school": {
            "name": entry.school.name,
            "kind": entry.school.kind,
            "type": entry.school.type,
            "language": entry.school.language,
            "region": entry.school.region,
            "district": entry.school.district,
            "graduated": entry.school.graduated,
        },
        "choices": [
            {"pool": choice, "programme": programmes.get(choice, choice)} for choice in entry.choices
        ],
        "scores": [_score(score) for score in entry.scores],
        "grounds": [
            {"ground": claim.ground, "paper": claim.paper, "seen": claim.seen, "seen_by": claim.seen_by}
            for claim in entry.grounds
        ],
        "papers": [
            {
                "paper": item.item,
                "received": item.received,
                "received_on": item.received_on.isoformat() if item.received_on else None,
                "received_by": item.received_by,
                "original": item.original,
                "count": item.count,
                "valid_until": item.valid_until.isoformat() if item.valid_until else None,
                "returned_to": item.returned_to,
            }
            for item in entry.checklist
        ],
        "consent": None
        if entry.consent is None
        else {
            "version": entry.consent.version,
            "given_on": entry.consent.given_on.isoformat() if entry.consent.given_on else None,
            "cross_border": entry.consent.cross_border,
            "signed_by_guardian": entry.consent.signed_by_guardian,
        },
        "asks_upgrade": entry.asks_upgrade,
        "paper_language": entry.paper_language,
        "note": entry.note,
        "accepted": [
            {
                "code": warning.code,
                "field": warning.field,
                "reason": warning.reason,
                "accepted_by": warning.accepted_by,
            }
            for warning in entry.accepted
        ],
        "conflicts": [conflict.field for conflict in found.conflicts if conflict.open],
        "version": found.version,
    }


def _person(entry: Entry, programmes: Mapping[str, str]) -> dict[str, object]:
    """The person by the keys an import's rows are told by."""
    person, school = entry.person, entry.school
    scores = {score.criterion: score.value for score in entry.scores}
    main, average = scores.get(MAIN_TEST), scores.get(AVERAGE)
    return {
        "surname": person.surname,
        "given": person.given,
        "patronymic": person.patronymic,
        "latin": person.latin,
        "sex": person.sex,
        "born": person.born.isoformat() if person.born else None,
        "pin": person.pin,
        "citizenship": person.citizenship,
        "document": person.document_no,
        "phone": person.phones[0].number if person.phones else "",
        "phones": [{"number": phone.number, "owner": phone.owner} for phone in person.phones],
        "email": person.email,
        "region": person.region,
        "district": person.district,
        "address": person.address,
        "guardian": _guardian(person.guardian),
        "school": school.name,
        "school_kind": school.kind,
        "graduated": school.graduated,
        "average": None if average is None else plain(average),
        "ort_main": None if main is None else _whole(main),
        "subjects": {code: _whole(scores[code]) for code in SUBJECTS if code in scores},
        "choices": [programmes.get(choice, choice) for choice in entry.choices],
        "grounds": [claim.ground for claim in entry.grounds],
    }


def _whole(value: Decimal) -> int | str:
    """A test's result as a whole number, which it is unless a draft was typed wrongly."""
    return int(value) if value == value.to_integral_value() else plain(value)


def _guardian(guardian: Guardian | None) -> dict[str, object] | None:
    if guardian is None:
        return None
    return {
        "full_name": guardian.full_name,
        "relation": guardian.relation,
        "phone": guardian.phone,
        "signs_consent": guardian.signs_consent,
    }


def _score(score: Score) -> dict[str, object]:
    return {
        "criterion": score.criterion,
        "value": plain(score.value),
        "source": score.source,
        "entered_by": score.entered_by,
        "verified_by": score.verified_by,
    }


def rules_of(office: Office) -> tuple[CampaignSetup, RuleSet]:
    """What names the papers, grounds and results of the campaign."""
    return office.campaign().setup, standing.current_rules(office)

"""The lists fields are chosen from: sexes, regions, kinds of schools, languages, in the catalogue's words."""

from __future__ import annotations

from grants_app.domain.places import REGIONS
from grants_app.wording import mark

SEXES = {"F": mark("female"), "M": mark("male")}
OWNERS = {
    "own": mark("own"), "mother": mark("mother"), "father": mark("father"),
    "guardian": mark("guardian"), "other": mark("other"),
}  # fmt: skip
REGION_NAMES = dict(
    zip(
        REGIONS,
        (
            mark("Bishkek city"), mark("Osh city"), mark("Batken region"), mark("Chüy region"),
            mark("Jalal-Abad region"), mark("Naryn region"), mark("Osh region"), mark("Talas region"),
            mark("Ysyk-Köl region"),
        ),
        strict=True,
    )
)  # fmt: skip
SCHOOL_KINDS = {
    "bishkek": mark("Bishkek school"), "town": mark("town school"),
    "rural": mark("rural school"), "mountain": mark("high-mountain school"),
}  # fmt: skip
SCHOOL_TYPES = {
    "general": mark("general school"), "gymnasium": mark("gymnasium"), "lyceum": mark("lyceum"),
    "boarding": mark("boarding school"), "private": mark("private school"),
    "vocational": mark("vocational lyceum"), "college": mark("college"), "foreign": mark("foreign school"),
}  # fmt: skip
# A column of four in the narrowest form has no room for the rules' full names.
SHORT_NAMES = {
    "ort_main": mark("ORT main"), "average": mark("Average mark"), "english": mark("English"),
    "kyrgyz": mark("Kyrgyz"), "russian": mark("Russian"),
}  # fmt: skip
TEACHING = {
    "ky": mark("in Kyrgyz"), "ru": mark("in Russian"), "uz": mark("in Uzbek"), "tg": mark("in Tajik"),
    "kk": mark("in Kazakh"), "en": mark("in English"),
}  # fmt: skip

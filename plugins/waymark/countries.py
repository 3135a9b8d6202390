"""Countries by their ISO 3166 code of two letters."""

from __future__ import annotations

from functools import lru_cache

import pycountry


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Country names in everyday English by code, for example `{"DK": "Denmark"}`."""
    return {each.alpha_2: getattr(each, "common_name", each.name) for each in pycountry.countries}


def code_for(name: str) -> str:
    """The code of a country given by name or by three letters, or an empty text."""
    wanted = {"UK": "GB", "ENGLAND": "GB", "SCOTLAND": "GB", "WALES": "GB", "EL": "GR"}.get(name.upper(), name)
    try:
        return str(pycountry.countries.lookup(wanted).alpha_2)
    except LookupError:
        return ""

"""Countries by their ISO 3166 code of two letters."""

from __future__ import annotations

import difflib
from functools import lru_cache

import pycountry

_ALSO = {"UK": "GB", "ENGLAND": "GB", "SCOTLAND": "GB", "WALES": "GB", "EL": "GR"}


@lru_cache(maxsize=1)
def names() -> dict[str, str]:
    """Country names in everyday English by code, for example `{"DK": "Denmark"}`."""
    return {each.alpha_2: getattr(each, "common_name", each.name) for each in pycountry.countries}


def code_for(name: str) -> str:
    """The code of a country given by name or by three letters, or an empty text."""
    wanted = _ALSO.get(name.upper(), name)
    try:
        return str(pycountry.countries.lookup(wanted).alpha_2)
    except LookupError:
        return ""


@lru_cache(maxsize=1)
def lookup_words() -> dict[str, str]:
    """Codes by every word that `code_for` knows, in small letters: names of three sorts, codes of three letters and numbers."""
    found: dict[str, str] = {}
    for each in pycountry.countries:
        known = (each.alpha_2, each.alpha_3, each.numeric, each.name, getattr(each, "official_name", ""), getattr(each, "common_name", ""))
        found |= {word.lower(): str(each.alpha_2) for word in known if word}
    return {**found, **{word.lower(): code for word, code in _ALSO.items()}}


def code_like(name: str) -> str:
    """The code of the country whose name is nearly the one given, or an empty text: `Belgum` is meant for Belgium."""
    if not 4 <= len(name) <= 60:
        return ""
    known = {each.casefold(): code for code, each in names().items()}
    near = difflib.get_close_matches(name.casefold(), known, n=1, cutoff=0.8)
    return known[near[0]] if near else ""

"""A review, or the problems of a check, as Markdown for the summary of a job on GitHub: the one place that writes such summaries.

What contributors wrote is put in so that it stays text: no HTML, link, picture, mention or reference of theirs can come to life.
The links are those of our own templates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from waymark.citations import find_citations
from waymark.files import UNSEEN
from waymark.pieces import environment
from waymark.problems import Problem, failures
from waymark.review import HARD, Review

MAX_BYTES = 900_000
"""GitHub takes 1 MiB for the summary of a step, and shows nothing of a longer one."""
_MANY, _MOST = 12, 200
"""Entries of a list from which it is folded; entries after which it is cut."""

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}
# A space without width parts what GitHub would join: @name, #12, GH-12, https://, www., :smile:
_GAP = "&#8203;"


def plain(value: object) -> Markup:
    """A value as text of Markdown: everything in it stands for itself, on one line."""
    if isinstance(value, Markup):
        return value
    text = UNSEEN.sub("\ufffd", " ".join(str(value).split()))
    for group in reversed(find_citations(text)[0]):  # [@key, p. 3] is no mention of a user
        text = text[: group.start] + text[group.start : group.end].replace("@", "") + text[group.end :]
    text = re.sub(r"[&<>$]", lambda match: _ENTITIES[match.group()], text)
    text = re.sub(r"([\\`*_\[\]~|])", r"\\\1", text)
    text = re.sub(r"@", f"@{_GAP}", text)
    text = re.sub(r"(?<!&)#(?=\w)", f"#{_GAP}", text)
    text = re.sub(r"\b(GH)-(?=\d)", rf"\1{_GAP}-", text, flags=re.IGNORECASE)
    text = re.sub(r":(?=//|[a-z0-9_+-])", f":{_GAP}", text, flags=re.IGNORECASE)
    text = re.sub(r"\b(www)\.", rf"\1{_GAP}.", text, flags=re.IGNORECASE)
    text = re.sub(r"^([-+=#])", r"\\\1", text)
    text = re.sub(r"^(\d+)([.)])", r"\1\\\2", text)
    return Markup(text)


def review_sheet(review: Review, site: str = "", preview: str = "") -> str:
    """The sheet that a reviewer works through, what needs a decision first.

    Args:
        review: What changed.
        site: Address of the published site, which explains the problems; empty if it has none.
        preview: Name of the archive in which the built site can be fetched; empty if there is none.
    """
    values = {"review": review, "preview": preview, "hard": HARD, "groups": _by_sort(review), **_sorted_out(review.problems)}
    return _fitting(_rendered("review.md.jinja", site, **values))


def check_summary(problems: Sequence[Problem], counts: str, site: str = "") -> str:
    """All problems with what to do, for somebody who does not read logs."""
    return _fitting(_rendered("check.md.jinja", site, counts=counts, **_sorted_out(problems)))


def _sorted_out(problems: Sequence[Problem]) -> dict[str, Any]:
    wrong = failures(problems)
    return {"wrong": wrong, "advice": [each for each in problems if each.code.is_advice]}


def _by_sort(review: Review) -> dict[str, list[Any]]:
    return {sort: [each for each in review.records if each.sort == sort] for sort in ("added", "removed", "renamed", "changed")}


def _rendered(template: str, site: str, **values: Any) -> str:
    env = environment()
    env.finalize = plain
    env.globals.update(many=_MANY, most=_MOST)
    text = env.get_template(template).render(site=Markup(site), **values)
    text = re.sub(r"\n\s*\n(?=\n)", "\n", text)
    return re.sub(r"(?<=\n)([ ]*- .*)\n\n(?=[ ]*- )", r"\1\n", text).strip() + "\n"  # a list is one list


def _fitting(text: str) -> str:
    """The text, cut at the end of a line if GitHub would not take all of it."""
    raw = text.encode()
    if len(raw) <= MAX_BYTES:
        return text
    kept = raw[:MAX_BYTES].decode("utf-8", "ignore").rsplit("\n", 1)[0]
    closing = "\n</details>" * max(0, kept.count("<details>") - kept.count("</details>"))
    return f"{kept}\n{closing}\n\n**The rest is left out: the summary is too long for GitHub.** Run `waymark review` on your computer to see all of it.\n"

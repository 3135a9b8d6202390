"""What changed between two versions of records, in words."""

from __future__ import annotations

from typing import Any

import pytest

from waymark.bibliography import Entry
from waymark.changes import brief, changes_of, entry_changes, record_changes, text_changes

FINDING = {"source": "[@a, p. 1]", "question": "outcomes", "kind": "outcome study", "finding": "It fell.", "design": "none"}
SAID = "People leave when someone waits for them [@a, p. 1]."


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # single values
        ({}, {"status": "running"}, ["Status: “running” added"]),
        ({"status": "running"}, {"status": "ended"}, ["Status: “running” → “ended”"]),
        ({"status": "running"}, {}, ["Status: “running” removed"]),
        ({"name": "A  b"}, {"name": "A b"}, []),
        # texts
        ({"aims": SAID}, {"aims": f"{SAID} They stay [@a, p. 2]."}, ["Aims: 1 sentence added"]),
        ({"aims": f"{SAID} They stay."}, {"aims": SAID}, ["Aims: 1 sentence removed"]),
        ({"aims": SAID}, {"aims": SAID.replace("someone", "somebody")}, ["Aims: 1 sentence changed"]),
        ({"aims": SAID}, {"aims": SAID.replace("p. 1", "p. 9")}, ["Aims: 1 sentence with another source"]),
        ({"aims": SAID}, {"aims": SAID.replace(" ", "\n", 3)}, []),
        ({"aims": "One thing. Another thing."}, {"aims": "Another thing. One thing."}, []),
        ({}, {"aims": SAID}, ["Aims: 1 sentence added"]),
        # lists of words
        ({"setting": ["prison"]}, {"setting": ["prison", "online"]}, ["Setting: “online” added"]),
        ({"setting": ["prison", "online"]}, {"setting": ["online", "probation"]}, ["Setting: “probation” added; “prison” removed"]),
        ({"setting": ["prison", "online"]}, {"setting": ["online", "prison"]}, ["Setting: order changed: now online, prison"]),
        ({"setting": "not reported"}, {"setting": ["prison"]}, ["Setting: “prison” added; “not reported” removed"]),
        ({"countries": ["DK"]}, {"countries": ["DK", "NO"]}, ["Country: “Norway” added"]),
        # coded findings
        ({}, {"evidence": [FINDING]}, ["Coded findings: finding 1 on outcomes, a, p. 1 added"]),
        ({"evidence": [FINDING]}, {"evidence": []}, ["Coded findings: finding 1 on outcomes, a, p. 1 removed"]),
        (
            {"evidence": [FINDING]},
            {"evidence": [{**FINDING, "design": "randomised", "participants": "40"}]},
            [
                "Coded findings: finding 1 on outcomes, a, p. 1: Design: “none” → “randomised”",
                "Coded findings: finding 1 on outcomes, a, p. 1: People: “40” added",
            ],
        ),
        (
            {"evidence": [FINDING, {**FINDING, "source": "[@b, p. 2]"}]},
            {"evidence": [{**FINDING, "source": "[@b, p. 2]"}, FINDING]},
            ["Coded findings: finding 2 on outcomes, a, p. 1 moved from place 1 to place 2"],
        ),
        # parts go by anchor, then by title
        (
            {"structure": [{"title": "Knock", "anchor": "go"}, {"title": "Wait"}]},
            {"structure": [{"title": "Call", "anchor": "go"}, {"title": "Wait", "text": "One waits."}]},
            ["Structure: “Call”: Title: “Knock” → “Call”", "Structure: “Wait”: Text: “One waits.” added"],
        ),
        # relations, figures, disagreements
        (
            {"relations": [{"type": "uses", "to": "x", "basis": "ours"}]},
            {"relations": [{"type": "uses", "to": "x", "basis": "[@a, p. 1]"}, {"type": "uses", "to": "y", "basis": "ours"}]},
            ["Related pages: Uses → x: Basis: “ours” → “[@a, p. 1]”", "Related pages: Uses → y added"],
        ),
        (
            {"disagreements": [{"topic": "The year", "text": "1998.", "state": "open"}]},
            {"disagreements": [{"topic": "The year", "text": "1998.", "state": "settled"}]},
            ["Where sources disagree or err: “The year”: State: “open” → “settled”"],
        ),
        # maps
        ({"basis": {"status": "[@a, p. 1]"}}, {"basis": {"status": "[@a, p. 2]"}}, ["Sources of the facts: Status: “[@a, p. 1]” → “[@a, p. 2]”"]),
        (
            {"checked": {"on": "2020-01-01", "against": ["a"]}},
            {"checked": {"on": "2020-02-01", "against": ["a", "b"]}},
            ["Last checked: Day: “2020-01-01” → “2020-02-01”", "Last checked: Against: “b” added"],
        ),
        # what today's models do not know
        ({"old_field": "x"}, {"old_field": "y"}, ["Old field: “x” → “y”"]),
    ],
)  # fmt: skip
def test_record_changes(before: dict[str, Any], after: dict[str, Any], expected: list[str]) -> None:
    """Each field in words, under its heading on the page."""
    assert [f"{each.heading}: {each.words}" for each in record_changes("programme", before, after)] == expected


@pytest.mark.parametrize("hostile", ["text", ["text"], [["deep"]], [{"source": {"a": "b"}}], {"a": {"b": ["c"]}}, None, [None], [{}], {"1": None}])
@pytest.mark.parametrize("field", ["name", "aims", "setting", "evidence", "relations", "basis", "checked", "former_ids", "structure"])
def test_wrong_forms(field: str, hostile: object) -> None:
    """A version that fails the checks can be compared too."""
    good = {"aims": SAID, "evidence": [FINDING], "former_ids": ["a"], "checked": {"on": "2020-01-01"}}
    for one, two in ((good, {**good, field: hostile}), ({**good, field: hostile}, good)):
        changes = changes_of({("programme", "x"): one}, {("programme", "x"): two})
        assert all(each.words for change in changes for each in change.changes)
        brief([each for change in changes for each in change.changes])


def test_records() -> None:
    """Records that came, went, were renamed or changed; what is the same is not named."""
    before = {("programme", "a"): {"name": "A"}, ("programme", "b"): {"name": "B"}, ("term", "c"): {"name": "C"}, ("term", "same"): {"name": "S"}}
    after = {
        ("programme", "a"): {"name": "A2"}, ("programme", "b2"): {"name": "B", "former_ids": ["b"], "status": "ended"},
        ("tool", "d"): {"name": "D"}, ("term", "same"): {"name": "S"},
    }  # fmt: skip
    found = [(each.kind, each.id, each.sort, each.former, brief(each.changes)) for each in changes_of(before, after)]
    assert found == [
        ("programme", "a", "changed", "", "Name: “A” → “A2”"),
        ("programme", "b2", "renamed", "b", "Status: “ended” added"),
        ("tool", "d", "added", "", ""),
        ("term", "c", "removed", "", ""),
    ]


def test_brief() -> None:
    """On one line items are counted, each once, long values cut, and fields beyond the fourth counted."""
    before = {"name": "N", "aims": SAID, "evidence": [FINDING], "status": "running", "region": "x" * 100, "limits": "No."}
    after = {"name": "M", "evidence": [{**FINDING, "design": "randomised", "participants": "4"}], "status": "ended", "region": "y" * 100}
    said = brief(record_changes("programme", before, after))
    assert said == f"Name: “N” → “M”; Region: “{'x' * 59}…” → “{'y' * 59}…”; Status: “running” → “ended”; Aims: 1 sentence removed; and 2 more fields"
    assert brief(record_changes("programme", before, after), 6).split("; ")[4] == "Coded findings: 1 changed"


def test_entries() -> None:
    """Works of the bibliography: new, gone, and changed field by field."""
    entry = Entry("a", "book", {"title": "T", "year": "2001"})
    changed = Entry("a", "book", {"title": "T", "year": "2002", "doi": "10.1/x"})
    found = entry_changes({"a": entry, "b": entry}, {"a": changed, "c": entry})
    assert [(each.key, each.sort, brief(each.changes)) for each in found] == [
        ("a", "changed", "year: “2001” → “2002”; doi: “10.1/x” added"), ("b", "removed", ""), ("c", "added", ""),
    ]  # fmt: skip


def test_text_changes() -> None:
    """A hand-written page: sentences that came and went; line ends do not count."""
    assert text_changes("p", "One.\nTwo.", "One. Two.") is None
    found = text_changes("p", "# Home\n\nOne is here.", "# Home\n\nSomething quite different.")
    assert found
    assert (found.new, found.gone) == (("Something quite different.",), ("One is here.",))


def test_long_lists_are_bearable() -> None:
    """A list of thousands is matched by names alone, and no pair is compared with each other."""
    many = [{"title": f"Part {number}", "text": "Words that are all alike, again and again."} for number in range(3000)]
    other = [{**each, "title": f"Step {number}"} for number, each in enumerate(many)]
    assert len(record_changes("programme", {"structure": many}, {"structure": other})) == 6000

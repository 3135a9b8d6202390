"""The form on GitHub: it mirrors the record, and GitHub takes it."""

from __future__ import annotations

import re

import yaml

from site_fixtures import PROJECT
from waymark.dictionary import definitions_of
from waymark.issueform import FILE, issue_form


def test_the_file_is_what_the_models_say() -> None:
    """Who changes a model runs `waymark schema`."""
    assert (PROJECT / FILE).read_text(encoding="utf-8") == issue_form()


def test_it_asks_what_a_record_holds() -> None:
    form = yaml.safe_load(issue_form())
    asked = {each["id"]: each for each in form["body"] if "id" in each}
    fields = definitions_of("practice")
    assert {"name", "summary", "countries", "setting", "approach", "steps", "limits"} < asked.keys()
    assert all(asked[name]["attributes"]["label"] == field.label for name, field in fields.items() if name in asked)
    assert asked["setting"]["attributes"]["options"] == list(fields["setting"].accepted)
    assert asked["setting"]["attributes"]["multiple"] is True
    assert asked["status"]["attributes"]["multiple"] is False
    assert [name for name, each in asked.items() if each.get("validations", {}).get("required")] == ["name", "summary", "sources"]


def test_github_takes_it() -> None:
    """Rules of GitHub's form schema: known types, ids of letters, digits, - and _, unique labels, no option `none`."""
    form = yaml.safe_load(issue_form())
    assert {"name", "description", "body"} <= form.keys()
    assert {each["type"] for each in form["body"]} <= {"markdown", "input", "textarea", "dropdown", "checkboxes"}
    ids = [each["id"] for each in form["body"] if "id" in each]
    labels = [each["attributes"]["label"] for each in form["body"] if "id" in each]
    assert len(set(ids)) == len(ids)
    assert len(set(labels)) == len(labels)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", each) for each in ids)
    options = [str(option).lower() for each in form["body"] if each["type"] == "dropdown" for option in each["attributes"]["options"]]
    assert "none" not in options


def test_the_list_of_forms_leads_to_the_form_of_this_site() -> None:
    site = re.search(r"^site_url: (.*)$", (PROJECT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE)
    config = yaml.safe_load((PROJECT / ".github/ISSUE_TEMPLATE/config.yml").read_text(encoding="utf-8"))
    assert site
    assert [each["url"] for each in config["contact_links"]] == [f"{site[1]}contribute/"]

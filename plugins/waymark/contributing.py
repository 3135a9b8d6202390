"""The pages on which somebody proposes a record without an account and without knowing YAML, and the scripts with what their form must know."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from waymark.dictionary import Definition, definitions_of
from waymark.form import GROUPS, as_script, form_of, group_of, library_of
from waymark.kinds import KINDS, Kind
from waymark.models import role_of
from waymark.opendata import OpenData
from waymark.pages import Download, Draft, Heading, Page, SearchText, text_file
from waymark.pieces import root_of
from waymark.problems import article

CONTRIBUTE = "contribute/"
_TITLE = "Propose a page"
_ABOUT = "Add a practice or any other page, or change one, in a form in your browser: no account, no technical knowledge."
_FORMS, _OTHER_WAYS = "Choose what you want to propose", "Other ways"
_ASSETS = "contribute"
_SCRIPTS = (
    "words", "citations", "markdown", "shape", "facts", "checks", "yaml", "works", "drafts", "combobox", "fields", "cite", "preview", "endings", "page",
)  # fmt: skip
"""The scripts of the form, in the order in which they build on one another."""
_FIRST = "practice"
"""The kind that most people come to propose."""


class Contributing(OpenData):
    """Makes the pages with a form, one for each kind."""

    def form_pages(self) -> Iterable[Draft]:
        """A page that leads to the forms, and the form of each kind."""
        yield Draft(CONTRIBUTE, _TITLE, "", self._contribute)
        for kind in KINDS.values():
            yield Draft(f"{CONTRIBUTE}{kind.name}/", _title(kind), "", partial(self._form, kind))

    def downloads(self) -> Iterable[Download]:
        """Files beside the pages; the two scripts of data among them."""
        yield from super().downloads()
        yield text_file(f"{CONTRIBUTE}form.js", [as_script("form", form_of(self.library))])
        short = {key: self.short(key) for key in self._reference_pages}
        yield text_file(f"{CONTRIBUTE}library.js", [as_script("library", library_of(self.library, short))])

    def _contribute(self) -> Page:
        kinds = sorted(KINDS.values(), key=lambda kind: kind.name != _FIRST)
        body = self._templates.get_template("contribute.html.jinja").render(
            title=_TITLE, kinds=kinds, article=article, source=self.site.source, forms=_FORMS, other_ways=_OTHER_WAYS
        )  # fmt: skip
        headings = (Heading("forms", _FORMS), Heading("other-ways", _OTHER_WAYS))
        return Page(CONTRIBUTE, _TITLE, body, headings, _ABOUT, search=(SearchText("", _TITLE, _ABOUT),), assets=_ASSETS, scripts=_scripts("drafts", "page"))

    def _form(self, kind: Kind) -> Page:
        address, title = f"{CONTRIBUTE}{kind.name}/", _title(kind)
        groups: dict[str, list[Definition]] = {name: [] for name in GROUPS}
        for name, definition in definitions_of(kind.name).items():
            if group := group_of(name, role_of(kind.model, name)):
                groups[group].append(definition)
        asked = [(name, GROUPS[name], found) for name, found in groups.items() if found]
        headings = tuple(Heading(name, words) for name, words, _ in asked)
        body = self._templates.get_template("form.html.jinja").render(
            title=title, kind=kind, words=article(kind.name), root=root_of(address), groups=asked,
            new_url=f"{self.site.source}/new/main/" if self.site.source else "", edit_url=self.site.edit_url, source=self.site.source,
        )  # fmt: skip
        about = f"Propose {article(kind.name)} or a change to one in your browser. {kind.about}"
        return Page(
            address, title, body, headings, about, search=(SearchText("", title, about),), search_weight=0.5, assets=_ASSETS, scripts=_scripts(*_SCRIPTS)
        )


def _title(kind: Kind) -> str:
    return f"Propose {article(kind.name)}"


def _scripts(*names: str) -> tuple[str, ...]:
    return (f"{CONTRIBUTE}form.js", *(f"assets/{_ASSETS}/{name}.js" for name in names))

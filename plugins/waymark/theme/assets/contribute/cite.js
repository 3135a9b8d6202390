/* Dialogs that help to cite a work or link to a page, and the fields that describe a work which the library does not have yet. */

(() => {
  const { make, button, combobox, Line, Choice, controlsFor, capital, findCitations, workProblems, entryText, keyFor } = waymark;

  /** Sorts of places in a work: how each is written, and what is asked for. */
  const PLACES = [
    ["p.", "Page", "Number of the page"],
    ["pp.", "Pages", "From–to, for example 3–5"],
    ["sec.", "Section", "Title or number of the section"],
    ["ch.", "Chapter", "Number of the chapter"],
    ["¶", "Paragraph", "Number of the paragraph"],
    ["fn", "Footnote", "Number of the footnote"],
    ["table", "Table", "Number of the table"],
    ["slide", "Slide", "Title of the slide"],
    ["abstract", "Abstract", ""],
    ["web page", "Web page without pages", ""],
    ["", "Another place", "As the checks know it"],
  ];
  const STANCES = { "": "It says so", "qualified by": "It agrees only in part (qualified by)", "disputed by": "It says the opposite (disputed by)" };

  /** A place as it stands in a citation; signs that would end the citation go into quotation marks. */
  function placeText(sort, words) {
    const asked = PLACES.find(([start]) => start === sort)[2];
    if (!asked) return sort;
    const clean = words.trim().split(/\s+/).join(" ");
    if (!clean) return "";
    const bare = clean.replace(/[“”"]/g, "");
    const shown = sort === "slide" || (sort && /[,;[\]@“”"]/.test(clean)) ? `“${bare}”` : clean;
    return [sort, shown].filter(Boolean).join(" ");
  }

  /** Where a citation goes: into the group that the cursor is in, before the full stop that ends the text, or where the cursor is. */
  function insert(rules, area, citation) {
    const text = area.value;
    let at = document.activeElement === area || area.selectionStart ? area.selectionStart : text.length;
    const group = findCitations(rules, text).groups.find(({ start, end }) => start < at && at < end);
    if (group) {
      area.setRangeText(`; ${citation}`, group.end - 1, group.end - 1, "end");
      return;
    }
    if (at === text.trimEnd().length && /[.!?]$/.test(text.slice(0, at))) at -= 1;
    const before = at > 0 && !/[\s([]/.test(text[at - 1]) ? " " : "";
    area.setRangeText(`${before}[${citation}]`, at, at, "end");
    if (/[.!?]/.test(area.value[area.selectionEnd] ?? "")) area.selectionStart = area.selectionEnd += 1;
  }

  function dialogOf(title, ...children) {
    const heading = make("h2", { id: waymark.newId("dialog") }, title);
    const said = make("p", { class: "wm-wrong", role: "alert", hidden: true });
    const dialog = make("dialog", { class: "wm-dialog", "aria-labelledby": heading.id }, heading, said, ...children);
    dialog.say = (words) => {
      said.hidden = !words;
      said.textContent = words;
    };
    return dialog;
  }

  const labelled = (words, control, ...more) => {
    control.id ||= waymark.newId("in-dialog");
    return make("div", { class: "wm-field" }, make("label", { for: control.id }, words), control, ...more);
  };

  function selectOf(options) {
    return make("select", {}, ...options.map(([value, words]) => make("option", { value }, words)));
  }

  /** A field to find a work, with what was found. */
  function workField(form, words, chosen) {
    const input = make("input", { type: "text", placeholder: "Author, year or words of the title …" });
    const named = make("p", { class: "wm-named", role: "status" });
    const choice = { work: null, input };
    const take = (work) => {
      choice.work = work;
      input.value = work ? work.key : "";
      named.textContent = work ? `${work.who}: ${work.title}` : "";
      chosen?.(work);
    };
    const hits = combobox(input, (typed) => form.foundWorks(typed).map((work) => ({ words: `${work.who}: ${work.title}`, note: work.key, work })), (hit) => take(hit.work), "No work found. Try another word, or describe it as a new work.");
    input.addEventListener("input", () => take_(form.known.works.get(input.value.trim()) ?? null));
    const take_ = (work) => {
      choice.work = work;
      named.textContent = work ? `${work.who}: ${work.title}` : "";
      chosen?.(work);
    };
    choice.take = take;
    choice.element = labelled(words, input, hits, named);
    return choice;
  }

  function placeField(words) {
    const sort = selectOf(PLACES.map(([start, name]) => [start, name]));
    const text = make("input", { type: "text", autocomplete: "off" });
    const label = make("label", {}, "");
    text.id = waymark.newId("place");
    label.htmlFor = text.id;
    const asks = () => {
      const asked = PLACES.find(([start]) => start === sort.value)[2];
      label.textContent = asked;
      label.hidden = text.hidden = !asked;
    };
    sort.addEventListener("change", asks);
    asks();
    return { element: make("div", { class: "wm-place" }, labelled(words, sort), make("div", { class: "wm-field" }, label, text)), read: () => placeText(sort.value, text.value), text, clear: () => (text.value = "") };
  }

  /** The dialog “Cite a work”. `open(control)` asks, and inserts what was chosen into its text. */
  function citeDialog(form) {
    let area = null;
    let control = null;
    const place = placeField("Where in the work");
    const via = workField(form, "Known only through this other work");
    const viaPlace = placeField("Where in that other work");
    const more = make("details", {}, make("summary", {}, "It does not simply say so, or you know it only through another work"));
    const stance = selectOf(Object.entries(STANCES));
    more.append(labelled("How it stands to your sentence", stance), via.element, viaPlace.element);
    const work = workField(form, "Work", (chosen) => {
      const through = chosen?.via && form.known.works.get(chosen.via);
      if (through) {
        more.open = true;
        via.take(through);
      }
    });
    const dialog = dialogOf("Cite a work", work.element, place.element, more);
    const done = () => {
      if (!work.work) return dialog.say("Choose a work from the list first."), work.input.focus();
      const [where, thereIn] = [place.read(), via.work ? viaPlace.read() : ""];
      if (!via.work && !where) return dialog.say("Say where in the work: readers want to find it."), place.text.focus();
      if (via.work && !thereIn) return dialog.say("Say where in the other work, which you have read."), viaPlace.text.focus();
      const citation = [[stance.value, `@${work.work.key}`].filter(Boolean).join(" "), where, via.work ? `via @${via.work.key}` : "", thereIn].filter(Boolean).join(", ");
      dialog.close();
      form.insertCitation(control, citation);
      return undefined;
    };
    const fresh = button("The work is not in the list", () => {
      dialog.close();
      form.addWork();
    });
    endings(dialog, done, (field) => field.matches("input[type=text]"), fresh);
    dialog.addEventListener("close", () => area?.focus());
    document.querySelector(".wm-form").append(dialog);
    return {
      open(for_) {
        control = for_;
        area = for_.input;
        dialog.say("");
        place.clear();
        via.take(null);
        stance.value = "";
        more.open = false;
        if (work.work) work.take(work.work); // most texts cite the same work again
        dialog.showModal();
        (work.work ? place.text : work.input).focus();
        work.input.select();
      },
    };
  }

  /** The row of buttons that closes a dialog; Enter in a field that `isLast` accepts is as good as “Insert”. */
  function endings(dialog, done, isLast, ...more) {
    dialog.append(make("p", { class: "wm-moves" }, button("Insert", done, { class: "md-button md-button--primary" }), button("Cancel", () => dialog.close()), ...more));
    dialog.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && isLast(event.target)) {
        event.preventDefault();
        done();
      }
    });
  }

  /** The dialog “Link to a page”. */
  function linkDialog(form) {
    let area = null;
    let control = null;
    let target = null;
    const input = make("input", { type: "text", placeholder: "Name of a page …" });
    const words = make("input", { type: "text", autocomplete: "off" });
    const hits = combobox(input, (typed) => form.foundRecords(typed).map((record) => ({ words: record.name, note: record.kind, record })), (hit) => {
      target = hit.record;
      input.value = target.name;
      words.value ||= target.name;
      words.focus();
    }, "No page has this name.");
    input.addEventListener("input", () => (target = null));
    const dialog = dialogOf("Link to a page", labelled("Page", input, hits), labelled("Words of the link", words));
    const done = () => {
      if (!target) return dialog.say("Choose a page from the list first."), input.focus();
      const text = (words.value.trim() || target.name).replace(/[[\]]/g, "");
      dialog.close();
      area.setRangeText(`[${text}][${target.id}]`, area.selectionStart, area.selectionEnd, "end");
      form.changed(control);
      return undefined;
    };
    endings(dialog, done, (field) => field === words);
    dialog.addEventListener("close", () => area?.focus());
    document.querySelector(".wm-form").append(dialog);
    return {
      open(for_) {
        control = for_;
        area = for_.input;
        target = null;
        input.value = "";
        words.value = area.value.slice(area.selectionStart, area.selectionEnd);
        dialog.say("");
        dialog.showModal();
        input.focus();
      },
    };
  }

  // A work that the library does not have ----------------------------------------------------------------------

  const TYPES = { article: "Article in a journal", book: "Book", incollection: "Chapter of a book", report: "Report or paper of a body", thesis: "Thesis", online: "Web page", legal: "Legal text", unpublished: "Talk or unpublished paper" };
  const OF_TYPE = {
    article: ["author", "title", "journal", "year", "volume", "number", "pages", "doi", "url"],
    book: ["author", "editor", "title", "year", "publisher", "edition", "isbn", "doi", "url"],
    incollection: ["author", "title", "booktitle", "editor", "year", "publisher", "pages", "doi", "url"],
    report: ["author", "institution", "title", "year", "number", "doi", "url"],
    thesis: ["author", "title", "institution", "year", "url"],
    online: ["author", "publisher", "title", "year", "url", "urldate"],
    legal: ["author", "title", "year", "number", "url"],
    unpublished: ["author", "title", "eventtitle", "year", "url"],
  };
  const HOW = ["known", "via", "checked", "checkedat"];
  const LABELS = { doi: "DOI", isbn: "ISBN", url: "Web address", urldate: "Day you opened it", booktitle: "Title of the book", eventtitle: "Event", known: "How you know it", via: "Through which work", checked: "Day you checked these data", checkedat: "Where you checked them", institution: "Body that published it", publisher: "Publisher or site" };
  const HELP = {
    author: "Family name, comma, given name; between two people the word `and`: `Basra, Rajan and Neumann, Peter`. A body in braces: `{Council of Europe}`.",
    title: "As the work itself prints it.",
    doi: "Starts with 10., for example `10.1177/0022343314535946`.",
    pages: "For example 3–17.",
    known: "`read in full`, `read in part` (an abstract or a web page too), or `via another work` if you know it only from what another work says.",
    via: "The key of the work that tells of it.",
    checkedat: "The address or the library catalogue where you saw author, title and year.",
    url: "The whole address, with https://.",
  };

  /** One new work: its fields follow the type that is chosen. */
  class NewWork {
    constructor(form, value, remove) {
      this.form = form;
      this.type = new Choice({ name: "entrytype", label: "Type of work", help: "", required: true, choices: Object.keys(TYPES) }, form);
      this.key = new Line({ name: "key", label: "Key", help: "What citations call it: family name, year, first word. Made for you; you may change it.", required: true, form: "line" }, form);
      this.place = make("div");
      this.legend = make("legend");
      this.removeButton = button("Remove this work", remove);
      this.citing = make("p", { class: "wm-help" });
      this.element = make("li", {}, make("fieldset", {}, this.legend, this.type.element, this.place, this.key.element, this.citing, make("p", { class: "wm-moves" }, this.removeButton)));
      this.type.input.addEventListener("change", () => this.rebuild(this.fields()));
      this.key.input.addEventListener("input", () => (this.hasOwnKey = true));
      this.type.write(value.type ?? "report");
      this.hasOwnKey = Boolean(value.key);
      this.key.write(value.key);
      this.rebuild({ checked: form.today(), ...value.fields });
    }

    rebuild(values) {
      const type = this.type.read() ?? "report";
      const needed = this.form.rules.works.required[type];
      const fields = [...OF_TYPE[type], ...HOW].map((name) => ({
        name, label: LABELS[name] ?? capital(name), help: HELP[name] ?? "", list: false, form: ["checked", "urldate"].includes(name) ? "date" : name === "known" ? "choice" : "line",
        choices: name === "known" ? this.form.rules.works.known : undefined, required: name === "known" || name === "checked" || needed.some((names) => names.length === 1 && names[0] === name),
      }));
      this.controls = controlsFor(fields, this.form);
      this.place.replaceChildren(...[...this.controls.values()].map((each) => each.element));
      for (const [name, control] of this.controls) control.write(values[name]);
    }

    fields() {
      return Object.fromEntries([...this.controls].map(([name, control]) => [name, control.read()]).filter(([, value]) => value !== undefined));
    }

    /** The work as it is now; without a key of its own it gets one from its author, year and title. */
    read() {
      const fields = this.fields();
      if (!this.hasOwnKey && (fields.title || fields.author)) this.key.write(keyFor(fields, new Set(this.form.library.works.map(([key]) => key))));
      const work = { type: this.type.read() ?? "report", key: this.key.read() ?? "", fields };
      this.citing.textContent = work.key ? `Cite it as [@${work.key}, p. 3].` : "";
      for (const each of [this.type, this.key, ...this.controls.values()]) each.showState();
      return work;
    }

    problems(today) {
      return [...workProblems(this.form.rules, this.form.knownWithout(this.key.read()), this.read(), today)];
    }

    find([name]) {
      return name === "key" ? this.key : (this.controls.get(name) ?? this.key);
    }
  }

  const bibText = (works) => works.map(entryText).join("\n");

  Object.assign(waymark, { citeDialog, linkDialog, insertCitation: insert, NewWork, bibText });
})();

/* The form of one kind: builds it, follows what is typed, checks it, keeps it as a draft. The page that leads to the forms uses only its last lines.

   Nothing leaves the browser: the drafts are in its own store, and each way out is a link or a file that the reader chooses. */

(() => {
  const { listDrafts, getDraft, keepDraft, dropDraft, newKey, canKeep, readDraft } = waymark;
  const FORMAT = waymark.form.format;

  const dayOf = (date) => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
  const timeOf = (saved) => new Date(saved).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });

  class Form {
    constructor(place) {
      const { kind, root, new: newUrl, edit: editUrl } = place.dataset;
      Object.assign(this, { place, root, newUrl, editUrl, rules: waymark.form, kind: waymark.form.kinds[kind], own: "", id: "", data: {}, works: [], touched: new Set(), isDirty: false });
      this.build();
    }

    today() {
      return dayOf(new Date());
    }

    // What controls ask ------------------------------------------------------------------------------------

    wordFor(field, word) {
      if (field.form === "relation") return this.rules.relations[word].forward;
      return field.name === "entrytype" ? { article: "Article in a journal", book: "Book", incollection: "Chapter of a book", report: "Report or paper of a body", thesis: "Thesis", online: "Web page", legal: "Legal text", unpublished: "Talk or unpublished paper" }[word] : word;
    }

    relationsOf() {
      return Object.entries(this.rules.relations).filter(([, each]) => each.sources.includes(this.kind.name)).map(([name]) => name);
    }

    foundRecords(typed, kinds) {
      const records = [...this.known.records.values()].filter((record) => record.id !== this.own && (!kinds || kinds.includes(record.kind)));
      return waymark.foundAmong(records, typed, (record) => `${record.name} ${record.others.join(" ")} ${record.id}`);
    }

    foundWorks(typed) {
      return waymark.foundAmong([...this.known.works.values()], typed, (work) => `${work.who} ${work.title} ${work.key}`);
    }

    /** Keys of the works that the record cites now, as far as we have read them. */
    citedKeys() {
      this.read();
      const texts = [...waymark.textsOf(this.rules, this.kind.fields, this.data)].map(([, text]) => text);
      const keys = texts.flatMap((text) => waymark.findCitations(this.rules, text).groups.flatMap((group) => group.citations.map((each) => each.via || each.key)));
      return [...new Set(keys)];
    }

    cite(control) {
      this.dialogs.cite.open(control);
    }

    insertCitation(control, citation) {
      waymark.insertCitation(this.rules, control.input, citation);
      this.lastCitation = citation;
      for (const each of this.place.querySelectorAll(".wm-again")) {
        each.hidden = false;
        each.textContent = `Again: ${citation}`;
      }
      this.changed(control);
      control.fit?.();
    }

    citeAgain(control) {
      this.insertCitation(control, this.lastCitation);
      control.input.focus();
    }

    link(control) {
      this.dialogs.link.open(control);
    }

    knownWithout(key) {
      const works = new Map(this.known.works);
      if (!this.library.works.some(([other]) => other === key)) works.delete(key);
      return { ...this.known, works };
    }

    // The page ---------------------------------------------------------------------------------------------

    build() {
      const { make, button } = waymark;
      this.status = make("p", { role: "status" });
      this.summary = make("div", { class: "wm-summary-of-errors", tabindex: "-1", role: "alert", hidden: true });
      this.draftWords = make("p", { class: "wm-help" });
      this.steps = new Map(Object.entries(this.rules.groups).map(([name, words]) => [name, { words, fields: this.kind.fields.filter((field) => field.group === name) }]));
      this.controls = new Map();
      this.bases = new Map();
      this.idField = new waymark.Line({ name: "id", label: "Last part of the address", help: "Small letters, digits and hyphens. It is made from the name and stays for ever; you may shorten it.", form: "line", required: true }, this);
      const address = make("span", { class: "wm-address" });
      this.address = address;
      this.idField.element.append(address);
      this.twins = make("div", { class: "wm-notice", role: "status", hidden: true });
      const steps = [...this.steps].filter(([, step]) => step.fields.length).map(([name, step], at) => this.step(name, step, at));
      this.worksList = make("ol", { class: "wm-items" });
      this.addWorkButton = button("Describe a new work", () => this.addWork());
      const works = make("details", { class: "wm-step", id: "step-works" }, make("summary", {}, make("h2", {}, "New works"), make("span", { class: "wm-count" })),
        make("p", {}, "Only if a work that you cite is not in the library yet. Leave out what you have not seen; never guess a title or a page."), this.worksList, make("p", {}, this.addWorkButton));
      this.preview = make("div", { class: "wm-preview" });
      this.endings = waymark.endings(this);
      const check = () => this.checkAll();
      this.place.append(
        this.startBox(),
        this.summary,
        ...steps,
        works,
        make("details", { class: "wm-step", open: true, id: "step-preview" }, make("summary", {}, make("h2", {}, "Preview")), make("p", { class: "wm-help" }, "Roughly how the page will look. Drawings, the evidence profile and full references come when it is published."), this.preview),
        make("details", { class: "wm-step", open: true, id: "step-finish" }, make("summary", {}, make("h2", {}, "Finish")),
          make("p", {}, "The form checks what a browser can. Whether your sources say what you write, an editor looks up; whether all pages fit together, the check on the proposal says."),
          make("p", { class: "wm-moves" }, button("Check everything", check, { class: "md-button md-button--primary" })),
          this.endings.element),
        make("div", { class: "wm-bar", role: "group", "aria-label": "State of the form" }, this.status, button("Check everything", check)));
      this.dialogs = { cite: waymark.citeDialog(this), link: waymark.linkDialog(this) };
      this.place.addEventListener("input", (event) => this.typed(event));
      this.place.addEventListener("change", (event) => this.typed(event));
      this.place.addEventListener("focusout", (event) => this.left(event));
      this.idField.input.addEventListener("input", () => (this.hasOwnId = Boolean(this.idField.read())));
      this.controls.get("checked").controls.get("on").write(this.today());
    }

    step(name, { words, fields }, at) {
      const { make } = waymark;
      const parts = fields.map((field) => {
        const control = waymark.controlFor(field, this);
        this.controls.set(field.name, control);
        if (field.role !== "fact" && field.role !== "parts") return control.element;
        const basis = waymark.controlFor({ name: "basis", label: `Source of “${field.label}”`, help: "", form: "prose", list: false, required: false }, this);
        this.bases.set(field.name, basis);
        return make("div", { class: "wm-with-source" }, control.element, basis.element);
      });
      if (name === "start") {
        parts.splice(1, 0, this.twins, this.idField.element);
        parts.push(make("p", { class: "wm-notice" }, make("strong", {}, "You can stop here."), " A short page that is right is better than a long one that guesses. Go to ", make("a", { href: "#step-finish" }, "Finish"), ", or open the next steps and add what you know."));
      }
      if (name === "facts") parts.unshift(make("p", {}, "Each fact stands in one of three states: a value; ", make("em", {}, "not reported"), ", if you looked and the sources do not say it; or ", make("em", {}, "not yet coded"), ", if you leave it empty. A value needs its source beside it."));
      return make("details", { class: "wm-step", id: `step-${name}`, open: at === 0 }, make("summary", {}, make("h2", { id: name }, words), make("span", { class: "wm-count" })), ...parts);
    }

    /** The box above the form: drafts, and what one may start from. */
    startBox() {
      const { make, button, combobox } = waymark;
      const input = make("input", { type: "text", id: "form-existing", placeholder: "Type its name …" });
      const said = make("p", { role: "status" });
      const hits = combobox(input, (typed) => this.foundRecords(typed, [this.kind.name]).map((record) => ({ words: record.name, record })), (hit) => {
        input.value = "";
        this.openRecord(hit.record.id);
      }, `No ${this.kind.name} has this name.`);
      const file = make("input", { type: "file", id: "form-file", accept: ".json,application/json" });
      file.addEventListener("change", async () => {
        const draft = file.files[0] && readDraft(await file.files[0].text(), FORMAT);
        if (!draft) said.textContent = "This file is no draft of this form. A draft is a file that “Save the draft as a file” made.";
        else if (draft.kind !== this.kind.name) said.textContent = `This draft is of ${waymark.article(draft.kind)}: open it in the form for that.`;
        else {
          this.open(draft, newKey());
          said.textContent = "The draft is open.";
        }
        file.value = "";
      });
      this.startSaid = said;
      this.draftList = make("ul", { class: "wm-values" });
      const saveFile = button("Save the draft as a file", () => waymark.save(`${this.id || this.kind.name}.draft.json`, JSON.stringify(this.draft(), null, 1), "application/json"));
      const fresh = button("Start an empty form", () => {
        this.save();
        this.open({ data: {}, works: [], id: "", own: "" }, "");
        history.replaceState(null, "", location.pathname);
        this.controls.get("checked").controls.get("on").write(this.today());
        this.controls.get("name").focus();
      });
      return make("div", { class: "wm-start" }, this.draftWords, said,
        make("details", {}, make("summary", {}, "Drafts, and changing a page that exists"),
          make("div", { class: "wm-field" }, make("label", { for: "form-existing" }, "Change a page that exists"), input, hits),
          make("div", { class: "wm-field" }, make("label", { for: "form-file" }, "Open a draft from a file"), file),
          make("p", { class: "wm-moves" }, saveFile, fresh),
          make("h2", {}, "Drafts in this browser"), this.draftList));
    }

    showDrafts() {
      const { make, button, capital } = waymark;
      const drafts = listDrafts(FORMAT);
      const items = drafts.map(({ key, draft }) => {
        const name = draft.data.name ?? `${capital(draft.kind)} without a name`;
        const isThis = key === this.key;
        return make("li", {}, isThis ? make("strong", {}, name) : make("a", { href: `${this.root}contribute/${draft.kind}/${location.protocol === "file:" ? "index.html" : ""}?draft=${key}` }, name), ` (${draft.kind}, ${timeOf(draft.saved)})${isThis ? ", open now" : ""} `,
          button("Delete", () => {
            if (!confirm(`Delete the draft “${name}”? This cannot be undone.`)) return;
            dropDraft(key);
            if (isThis) {
              this.key = "";
              this.isDirty = false;
              history.replaceState(null, "", location.pathname);
            }
            this.showDrafts();
          }, { "aria-label": `Delete the draft ${name}` }));
      });
      this.draftList.replaceChildren(...(items.length ? items : [make("li", {}, canKeep() ? "None yet. What you type is kept by itself." : "This browser keeps nothing.")]));
    }

    addWork(value = {}) {
      const work = new waymark.NewWork(this, value, () => {
        this.newWorks = this.newWorks.filter((each) => each !== work);
        work.element.remove();
        this.numberWorks();
        this.addWorkButton.focus();
        this.changed();
      });
      (this.newWorks ??= []).push(work);
      this.worksList.append(work.element);
      this.numberWorks();
      if (!value.type) {
        document.getElementById("step-works").open = true;
        work.type.focus();
      }
      this.changed();
    }

    numberWorks() {
      this.newWorks.forEach((work, at) => {
        work.legend.textContent = `New work ${at + 1}`;
        work.removeButton.setAttribute("aria-label", `Remove new work ${at + 1}`);
      });
    }

    // What is typed ----------------------------------------------------------------------------------------

    typed(event) {
      if (event.target.closest("dialog, .wm-start")) return;
      this.changed();
    }

    left(event) {
      const element = event.target.closest(".wm-field");
      const isLeft = element && !element.contains(event.relatedTarget) && !event.relatedTarget?.closest("dialog");
      if (isLeft && !event.target.closest("dialog, .wm-start")) {
        this.touched.add(element);
        clearTimeout(this.waiting);
        this.waiting = setTimeout(() => this.refresh(), 150); // after the click that took the keyboard away
      }
    }

    changed() {
      this.isDirty = true;
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.refresh(), 250);
    }

    /** Reads all controls: the record as plain data, its fields in the order of a file. */
    read() {
      const found = new Map();
      for (const field of this.kind.fields) {
        if (field.form === "basis") {
          const basis = waymark.readAll(new Map([...this.bases].filter(([name]) => this.controls.get(name).read() !== undefined)));
          const spare = Object.fromEntries(Object.entries(this.spareBasis ?? {}).filter(([name]) => !this.bases.has(name)));
          if (basis || Object.keys(spare).length) found.set("basis", { ...basis, ...spare });
          continue;
        }
        const value = this.controls.get(field.name).read();
        if (value !== undefined) found.set(field.name, value);
      }
      this.data = Object.fromEntries(found);
      this.works = (this.newWorks ?? []).map((work) => work.read());
      if (!this.hasOwnId && !this.own) this.idField.write(slug(this.data.name ?? ""));
      this.id = this.idField.read() ?? "";
      if (!this.library) return;
      this.known = waymark.knowledgeOf(this.library);
      for (const { key, fields } of this.works) {
        if (!key || this.known.works.has(key)) continue;
        this.known.works.set(key, { key, who: `${fields.author ?? fields.institution ?? key} (${fields.year ?? "n.d."})`, title: fields.title ?? "", via: fields.known === this.rules.works.via ? (fields.via ?? "") : "", doi: "" });
      }
    }

    problems() {
      const found = waymark.problemsIn(this.rules, this.known, { kind: this.kind.name, id: this.id, data: this.data, own: this.own }, this.today());
      const identity = this.id || this.data.name ? found.identity : []; // without a name there is no address yet, and the name is asked for
      const all = [...found.unreadable, ...identity, ...found.shape, ...found.rest].map((problem) => ({ ...problem, control: this.controlAt(problem.loc) }));
      for (const work of this.newWorks ?? []) all.push(...work.problems(this.today()).map((problem) => ({ ...problem, control: work.find(problem.loc) })));
      // One sentence once for one field: what is missing is said by the shape alone.
      return all.filter((problem, at) => all.findIndex((other) => other.control === problem.control && other.message === problem.message) === at);
    }

    controlAt([name, ...rest]) {
      if (name === "id") return this.idField;
      if (name === "basis") return this.bases.get(rest[0]) ?? this.controls.get("name");
      return this.controls.get(name)?.find(rest) ?? this.controls.get("name");
    }

    refresh() {
      clearTimeout(this.waiting);
      this.read();
      if (!this.library) return;
      const problems = this.problems();
      this.showProblems(problems);
      this.showState(problems);
      this.showTwins();
      waymark.showPreview(this, this.preview, this.data);
      this.endings.refresh(waymark.recordYaml(this.kind, this.id || "id", this.data), waymark.bibText(this.works));
      this.address.textContent = this.id ? `/${this.kind.plural}/${this.id}/` : "";
      if (this.isDirty) this.save();
    }

    *allControls() {
      const inside = function* (control) {
        yield control;
        if (control.controls) for (const each of control.controls.values()) yield* inside(each);
        for (const item of control.items ?? []) for (const each of item.controls?.values() ?? []) yield* inside(each);
      };
      for (const control of [this.idField, ...this.controls.values(), ...this.bases.values()]) yield* inside(control);
      for (const work of this.newWorks ?? []) yield* [work.type, work.key, ...work.controls.values()];
    }

    /** Shows what is wrong beside the fields that were left, or beside all once all was checked. */
    showProblems(problems) {
      const of = Map.groupBy ? Map.groupBy(problems, (each) => each.control) : problems.reduce((map, each) => map.set(each.control, [...(map.get(each.control) ?? []), each]), new Map());
      for (const control of this.allControls()) {
        const isShown = this.isChecked || this.touched.has(control.element);
        const found = (of.get(control) ?? []).filter((each) => this.isChecked || each.code !== "missing-field");
        control.show(isShown ? found : []);
        control.showState();
      }
      for (const [name, basis] of this.bases) {
        const value = this.data[name];
        const isNeeded = value !== undefined && value !== waymark.NOT_REPORTED && this.controls.get(name).field.role === "fact";
        basis.state.textContent = isNeeded ? "must be there" : "";
        basis.state.className = isNeeded ? "wm-needed" : "wm-coded";
      }
      if (this.isChecked) this.summarise(problems);
    }

    showState(problems) {
      this.status.textContent = problems.length ? `${problems.length} thing${problems.length > 1 ? "s" : ""} to mend or to fill in.` : "All in order, as far as a browser can tell.";
      this.status.classList.toggle("wm-in-order", !problems.length);
      for (const [name, { fields }] of this.steps) {
        const count = document.querySelector(`#step-${name} > summary .wm-count`);
        const filled = fields.filter((field) => this.data[field.name] !== undefined).length;
        if (count) count.textContent = `${filled} of ${fields.length} filled in`;
      }
      document.querySelector("#step-works .wm-count").textContent = this.works.length ? String(this.works.length) : "";
      this.place.dataset.problems = problems.length;
      this.place.dataset.revision = Number(this.place.dataset.revision ?? 0) + 1;
    }

    /** Records whose name is the same or alike: somebody may have written the page already. */
    showTwins() {
      const { make, likeness } = waymark;
      const plain = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
      const isPart = (one, other) => one.includes(" ") && ` ${other} `.includes(` ${one} `);
      const isAlike = (one, other) => isPart(one, other) || isPart(other, one) || likeness(one, other) > 0.8;
      const name = plain(this.data.name ?? "");
      const names = [name, ...(this.data.other_names ?? []).map(plain), plain(this.data.short_name ?? "")].filter((each) => each.length > 3);
      const twins = [...this.known.records.values()].filter((record) => record.id !== this.own && [record.name, ...record.others].map(plain).some((other) => names.some((each) => each === other || (record.kind === this.kind.name && isAlike(each, other)))));
      this.twins.hidden = !twins.length;
      if (!twins.length) return;
      const index = location.protocol === "file:" ? "index.html" : "";
      this.twins.replaceChildren(make("p", {}, make("strong", {}, "Is it here already? "), ...twins.slice(0, 5).flatMap((record, at) => [at ? "; " : "", make("a", { href: `${this.root}${this.library.folders[record.kind].replace(/\/+$/, "")}/${record.id}/${index}` }, record.name), ` (${record.kind})`]), ". If it is the same, change that page instead."));
    }

    summarise(problems) {
      const { make } = waymark;
      this.summary.hidden = !problems.length;
      if (!problems.length) return;
      const nameOf = (control) => {
        const legend = control.element.closest("li")?.querySelector("legend")?.textContent;
        return [legend, control.label].filter(Boolean).join(", ");
      };
      this.summary.replaceChildren(make("h2", {}, problems.length === 1 ? "One thing is not right yet" : `${problems.length} things are not right yet`),
        make("ul", {}, ...problems.map((problem) => {
          const link = make("a", { href: `#${problem.control.id}` }, `${nameOf(problem.control)}: ${problem.message}`);
          link.addEventListener("click", (event) => {
            event.preventDefault();
            problem.control.focus();
          });
          return make("li", {}, link, " ", make("a", { class: "wm-code", href: `${this.root}checks/${location.protocol === "file:" ? "index.html" : ""}#${problem.code}` }, problem.code));
        })));
    }

    checkAll() {
      this.isChecked = true;
      this.refresh();
      if (!this.library) return this.endings.say("The names of records and works could not be loaded, so the form cannot check citations and links. The check on the proposal will.");
      if (!this.summary.hidden) {
        this.summary.focus();
        this.summary.scrollIntoView({ block: "start" });
      } else {
        this.endings.say("All in order, as far as a browser can tell. Choose one of the three ways.");
        document.getElementById("step-finish").scrollIntoView({ block: "start" });
      }
      return undefined;
    }

    // Drafts -----------------------------------------------------------------------------------------------

    draft() {
      return { format: FORMAT, kind: this.kind.name, id: this.hasOwnId || this.own ? this.id : "", own: this.own, data: this.data, works: this.works, saved: new Date().toISOString() };
    }

    save() {
      if (!this.isDirty || (!Object.keys(this.data).some((name) => name !== "checked") && !this.works.length)) return;
      this.isDirty = false;
      const isNew = !this.key;
      this.key ||= newKey();
      if (!keepDraft(this.key, this.draft())) {
        this.key = "";
        this.draftWords.textContent = "This browser does not let pages keep anything (a private window, perhaps), or its store is full. What you type is lost when you close the page: use “Save the draft as a file” below.";
        return;
      }
      this.draftWords.textContent = `Your draft is kept in this browser, and nowhere else. Last kept at ${new Date().toLocaleTimeString([], { timeStyle: "short" })}. Nothing is sent.`;
      if (isNew) history.replaceState(null, "", `${location.pathname}?draft=${this.key}`);
      this.showDrafts();
    }

    open({ data, works = [], id = "", own = "" }, key) {
      data = waymark.fitting(this.rules, this.kind.fields, data);
      Object.assign(this, { own, key, hasOwnId: Boolean(id || own), isChecked: false, spareBasis: data.basis, isDirty: false });
      this.touched.clear();
      this.summary.hidden = true;
      this.idField.write(id || own);
      this.idField.input.readOnly = Boolean(own);
      for (const [name, control] of this.controls) control.write(data[name]);
      for (const [name, control] of this.bases) control.write(data.basis?.[name]);
      this.newWorks = [];
      this.worksList.replaceChildren();
      for (const work of works) if (typeof work?.type === "string" && work.fields) this.addWork(work);
      this.refresh();
      this.isDirty = false;
      this.showDrafts();
      for (const control of this.allControls()) control.fit?.();
    }

    async openRecord(id) {
      if (location.protocol === "file:") {
        this.startSaid.textContent = "From the disk a page that exists cannot be filled in: a browser does not let files read one another. Open this form on the website for that, or start from a draft of your own.";
        return;
      }
      this.startSaid.textContent = "The page is being fetched …";
      try {
        const answer = await fetch(`${this.root}${this.kind.plural}/${id}/${id}.json`);
        if (!answer.ok) throw new Error(String(answer.status));
        const { record } = await answer.json();
        this.open({ data: record.fields, own: id }, "");
        this.startSaid.textContent = `You are changing “${record.fields.name}”. What it says now is filled in. When you are done, set the day of the check to today, and name under “Against” the sources that you had open.`;
      } catch (error) {
        console.info("Waymark: the record could not be fetched.", error);
        this.startSaid.textContent = "The page could not be fetched. Try again when you have a connection.";
      }
    }

    start() {
      this.place.hidden = false;
      document.getElementById("form-plain").remove(); // its headings are now those of the steps
      if (!canKeep()) this.draftWords.textContent = "This browser does not let pages keep anything (a private window, perhaps). What you type is lost when you close the page: use “Save the draft as a file” below.";
      else this.draftWords.textContent = "What you type is kept in this browser as a draft, by itself. Nothing is sent.";
      this.showDrafts();
      const query = new URLSearchParams(location.search);
      const draft = query.get("draft") && getDraft(query.get("draft"), FORMAT);
      if (draft && draft.kind === this.kind.name) {
        this.open(draft, query.get("draft"));
        this.draftWords.textContent = `Your draft of ${timeOf(draft.saved)} is open. It is kept in this browser, and nowhere else.`;
      } else if (query.get("from")) this.openRecord(query.get("from"));
      else {
        this.refresh();
        const drafts = listDrafts(FORMAT).filter((each) => each.draft.kind === this.kind.name);
        if (drafts.length) this.draftWords.textContent += ` You have ${drafts.length} draft${drafts.length > 1 ? "s" : ""} of this kind, below.`;
      }
      addEventListener("pagehide", () => {
        if (!this.isDirty) return;
        this.read();
        this.save();
      });
      this.place.dataset.ready = "";
    }
  }

  /** The end of an address made from a name. */
  function slug(name) {
    const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ß", "ss").replace(/[æÆ]/g, "ae").replace(/[øØ]/g, "o").replace(/[đĐ]/g, "d").replace(/[łŁ]/g, "l").toLowerCase();
    return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60).replace(/-+$/, "");
  }

  /** Names of records and works come when the page has been built: the form can be read before they are there. */
  function withLibrary(address, then) {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", then);
    script.addEventListener("error", then);
    document.head.append(script);
  }

  const place = document.getElementById("form");
  if (place) {
    withLibrary(`${place.dataset.root}contribute/library.js`, () => {
      const form = new Form(place);
      form.library = waymark.library?.format === FORMAT ? waymark.library : { records: [], pages: [], works: [], former: {}, folders: {}, page: "page" };
      form.known = waymark.knowledgeOf(form.library);
      form.start();
    });
  }

  const drafts = document.getElementById("form-drafts");
  if (drafts) {
    const found = listDrafts(FORMAT);
    drafts.hidden = !found.length;
    for (const { key, draft } of found) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = `${draft.kind}/${location.protocol === "file:" ? "index.html" : ""}?draft=${key}`;
      link.textContent = draft.data.name ?? `${draft.kind} without a name`;
      item.append(link, ` (${draft.kind}, ${timeOf(draft.saved)})`);
      drafts.querySelector("ul").append(item);
    }
  }
})();

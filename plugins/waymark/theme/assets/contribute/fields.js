/* Controls of the form. Each field of a record has one, made from what `form.js` says of it: it can be read, written, asked where a problem belongs, and
   given the keyboard. Lists of small maps hold controls of their own, so places in a record are always found anew and parts can be moved freely. */

(() => {
  const { NOT_REPORTED, make, button, newId, withCode, combobox, foundAmong, capital } = waymark;
  const UNCODED = "not yet coded";

  /** What all controls have: a frame with a label, help, a place for what is wrong. */
  class Control {
    constructor(field, form) {
      this.field = field;
      this.form = form;
      this.id = newId(field.name.replaceAll("_", "-"));
      this.help = field.help ? make("p", { class: "wm-help", id: `${this.id}-help` }, ...withCode(field.help)) : null;
      this.wrong = make("div", { class: "wm-wrong", id: `${this.id}-wrong`, hidden: true });
      this.state = field.required ? make("span", { class: "wm-needed" }, "must be there") : make("span", { class: "wm-coded" });
    }

    get label() {
      return this.field.label;
    }

    get described() {
      return [this.help?.id, this.wrong.id].filter(Boolean).join(" ");
    }

    /** A frame around one control that has a label of its own. */
    frame(control, ...more) {
      control.id = this.id;
      control.setAttribute("aria-describedby", this.described);
      if (this.field.required) control.setAttribute("aria-required", "true");
      this.input = control;
      this.element = make("div", { class: "wm-field" }, make("label", { for: this.id }, this.label), " ", this.state, this.help, this.wrong, control, ...more);
    }

    /** A frame around several controls that answer one question. */
    group(...controls) {
      this.element = make("fieldset", { class: "wm-field", id: this.id, tabindex: "-1", "aria-describedby": this.described }, make("legend", {}, this.label, " ", this.state), this.help, this.wrong, ...controls);
    }

    /** Boxes for the words that stand in place of a value, such as `not reported`. One at most is ticked, and then nothing else can be given. */
    wordBoxes(words, onChange) {
      this.boxes = words.map((word) => {
        const box = make("input", { type: "checkbox", value: word });
        box.addEventListener("change", () => {
          for (const other of this.boxes) if (other !== box) other.checked = false;
          onChange(this.word);
        });
        return box;
      });
      const meaning = { [NOT_REPORTED]: "not reported: we looked, and the sources do not say it" };
      return make("div", { class: "wm-words" }, ...this.boxes.map((box) => make("label", {}, box, ` ${meaning[box.value] ?? box.value}`)));
    }

    get word() {
      return this.boxes?.find((box) => box.checked)?.value;
    }

    set word(value) {
      for (const box of this.boxes ?? []) box.checked = box.value === value;
    }

    /** Says in words whether something stands here. */
    showState() {
      if (this.field.required) return;
      const value = this.read();
      this.state.textContent = value === undefined ? (this.field.role === "fact" ? UNCODED : "may be left out") : value === NOT_REPORTED ? NOT_REPORTED : "filled in";
    }

    find() {
      return this;
    }

    /** Shows what is wrong here; the words are linked to the control. */
    show(problems) {
      this.wrong.hidden = !problems.length;
      this.wrong.replaceChildren(...problems.map((each) => make("p", {}, make("strong", {}, make("span", { class: "wm-sr" }, "Wrong: "), each.message), " ", each.fix)));
      const target = this.input ?? this.element;
      if (this.input) target.setAttribute("aria-invalid", String(Boolean(problems.length)));
      this.element.classList.toggle("wm-is-wrong", Boolean(problems.length));
    }

    clear() {
      this.show([]);
    }

    focus() {
      for (let step = this.element.closest("details:not([open])"); step; step = step.parentElement.closest("details:not([open])")) step.open = true;
      (this.input ?? this.element).focus();
      this.element.scrollIntoView({ block: "center" });
    }
  }

  /** One line of text, a number or a day. */
  class Line extends Control {
    constructor(field, form) {
      super(field, form);
      const isNumber = ["year", "whole", "number"].includes(field.form);
      const input = make("input", { type: field.form === "date" ? "date" : "text", inputmode: isNumber ? (field.form === "number" ? "decimal" : "numeric") : undefined, class: isNumber || field.form === "date" ? "wm-narrow" : undefined, autocomplete: "off" });
      const boxes = field.words ? this.wordBoxes(field.words, (word) => (input.disabled = Boolean(word))) : null;
      this.frame(input, boxes);
      if (field.form === "date") {
        input.max = form.today();
        input.after(" ", button("Today", () => {
          input.value = form.today();
          form.changed(this);
        }));
      }
    }

    read() {
      return this.word ?? (this.input.value.trim() || undefined);
    }

    write(value = "") {
      this.word = this.boxes?.some((box) => box.value === value) ? value : undefined;
      this.input.value = this.word ? "" : value;
      this.input.disabled = Boolean(this.word);
    }
  }

  /** A text with citations. */
  class Prose extends Control {
    constructor(field, form, isShort = false) {
      super(field, form);
      const area = make("textarea", { rows: isShort ? "1" : "3", spellcheck: "true" });
      const fit = () => {
        area.style.height = "auto"; // set by a script, which the policy allows; attributes are what it forbids
        area.style.height = `${area.scrollHeight + 3}px`;
      };
      this.fit = fit;
      area.addEventListener("input", fit);
      const tools = make("div", { class: "wm-tools-of-text" }, button("Cite a work", () => form.cite(this), { "aria-label": `Cite a work in: ${field.label}` }));
      this.again = button("", () => form.citeAgain(this), { class: "md-button wm-again", hidden: true });
      tools.append(this.again);
      if (!isShort) tools.append(button("Link to a page", () => form.link(this), { "aria-label": `Link to a page in: ${field.label}` }));
      if (field.name === "basis" && field.ours) tools.append(button("No source: our own link", () => {
        this.write("ours");
        form.changed(this);
      }));
      const silent = field.role === "section" || field.name === "limits" ? this.wordBoxes([NOT_REPORTED], (word) => (area.disabled = Boolean(word))) : null;
      this.frame(area, tools, silent);
    }

    read() {
      return this.word ?? (this.input.value.replace(/\r\n?/g, "\n").split("\n").map((line) => line.trimEnd()).join("\n").trim() || undefined);
    }

    write(value = "") {
      this.word = this.boxes && value === NOT_REPORTED ? value : undefined;
      this.input.value = this.word ? "" : value;
      this.input.disabled = Boolean(this.word);
      if (this.input.isConnected) this.fit();
    }
  }

  /** One of a closed list. */
  class Choice extends Control {
    constructor(field, form) {
      super(field, form);
      const words = waymark.wordsOf(field);
      const blank = field.required ? "– choose –" : field.role === "fact" ? `– ${UNCODED} –` : "– leave out –";
      this.frame(make("select", {}, make("option", { value: "" }, blank), ...words.map((word) => make("option", { value: word }, form.wordFor(field, word)))));
    }

    read() {
      return this.input.value || this.odd || undefined;
    }

    write(value = "") {
      this.input.value = value;
      this.odd = this.input.value === value ? undefined : value; // from a draft; the checks complain of it
    }
  }

  /** Some of a closed list, or `not reported`. */
  class Choices extends Control {
    constructor(field, form) {
      super(field, form);
      this.options = field.choices.map((word) => make("input", { type: "checkbox", value: word }));
      const free = () => this.options.forEach((box) => (box.disabled = Boolean(this.word)));
      this.group(make("div", { class: "wm-choices-of-field" }, ...this.options.map((box) => make("label", {}, box, ` ${box.value}`))), field.words ? this.wordBoxes(field.words, free) : null);
    }

    read() {
      if (this.word) return this.word;
      const values = this.options.filter((box) => box.checked).map((box) => box.value);
      return values.length ? values : undefined;
    }

    write(value) {
      this.word = typeof value === "string" ? value : undefined;
      for (const box of this.options) {
        box.checked = Array.isArray(value) && value.includes(box.value);
        box.disabled = Boolean(this.word);
      }
    }
  }

  /** A fixed number of answers, each with its reason: `no, 12 of 70 did not fill in the second form [@key, p. 12]`. */
  class Answers extends Control {
    constructor(field, form) {
      super(field, form);
      this.rows = Array.from({ length: field.items }, (_, at) => {
        const answer = make("select", { "aria-label": `${field.label}: answer ${at + 1}` }, make("option", { value: "" }, `${at + 1}: –`), ...field.choices.map((word) => make("option", { value: word }, `${at + 1}: ${word}`)));
        const reason = make("input", { type: "text", "aria-label": `${field.label}: reason for answer ${at + 1}, with citation`, placeholder: "Reason [@key, p. 3]", autocomplete: "off" });
        return { answer, reason };
      });
      this.group(...this.rows.map(({ answer, reason }) => make("div", { class: "wm-answer" }, answer, reason)));
    }

    read() {
      const values = this.rows.map(({ answer, reason }) => [answer.value, reason.value.trim()].filter(Boolean).join(", "));
      return values.some(Boolean) ? values.filter(Boolean) : undefined;
    }

    write(values = []) {
      this.rows.forEach(({ answer, reason }, at) => {
        const value = values[at] ?? "";
        answer.value = this.field.choices.find((word) => value === word || value.startsWith(`${word}, `)) ?? "";
        reason.value = answer.value ? value.slice(answer.value.length + 2) : value;
      });
    }
  }

  /** Several short values, each added by itself: names, countries, keys of works, ids. */
  class Several extends Control {
    constructor(field, form) {
      super(field, form);
      this.values = [];
      this.list = make("ul", { class: "wm-values" });
      this.said = make("span", { class: "wm-sr", role: "status" });
      const input = make("input", { type: "text", autocomplete: "off" });
      const sort = { country: "Type a country", key: "Type an author, a year or words of the title" }[field.form];
      if (sort) input.placeholder = `${sort} …`;
      const add = button("Add", () => this.add(input.value), { "aria-label": `Add to ${field.label}` });
      // First, so that Enter takes the hit and not what was typed to find it.
      const hits = sort ? combobox(input, (typed) => this.hits(typed), (hit) => this.add(hit.value), "Nothing found.") : null;
      input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        this.add(input.value);
      });
      input.addEventListener("change", () => this.add(input.value)); // what was typed and not added is not lost
      const boxes = field.words ? this.wordBoxes(field.words, (word) => (input.disabled = add.disabled = Boolean(word))) : null;
      this.add_ = add;
      this.frame(input, add, hits, this.said, this.list, boxes);
      if (field.name === "against") {
        add.after(button("Add all works cited in this form", () => {
          for (const key of form.citedKeys()) this.add(key);
        }));
      }
    }

    hits(typed) {
      if (this.field.form === "country") {
        return foundAmong(Object.entries(this.form.rules.countries), typed, ([code, name]) => `${name} ${code}`).map(([code, name]) => ({ words: name, note: code, value: code }));
      }
      return this.form.foundWorks(typed).map((work) => ({ words: `${work.who}: ${work.title}`, note: work.key, value: work.key }));
    }

    add(typed) {
      let value = typed.trim();
      if (this.field.form === "country") value = this.form.rules.countryWords[value.toLowerCase()] ?? value;
      if (this.field.form === "key") value = value.replace(/^\[?@|\]$/g, "");
      this.input.value = "";
      if (!value || this.values.includes(value)) return;
      this.values.push(value);
      this.draw();
      this.said.textContent = `${value} added.`;
      this.form.changed(this);
    }

    draw() {
      const words = (value) => (this.field.form === "country" ? (this.form.rules.countries[value] ?? value) : value);
      this.list.replaceChildren(...this.values.map((value) => make("li", {}, words(value), " ", button("Remove", () => {
        this.values = this.values.filter((each) => each !== value);
        this.draw();
        this.said.textContent = `${words(value)} removed.`;
        this.input.focus();
        this.form.changed(this);
      }, { "aria-label": `Remove ${words(value)}` }))));
    }

    read() {
      return this.word ?? (this.values.length ? [...this.values] : undefined);
    }

    write(value) {
      this.word = typeof value === "string" ? value : undefined;
      this.values = Array.isArray(value) ? [...value] : [];
      this.input.disabled = this.add_.disabled = Boolean(this.word);
      this.draw();
    }
  }

  /** A record, found by its name. */
  class Target extends Control {
    constructor(field, form) {
      super(field, form);
      const input = make("input", { type: "text" });
      this.named = make("span", { class: "wm-named" });
      const find = (typed) => form.foundRecords(typed, this.kinds?.()).map((record) => ({ words: record.name, note: record.kind, value: record.id }));
      const hits = combobox(input, find, (hit) => {
        input.value = hit.value;
        this.showName();
        form.changed(this);
      }, "No page that this link may lead to has this name.");
      input.placeholder = "Type a name …";
      this.frame(input, hits, this.named);
      input.addEventListener("input", () => this.showName());
    }

    showName() {
      const record = this.form.known?.records.get(this.input.value.trim().split("#")[0]);
      this.named.textContent = record ? `${capital(record.kind)}: ${record.name}` : "";
    }

    read() {
      return this.input.value.trim() || undefined;
    }

    write(value = "") {
      this.input.value = value;
      this.showName();
    }
  }

  /** One small map: fields that belong together. */
  class Group extends Control {
    constructor(field, form) {
      super(field, form);
      this.controls = controlsFor(form.rules.maps[field.map], form);
      this.group(...[...this.controls.values()].map((each) => each.element));
    }

    read() {
      return readAll(this.controls);
    }

    write(value = {}) {
      for (const [name, control] of this.controls) control.write(value[name]);
    }

    find([name, ...rest]) {
      return this.controls.get(name)?.find(rest) ?? this;
    }
  }

  /** A list of small maps, which can be added, removed and moved. */
  class Groups extends Control {
    constructor(field, form) {
      super(field, form);
      this.items = [];
      this.one = { evidence: "finding", relations: "link", disagreements: "disagreement", figures: "figure", concerns: "concern", steps: "step", points: "point", questions: "question", senses: "meaning" }[field.name] ?? "part";
      this.list = make("ol", { class: "wm-items" });
      this.said = make("span", { class: "wm-sr", role: "status" });
      this.add_ = button(`Add ${waymark.article(this.one)}`, () => {
        const item = this.append({});
        this.said.textContent = `${capital(this.one)} ${this.items.length} added.`;
        item.controls.values().next().value.focus();
        this.form.changed(this);
      });
      this.group(this.list, make("p", {}, this.add_), this.said);
    }

    append(value) {
      const controls = controlsFor(this.form.rules.maps[this.field.map].map((field) => ({ ...field, ours: this.field.name === "relations" })), this.form);
      const legend = make("legend");
      const move = (step) => {
        const at = this.items.indexOf(item);
        const to = at + step;
        this.items.splice(at, 1);
        this.items.splice(to, 0, item);
        this.draw();
        (step < 0 ? item.up : item.down).focus();
        if (document.activeElement.disabled || document.activeElement === document.body) (step < 0 ? item.down : item.up).focus();
        this.said.textContent = `${capital(this.one)} is now number ${to + 1}.`;
        this.form.changed(this);
      };
      const item = { controls, legend };
      item.up = button("Move up", () => move(-1));
      item.down = button("Move down", () => move(1));
      item.remove = button("Remove", () => {
        const at = this.items.indexOf(item);
        this.items.splice(at, 1);
        this.draw();
        (this.items[Math.min(at, this.items.length - 1)]?.remove ?? this.add_).focus();
        this.said.textContent = `${capital(this.one)} ${at + 1} removed.`;
        this.form.changed(this);
      });
      if (controls.has("to") && controls.has("type")) {
        controls.get("to").kinds = () => this.form.rules.relations[controls.get("type").read()]?.targets;
      }
      const elements = [...controls.values()];
      const [needed, rest] = [elements.filter((each) => each.field.required), elements.filter((each) => !each.field.required)];
      const more = rest.length > 3 ? [make("details", { class: "wm-more" }, make("summary", {}, `More about this ${this.one} (may be left out)`), ...rest.map((each) => each.element))] : rest.map((each) => each.element);
      item.element = make("li", {}, make("fieldset", {}, legend, ...needed.map((each) => each.element), ...more, make("p", { class: "wm-moves" }, item.up, item.down, item.remove)));
      for (const [name, control] of controls) control.write(value[name]);
      this.items.push(item);
      this.draw();
      return item;
    }

    draw() {
      // Only what stands elsewhere is moved, so that nothing loses the keyboard for no reason.
      this.items.forEach((item, at) => {
        if (this.list.children[at] !== item.element) this.list.insertBefore(item.element, this.list.children[at] ?? null);
        item.legend.textContent = `${capital(this.one)} ${at + 1}`;
        item.up.disabled = at === 0;
        item.down.disabled = at === this.items.length - 1;
        for (const each of [item.up, item.down, item.remove]) each.setAttribute("aria-label", `${each.textContent}: ${this.one} ${at + 1}`);
      });
      while (this.list.children.length > this.items.length) this.list.lastChild.remove();
    }

    read() {
      const values = this.items.map((item) => readAll(item.controls) ?? {});
      return values.length ? values : undefined;
    }

    write(values = []) {
      this.items = [];
      this.list.replaceChildren();
      for (const value of values) this.append(value);
    }

    find([number, name, ...rest]) {
      return this.items[number]?.controls.get(name)?.find(rest) ?? this.items[number]?.controls.values().next().value ?? this;
    }
  }

  /** What the controls hold, without what is empty; nothing if all is. */
  function readAll(controls) {
    const found = [...controls].map(([name, control]) => [name, control.read()]).filter(([, value]) => value !== undefined);
    return found.length ? Object.fromEntries(found) : undefined;
  }

  function controlFor(field, form) {
    if (field.form === "map") return field.list ? new Groups(field, form) : new Group(field, form);
    if (field.form === "prose") return new Prose(field, form, ["source", "basis"].includes(field.name));
    if (field.form === "relation") return new Choice({ ...field, choices: form.relationsOf(field) }, form);
    if (field.form === "target") return new Target(field, form);
    if (field.form === "answer") return new Answers(field, form);
    if (field.form === "choice") return field.list ? new Choices(field, form) : new Choice(field, form);
    return field.list ? new Several(field, form) : new Line(field, form);
  }

  /** A control for each field, by name. */
  function controlsFor(fields, form) {
    return new Map(fields.map((field) => [field.name, controlFor(field, form)]));
  }

  Object.assign(waymark, { controlFor, controlsFor, readAll, Line, Prose, Choice, UNCODED });
})();

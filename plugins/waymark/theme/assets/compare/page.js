/* The pages “Find and compare”: what the reader ticked, and the table that sets it side by side. Also the toggles of prepared comparisons.

   waymark.js filters and sorts the table and keeps its fields in the address. The choice made here stands in hidden fields of the same
   form, so that one address holds the whole view. Nothing is stored, and nothing is asked of another host. */

import { save, toCsv, wordsOf } from "./csv.js";
import { showDifferences } from "./differences.js";

const FORMAT = "waymark-comparison-1";
const FEWEST = 2;

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function button(words, act) {
  const made = element("button", { type: "button", class: "md-button" }, words);
  made.addEventListener("click", act);
  return made;
}

/** The rows of a table that are seen, as words, with the columns that are there only to filter by. */
function rowsOf(table) {
  return [...table.rows].filter((row) => !row.hidden && !row.parentElement.hidden).map((row) => {
    const cells = [...row.cells].map(wordsOf);
    return row.classList.contains("wm-group") ? [cells[0], ...Array(table.tHead.rows[0].cells.length - 1).fill("")] : cells;
  });
}

/** The buttons above a comparison. `changed` hears which toggles are on. */
function toolsFor(table, name, state, changed) {
  const status = element("p", { role: "status" });
  const apply = () => (status.textContent = showDifferences(table, state));
  const toggle = (key, words) => {
    const box = element("input", { type: "checkbox" });
    box.checked = state[key];
    box.addEventListener("change", () => {
      state[key] = box.checked;
      apply();
      changed();
    });
    return element("label", {}, box, ` ${words}`);
  };
  const tools = element("div", { class: "wm-tools" },
    toggle("mark", "Highlight differences"),
    toggle("only", "Only rows that differ"),
    button("Save as CSV", () => save(`${name}.csv`, toCsv([...rowsOf(table), ["Address", location.href, ...Array(Math.max(0, table.tHead.rows[0].cells.length - 2)).fill("")]]))),
    button("Print", () => window.print()),
    status);
  apply();
  return tools;
}

// A prepared comparison --------------------------------------------------------------------------------------

function startPrepared(article) {
  const query = new URLSearchParams(location.search);
  const state = { mark: query.has("mark"), only: query.has("only") };
  const table = article.querySelector("table");
  const changed = () => {
    const said = new URLSearchParams(Object.entries(state).filter(([, isOn]) => isOn).map(([key]) => [key, "yes"]));
    history.replaceState(null, "", `${location.pathname}${said.size ? `?${said}` : ""}`);
  };
  article.querySelector(".wm-scroll").before(toolsFor(table, article.dataset.file, state, changed));
}

// The reader's own choice ------------------------------------------------------------------------------------

class Choice {
  constructor(section) {
    this.section = section;
    this.most = Number(section.dataset.most);
    this.plural = section.dataset.plural;
    this.title = section.querySelector("h2");
    this.form = document.querySelector(".wm-filters");
    this.table = document.querySelector(".wm-choices");
    this.files = new Map(); // by id: the promise of what was fetched
    const query = new URLSearchParams(location.search);
    this.fields = Object.fromEntries(["with", "view", "mark", "only"].map((name) => [name, element("input", { type: "hidden", name, value: query.get(name) ?? "" })]));
    this.form.append(...Object.values(this.fields));
    this.boxes = new Map([...this.table.tBodies[0].rows].map((row) => [row, this.addBox(row)]).map(([, box]) => [box.value, box]));
    const wanted = [...new Set(this.fields.with.value.split("."))].filter((id) => this.boxes.has(id));
    this.ids = wanted.slice(0, this.most);
    this.addBar();
    this.showChoice(wanted.length > this.most ? `Only the first ${this.most} are ticked: more cannot be read side by side.` : "");
    if (this.fields.view.value && this.ids.length >= FEWEST) this.compare({ moves: false });
    else this.keepInAddress({ view: "" });
  }

  /** A box before the name; its name is for those who do not see where it stands. */
  addBox(row) {
    const link = row.cells[0].querySelector("a");
    const box = element("input", { type: "checkbox", value: link.pathname.split("/").at(-2), "aria-label": `Compare ${link.textContent}`, autocomplete: "off" });
    link.before(box, " ");
    return box;
  }

  addBar() {
    this.words = element("p", { role: "status" });
    this.start = button("", () => this.compare({ moves: true }));
    this.start.classList.add("md-button--primary");
    this.empty = button("Untick all", () => {
      this.choose([]);
      this.table.tBodies[0].querySelector("tr:not([hidden]) input")?.focus();
    });
    const csv = button("Save table as CSV", () => this.saveTable());
    const print = button("Print", () => window.print());
    this.form.querySelector("[type=reset]").after(csv, print);
    this.bar = element("div", { class: "wm-bar", role: "group", "aria-label": "Your choice" }, this.words, this.start, this.empty);
    document.getElementById("all").append(this.bar);
    this.table.addEventListener("change", (event) => {
      const box = event.target;
      if (!box.checked) return this.choose(this.ids.filter((id) => id !== box.value));
      if (this.ids.length < this.most) return this.choose([...this.ids, box.value]);
      box.checked = false;
      return this.showChoice(`${this.most} is the most that can be read side by side. Untick one first.`);
    });
  }

  nameOf(id) {
    return this.boxes.get(id).closest("th").querySelector("a").textContent;
  }

  /** Takes a choice; what stands side by side follows. */
  choose(ids) {
    this.ids = ids;
    for (const id of ids) this.file(id).catch(() => {}); // ahead, while the reader looks for the next; what fails is said when it is needed
    this.showChoice();
    this.keepInAddress({});
    if (!this.section.hidden) {
      if (ids.length >= FEWEST) this.compare({ moves: false });
      else this.close();
    }
  }

  showChoice(warning = "") {
    const count = this.ids.length;
    for (const [id, box] of this.boxes) box.checked = this.ids.includes(id);
    const chosen = count ? `Chosen: ${this.ids.map((id) => this.nameOf(id)).join("; ")}.` : `Tick ${FEWEST} to ${this.most} ${this.plural} to compare them.`;
    this.words.textContent = [warning, chosen, count === 1 ? "Tick at least one more." : ""].filter(Boolean).join(" ");
    this.start.textContent = `Compare (${count})`;
    this.start.disabled = count < FEWEST;
    this.empty.hidden = !count;
  }

  /** Lets waymark.js write the address, in which it keeps all fields of the form. */
  keepInAddress(values) {
    for (const [name, value] of Object.entries({ with: this.ids.join("."), ...values })) this.fields[name].value = value;
    this.fields.with.dispatchEvent(new Event("input", { bubbles: true }));
  }

  saveTable() {
    const [head, ...rows] = rowsOf(this.table);
    const links = [...this.table.tBodies[0].rows].filter((row) => !row.hidden).map((row) => row.cells[0].querySelector("a").href);
    save(`${this.plural}.csv`, toCsv([[...head, "Page"], ...rows.map((row, number) => [...row, links[number]])]));
  }

  /** What stands beside the page of a record; asked for once, and again only if that failed. */
  file(id) {
    if (!this.files.has(id)) {
      const asked = this.fetchFile(id);
      asked.catch(() => this.files.delete(id));
      this.files.set(id, asked);
    }
    return this.files.get(id);
  }

  async fetchFile(id) {
    const response = await fetch(`${this.section.dataset.folder}${id}/compare.json`);
    if (!response.ok) throw new Error(`${response.status}`);
    const data = await response.json();
    if (data.format !== FORMAT) throw new Error(data.format);
    return data;
  }

  async compare({ moves }) {
    const ids = this.ids;
    let files;
    try {
      files = await Promise.all(ids.map((id) => this.file(id)));
    } catch (error) {
      console.info("Waymark: no comparison.", error);
      this.words.textContent = "The comparison could not be fetched. It needs a web server and a connection; the prepared comparisons need neither.";
      return;
    }
    if (ids !== this.ids) return; // the reader went on
    this.show(files);
    this.keepInAddress({ view: "side-by-side" });
    if (!moves) return;
    this.title.focus({ preventScroll: true });
    this.title.scrollIntoView();
  }

  show(files) {
    const table = this.tableOf(files);
    const state = { mark: Boolean(this.fields.mark.value), only: Boolean(this.fields.only.value) };
    const changed = () => this.keepInAddress({ mark: state.mark ? "yes" : "", only: state.only ? "yes" : "" });
    const tools = toolsFor(table, files.map((file) => file.id).join("-with-"), state, changed);
    tools.lastChild.before(button("Close", () => {
      this.close();
      this.start.focus();
    }));
    const frame = element("div", { class: "wm-scroll", tabindex: "0", role: "region", "aria-labelledby": "comparison-title" }, table);
    this.title.textContent = `Side by side: ${files.map((file) => file.name).join(", ")}`;
    const references = element("div", {}, element("h3", { id: "comparison-references" }, "References"), this.referencesOf(files));
    this.section.replaceChildren(this.title, tools, frame, references);
    this.section.hidden = false;
    document.getElementById("all").classList.add("wm-is-comparing");
  }

  close() {
    this.section.hidden = true;
    document.getElementById("all").classList.remove("wm-is-comparing");
    this.keepInAddress({ view: "" });
  }

  tableOf(files) {
    const table = element("table", { class: "wm-compare", role: "table" });
    const heads = files.map((file) => {
      const head = element("th", { scope: "col", role: "columnheader" });
      head.innerHTML = file.head; // safe HTML of ours, as on the page of the record
      const remove = button("Remove", () => {
        this.choose(this.ids.filter((id) => id !== file.id));
        (this.section.hidden ? this.start : this.title).focus();
      });
      remove.setAttribute("aria-label", `Remove ${file.name}`);
      head.append(" ", remove);
      return head;
    });
    table.createTHead().append(element("tr", { role: "row" }, element("th", { scope: "col", role: "columnheader" }, "Point"), ...heads));
    table.tHead.setAttribute("role", "rowgroup");
    let body = null;
    let last = "";
    files[0].rows.forEach(([group, label], number) => {
      const cells = files.map((file) => file.rows[number][2]).join("");
      const row = element("tr", { role: "row", "data-row": "" });
      row.innerHTML = `<th scope="row" role="rowheader">${label}</th>${cells}`;
      if (row.querySelectorAll(".wm-absent").length === files.length) return;
      if (group !== last) {
        body = table.createTBody();
        body.setAttribute("role", "rowgroup");
        body.append(element("tr", { role: "row", class: "wm-group" }, element("th", { scope: "rowgroup", role: "rowheader", colspan: String(files.length + 1) }, group)));
        last = group;
      }
      body.append(row);
    });
    return table;
  }

  referencesOf(files) {
    const list = element("ul", { class: "wm-references" });
    list.innerHTML = [...new Set(files.flatMap((file) => file.references))].join("");
    const inOrder = new Intl.Collator("en", { sensitivity: "base" });
    list.append(...[...list.children].sort((a, b) => inOrder.compare(a.textContent, b.textContent)));
    return list;
  }
}

const article = document.querySelector("article.wm-comparison");
const section = document.getElementById("comparison");
if (article) startPrepared(article);
if (section && document.querySelector(".wm-choices")) {
  new Choice(section);
  document.getElementById("compare-plain").hidden = true;
  section.dataset.ready = "";
}

// On paper the address of the view stands below it.
const printed = element("p", { class: "wm-view-address" });
document.querySelector(".md-content__inner").append(printed);
addEventListener("beforeprint", () => (printed.textContent = `This view: ${location.href}`));

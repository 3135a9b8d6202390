/* The page “Explore the connections”: what the reader chose, and everything on the page that follows from it.

   The choice is one value. It is read from the address, each control changes it through `change`, and `render` shows it in the
   picture, in words and in the table. So an address reproduces what is seen, and no part of the page can tell another story.
   Nothing is stored, and nothing is asked of another host. */

import { combobox } from "./combobox.js";
import { Connections, otherEnd } from "./graph.js";

const ROWS = 100; // of the table at once
const MENTIONS = "mentions"; // links in running text: many, and not typed, so they are shown on request

const $ = (id) => document.getElementById(`explorer-${id}`);
const frame = document.getElementById("explorer");
const boxes = (name) => [...frame.querySelectorAll(`input[name=${name}]`)];
const number = (count) => count.toLocaleString("en-GB");
const counted = (count, one, many = `${one}s`) => `${number(count)} ${count === 1 ? one : many}`;

const response = await fetch(frame.dataset.graph);
const connections = new Connections(await response.json());
const everyKind = boxes("kind").map((box) => box.value);
const everyRelation = boxes("relation").map((box) => box.value);
const usually = everyRelation.filter((name) => name !== MENTIONS);

// The choice, and the address --------------------------------------------------------------------------------

/** @typedef {{kinds: Set<string>, relations: Set<string>, focus?: Node, from?: Node, to?: Node}} Choice */

/** A list in the address: absent for the usual values. */
const readList = (words, every, usual) => new Set(words === null ? usual : every.filter((name) => words.split(",").includes(name)));
const writeList = (values, usual) => (values.size === usual.length && usual.every((name) => values.has(name)) ? null : [...values].join(","));

/** @returns {Choice} */
function readAddress() {
  const query = new URLSearchParams(location.search);
  const node = (name) => connections.byId.get(query.get(name));
  return {
    kinds: readList(query.get("kinds"), everyKind, everyKind),
    relations: readList(query.get("links"), everyRelation, usually),
    focus: node("focus"),
    from: node("from"),
    to: node("to"),
  };
}

function addressOf(choice) {
  const values = [
    ["kinds", writeList(choice.kinds, everyKind)],
    ["links", writeList(choice.relations, usually)],
    ...["focus", "from", "to"].map((name) => [name, choice[name]?.id ?? null]),
  ];
  const query = new URLSearchParams(values.filter(([, value]) => value !== null));
  return `${location.pathname}${query.size ? `?${query}` : ""}`;
}

let choice = readAddress();
let firstRow = 0;

/** Changes the choice, and with it the address and the page. */
function change(next) {
  choice = { ...choice, ...next };
  history.pushState(null, "", addressOf(choice));
  render({ move: ["focus", "from", "to"].some((name) => name in next) });
}

// Pieces of the page -----------------------------------------------------------------------------------------

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A link that focuses a record here; it can be copied, and opened in a new tab. */
const nodeLink = (node) => element("a", { href: addressOf({ ...choice, focus: node }), "data-focus": node.id }, node.name);
const kindName = (node) => element("span", { class: "wm-kind-name" }, node.kind);
const lowered = (words) => words.charAt(0).toLowerCase() + words.slice(1);

function groupedLinks(node, links) {
  const groups = new Map();
  for (const link of links) {
    const words = connections.wordsFrom(link, node);
    groups.set(words, [...(groups.get(words) ?? []), otherEnd(link, node)]);
  }
  return groups;
}

// What follows from the choice -------------------------------------------------------------------------------

function seen() {
  const kept = [choice.focus, choice.from, choice.to].filter(Boolean);
  const { nodes, links } = connections.shown(choice.kinds, choice.relations, kept);
  const path = choice.from && choice.to ? connections.path(choice.from, choice.to, links) : null;
  const focused = choice.focus ? choice.focus.links.filter((link) => links.has(link)) : [];
  return { nodes, links, path, focused };
}

function render({ move = false } = {}) {
  const what = seen();
  firstRow = 0;
  showControls();
  showStatus(what);
  showPath(what);
  showFocus(what);
  showTable(what);
  showPicture(what, move);
}

function showControls() {
  for (const box of boxes("kind")) box.checked = choice.kinds.has(box.value);
  for (const box of boxes("relation")) box.checked = choice.relations.has(box.value);
  $("from").value = choice.from?.name ?? "";
  $("to").value = choice.to?.name ?? "";
  if (choice.from || choice.to) $("way").open = true;
}

function showStatus({ nodes, links, path, focused }) {
  const words = [`Shown: ${counted(nodes.size, "record")} and ${counted(links.size, "link")}.`];
  if (choice.focus) words.push(`In focus: ${choice.focus.name}, with ${counted(focused.length, "link")}.`);
  if (choice.from && choice.to) words.push(path ? `The path has ${counted(path.length, "step")}.` : "There is no path.");
  else if (choice.from || choice.to) words.push("Now choose the other end of the path.");
  $("status").textContent = words.join(" ");
}

function showPath({ path }) {
  const { from, to } = choice;
  $("path").hidden = !(from && to);
  if (!from || !to) return;
  $("path-words").textContent = path
    ? `From ${from.name} to ${to.name}: ${counted(path.length, "step")}.`
    : `No path leads from ${from.name} to ${to.name} over the kinds and links that are shown. Others may: see “Kinds and links shown”.`;
  $("steps").replaceChildren(
    ...(path ?? []).map((step) =>
      element("li", {}, nodeLink(step.from), ` — ${lowered(connections.wordsFrom(step.link, step.from))} → `, nodeLink(step.to), " ", kindName(step.to)),
    ),
  );
}

function showFocus({ focused }) {
  const node = choice.focus;
  $("focus").hidden = !node;
  if (!node) return;
  $("focus-title").textContent = node.name;
  const hidden = node.links.length - focused.length;
  const also = node.names.length ? `Also known as: ${node.names.join("; ")}. ` : "";
  $("focus-words").textContent =
    `${node.kind.charAt(0).toUpperCase()}${node.kind.slice(1)}. ${also}${counted(focused.length, "link")} shown` + (hidden ? `, ${number(hidden)} more hidden by the filters.` : ".");
  $("open").href = frame.dataset.root + node.address;
  $("links").replaceChildren(
    ...[...groupedLinks(node, focused)].flatMap(([words, others]) => [
      element("dt", {}, words),
      element("dd", {}, element("ul", {}, ...others.map((other) => element("li", {}, nodeLink(other), " ", kindName(other))))),
    ]),
  );
}

function showTable({ links }) {
  const all = [...links];
  const some = all.slice(firstRow, firstRow + ROWS);
  $("caption").textContent = all.length
    ? `Links ${number(firstRow + 1)} to ${number(firstRow + some.length)} of ${number(all.length)}`
    : "No links: the filters hide all of them.";
  const row = (link) =>
    element("tr", {},
      element("th", { scope: "row" }, nodeLink(link.source)), element("td", {}, link.source.kind),
      element("td", {}, connections.wordsFrom(link, link.source)),
      element("td", {}, nodeLink(link.target)), element("td", {}, link.target.kind));
  $("rows").replaceChildren(...some.map(row));
  $("earlier").disabled = firstRow === 0;
  $("later").disabled = firstRow + ROWS >= all.length;
}

// The picture ------------------------------------------------------------------------------------------------

let picture = null;

/** Which points and lines stand out: a path, or else the record in focus with its neighbours. */
function emphasis({ path, focused }) {
  const { focus, from, to } = choice;
  if (from || to) return { nodes: new Set([from, to, ...(path ?? []).flatMap((step) => [step.from, step.to])].filter(Boolean)), links: new Set((path ?? []).map((step) => step.link)) };
  if (focus) return { nodes: new Set([focus, ...focused.map((link) => otherEnd(link, focus))]), links: new Set(focused) };
  return { nodes: null, links: new Set() };
}

function showPicture(what, move) {
  if (!picture) return;
  const bold = emphasis(what);
  picture.show({ nodes: what.nodes, links: what.links, boldNodes: bold.nodes, boldLinks: bold.links, named: Boolean(what.path) });
  if (move) bold.nodes ? picture.lookAt(bold.nodes) : picture.whole();
}

/** The colours of the style sheet, which follow the theme; WebGL cannot read them by itself. */
function readColours() {
  const styles = getComputedStyle(frame);
  const colour = (name) => styles.getPropertyValue(`--wm-${name}`).trim();
  return {
    kinds: Object.fromEntries(everyKind.map((kind) => [kind, colour(`kind-${kind}`)])),
    text: colour("text"), ground: colour("ground"), strong: colour("strong-line"), accent: colour("accent"),
    line: colour("explorer-line"), faintLine: colour("explorer-faint"), faded: colour("explorer-faded"),
  };
}

async function startPicture() {
  const shapes = Object.fromEntries(boxes("kind").map((box) => [box.value, box.dataset.shape]));
  try {
    const { draw } = await import("./picture.js");
    picture = draw($("stage"), connections, (kind) => shapes[kind], readColours, (node) => change({ focus: node, from: undefined, to: undefined }));
  } catch (error) {
    console.info("Waymark: no picture.", error);
    $("picture").hidden = true;
    $("no-picture").hidden = false;
    $("table").open = true;
    return;
  }
  new MutationObserver(() => picture.recolour()).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
  $("closer").addEventListener("click", picture.closer);
  $("further").addEventListener("click", picture.further);
  $("whole").addEventListener("click", picture.whole);
}

// The controls -----------------------------------------------------------------------------------------------

function countBoxes() {
  const count = (box, found) => (box.parentElement.querySelector(".wm-count").textContent = number(found));
  for (const box of boxes("kind")) count(box, connections.nodes.filter((node) => node.kind === box.value).length);
  for (const box of boxes("relation")) count(box, connections.links.filter((link) => link.relation === box.value).length);
}

function startFilters(id, name, key) {
  const set = () => change({ [key]: new Set(boxes(name).filter((box) => box.checked).map((box) => box.value)) });
  const setAll = (checked) => {
    for (const box of boxes(name)) box.checked = checked;
    set();
  };
  for (const box of boxes(name)) box.addEventListener("change", set);
  $(id).querySelector("[data-all]").addEventListener("click", () => setAll(true));
  $(id).querySelector("[data-none]").addEventListener("click", () => setAll(false));
}

/** Puts a record in focus and the keyboard on its heading, so that a screen reader goes on there. */
function focusOn(node) {
  change({ focus: node, from: undefined, to: undefined });
  $("find").value = "";
  $("focus-title").focus({ preventScroll: Boolean(picture) });
}

function startControls() {
  const find = (words) => connections.find(words);
  combobox($("find"), find, focusOn);
  combobox($("from"), find, (node) => change({ from: node }));
  combobox($("to"), find, (node) => change({ to: node }));
  for (const end of ["from", "to"]) {
    $(end).addEventListener("change", () => {
      if (!$(end).value.trim()) change({ [end]: undefined });
      else $(end).value = choice[end]?.name ?? $(end).value;
    });
  }
  startFilters("kinds", "kind", "kinds");
  startFilters("relations", "relation", "relations");
  $("reset").addEventListener("click", () => {
    $("find").value = "";
    change({ kinds: new Set(everyKind), relations: new Set(usually), focus: undefined, from: undefined, to: undefined });
  });
  $("no-focus").addEventListener("click", () => leave({ focus: undefined }));
  $("no-path").addEventListener("click", () => leave({ from: undefined, to: undefined }));
  $("path-from").addEventListener("click", () => askOther({ from: choice.focus, focus: undefined }, "to"));
  $("path-to").addEventListener("click", () => askOther({ to: choice.focus, focus: undefined }, "from"));
  $("earlier").addEventListener("click", () => turnTo(firstRow - ROWS));
  $("later").addEventListener("click", () => turnTo(firstRow + ROWS));
  frame.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-focus]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    focusOn(connections.byId.get(link.dataset.focus));
    $("status").scrollIntoView({ block: "nearest" });
  });
}

/** Lets go of a focus or path; its button vanishes with it, so the keyboard goes to the search. */
function leave(next) {
  change(next);
  $("find").focus({ preventScroll: true });
}

/** Sets one end of a path and asks for the other. */
function askOther(next, other) {
  change(next);
  if (!choice[other]) $(other).focus();
}

function turnTo(row) {
  firstRow = Math.max(row, 0);
  showTable(seen());
}

document.getElementById("explorer-plain").hidden = true;
frame.hidden = false;
$("filters").open = matchMedia("(min-width: 60em)").matches; // on a phone the picture comes first
countBoxes();
startControls();
await startPicture();
render({ move: true });
addEventListener("popstate", () => {
  choice = readAddress();
  render({ move: true });
});
frame.dataset.ready = "";

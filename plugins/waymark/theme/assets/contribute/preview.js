/* How the page will roughly look. Everything that was typed becomes text nodes; nothing is ever read as HTML. */

(() => {
  const { NOT_REPORTED, UNCODED, make, capital, findCitations, findLinks } = waymark;
  const SAFE = /^(?:https?:\/\/|mailto:)/i;

  /** A citation as readers see it: (Papp, 2021, p. 3). */
  function citationWords(known, citation) {
    const who = (key) => known.works.get(key)?.who.replace(/ \((.*)\)$/, ", $1") ?? key;
    const stance = { qualifies: "qualified by ", disputes: "disputed by " }[citation.stance] ?? "";
    return [stance + who(citation.key), citation.locator, citation.via ? `as cited in ${who(citation.via)}` : "", citation.viaLocator].filter(Boolean).join(", ");
  }

  const MARKS = /(?<code>`[^`]+`)|\*\*(?<strong>[^*]+)\*\*|\*(?<em>[^*\s][^*]*)\*|\[(?<words>[^[\]]+)\]\((?<address>[^()\s]+)\)|\\(?<sign>[!-/:-@[-`{-~])/;

  /** Emphasis, code and links of one stretch of text, as nodes. */
  function* inline(text) {
    let rest = text;
    for (let match = MARKS.exec(rest); match; match = MARKS.exec(rest)) {
      yield rest.slice(0, match.index);
      const { code, strong, em, words, address, sign } = match.groups;
      if (code) yield make("code", {}, code.slice(1, -1));
      else if (strong) yield make("strong", {}, ...inline(strong));
      else if (em) yield make("em", {}, ...inline(em));
      else if (sign) yield sign;
      else yield SAFE.test(address) ? make("a", { href: address, rel: "noopener nofollow" }, words) : words;
      rest = rest.slice(match.index + match[0].length);
    }
    yield rest;
  }

  /** A stretch with its citations and links to records. */
  function* cited(form, text) {
    const insets = [
      ...findCitations(form.rules, text).groups.map(({ start, end, citations }) => [start, end, make("span", { class: "wm-cited" }, `(${citations.map((each) => citationWords(form.known, each)).join("; ")})`)]),
      ...findLinks(form.rules, text).map(({ start, end, words }) => [start, end, make("u", {}, words)]),
    ].sort((one, other) => one[0] - other[0]);
    let at = 0;
    for (const [start, end, node] of insets) {
      if (start < at) continue;
      yield* inline(text.slice(at, start));
      yield node;
      at = end;
    }
    yield* inline(text.slice(at));
  }

  /** A Markdown text as paragraphs and lists. */
  function prose(form, text) {
    if (text.trim() === NOT_REPORTED) return [make("p", {}, make("em", {}, NOT_REPORTED))];
    return text.split(/\n\s*\n/).map((block) => {
      const lines = block.split("\n");
      const mark = /^\s{0,3}(?:[-*+]|\d+[.)])\s+/;
      if (!mark.test(lines[0])) return make("p", {}, ...cited(form, lines.map((line) => line.trim()).join(" ")));
      const items = [];
      for (const line of lines) if (mark.test(line)) items.push(line.replace(mark, ""));
      else items[items.length - 1] += ` ${line.trim()}`;
      return make(/^\s*\d/.test(lines[0]) ? "ol" : "ul", {}, ...items.map((item) => make("li", {}, ...cited(form, item))));
    });
  }

  const valueWords = (form, field, value) => (Array.isArray(value) ? value : [value]).map((each) => (field.form === "country" ? (form.rules.countries[each] ?? each) : each)).join("; ");

  function factsOf(form, data) {
    const rows = form.kind.fields.filter((field) => field.role === "fact" && (data[field.name] !== undefined || field.expected)).flatMap((field) => {
      const value = data[field.name];
      const basis = data.basis?.[field.name];
      const shown = value === undefined ? [make("em", {}, UNCODED)] : value === NOT_REPORTED ? [make("em", {}, NOT_REPORTED)] : [valueWords(form, field, value), " ", ...(basis ? cited(form, basis) : [])];
      return [make("dt", {}, field.label), make("dd", {}, ...shown)];
    });
    return rows.length ? [make("h4", {}, "At a glance"), make("dl", { class: "wm-facts" }, ...rows)] : [];
  }

  /** A small map as one item of a list. */
  function itemOf(form, field, item) {
    const head = item.title ?? item.topic ?? item.label ?? (item.question ? capital(item.question) : (form.rules.relations[item.type]?.forward ?? item.component ?? ""));
    const rest = form.rules.maps[field.map].filter((each) => item[each.name] !== undefined && !["title", "topic", "label", "question", "type", "component", "anchor"].includes(each.name));
    const shown = rest.flatMap((each) => {
      const value = item[each.name];
      if (each.name === "to") return [" ", form.known.records.get(value.split("#")[0])?.name ?? value];
      if (each.form === "prose") return each.name === "text" || each.name === "finding" || each.name === "reason" ? prose(form, value) : [" ", ...cited(form, value === "ours" ? "(our own link)" : value)];
      return [` ${each.label}: ${valueWords(form, each, value)}.`];
    });
    return make("li", {}, make("strong", {}, head), ...shown);
  }

  function partOf(form, field, data) {
    const value = data[field.name];
    if (value === undefined || !["texts", "evidence", "disagreements", "relations"].includes(field.group)) return [];
    const headings = { evidence: "Coded findings", disagreements: "Where sources disagree or err", relations: "Related pages" };
    const title = make("h4", {}, headings[field.name] ?? field.label);
    if (field.form === "prose") return [title, ...prose(form, value)];
    if (field.form !== "map") return [];
    const basis = data.basis?.[field.name];
    return [title, make("ol", {}, ...value.map((item) => itemOf(form, field, item))), ...(basis ? [make("p", {}, ...cited(form, basis))] : [])];
  }

  /** Fills a place with the page of the record, as far as it is written. */
  function showPreview(form, place, data) {
    const keys = [...new Set([...form.citedKeys()])].filter((key) => form.known.works.has(key));
    const works = keys.map((key) => form.known.works.get(key)).sort((one, other) => one.who.localeCompare(other.who));
    place.replaceChildren(
      make("h3", {}, data.name ?? "(no name yet)"),
      ...(data.summary ? prose(form, data.summary) : []),
      ...factsOf(form, data),
      ...form.kind.fields.flatMap((field) => partOf(form, field, data)),
      ...(works.length ? [make("h4", {}, "References"), make("ul", {}, ...works.map((work) => make("li", {}, `${work.who}. ${work.title}`)))] : []));
  }

  Object.assign(waymark, { showPreview });
})();

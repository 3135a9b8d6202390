/* All checks of a record: its shape, its facts, its texts, its links. As `statements.py`, `links.py` and `library.py` say them. */

(() => {
  const { NOT_REPORTED, short, choices, article, capital, problem, suggest, pattern, fieldName, findCitations, findLinks, isLocator } = waymark;
  const { rawHtml, unsafeAddress, heading, verdict, shapeProblems, factProblems } = waymark;
  const OURS = "ours";

  /** What is known of records and works, in the form that the checks ask it. */
  function knowledgeOf(library) {
    const records = new Map(library.records.map(([id, kind, name, others, anchors, countries]) => [id, { id, kind, name, others, anchors, countries }]));
    const kinds = new Map([...library.pages.map((id) => [id, library.page]), ...[...records.values()].map((record) => [record.id, record.kind])]);
    const works = new Map(library.works.map(([key, who, title, via, doi]) => [key, { key, who, title, via, doi }]));
    return { records, kinds, works, former: new Map(Object.entries(library.former)) };
  }

  /** Texts that state facts, each with its place. */
  function* textsOf(rules, fields, data, loc = []) {
    for (const field of fields) {
      const value = data[field.name];
      if (value === undefined || value === null) continue;
      const here = [...loc, field.name];
      if (field.form === "prose" && typeof value === "string") yield [here, value];
      else if (field.form === "answer") for (const [number, text] of value.entries()) yield [[...here, number], text];
      else if (field.form === "basis") for (const [name, text] of Object.entries(value)) yield [[...here, name], text];
      else if (field.form === "map" && field.list) for (const [number, item] of value.entries()) yield* textsOf(rules, rules.maps[field.map], item, [...here, number]);
    }
  }

  function needsCitation(data, loc, text) {
    if (text.trim() === NOT_REPORTED) return false;
    const [list, number, name] = loc;
    if (list === "relations" && name === "basis") return text !== OURS;
    if (list === "evidence" && (name === "finding" || name === "limits")) return false; // its `source` is the citation
    return !(typeof number === "number" && name === "text" && list in (data.basis ?? {})); // the whole list has its citation under `basis`
  }

  function* keyProblems(rules, known, key, loc) {
    if (known.works.has(key)) return;
    const found = problem(rules, "unknownKey", loc, { key: short(key) });
    yield { ...found, fix: suggest(rules, key, known.works.keys()) || found.fix };
  }

  function* citationProblems(rules, known, { groups, broken }, loc) {
    for (const each of broken) yield problem(rules, "broken", loc, { text: short(each.text) }, { start: each.start });
    for (const citation of groups.flatMap((group) => group.citations)) {
      for (const key of citation.via ? [citation.key, citation.via] : [citation.key]) yield* keyProblems(rules, known, key, loc);
      if (!citation.place) yield problem(rules, "noLocator", loc, { key: short(citation.via || citation.key) });
      for (const locator of [citation.locator, citation.viaLocator]) {
        if (locator && !isLocator(rules, locator)) yield problem(rules, "badLocator", loc, { text: short(locator) });
      }
      const via = known.works.get(citation.key)?.via;
      if (via && !citation.via) yield problem(rules, "notRead", loc, { key: citation.key, via });
    }
  }

  function* textProblems(rules, known, data, loc, text) {
    const cited = findCitations(rules, text);
    yield* citationProblems(rules, known, cited, loc);
    if (needsCitation(data, loc, text) && !cited.groups.length && !cited.broken.length) yield problem(rules, "noCitation", loc, { field: fieldName(loc) });
    const html = rawHtml(rules, text);
    if (html) yield problem(rules, "html", loc, { text: html });
    const address = unsafeAddress(rules, text);
    if (address) yield problem(rules, "unsafe", loc, { text: short(address) });
    const title = heading(rules, text);
    if (title) yield problem(rules, "heading", loc, { text: short(title) });
    const judged = verdict(rules, text, cited.groups);
    if (judged) yield problem(rules, "verdict", loc, { text: judged });
  }

  // Links ------------------------------------------------------------------------------------------------------

  function targetProblem(rules, known, id, link, loc) {
    const target = link.target;
    if (target === id) return problem(rules, "selfLink", loc);
    if (!known.kinds.has(target)) {
      const found = problem(rules, "unknownTarget", loc, { value: short(target) });
      return { ...found, fix: suggest(rules, target, known.kinds.keys()) || found.fix };
    }
    const anchors = known.records.get(target)?.anchors;
    if (link.anchor && anchors && !anchors.includes(link.anchor)) {
      const found = problem(rules, "unknownAnchor", loc, { id: target, value: short(link.anchor), places: anchors.join(", ") });
      return { ...found, fix: suggest(rules, link.anchor, anchors) || found.fix };
    }
    return null;
  }

  function relationProblem(rules, known, kind, id, relation, loc) {
    const type = relation.type?.trim();
    const [target, anchor = ""] = (relation.to ?? "").trim().split("#");
    if (type === undefined || !target) return null;
    const rule = rules.relations[type];
    if (!rule) {
      const found = problem(rules, "relation", [...loc, "type"], { value: short(type), relations: choices(Object.keys(rules.relations).sort()) });
      return { ...found, fix: `${suggest(rules, type, Object.keys(rules.relations))} ${found.fix}`.trim() };
    }
    const found = targetProblem(rules, known, id, { target, anchor }, [...loc, "to"]);
    if (found) return found;
    if (!rule.sources.includes(kind)) {
      return problem(rules, "wrongSource", [...loc, "to"], { kind: capital(article(kind)), relation: type, kinds: article(choices(rule.sources)) });
    }
    const its = known.kinds.get(target);
    if (rule.targets.includes(its)) return null;
    const name = its === "page" ? "wrongPage" : "wrongTarget";
    return problem(rules, name, [...loc, "to"], { relation: type, id: target, kind: article(its), kinds: article(choices(rule.targets)) });
  }

  function* anchorProblems(rules, kind, data) {
    const { counted } = rules.anchors;
    const lists = kind.fields.filter((field) => field.role === "parts" || counted[field.name]).map((field) => [field.name, data[field.name] ?? []]);
    if (!lists.some(([, parts]) => parts.some((part) => part.anchor))) return;
    const sections = kind.fields.filter((field) => ["section", "parts", "figures", "concerns"].includes(field.role) || ["evidence", "disagreements"].includes(field.name));
    const taken = new Set([...rules.anchors.fixed, ...sections.map((field) => field.name.replaceAll("_", "-"))]);
    for (const [name, parts] of lists) parts.forEach((part, at) => part.anchor || taken.add(`${counted[name] ?? rules.anchors.parts[name] ?? "part"}-${at + 1}`));
    for (const [name, parts] of lists) {
      for (const [number, { anchor }] of parts.entries()) {
        if (!anchor) continue;
        if (taken.has(anchor) || rules.anchors.numbered.some((start) => start !== `${counted[name]}-` && anchor.startsWith(start))) {
          yield { ...problem(rules, "anchorTaken", [name, number, "anchor"], { anchor: short(anchor) }) };
        } else taken.add(anchor);
      }
    }
  }

  // The record as a whole --------------------------------------------------------------------------------------

  function* idProblems(rules, known, id, own) {
    if (!pattern(rules, "id").test(id) || id.length > 80) yield { code: "bad-id", message: `'${short(id)}' cannot be an id.`, fix: rules.idHelp, loc: ["id"] };
    else if (known.records.has(id) && id !== own) {
      const other = known.records.get(id);
      yield { code: "duplicate-id", message: `The id '${id}' is used twice; the other is ${article(other.kind)}, ${other.name}.`, fix: "Ids are unique over all kinds. Choose another one.", loc: ["id"] };
    } else if (known.former.has(id) && known.former.get(id) !== own) {
      yield { code: "duplicate-id", message: `'${id}' was the id of '${known.former.get(id)}' before, so its address leads there.`, fix: "An id is never used again. Choose another one.", loc: ["id"] };
    } else if (known.kinds.get(id) === "page") {
      yield { code: "duplicate-id", message: `The id '${id}' is also the name of a page.`, fix: "Choose another one, so that links know which is meant.", loc: ["id"] };
    }
  }

  function* formerProblems(known, id, data, own) {
    for (const [number, former] of (data.former_ids ?? []).entries()) {
      const say = (message, fix) => ({ code: "duplicate-id", message, fix, loc: ["former_ids", number] });
      const claimed = known.former.get(former);
      if (former === id) yield say(`'${former}' is the id the record has now.`, "Delete it here.");
      else if (known.records.has(former) && former !== own) yield say(`The former id '${former}' is the id of another record.`, "An id is never used again. Give that record another id.");
      else if (claimed && claimed !== (own || id)) yield say(`The former id '${former}' is claimed by another record too: ${claimed}.`, "An old address can lead to one page only. Keep it in one of the two.");
    }
  }

  function* characterProblems(rules, value, loc) {
    if (typeof value === "string") {
      const found = pattern(rules, "unseen").exec(value);
      if (found) {
        const code = found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
        const fix = "Delete it, with the letters around it if need be. It usually comes in by copying from another program.";
        yield { code: "control-character", message: `An invisible character (U+${code}) stands here.`, fix, loc };
      }
      if ([...value].length > rules.maxLength) {
        const said = (number) => number.toLocaleString("en");
        yield { code: "too-large", message: "This value is too long.", fix: `It has ${said([...value].length)} characters; ${said(rules.maxLength)} are allowed.`, loc };
      }
    } else if (value && typeof value === "object") {
      for (const [key, each] of Object.entries(value)) yield* characterProblems(rules, each, [...loc, Array.isArray(value) ? Number(key) : key]);
    }
  }

  /** All problems of a record in steps, as the checks find them: what is unreadable or misshapen hides the rest from them.
   *
   * @param rules What `form.js` says.
   * @param known What `knowledgeOf` makes of `library.js`.
   * @param record Its kind, id and plain data; `own` is the id it has already, if it is changed and not added.
   * @param today The latest day that a date may name, as year-month-day.
   */
  function problemsIn(rules, known, { kind: name, id, data, own = "" }, today) {
    const kind = rules.kinds[name];
    const unreadable = [...characterProblems(rules, data, [])];
    const identity = [...idProblems(rules, known, id, own), ...formerProblems(known, id, data, own)];
    const shape = [...shapeProblems(rules, name, kind.fields, data)];
    const rest = [...factProblems(rules, kind, data, today)];
    for (const [loc, text] of textsOf(rules, kind.fields, data)) {
      rest.push(...textProblems(rules, known, data, loc, text.trim()));
      for (const link of findLinks(rules, text)) rest.push(targetProblem(rules, known, id, link, loc));
    }
    for (const [number, relation] of (data.relations ?? []).entries()) rest.push(relationProblem(rules, known, name, id, relation, ["relations", number]));
    rest.push(...anchorProblems(rules, kind, data));
    for (const [loc, keys] of [[["checked", "against"], data.checked?.against], [["further_reading"], data.further_reading]]) {
      for (const [number, key] of (Array.isArray(keys) ? keys : []).entries()) rest.push(...keyProblems(rules, known, key, [...loc, number]));
    }
    return { unreadable, identity, shape, rest: rest.filter(Boolean) };
  }

  Object.assign(waymark, { knowledgeOf, textsOf, citationProblems, problemsIn });
})();

/* New works: an entry of the bibliography as `references.bib` wants it, and what is wrong with it. As `bibliography.py` says it. */

(() => {
  const { choices, problem, short, pattern, dayOf } = waymark;

  function isIsbn(text) {
    const digits = text.replace(/[\s-]/g, "").toUpperCase();
    if (/^\d{13}$/.test(digits)) return [...digits].reduce((sum, digit, at) => sum + Number(digit) * (at % 2 ? 3 : 1), 0) % 10 === 0;
    if (/^\d{9}[\dX]$/.test(digits)) return [...digits].reduce((sum, digit, at) => sum + (digit === "X" ? 10 : Number(digit)) * (10 - at), 0) % 11 === 0;
    return false;
  }

  function isIssn(text) {
    const digits = text.replaceAll("-", "").toUpperCase();
    return /^\d{4}-\d{3}[\dXx]$/.test(text) && [...digits].reduce((sum, digit, at) => sum + (digit === "X" ? 10 : Number(digit)) * (8 - at), 0) % 11 === 0;
  }

  const TESTS = {
    known: (value, rules) => rules.works.known.includes(value),
    doi: (value, rules) => pattern(rules, "doi").test(value),
    url: (value, rules) => pattern(rules, "address").test(value),
    isbn: (value) => value.split(/[,;]\s*/).every(isIsbn),
    issn: isIssn,
    year: (value, rules, today) => /^\d{4}$/.test(value) && Number(value) >= 1800 && value <= today.slice(0, 4),
    checked: (value, rules, today) => Boolean(dayOf(value)) && value <= today,
  };

  /** What is wrong with a new entry: `{type, key, fields}`. */
  function* workProblems(rules, known, { type, key, fields }, today) {
    const say = (code, message, fix, name) => ({ code, message, fix, loc: [name] });
    if (!pattern(rules, "workKey").test(key)) {
      yield say("bad-bib-value", `The key '${key}' cannot be cited.`, "Use letters, digits and - _ : . only, starting with a letter, for example basra2020prisons.", "key");
    } else if ([...known.works.keys()].some((other) => other.toLowerCase() === key.toLowerCase())) {
      yield say("duplicate-entry", `The key '${key}' is used by another entry.`, "Give it another key, for example with a letter behind the year.", "key");
    }
    for (const names of rules.works.required[type]) {
      if (names.some((name) => fields[name])) continue;
      const fix = "Add it as the work itself prints it. Never guess: if it cannot be found, choose a type that does not need it.";
      yield say("incomplete-entry", `The entry '${key}' (@${type}) has no ${choices(names)}.`, fix, names[0]);
    }
    for (const [name, example] of [["known", "known = {read in part}"], ["checked", "checked = {2026-11-22}"]]) {
      if (!fields[name]) yield say("incomplete-entry", `The entry '${key}' does not say \`${name}\`.`, `Add a line such as \`${example},\`.`, name);
    }
    if (fields.known === rules.works.via && !fields.via) {
      yield say("incomplete-entry", `The entry '${key}' is known via another work but does not say which.`, "Add `via = {key}` with the key of the work that tells of it.", "via");
    } else if (fields.via && !known.works.has(fields.via)) yield { ...problem(rules, "unknownKey", ["via"], { key: short(fields.via) }) };
    for (const [name, value] of Object.entries(fields)) {
      if (!value) continue;
      if (TESTS[name] && !TESTS[name](value, rules, today)) {
        const code = name === "url" ? "bad-url" : "bad-bib-value";
        yield say(code, `\`${name}\` of '${key}' is '${short(value)}'.`, rules.works.wrong[name].replace("{year}", today.slice(0, 4)), name);
      }
      let depth = 0;
      for (const sign of value) {
        depth += sign === "{" ? 1 : sign === "}" ? -1 : 0;
        if (depth < 0) break;
      }
      if (depth) yield say("bib-syntax", `A brace in \`${name}\` is opened and never closed, or closed and never opened.`, "Write { and } in pairs, or leave them out.", name);
      if (/[\\@]/.test(value) && name !== "url" && name !== "checkedat") yield say("bib-syntax", `\`${name}\` holds a \\ or an @.`, "Write the letters themselves, without \\ and @.", name);
    }
    const twin = fields.doi && [...known.works.values()].find((work) => work.doi && work.doi === fields.doi.toLowerCase());
    if (twin) yield say("duplicate-entry", `'${key}' and '${twin.key}' have the same DOI, so they are the same work.`, `Cite the entry that is there: @${twin.key}.`, "doi");
  }

  /** The entry as it stands in the file. */
  function entryText({ type, key, fields }) {
    const lines = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value.split(/\s+/u).filter(Boolean).join(" ")}},`);
    return `@${type}{${key},\n${lines.join("\n")}\n}\n`;
  }

  /** A key for a work: family name, year, first long word of its title. */
  function keyFor({ author = "", editor = "", institution = "", year = "", title = "" }, taken) {
    const plain = (text) => text.normalize("NFD").replace(/[^A-Za-z0-9 ,]/g, "").trim();
    const first = plain((author || editor || institution || "work").split(" and ")[0]);
    const family = (first.includes(",") ? first.split(",")[0] : /[{]/.test(author) ? first.split(" ")[0] : first.split(" ").at(-1)).replace(/[ ,]/g, "").toLowerCase();
    const word = plain(title).split(/[ ,]+/).find((each) => each.length > 3) ?? "";
    const base = `${/^[a-z]/.test(family) ? family : `w${family}`}${/^\d{4}$/.test(year) ? year : "nd"}${word.toLowerCase()}`;
    const isFree = (key) => !taken.has(key);
    return isFree(base) ? base : [..."bcdefghijklmnopqrstuvwxyz"].map((letter) => base + letter).find(isFree) ?? base;
  }

  Object.assign(waymark, { workProblems, entryText, keyFor });
})();

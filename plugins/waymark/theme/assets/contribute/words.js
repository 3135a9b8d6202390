/* Sentences: those of the checks, with their gaps filled, and the small pieces that they are made of.

   The scripts of this folder are plain scripts and not modules, because a page that was opened from the disk may load no module.
   Each adds what it offers to the one name `waymark`. */

window.waymark ||= {};

(() => {
  /** A value on one line and of bearable length, to be quoted in a message. */
  function short(value) {
    const text = [...String(value)].slice(0, 400).join("").split(/\s+/u).filter(Boolean).join(" ");
    const signs = [...text];
    return signs.length <= 60 ? text : `${signs.slice(0, 59).join("")}…`;
  }

  /** Accepted values as a readable list: `prison, probation or community`. */
  function choices(values) {
    const last = values.at(-1);
    return values.length > 1 ? `${values.slice(0, -1).join(", ")} or ${last}` : last;
  }

  /** Words with the article they need. */
  function article(words) {
    return `${"aeio".includes(words[0]) ? "an" : "a"} ${words}`;
  }

  function capital(words) {
    return words.charAt(0).toUpperCase() + words.slice(1);
  }

  /** A sentence of the checks with its gaps filled: a problem at a place of the record. */
  function problem(rules, name, loc, values = {}, more = {}) {
    const [code, message, fix] = rules.wordings[name];
    const filled = (text) => text.replace(/\{(\w+)\}/g, (gap, key) => (key in values ? values[key] : gap));
    return { code, message: filled(message), fix: filled(fix), loc, ...more };
  }

  // The nearest known word, found as Python's difflib finds it ------------------------------------------------

  function longestMatch(a, b, places, fromA, toA, fromB, toB) {
    let [bestA, bestB, size] = [fromA, fromB, 0];
    let lengths = new Map();
    for (let i = fromA; i < toA; i += 1) {
      const next = new Map();
      for (const j of places.get(a[i]) ?? []) {
        if (j < fromB) continue;
        if (j >= toB) break;
        const length = (lengths.get(j - 1) ?? 0) + 1;
        next.set(j, length);
        if (length > size) [bestA, bestB, size] = [i - length + 1, j - length + 1, length];
      }
      lengths = next;
    }
    return [bestA, bestB, size];
  }

  function matching(a, b, places, fromA, toA, fromB, toB) {
    const [atA, atB, size] = longestMatch(a, b, places, fromA, toA, fromB, toB);
    if (!size) return 0;
    return size + matching(a, b, places, fromA, atA, fromB, atB) + matching(a, b, places, atA + size, toA, atB + size, toB);
  }

  /** How alike two texts are, from 0 to 1. */
  function likeness(one, other) {
    const [a, b] = [[...one], [...other]];
    const places = new Map();
    b.forEach((sign, at) => places.set(sign, [...(places.get(sign) ?? []), at]));
    return a.length + b.length ? (2 * matching(a, b, places, 0, a.length, 0, b.length)) / (a.length + b.length) : 1;
  }

  const CUTOFF = 0.7;

  /** The known word nearest to `word`, or nothing if none is near. */
  function nearest(word, known) {
    const wanted = word.toLowerCase();
    let best = [CUTOFF, ""];
    for (const each of known) {
      // Most words are ruled out by their length alone.
      if ((2 * Math.min(each.length, wanted.length)) / (each.length + wanted.length || 1) < best[0]) continue;
      const found = likeness(each, wanted);
      if (found > best[0] || (found === best[0] && each > best[1])) best = [found, each];
    }
    return best[1];
  }

  /** `Did you mean 'x'?`, or an empty text. */
  function suggest(rules, word, known) {
    const near = nearest(word, known);
    return near ? rules.wordings.suggestion[1].replace("{value}", near) : "";
  }

  /** A regular expression of the checks; `more` are flags. */
  function pattern(rules, name, more = "") {
    const key = `${name} ${more}`;
    rules.compiled ??= new Map();
    if (!rules.compiled.has(key)) rules.compiled.set(key, new RegExp(rules.patterns[name][0], rules.patterns[name][1] + more));
    const found = rules.compiled.get(key);
    found.lastIndex = 0;
    return found;
  }

  /** A place in a record in words: `structure 2 text`. */
  function fieldName(loc) {
    return loc.map((step) => (typeof step === "number" ? step + 1 : step)).join(" ");
  }

  Object.assign(waymark, { short, choices, article, capital, problem, likeness, nearest, suggest, pattern, fieldName });
})();

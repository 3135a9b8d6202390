/* The shape of a record: which fields there are, what each takes. As `validate.py` says it. */

(() => {
  const { short, choices, article, capital, problem, suggest, pattern } = waymark;
  const NOT_REPORTED = "not reported";

  const isMissing = (value) => value === undefined || value === null;
  const lengthOf = (text) => [...text].length;

  /** The day a text names, as year-month-day, or nothing if there is no such day. */
  function dayOf(text) {
    const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
    if (!year || Number(year) < 1) return "";
    const date = new Date(0);
    date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
    return date.toISOString().slice(0, 10) === text ? text : "";
  }

  /** True for what Python takes for a date though nobody would write one so: seconds since 1970, or midnight. */
  function isOddDate(text) {
    if (/^-?\d+$/.test(text)) return Number(text) % (Math.abs(Number(text)) > 2e10 ? 86_400_000 : 86_400) === 0;
    const [, day, time] = /^(\d{4}-\d{2}-\d{2})[T ](.*)$/i.exec(text) ?? [];
    return Boolean(day && dayOf(day) && /^00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?$/i.test(time));
  }

  /** The whole number that Python reads in a text, or NaN; an odd way to write a year is complained of later. */
  const wholeOf = (text) => (/^[+-]?\d+(?:_\d+)*(?:\.0*)?$/.test(text) ? Number(text.replaceAll("_", "")) : NaN);

  /** All words that a field takes, those in place of another value last. */
  function wordsOf(field) {
    return [...new Set([...(field.choices ?? []), ...(field.words ?? [])])];
  }

  function countryHelp(rules, value) {
    const code = rules.countryWords[value.toLowerCase()];
    return code ? ["countryMeant", { code, name: rules.countries[code] }] : ["country", {}];
  }

  /** What is wrong with one of a closed list. */
  function choiceProblem(rules, field, value, loc, inList) {
    let words = wordsOf(field);
    const values = { field: field.name, value: short(value) };
    if (value === NOT_REPORTED) {
      if (words.includes(NOT_REPORTED)) return problem(rules, "choiceAlone", loc, values);
      return problem(rules, "choiceSilent", loc, { ...values, choices: choices(words) });
    }
    if (inList) words = words.filter((word) => word !== NOT_REPORTED);
    const found = problem(rules, "choice", loc, { ...values, choices: choices(words) });
    return { ...found, fix: `${suggest(rules, value, words)} ${found.fix}`.trim() };
  }

  /** What is wrong with a single value, if anything. */
  function valueProblem(rules, field, value, loc, inList = false) {
    const text = value.trim();
    const values = { field: field.name, value: short(value) };
    const wrong = (name, more = {}) => problem(rules, name, loc, { ...values, ...more });
    const also = { words: (field.words ?? []).map((word) => `, or \`${word}\``).join("") };
    if (!inList && field.words?.includes(text)) return null;
    if (field.length && lengthOf(text) > field.length) return wrong("tooLong", { max: field.length });
    switch (field.form) {
      case "choice":
        return field.choices.includes(text) ? null : choiceProblem(rules, field, text, loc, inList);
      case "line":
      case "relation":
        return text.includes("\n") ? wrong("oneLine") : null;
      case "date":
        return dayOf(text) || isOddDate(text) ? null : wrong("date");
      case "year":
      case "whole": {
        const number = wholeOf(text);
        const isRight = number >= (field.min ?? -Infinity) && number <= (field.max ?? Infinity);
        return isRight ? null : wrong(field.name.includes("year") ? "year" : "whole", also);
      }
      case "number":
        if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return wrong("number");
        return Number(text) >= (field.min ?? -Infinity) ? null : wrong("whole", also);
      case "country": {
        const [name, more] = countryHelp(rules, text);
        return /^[A-Z]{2}$/.test(text) ? null : wrong(name, more);
      }
      case "answer":
        return field.choices.some((answer) => text.startsWith(`${answer}, `)) && !text.includes("\n") ? null : wrong("answer");
      case "key":
        if (pattern(rules, "workKey").test(text)) return null;
        return wrong(text.includes("\n") ? "oneLine" : "key");
      case "id":
        return pattern(rules, "id").test(text) ? null : wrong("idField");
      case "target": {
        const [id, anchor] = text.split(/#(.*)/s);
        return pattern(rules, "id").test(id) && (anchor === undefined || /^[a-z0-9-]+$/.test(anchor)) ? null : wrong("target");
      }
      default:
        return null;
    }
  }

  function ownerOf(kind, loc) {
    const above = loc.slice(0, -1).filter((step) => typeof step === "string");
    if (!above.length) return capital(article(kind));
    return typeof loc.at(-2) === "number" ? `An item of '${above.at(-1)}'` : `'${above.at(-1)}'`;
  }

  function unknownField(rules, kind, fields, name, loc) {
    const known = fields.map((field) => field.name);
    const owner = ownerOf(kind, loc).toLowerCase();
    const others = Object.values(rules.kinds).filter((each) => each.fields.some((field) => field.name === name)).map((each) => each.name);
    const values = { value: short(name), owner, fields: known.join(", ") };
    if (others.length && loc.length === 1) return problem(rules, "unknownFieldElsewhere", loc, { ...values, kinds: article(choices(others)) });
    const found = problem(rules, "unknownField", loc, values);
    return { ...found, fix: suggest(rules, name, known) || found.fix };
  }

  /** Everything wrong with the shape of a record, or of a small map in it. */
  function* shapeProblems(rules, kind, fields, data, loc = []) {
    for (const name of Object.keys(data)) {
      if (!fields.some((field) => field.name === name)) yield unknownField(rules, kind, fields, name, [...loc, name]);
    }
    for (const field of fields) {
      const value = data[field.name];
      const here = [...loc, field.name];
      if (isMissing(value)) {
        if (field.required && value !== null) yield problem(rules, "missing", here, { owner: ownerOf(kind, here), field: field.name, help: field.help ? `${field.name}: ${field.help}` : "" });
      } else if (field.form === "map") {
        const items = field.list ? value.map((item, number) => [item, [...here, number]]) : [[value, here]];
        for (const [item, at] of items) if (!isMissing(item)) yield* shapeProblems(rules, kind, rules.maps[field.map], item, at);
      } else if (Array.isArray(value)) {
        for (const [number, item] of value.entries()) {
          const found = !isMissing(item) && valueProblem(rules, field, item, [...here, number], true);
          if (found) yield found;
        }
        if (field.items && value.length !== field.items) {
          yield problem(rules, "count", here, { field: field.name, count: `${value.length} items`, needed: `needs ${field.items}`, help: `${field.name}: ${field.help}` });
        }
      } else if (typeof value === "string") {
        const found = valueProblem(rules, field, value, here);
        if (found) yield found;
      }
    }
  }

  /** Data from a file or a draft as a form can hold it: texts, lists and maps where they belong; what fits nowhere is left out. */
  function fitting(rules, fields, data) {
    const textOf = (value) => (["string", "number"].includes(typeof value) ? String(value) : undefined);
    const isMap = (value) => Boolean(value) && typeof value === "object" && !Array.isArray(value);
    const fit = (field, value) => {
      if (field.form === "map") {
        const one = (item) => fitting(rules, rules.maps[field.map], isMap(item) ? item : {});
        return field.list ? (Array.isArray(value) ? value.map(one) : undefined) : one(value);
      }
      if (field.form === "basis") return isMap(value) ? Object.fromEntries(Object.entries(value).map(([name, text]) => [name, textOf(text)]).filter(([, text]) => text)) : undefined;
      if (!field.list) return textOf(value);
      return Array.isArray(value) ? value.map(textOf).filter((each) => each !== undefined) : field.words?.includes(value) ? value : undefined;
    };
    return Object.fromEntries(fields.map((field) => [field.name, fit(field, data[field.name])]).filter(([, value]) => value !== undefined && value.length !== 0));
  }

  Object.assign(waymark, { fitting, NOT_REPORTED, dayOf, isOddDate, wholeOf, countryHelp, shapeProblems, wordsOf });
})();

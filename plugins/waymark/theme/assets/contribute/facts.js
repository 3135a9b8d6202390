/* What the values of a record must say together, and of the world. As `consistency.py` says it. */

(() => {
  const { NOT_REPORTED, short, article, problem, suggest, dayOf, isOddDate, wholeOf, countryHelp, keysIn } = waymark;
  const YEARS = ["start_year", "end_year", "status_year", "year"];

  function* dateProblems(rules, data, today) {
    const days = [["checked", "on"], ...(data.evidence ?? []).map((item, number) => ["evidence", number, "coded_on"])];
    for (const loc of days) {
      const value = loc.reduce((found, step) => found?.[step], data)?.trim();
      const field = loc.filter((step) => typeof step === "string").join(" ");
      if (!value) continue;
      if (!dayOf(value)) {
        if (isOddDate(value)) yield problem(rules, "notDate", loc, { field, value: short(value) });
      } else if (value > today) yield problem(rules, "futureDate", loc, { field, value, today });
    }
    for (const field of YEARS) {
      const value = data[field]?.trim();
      if (!value || Number.isNaN(wholeOf(value))) continue;
      if (!/^\d{4}$/.test(value)) yield problem(rules, "notYear", [field], { field, value: short(value) });
      else if (value > today.slice(0, 4)) yield problem(rules, "futureYear", [field], { field, value, today });
    }
    const [start, end] = [data.start_year, data.end_year].map((year) => (/^\d{4}$/.test(year?.trim() ?? "") ? Number(year) : NaN));
    if (end < start) yield problem(rules, "order", ["end_year"], { start, end });
  }

  function* countryProblems(rules, data) {
    for (const [number, code] of (Array.isArray(data.countries) ? data.countries : []).entries()) {
      if (code in rules.countries || !/^[A-Z]{2}$/.test(code)) continue; // the shape has said so
      const [name, more] = countryHelp(rules, code);
      yield problem(rules, name, ["countries", number], { value: code, ...more });
    }
  }

  function* basisProblems(rules, kind, data) {
    const facts = kind.fields.filter((field) => field.role === "fact");
    const names = kind.fields.filter((field) => field.role === "fact" || field.role === "parts").map((field) => field.name);
    for (const name of Object.keys(data.basis ?? {})) {
      if (names.includes(name)) continue;
      const found = problem(rules, "basisUnknown", ["basis", name], { value: name, kind: article(kind.name), names: names.join(", ") });
      yield { ...found, fix: suggest(rules, name, names) || found.fix };
    }
    for (const { name } of facts) {
      const value = data[name];
      if (value === undefined || value === null || value.length === 0 || value === NOT_REPORTED || name in (data.basis ?? {})) continue;
      yield problem(rules, "noBasis", ["basis", name], { field: name });
    }
  }

  function isShare(figure, count, total) {
    const value = Number(figure.value);
    const digits = (String(Number(value.toPrecision(10))).split(".")[1] ?? "").length;
    return figure.unit === "per cent" && count <= total && Math.abs((100 * count) / total - value) <= 0.5 * 10 ** -digits + 1e-9;
  }

  function* figureProblems(rules, data) {
    for (const [number, figure] of (data.figures ?? []).entries()) {
      const loc = ["figures", number];
      const label = short(figure.label ?? "");
      const { count, total } = figure;
      if (figure.unit === "per cent" && figure.base === undefined) yield problem(rules, "figureBase", [...loc, "base"], { label });
      if (figure.to !== undefined && Number(figure.to) <= Number(figure.value)) yield problem(rules, "figureSpan", [...loc, "to"], { label });
      if ((count === undefined) !== (total === undefined)) yield problem(rules, "figurePair", [...loc, count === undefined ? "count" : "total"], { label });
      else if (count !== undefined && !isShare(figure, Number(count), Number(total))) yield problem(rules, "figureShare", [...loc, "count"], { label, count, total });
    }
  }

  function* chartProblems(rules, data) {
    const drawn = (data.figures ?? []).map((figure, number) => [number, figure]).filter(([, figure]) => figure.panel);
    if (data.chart === undefined) {
      if (drawn.length) yield problem(rules, "chartMissing", ["figures", drawn[0][0], "panel"]);
      return;
    }
    if (drawn.length < 2) {
      yield problem(rules, "chartFew", ["chart"]);
      return;
    }
    const unit = drawn[0][1].unit;
    const fits = data.chart === "counts" ? !rules.units.notCounted.includes(unit) : rules.units.charts[data.chart]?.includes(unit);
    for (const [number, figure] of drawn) {
      if (figure.unit === unit && fits) continue;
      yield problem(rules, "chartUnit", ["figures", number, "unit"], { chart: `chart of ${data.chart}`, label: short(figure.label ?? ""), unit: figure.unit });
    }
  }

  function* findingProblems(rules, kind, data) {
    if (kind.name !== "finding") return;
    const items = data.evidence ?? [];
    const works = new Set(items.flatMap((item) => keysIn(rules, item.source ?? "")));
    const fewest = Math.min(items.length, works.size);
    if (fewest < rules.fewest) {
      const what = `${fewest} ${works.size < items.length ? "work" : "coded finding"}${fewest === 1 ? "" : "s"}`;
      yield problem(rules, "findingFew", ["evidence"], { what, fewest: rules.fewest });
    }
    for (const [number, item] of items.entries()) {
      if (item.relation === undefined) yield problem(rules, "findingRelation", ["evidence", number, "relation"], { number: `finding ${number + 1}` });
    }
    const judged = new Set();
    for (const [number, { component }] of (data.concerns ?? []).entries()) {
      if (judged.has(component)) yield problem(rules, "findingTwice", ["concerns", number, "component"], { value: component });
      judged.add(component);
    }
    const missing = rules.maps.Concern.find((field) => field.name === "component").choices.filter((each) => !judged.has(each));
    if (missing.length) yield problem(rules, "findingMissing", ["concerns"], { components: missing.join(", ") });
  }

  /** What is wrong with the facts of a record. `today` is the latest day that a date may name. */
  function* factProblems(rules, kind, data, today) {
    yield* dateProblems(rules, data, today);
    yield* countryProblems(rules, data);
    yield* basisProblems(rules, kind, data);
    yield* figureProblems(rules, data);
    yield* chartProblems(rules, data);
    yield* findingProblems(rules, kind, data);
  }

  Object.assign(waymark, { factProblems });
})();

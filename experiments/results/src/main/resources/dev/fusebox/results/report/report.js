"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const colour = (i) => getComputedStyle(document.documentElement).getPropertyValue(`--c${i % 8}`).trim();
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const percent = (part, whole) => (whole ? `${((100 * part) / whole).toFixed(1)}%` : "–");
  const letter = (i) => String.fromCharCode(65 + i);
  const spaced = (name) => name.replace(/([a-z])([A-Z])/g, (_, end, start) => `${end} ${start.toLowerCase()}`);
  const graded = (grade) => grade.replace(/^grade(\d+)$/, "grade $1");
  const say = (text) => { at("said").textContent = text; };

  /** An element with attributes and children; text never becomes markup. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "class") element.className = value;
      else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  function options(select, entries) {
    select.replaceChildren(...entries.map(([value, text]) => make("option", { value }, text)));
  }

  /** Leaves a section, and its place in the navigation, out where there is nothing to show. */
  function drop(id) { at(id).remove(); }

  // ---------------------------------------------------------------- head

  document.title = data.title;
  at("experiment").textContent = data.name;
  at("question").textContent = data.title;
  at("context").textContent = data.table.context.join(" · ");
  const drawn = data.runs.some((run) => run.draw);
  if (drawn) document.querySelectorAll(".repeats").forEach((words) => { words.textContent = "draws and seeds"; });
  showFindings();
  at("made").textContent = data.made;

  /** Where there are many, those that a test tells apart stand first, and the others are folded. */
  function showFindings() {
    const few = 8;
    const item = (finding) =>
      make("li", { class: finding.tone }, make("b", {}, finding.figure), finding.text, make("br"), make("small", {}, finding.detail));
    const many = data.findings.length > few;
    const shown = data.findings.filter((finding) => !many || finding.tone !== "same");
    const folded = data.findings.filter((finding) => many && finding.tone === "same");
    at("findings").classList.toggle("many", many);
    at("findings").append(...shown.map(item));
    if (folded.length > 0) {
      at("findings").after(make("details", { class: "folded" },
        make("summary", {}, `${folded.length} of ${data.findings.length} comparisons that cannot be told apart`),
        make("ul", { class: "findings many" }, ...folded.map(item))));
    }
  }

  // ---------------------------------------------------------------- tables

  function cellsOf(row) {
    return row.map(([text, order]) => ({ text, order }));
  }

  function table(model, caption) {
    const head = make("tr", {});
    const element = make("table", {}, make("caption", { class: "hidden" }, caption), make("thead", {}, head));
    const bodies = model.sections.map((rows, i) => ({ rows: rows.map(cellsOf), body: make("tbody", { class: i ? "aside" : "" }) }));
    const draw = ({ rows, body }) => body.replaceChildren(...rows.map((row) => make("tr", {},
      ...row.map((cell, i) => make("td", { class: classes(model.columns[i]) }, cell.text)))));
    model.columns.forEach((column, i) => {
      const header = make("th", { scope: "col", class: classes(column) });
      const heading = column.heading.replaceAll("-", "\u2011"); // BLEU-4 stays on one line
      if (model.sections[0].length > 1 && column.heading) {
        header.append(make("button", { type: "button", onclick: () => sort(i, header) }, heading));
      } else {
        header.append(heading);
      }
      head.append(header);
    });
    function sort(i, header) {
      const down = header.getAttribute("aria-sort") !== "descending";
      head.querySelectorAll("th").forEach((other) => other.removeAttribute("aria-sort"));
      header.setAttribute("aria-sort", down ? "descending" : "ascending");
      const first = bodies[0];
      first.rows.sort((a, b) => (down ? -1 : 1) * compare(a[i], b[i]));
      draw(first);
      say(`Sorted by ${model.columns[i].heading}, ${down ? "descending" : "ascending"}`);
    }
    bodies.forEach((part) => { draw(part); element.append(part.body); });
    return element;
  }

  function compare(a, b) {
    if (a.order !== null && b.order !== null) return a.order - b.order;
    if ((a.order === null) !== (b.order === null)) return a.order === null ? -1 : 1;
    return a.text.localeCompare(b.text);
  }

  function classes(column) {
    return [column.left ? "left" : "", column.ruled ? "ruled" : ""].join(" ").trim();
  }

  at("scores-table").append(table(data.table, data.title));
  at("scores-notes").append(...data.table.notes.map((note) => make("li", {}, note)));
  for (const [name, text] of Object.entries(data.copies)) {
    at("scores-tools").append(make("button", { type: "button", onclick: () => copy(text, `Table copied as ${name}`) }, `Copy as ${name}`));
  }

  if (data.costs) {
    at("costs-table").append(table(data.costs, "What it cost"));
    at("costs-notes").append(...data.costs.notes.map((note) => make("li", {}, note)));
  } else {
    drop("costs");
  }
  if (data.rationales) {
    at("rationales-context").textContent = ["Similarity to the gold rationales", ...data.rationales.context].join(" · ");
    at("rationales-table").append(table(data.rationales, "Similarity of the rationales to the gold ones"));
    at("rationales-notes").append(...data.rationales.notes.map((note) => make("li", {}, note)));
  } else {
    drop("rationales");
  }

  for (const test of data.tests) {
    const area = make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Table: ${test.title}, scrolls sideways` });
    area.append(table(test, test.title));
    const notes = make("ul", { class: "notes" });
    notes.append(...test.notes.map((note) => make("li", {}, note)));
    at("tests").append(make("h3", {}, test.title), make("p", { class: "lead" }, test.context.join(" · ")), area, notes);
  }

  async function copy(text, done) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = make("textarea", {}, text);
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    say(done);
  }

  // ---------------------------------------------------------------- charts

  const charts = [];

  const narrow = () => innerWidth < 600;

  /** Draws a chart now and again when the colours change; configure() reads the colours of the moment. */
  function chart(id, configure) {
    const entry = { id, configure, chart: null };
    charts.push(entry);
    redraw(entry);
    return entry;
  }

  function redraw(entry) {
    if (entry.chart) entry.chart.destroy();
    Chart.defaults.color = css("--quiet");
    Chart.defaults.borderColor = css("--line");
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.animation = false;
    const settings = entry.configure();
    at(entry.id).setAttribute("aria-label", settings.label);
    entry.chart = new Chart(at(entry.id), {
      type: settings.type,
      data: settings.data,
      options: {
        responsive: true,
        maintainAspectRatio: false,
        interaction: { mode: settings.type === "bar" ? "index" : "nearest", intersect: false },
        plugins: {
          legend: { position: "bottom", ...(settings.toggle ? { onClick: settings.toggle } : {}), labels: { boxWidth: 12, boxHeight: 12, useBorderRadius: true, borderRadius: 3, ...settings.legend } },
          tooltip: { itemSort: (a, b) => b.parsed.y - a.parsed.y, ...settings.tooltip },
        },
        scales: {
          x: {
            title: { display: !!settings.x, text: settings.x }, type: settings.type === "bar" ? "category" : "linear",
            grid: { display: settings.type !== "bar" }, ticks: settings.type === "bar" ? { autoSkip: false, maxRotation: 0, font: { size: narrow() ? 9 : 12 } } : { ...settings.ticks },
          },
          y: { title: { display: !!settings.y, text: settings.y }, ...settings.range },
        },
      },
    });
  }

  function numbers(id, columns, rows, caption) {
    at(id).replaceChildren(table({
      columns: columns.map((heading, i) => ({ heading, left: i === 0, ruled: false })),
      sections: [rows],
    }, caption));
  }

  const cell = (value, decimals = 1) => (value === null || value === undefined ? ["–", null] : [value.toFixed(decimals), value]);

  function categories() {
    const names = data.categories.map((category) => category.name);
    const shown = data.variants.filter((variant) => variant.accuracy);
    if (!shown.length || !names.length) return drop("categories");
    const guessed = data.table.sections.flat().find((row) => row[0][0] === "chance");
    const chance = guessed ? data.categories.map((category, i) => guessed[i + 1][1]) : null;
    chart("categories-chart", () => ({
      type: "bar",
      label: `Bar chart: accuracy in percent by category for ${shown.map((variant) => variant.name).join(", ")}${chance ? ", and what chance would reach" : ""}. The numbers are in the table below.`,
      y: "accuracy % ↑",
      range: { min: 0, max: 100 },
      legend: {
        sort: (a, b) => a.datasetIndex - b.datasetIndex,
        generateLabels: (drawn) => Chart.defaults.plugins.legend.labels.generateLabels(drawn)
          .map((item) => (item.text === "chance" ? { ...item, text: "chance (line)", lineWidth: 0 } : item)),
      },
      data: {
        labels: data.categories.map((category) => [category.name, category.unknown ? `${category.unknown} unknown` : `n ${category.n}`]),
        datasets: [
          ...shown.map((variant, i) => ({
            label: variant.name, data: variant.accuracy, backgroundColor: colour(i), borderRadius: 2, categoryPercentage: 0.78, barPercentage: 0.92, order: 1,
          })),
          ...(chance ? [{
            type: "line", label: "chance", data: chance, order: 0, showLine: false, pointStyle: "line", borderColor: css("--ink"), backgroundColor: css("--ink"),
            pointBorderWidth: 1.5, pointHoverBorderWidth: 1.5, ...Object.fromEntries(["pointRadius", "pointHoverRadius"].map((radius) =>
              [radius, ({ chart: { chartArea } }) => (chartArea ? (0.39 * chartArea.width) / chance.length : 0)])),
          }] : []),
        ],
      },
    }));
    numbers("categories-numbers", ["variant", ...names],
      [...shown.map((variant) => [[variant.name, null], ...variant.accuracy.map((value, i) => (data.categories[i].unknown ? ["unknown", null] : cell(value)))]),
        ...(chance ? [guessed.slice(0, names.length + 1)] : [])], "Accuracy by category");
  }

  /** How a variant sees: the fusion and control of its row, the features of its column; null if it does not. */
  function seeing(variant) {
    const run = data.runs.find((one) => one.variant === variant.name);
    const stage = Object.values(run?.config?.pipeline ?? {}).find((one) => one.fusion && one.fusion.name !== "none");
    if (!stage) return null;
    const features = stage.features ?? {};
    const name = (source) => (source === "file" ? String(features.file).split(/[\\/]/).pop() : source);
    const column = [features.source, ...(features.beside ?? [])].map(name).join(" + ");
    return { row: stage.control && stage.control !== "none" ? `${run.fusion}, ${stage.control}` : run.fusion, column };
  }

  /** One picture of all fusions with all features, where there are several of each and one variant for each place. */
  function grid() {
    const shown = data.variants.filter((variant) => variant.accuracy);
    const placed = shown.map((variant) => ({ variant, ...seeing(variant) })).filter((place) => place.row);
    const rows = [...new Set(placed.map((place) => place.row))];
    const columns = [...new Set(placed.map((place) => place.column))];
    const places = new Map(placed.map((place) => [JSON.stringify([place.row, place.column]), place.variant]));
    if (rows.length < 2 || columns.length < 2 || places.size < placed.length) return drop("grid");
    const blind = shown.filter((variant) => !placed.some((place) => place.variant === variant));
    const means = shown.map((variant) => variant.mean);
    const [least, most] = [Math.min(...means), Math.max(...means)];
    const heat = (variant) => make("td", variant ? { class: "heat", title: variant.name, style: `--share:${((variant.mean - least) / (most - least || 1)).toFixed(3)}` } : {},
      ...(variant ? [make("b", {}, variant.mean.toFixed(1)), make("small", {}, `${variant.low.toFixed(1)}–${variant.high.toFixed(1)}`)] : ["–"]));
    at("grid-table").append(make("table", { class: "grid" },
      make("caption", { class: "hidden" }, "Accuracy by fusion and features"),
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "fusion"), ...columns.map((column) => make("th", { scope: "col" }, column)))),
      make("tbody", {}, ...rows.map((row) => make("tr", {}, make("th", { scope: "row" }, row),
        ...columns.map((column) => heat(places.get(JSON.stringify([row, column])))))))));
    at("grid-lead").textContent = [`Accuracy in percent, mean over ${drawn ? "draws and seeds" : "seeds"}, with its 95 % interval; the fuller the colour, the better.`,
      ...blind.map((variant) => `${variant.name}: ${variant.mean.toFixed(1)} (${variant.low.toFixed(1)}–${variant.high.toFixed(1)}).`)].join(" ");
  }

  /** Four figures that say something: 0.2407, 12.35, 207735, 4.5e-5. */
  const figures = (value) => (Number.isInteger(value) ? String(value) : value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential(1) : value.toPrecision(4));

  /** Curves of one and the same training are one line with the names of all its runs. */
  function distinct(curves) {
    const lines = new Map();
    curves.forEach((curve) => {
      const points = JSON.stringify(curve.points);
      lines.set(points, [...(lines.get(points) ?? []), curve]);
    });
    return [...lines.values()].map((same) => ({ ...same[0], names: named(same.map((curve) => curve.run)) }));
  }

  function named(runs) {
    if (runs.length > 1 && runs.length === data.runs.filter((run) => run.curves.length).length) return "all runs";
    return runs.length > 4 ? `${runs[0].name} and ${runs.length - 1} others` : runs.map((run) => run.name).join(", ");
  }

  /** The mean of the points around each: noise of single steps hides where a curve goes. */
  function smooth(points) {
    const side = Math.floor(points.length / 40);
    return points.map(([x], i) => {
      const near = points.slice(Math.max(0, i - side), i + side + 1);
      return [x, near.reduce((sum, [, y]) => sum + y, 0) / near.length];
    });
  }

  const variantIndex = (name) => data.variants.findIndex((variant) => variant.name === name);
  const dashes = [[], [6, 4], [2, 3], [8, 3, 2, 3], [1, 4]];

  function learning() {
    const all = data.runs.flatMap((run, index) => run.curves.map((curve) => ({ ...curve, run, index })));
    if (!all.length) return drop("learning");
    const order = [...new Set(data.runs.flatMap((run) => Object.keys(run.config?.pipeline ?? {})))];
    const stages = [...new Set(all.map((curve) => curve.stage))].sort((a, b) => order.indexOf(a) - order.indexOf(b));
    options(at("learning-stage"), stages.map((stage) => [stage, stage || "all"]));
    // the stage in which the runs differ most: one that they share differs by its seeds alone
    const lines = (stage) => distinct(all.filter((curve) => curve.stage === stage && curve.metric === "loss")).length;
    const most = stages.reduce((best, stage) => (lines(stage) > lines(best) ? stage : best), stages[0]);
    at("learning-stage").value = lines(most) > 1 ? most : (stages.find((stage) => stage !== "pretraining") ?? stages[0]);
    at("learning-stage").closest("label").hidden = stages.length < 2;
    const metrics = () => [...new Set(all.filter((curve) => curve.stage === at("learning-stage").value).map((curve) => curve.metric))];
    const fill = () => {
      const kept = at("learning-metric").value;
      options(at("learning-metric"), metrics().map((metric) => [metric, spaced(metric)]));
      if (metrics().includes(kept)) at("learning-metric").value = kept;
    };
    const chosen = () => distinct(all.filter((curve) => curve.stage === at("learning-stage").value && curve.metric === at("learning-metric").value));
    const logarithmic = () => at("learning-scale").value === "logarithmic";
    const repeat = (run) => `${run.draw ?? 0} ${run.seed}`;
    const repeatsOf = (variant) => [...new Set(data.runs.filter((run) => run.variant === variant).map(repeat))];
    const scale = () => {
      const values = chosen().flatMap((curve) => curve.points.map(([, y]) => y));
      const least = Math.min(...values);
      at("learning-scale").value = least > 0 && Math.max(...values) > 10 * least ? "logarithmic" : "linear";
    };
    fill();
    scale();
    const entry = chart("learning-chart", () => ({
      type: "line",
      label: `Line chart: ${spaced(at("learning-metric").value)} by step for each run. The last values are in the table below.`,
      x: "step",
      y: spaced(at("learning-metric").value),
      range: { type: logarithmic() ? "logarithmic" : "linear" },
      legend: { filter: (item) => item.text },
      toggle: (event, item, { chart: drawn }) => { // a line and the steps behind it
        const steps = drawn.data.datasets[item.datasetIndex + 1]?.label === "" ? [item.datasetIndex + 1] : [];
        [item.datasetIndex, ...steps].forEach((index) => drawn.setDatasetVisibility(index, !drawn.isDatasetVisible(index)));
        drawn.update();
      },
      tooltip: { filter: (item) => item.dataset.label },
      data: {
        datasets: chosen().flatMap((curve) => {
          const shown = (points) => points.filter(([, y]) => y > 0 || !logarithmic()).map(([x, y]) => ({ x, y }));
          const line = colour(variantIndex(curve.run.variant));
          const many = curve.points.length > 40;
          return [
            {
              label: curve.names, data: shown(many ? smooth(curve.points) : curve.points), borderColor: line, backgroundColor: line,
              borderDash: dashes[repeatsOf(curve.run.variant).indexOf(repeat(curve.run)) % dashes.length],
              borderWidth: 1.8, pointRadius: many ? 0 : 2.5, tension: 0.15,
            },
            ...(many ? [{ label: "", data: shown(curve.points), borderColor: `${line}30`, borderWidth: 1, pointRadius: 0, pointHitRadius: 0 }] : []),
          ];
        }),
      },
    }));
    const update = () => {
      redraw(entry);
      numbers("learning-numbers", ["run", "first", "last", "least", "most", "steps"], chosen().map((curve) => {
        const values = curve.points.map(([, y]) => y);
        const figure = (value) => [figures(value), value];
        return [[curve.names, null], figure(values[0]), figure(values[values.length - 1]), figure(Math.min(...values)), figure(Math.max(...values)),
          [String(curve.points[curve.points.length - 1][0]), curve.points[curve.points.length - 1][0]]];
      }), "Learning curves");
    };
    at("learning-lead").textContent = `One colour for each variant, one dash for each ${drawn ? "draw and seed" : "seed"}; runs that share a training share its line. Lines are means over neighbouring steps, with the steps themselves behind. Click a name to hide its line.`;
    at("learning-stage").addEventListener("change", () => { fill(); scale(); update(); });
    at("learning-scale").addEventListener("change", update);
    at("learning-metric").addEventListener("change", () => { scale(); update(); });
    update();
  }

  function gates() {
    const runs = data.runs.filter((run) => run.gates.length);
    if (!runs.length) return drop("gates");
    options(at("gates-run"), runs.map((run) => [run.name, run.name]));
    const run = () => runs.find((one) => one.name === at("gates-run").value);
    const entry = chart("gates-chart", () => ({
      type: "line",
      label: `Line chart: gate values by step, run ${run().name}. The last values are in the table below.`,
      x: "step",
      y: "gate",
      range: { beginAtZero: true },
      data: {
        datasets: run().gates.map((gate, i) => ({
          label: gate.name, data: gate.points.map(([x, y]) => ({ x, y })), borderColor: colour(i), backgroundColor: colour(i),
          borderWidth: 1.8, pointRadius: gate.points.length > 40 ? 0 : 2.5, tension: 0.15,
        })),
      },
    }));
    const update = () => {
      redraw(entry);
      numbers("gates-numbers", ["gate", "at the start", "at the end"],
        run().gates.map((gate) => [[gate.name, null], cell(gate.points[0][1], 3), cell(gate.points[gate.points.length - 1][1], 3)]), "Gates");
    };
    at("gates-run").addEventListener("change", update);
    update();
  }

  function calibration() {
    const all = data.calibration;
    if (!all.length) return drop("calibration");
    const points = (one) => one.bins.filter(([answers]) => answers > 0).map(([answers, x, y]) => ({ x: 100 * x, y: 100 * y, answers }));
    chart("calibration-chart", () => ({
      type: "line",
      label: `Line chart: accuracy by stated probability for ${all.map((one) => one.variant).join(", ")}. The numbers are in the table below.`,
      x: "probability of the option chosen, %",
      y: "right, %",
      range: { min: 0, max: 100 },
      tooltip: { callbacks: { label: ({ dataset, raw }) => `${dataset.label}: ${raw.y.toFixed(1)} % right at ${raw.x.toFixed(1)} %${raw.answers ? `, ${raw.answers} answers` : ""}` } },
      data: {
        datasets: [
          ...all.map((one) => ({
            label: one.variant, data: points(one), borderColor: colour(variantIndex(one.variant)), backgroundColor: colour(variantIndex(one.variant)),
            borderWidth: 1.8, pointRadius: 3,
          })),
          { label: "as sure as right", data: [{ x: 0, y: 0 }, { x: 100, y: 100 }], borderColor: css("--quiet"), backgroundColor: css("--quiet"), borderDash: [4, 4], borderWidth: 1, pointRadius: 0 },
        ],
      },
    }));
    numbers("calibration-numbers", ["variant", "expected calibration error %", "mean probability %", "right %"],
      all.map((one) => [[one.variant, null], cell(100 * one.error), cell(100 * one.confidence), cell(100 * one.accuracy)]), "Calibration");
  }

  // ---------------------------------------------------------------- self-consistency

  function consistency() {
    const all = data.consistency;
    if (!all.length) return drop("consistency");
    const ways = [["vote", "by vote", []], ["summed", "by summed probability", [6, 4]]];
    const line = (one, way, place) => one.points.filter((point) => point[way]).map((point) => ({ x: point.k, y: point[way][place], seconds: point.seconds }));
    const drawn = all.flatMap((one) => ways.filter(([way]) => line(one, way, 0).length).flatMap(([way, name, borderDash]) => {
      const style = { borderColor: colour(variantIndex(one.variant)), backgroundColor: colour(variantIndex(one.variant)), borderDash };
      return [
        { ...style, label: `${one.variant}, ${name}`, data: line(one, way, 0), borderWidth: 1.8, pointRadius: 3 },
        ...[1, 2].map((end) => ({ ...style, label: "", data: line(one, way, end), borderWidth: 0.6, pointRadius: 0, pointHitRadius: 0 })),
      ];
    }));
    const took = ({ seconds }) => (seconds === undefined ? "" : `, ${seconds.toFixed(1)} s`);
    chart("consistency-chart", () => ({
      type: "line",
      label: `Line chart: accuracy in percent over the number of sampled rationales for ${all.map((one) => one.variant).join(", ")}. The numbers are in the table below.`,
      x: "sampled rationales k",
      ticks: { precision: 0 },
      y: "accuracy % ↑",
      legend: { filter: (item) => item.text },
      toggle: (event, item, { chart: drawing }) => { // a line and the ends of its interval
        const shown = drawing.isDatasetVisible(item.datasetIndex);
        [0, 1, 2].forEach((more) => drawing.setDatasetVisibility(item.datasetIndex + more, !shown));
        drawing.update();
      },
      tooltip: { filter: ({ dataset }) => dataset.label, callbacks: { label: ({ dataset, raw }) => `${dataset.label}: ${raw.y.toFixed(1)} % at k = ${raw.x}${took(raw)}` } },
      data: { datasets: drawn },
    }));
    const range = (share) => (share ? [`${share[0].toFixed(1)} [${share[1].toFixed(1)}, ${share[2].toFixed(1)}]`, share[0]] : ["–", null]);
    numbers("consistency-numbers", ["variant", "k", "by vote % [95% CI]", "by summed probability % [95% CI]", "seconds"],
      all.flatMap((one) => one.points.map((point) => [[one.variant, null], [String(point.k), point.k], range(point.vote), range(point.summed), cell(point.seconds)])),
      "Self-consistency");
  }

  // ---------------------------------------------------------------- attention

  function attention() {
    const cases = data.attention;
    if (!cases.length) return drop("attention");
    options(at("attention-case"), cases.map((one, i) => [i, [data.runs[one.run].name, one.stage, `question ${data.questions[one.question].id}`].filter(Boolean).join(", ")]));
    let word = 0;
    /** The word whose look is the most decided one. */
    const decided = () => {
      const peaks = one().layers[at("attention-layer").value].weights.map((row) => Math.max(...row));
      return peaks.indexOf(Math.max(...peaks));
    };
    const one = () => cases[at("attention-case").value];
    const layers = () => {
      options(at("attention-layer"), one().layers.map((layer, i) => [i, layer.name]));
      at("attention-layer").closest("label").hidden = one().layers.length < 2;
    };
    function draw() {
      const layer = one().layers[at("attention-layer").value];
      const { question } = one();
      const { weights, grid } = layer;
      const tokens = layer.tokens || one().tokens;
      const all = weights[Math.min(word, weights.length - 1)];
      const row = grid ? all.slice(Math.max(0, all.length - grid[0] * grid[1])) : all;
      const most = Math.max(...row) || 1; // a question without a picture is looked at with no weight at all
      const picture = data.questions[question].picture;
      const figure = at("attention-picture");
      figure.replaceChildren();
      const image = picture === null ? null : make("img", { src: data.pictures[picture], alt: `The picture of question ${data.questions[question].id}` });
      const even = row.reduce((sum, weight) => sum + weight, 0) / row.length;
      if (grid) {
        figure.append(make("div", { class: "seen" }, image, heat(row, grid, even, most)));
      } else {
        const last = row.reduce((found, weight, i) => (weight > 0 ? i : found), 0);
        figure.append(image ? make("div", { class: "seen" }, image) : "",
          make("div", { class: "bars", role: "img", "aria-label": `Weights of ${row.length} picture vectors: ${row.slice(0, 12).map((weight) => weight.toFixed(2)).join(", ")}${row.length > 12 ? ", …" : ""}` },
            ...row.slice(0, last + 1).map((weight, i) => make("span", { title: `vector ${i + 1}: ${weight.toFixed(3)}` },
              last < 12 ? make("small", {}, weight.toFixed(2)) : null, make("i", { style: `height:${((5 * weight) / most).toFixed(3)}rem` }), last < 12 ? make("small", {}, String(i + 1)) : null))));
      }
      figure.append(make("figcaption", { class: "lead" }, grid
        ? `Coloured where it looks more than evenly: at most ${most.toFixed(3)} on one of ${row.length} squares, evenly ${even.toFixed(3)}.`
        : `The weight of each of the ${row.length} vectors of the picture, at most ${most.toFixed(3)}, evenly ${even.toFixed(3)}. They have no position in it.`));
      at("attention-lead").textContent = `Choose a word to see where the model looks while it ${layer.tokens ? "writes" : "reads"} it.`;
      at("attention-question").textContent = data.questions[question].text;
      const run = data.runs[one().run];
      at("attention-answer").replaceChildren(...(run.marks ? [choices([run], question), written([run], question)] : []).filter(Boolean));
      at("attention-words").replaceChildren(...tokens.map((token, i) =>
        make("button", { type: "button", "aria-pressed": String(i === word), onclick: () => { word = i; draw(); at("attention-words").children[i].focus(); } }, token || "␣")));
    }
    function heat(row, [height, width], even, most) {
      const peak = row.indexOf(Math.max(...row));
      const spoken = `Weights over ${height} by ${width} squares, the largest ${most.toFixed(3)} in row ${Math.floor(peak / width) + 1}, column ${(peak % width) + 1}`;
      const layer = make("div", { class: "heat", role: "img", "aria-label": spoken, style: `grid-template-columns:repeat(${width},1fr);grid-template-rows:repeat(${height},1fr)` });
      row.forEach((weight) =>
        layer.append(make("i", { style: `background:rgba(255,70,0,${most > even ? (0.8 * Math.max(0, weight - even) / (most - even)).toFixed(3) : 0})`, title: weight.toFixed(3) })));
      return layer;
    }
    at("attention-case").addEventListener("change", () => { layers(); word = decided(); draw(); });
    at("attention-layer").addEventListener("change", () => { word = decided(); draw(); });
    layers();
    word = decided();
    draw();
  }

  // ---------------------------------------------------------------- cases

  const PAGE = 12;

  function caseCard(index, runs) {
    const question = data.questions[index];
    return make("article", { class: runs.length > 1 ? "case pair" : "case" },
      make("header", {}, `question ${question.id}`,
        ...[question.subject, graded(question.grade ?? ""), ...question.categories.filter((name) => ["TXT", "IMG", "NO"].includes(name))]
          .filter(Boolean).map((tag) => make("span", { class: "tag" }, tag))),
      make("p", { class: "case-question" }, question.text),
      question.hint ? make("p", { class: "hint" }, question.hint) : null,
      question.picture !== null ? make("img", { src: data.pictures[question.picture], alt: `The picture of question ${question.id}` }) : null,
      choices(runs, index),
      written(runs, index));
  }

  /** The options, with the right one and the ones that runs chose. */
  function choices(runs, index) {
    const question = data.questions[index];
    return make("ol", {}, ...question.choices.map((choice, i) => {
      const by = runs.filter((run) => run.options[index] === letter(i)).map((run) => (runs.length > 1 ? run.name : "answered"));
      const marks = [i === question.answer ? "right" : "", ...by].filter(Boolean).join(", ");
      return make("li", { class: i === question.answer ? "gold" : by.length ? "miss" : "" },
        `(${letter(i)}) ${choice} `, marks ? make("small", {}, marks) : null);
    }));
  }

  /** What the runs wrote; a gold rationale stands once, where one of them missed it. */
  function written(runs, index) {
    const list = make("dl", {});
    const line = (name, text, style) => list.append(make("dt", {}, name), make("dd", { class: style, tabindex: "0" }, text));
    const told = runs.filter((run) => run.texts[index]);
    const by = (run, what) => (runs.length > 1 ? `${run.name}, ${what}` : what);
    const right = (run) => run.rationales?.[index] === "1";
    const staged = told.filter((run) => run.texts[index].rationale !== undefined);
    staged.forEach((run) => line(by(run, "rationale"), run.texts[index].rationale || "(empty)", right(run) ? "right" : "wrong"));
    const missed = staged.find((run) => !right(run));
    if (missed) line("gold rationale", missed.texts[index].gold || "(empty)", "");
    told.filter((run) => run.options[index] === "-" || !staged.includes(run))
      .forEach((run) => line(by(run, "wrote"), run.texts[index].answer || "(nothing)", run.marks[index] === "1" ? "right" : "wrong"));
    return list.children.length ? list : null;
  }

  function list(target, more, indices, runs) {
    let shown = 0;
    const element = at(target);
    const button = at(more);
    element.replaceChildren();
    const next = () => {
      indices.slice(shown, shown + PAGE).forEach((index) => element.append(caseCard(index, runs)));
      shown += PAGE;
      button.parentElement.hidden = shown >= indices.length;
      button.textContent = `Show more (${Math.max(0, indices.length - shown)} left)`;
    };
    button.onclick = next;
    next();
    if (!indices.length) element.append(make("p", { class: "lead" }, "No question here."));
  }

  /** Two by two buttons, each with its count; choose(i) hears which was pressed. */
  function matrix(target, columns, rows, counts, total, selected, choose) {
    const grid = make("div", { class: "matrix", role: "group" }, make("span", {}));
    columns.forEach((column) => grid.append(make("span", {}, column)));
    rows.forEach((row, r) => {
      if (rows.length > 1) grid.append(make("span", { class: "side" }, row)); else grid.append(make("span", {}));
      columns.forEach((column, c) => {
        const i = r * columns.length + c;
        grid.append(make("button", {
          type: "button", "aria-pressed": String(i === selected), onclick: () => choose(i),
          style: `--share:${total ? counts[i].n / total : 0};--tone:var(--${counts[i].tone})`,
          "aria-label": `${column}${row ? `, ${row}` : ""}: ${counts[i].n} questions, ${percent(counts[i].n, total)}`,
        }, make("b", {}, percent(counts[i].n, total)), make("small", {}, `${counts[i].n} questions${counts[i].extra ? `, ${counts[i].extra}` : ""}`)));
      });
    });
    const old = at(target).querySelector(":focus") ? [...at(target).querySelectorAll("button")].indexOf(document.activeElement) : -1;
    at(target).replaceChildren(grid);
    if (old >= 0) at(target).querySelectorAll("button")[old].focus();
  }

  const finished = data.runs.filter((run) => run.marks);

  function errors() {
    if (!finished.length) return drop("errors");
    const subjects = [...new Set(data.questions.map((question) => question.subject))].filter(Boolean).sort();
    const grades = [...new Set(data.questions.map((question) => question.grade))].filter(Boolean).sort((a, b) => a.localeCompare(b, undefined, { numeric: true }));
    const fusions = [...new Set(finished.map((run) => run.fusion))];
    options(at("errors-category"), [["", "all"], ...data.categories.map((category) => [category.name, category.name])]);
    options(at("errors-subject"), [["", "all"], ...subjects.map((subject) => [subject, subject])]);
    options(at("errors-grade"), [["", "all"], ...grades.map((grade) => [grade, graded(grade)])]);
    options(at("errors-fusion"), [["", "all"], ...fusions.map((fusion) => [fusion, fusion])]);
    const value = (name) => at(`errors-${name}`).value;
    const fillRuns = () => {
      const kept = value("run");
      const runs = finished.filter((run) => !value("fusion") || run.fusion === value("fusion"));
      options(at("errors-run"), runs.map((run) => [run.name, run.name]));
      if (runs.some((run) => run.name === kept)) at("errors-run").value = kept;
    };
    let selected = -1;
    function update() {
      const run = finished.find((one) => one.name === value("run"));
      const pool = data.questions.map((question, i) => i).filter((i) => {
        const question = data.questions[i];
        return (value("category") === "" || question.categories.includes(value("category")))
          && (!value("subject") || question.subject === value("subject")) && (!value("grade") || question.grade === value("grade"));
      });
      const staged = !!run.rationales;
      const groups = staged
        ? [pool.filter((i) => run.rationales[i] === "1" && run.marks[i] === "1"), pool.filter((i) => run.rationales[i] === "1" && run.marks[i] !== "1"),
          pool.filter((i) => run.rationales[i] !== "1" && run.marks[i] === "1"), pool.filter((i) => run.rationales[i] !== "1" && run.marks[i] !== "1")]
        : [pool.filter((i) => run.marks[i] === "1"), pool.filter((i) => run.marks[i] !== "1")];
      const unreadable = (group) => group.filter((i) => run.options[i] === "-").length;
      if (selected < 0 || selected >= groups.length) selected = groups.length - 1;
      matrix("errors-matrix", ["answer right", "answer wrong"], staged ? ["rationale right", "rationale wrong"] : [""],
        groups.map((group, i) => ({ n: group.length, tone: i % 2 ? "bad" : "good", extra: unreadable(group) ? `${unreadable(group)} unreadable` : "" })),
        pool.length, selected, (i) => { selected = i; update(); });
      at("errors-lead").textContent = sentence(run, pool, groups, staged);
      const texts = groups[selected].filter((i) => run.texts[i]);
      list("errors-cases", "errors-more", texts.length ? texts : groups[selected], [run]);
    }
    function sentence(run, pool, groups, staged) {
      const n = pool.length;
      if (!staged) return `${run.name}, ${run.decoding}: ${groups[0].length} of ${n} questions right. This run writes no rationale. Press a field to read its questions.`;
      return `${run.name}, ${run.decoding}: where the rationale is the gold one, word for word, ${percent(groups[0].length, groups[0].length + groups[1].length)} of `
        + `${groups[0].length + groups[1].length} answers are right; elsewhere ${percent(groups[2].length, groups[2].length + groups[3].length)} of `
        + `${groups[2].length + groups[3].length}. Press a field to read its questions.`;
    }
    fillRuns();
    ["run", "category", "subject", "grade"].forEach((name) => at(`errors-${name}`).addEventListener("change", update));
    at("errors-fusion").addEventListener("change", () => { fillRuns(); update(); });
    [["subject", subjects], ["grade", grades], ["fusion", fusions]].forEach(([name, entries]) => { at(`errors-${name}`).closest("label").hidden = entries.length < 2; });
    update();
  }

  function disagreement() {
    if (finished.length < 2) return drop("disagreement");
    const entries = finished.map((run) => [run.name, run.name]);
    options(at("pair-first"), entries);
    options(at("pair-second"), entries);
    const other = finished.findIndex((run) => run.variant !== finished[0].variant);
    at("pair-second").selectedIndex = Math.max(1, other);
    let selected = 1;
    function update() {
      const [first, second] = ["pair-first", "pair-second"].map((id) => finished.find((run) => run.name === at(id).value));
      const right = (run, i) => run.marks[i] === "1";
      const all = data.questions.map((question, i) => i);
      const groups = [all.filter((i) => right(first, i) && right(second, i)), all.filter((i) => right(first, i) && !right(second, i)),
        all.filter((i) => !right(first, i) && right(second, i)), all.filter((i) => !right(first, i) && !right(second, i))];
      matrix("pair-matrix", [`${second.name} right`, `${second.name} wrong`], [`${first.name} right`, `${first.name} wrong`],
        groups.map((group, i) => ({ n: group.length, tone: ["good", "accent", "accent", "bad"][i] })), all.length, selected, (i) => { selected = i; update(); });
      const pair = data.pairs.find((one) => one.first === first.name && one.second === second.name);
      at("pair-lead").textContent = first === second ? "The same run twice."
        : `Only ${first.name} is right on ${groups[1].length} questions, only ${second.name} on ${groups[2].length}; both agree on the other ${groups[0].length + groups[3].length}. `
          + (pair ? `McNemar's exact test over these two runs: ${pair.p}.` : "");
      list("pair-cases", "pair-more", groups[selected], first === second ? [first] : [first, second]);
    }
    ["pair-first", "pair-second"].forEach((id) => at(id).addEventListener("change", update));
    update();
  }

  // ---------------------------------------------------------------- provenance

  function flat(value, path = "", into = {}) {
    if (value !== null && typeof value === "object" && !Array.isArray(value)) {
      Object.entries(value).forEach(([key, inner]) => flat(inner, path ? `${path}.${key}` : key, into));
    } else {
      into[path] = JSON.stringify(value);
    }
    return into;
  }

  /**
   * The settings in which configs differ, those of all of them apart from those of some. Every stage of a
   * pipeline has its own: one that differs alike in several stages is one row with their names.
   */
  function differences(configs) {
    const pipelines = configs.map((config) => Object.entries(config.pipeline ?? {}).filter(([, stage]) => stage !== null));
    const stages = [...new Set(pipelines.flatMap((pipeline) => pipeline.map(([name]) => name)))];
    const places = stages.map((stage) => [stage, pipelines.map((pipeline) => Object.fromEntries(pipeline)[stage])]);
    const staged = places.flatMap(([stage, settings]) => rows(settings, stage));
    const shared = configs.map(({ pipeline, ...rest }) => rest);
    const found = [
      ...places.filter(([, settings]) => settings.includes(undefined)).map(([stage, settings]) =>
        ({ key: "stage", stages: stage, values: settings.map((one) => (one ? "yes" : "no")), whole: true })),
      ...merged(staged),
      ...rows(shared, "").filter((row) => !staged.some((other) => other.key === row.key)),
    ];
    return { all: found.filter((row) => row.whole), some: found.filter((row) => !row.whole) };
  }

  /** Settings that differ among the configs that are there. */
  function rows(configs, stages) {
    const settings = configs.map((config) => config && flat(config));
    const there = settings.filter(Boolean);
    return [...new Set(there.flatMap(Object.keys))].map((key) => ({ key, stages, values: settings.map((one) => one?.[key]) }))
      .map((row) => ({ ...row, whole: there.every((one) => one[row.key] !== undefined) }))
      .filter(({ key }) => new Set(there.map((one) => one[key])).size > 1);
  }

  function merged(rows) {
    const same = new Map();
    rows.forEach((row) => {
      const key = JSON.stringify([row.key, row.values]);
      same.set(key, same.has(key) ? { ...row, stages: `${same.get(key).stages}, ${row.stages}` } : row);
    });
    return [...same.values()];
  }

  function provenance() {
    const firsts = data.variants.map((variant) => data.runs.find((run) => run.variant === variant.name)).filter((run) => run && run.config);
    const { all, some } = differences(firsts.map((run) => run.config));
    const settings = (rows, caption) => table({
      columns: [{ heading: "setting", left: true }, { heading: "stage", left: true }, ...firsts.map((run) => ({ heading: run.variant, left: true }))],
      sections: [rows.map(({ key, stages, values }) => [key, stages, ...values.map((value) => (value ?? "").replaceAll('"', ""))].map((text) => [text, null]))],
    }, caption);
    at("differences").replaceChildren(all.length
      ? settings(all, "Settings that differ between the variants")
      : make("p", { class: "lead", style: "padding:0 1rem" }, some.length ? "Only settings that some variants do not have." : "Nothing but the seeds."));
    if (some.length) {
      at("differences").after(make("details", { class: "numbers" }, make("summary", {}, `${some.length} more that some variants do not have`),
        make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Settings that only some have, scrolls sideways" },
          settings(some, "Settings that only some variants have"))));
    }
    at("runs").append(...data.runs.map((run) => make("details", { class: "run" },
      make("summary", {}, make("b", {}, run.name), run.failure ? make("span", { class: "failed" }, `failed: ${run.failure.split("\n", 1)[0]}`) : make("small", {}, run.summary)),
      make("div", { class: "inside" },
        run.failure ? make("pre", { tabindex: "0", "aria-label": `Why ${run.name} failed` }, run.failure) : null,
        make("dl", { class: "facts" }, ...run.facts.flatMap(([name, text]) => [make("dt", {}, name), make("dd", {}, text)])),
        run.config ? make("pre", { tabindex: "0", "aria-label": `Resolved config of ${run.name}` }, JSON.stringify(run.config, null, 2)) : null))));
    at("repeat").textContent = data.repeat;
    at("repeat-copy").addEventListener("click", () => copy(data.repeat, "Command copied"));
  }

  // ---------------------------------------------------------------- colours and navigation

  function theme(dark) {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    at("theme").setAttribute("aria-pressed", String(dark));
    charts.forEach(redraw);
  }

  function navigation() {
    const sections = [...document.querySelectorAll("section[data-nav]")];
    sections.forEach((section) => at("sections").append(make("a", { href: `#${section.id}` }, section.dataset.nav)));
    const watcher = new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      at("sections").querySelectorAll("a").forEach((link) => {
        if (link.hash === `#${entry.target.id}`) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
      });
    }), { rootMargin: "-20% 0px -70% 0px" });
    sections.forEach((section) => watcher.observe(section));
  }

  const wanted = matchMedia("(prefers-color-scheme: dark)");
  theme(wanted.matches || location.hash === "#dark");
  wanted.addEventListener("change", (event) => theme(event.matches));
  at("theme").addEventListener("click", () => theme(document.documentElement.dataset.theme !== "dark"));
  grid();
  categories();
  learning();
  gates();
  calibration();
  consistency();
  attention();
  errors();
  disagreement();
  provenance();
  navigation();
})();

"use strict";

// Everything that comes from the data or from a model enters the page as text, never as markup.

const at = (id) => document.getElementById(id);

function make(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties || {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.includes("-") || name === "role" || name === "for") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const letter = (i) => String.fromCharCode(65 + i);
const percent = (share) => `${(100 * share).toFixed(1)} %`;

// ---------------------------------------------------------------- the server

async function answered(response) {
  if (response.ok) return response;
  const body = await response.json().catch(() => ({}));
  throw new Error(body.error || `the server said ${response.status}`);
}

const get = async (path) => (await answered(await fetch(path))).json();

const post = (path, type, body, signal) => fetch(path, { method: "POST", headers: { "Content-Type": type }, body, signal }).then(answered);

const send = (path, value, signal) => post(path, "application/json", JSON.stringify(value), signal);

/** Lines of JSON as they come; empty ones are signs of life. */
async function* lines(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n");
    rest = parts.pop();
    for (const part of parts) if (part) yield JSON.parse(part);
  }
}

function trouble(error) {
  if (error && error.name === "AbortError") return;
  at("trouble").textContent = error ? String(error.message || error) : "";
  at("trouble").hidden = !error;
}

const guarded = (work) => async (...given) => {
  try { trouble(null); return await work(...given); } catch (error) { trouble(error); }
};

// ---------------------------------------------------------------- what is on the page

let state;            // what the server has
let origin = null;    // the question of the data that is being changed
let choices = [];     // texts of the options
let right = null;     // index of the right one
let upload = null;    // { name, url }
let shownPicture = null;
let asking = null;    // aborts the question that is under way
let lastBody = null;  // the question as it was asked
let lastKey = null;   // its name on the server
const cards = new Map();

// ---------------------------------------------------------------- runs

function showRuns() {
  at("experiment").textContent = [...new Set(state.runs.map((run) => run.experiment))].join(", ");
  at("runs").replaceChildren(...state.runs.map((run, i) =>
    make("label", { title: `${run.percent.toFixed(1)} % of ${run.tested} test questions` },
      make("input", { type: "checkbox", name: "run", value: run.id, checked: i < 6 }),
      make("span", {}, run.title, " ", make("small", {}, run.looks ? `${run.fusion}, ${run.features}` : "no picture")))));
  const blocked = state.runs.filter((run) => run.noUpload);
  at("no-upload").hidden = !blocked.length;
  at("no-upload").querySelector("summary").textContent = `${blocked.length} of ${state.runs.length} runs cannot be shown a new picture`;
  at("no-upload").querySelector("ul").replaceChildren(...blocked.map((run) => make("li", {}, `${run.title}: ${run.noUpload}`)));
}

const boxes = () => [...document.querySelectorAll("input[name=run]")];
const chosen = () => boxes().filter((box) => box.checked).map((box) => box.value);

// ---------------------------------------------------------------- choosing a question

let searches = 0;

async function search() {
  const mine = ++searches;
  const query = new URLSearchParams({ split: at("split").value, words: at("words").value });
  const found = await get(`/api/questions?${query}`);
  if (mine !== searches) return; // a later one is under way
  at("found-count").textContent = found.count > found.questions.length
    ? `${found.count.toLocaleString("en")} questions, the first ${found.questions.length} here`
    : `${found.count} question${found.count === 1 ? "" : "s"}`;
  at("found").replaceChildren(...found.questions.map((one) => make("li", {},
    make("button", { type: "button", "data-id": one.id, onclick: guarded(() => pick(one.id)) },
      make("small", {}, one.id), make("span", {}, one.question), one.picture ? make("span", { className: "mark" }, "picture") : null))));
  markFound();
}

function markFound() {
  for (const button of at("found").querySelectorAll("button")) {
    button.setAttribute("aria-current", String(Boolean(origin) && button.dataset.id === origin.id));
  }
}

async function pick(id) {
  origin = await get(`/api/question?${new URLSearchParams({ id })}`);
  fill();
}

function fill() {
  at("question").value = origin ? origin.question : "";
  at("hint").value = origin ? origin.hint : "";
  choices = origin ? [...origin.choices] : ["", ""];
  right = origin ? origin.answer : null;
  at("origin").textContent = origin ? `from ${origin.id}` : "a new one";
  at("reset").disabled = !origin;
  kind("own");
  showOptions();
  showPicture();
  markFound();
}

// ---------------------------------------------------------------- options

function showOptions(focus) {
  at("options").replaceChildren(...choices.map((text, i) => make("div", { className: "option" },
    make("input", { type: "radio", name: "right", checked: right === i, "aria-label": `${letter(i)} is right`, onchange: () => { right = i; } }),
    make("b", { "aria-hidden": "true" }, letter(i)),
    make("input", { type: "text", value: text, "aria-label": `Option ${letter(i)}`, oninput: (event) => { choices[i] = event.target.value; } }),
    make("button", { type: "button", "aria-label": `Move option ${letter(i)} up`, disabled: i === 0, onclick: () => move(i, i - 1) }, "↑"),
    make("button", { type: "button", "aria-label": `Move option ${letter(i)} down`, disabled: i === choices.length - 1, onclick: () => move(i, i + 1) }, "↓"),
    make("button", { type: "button", "aria-label": `Remove option ${letter(i)}`, disabled: choices.length <= 2, onclick: () => remove(i) }, "×"))));
  at("add-option").disabled = choices.length >= 26;
  if (focus) focus();
}

const row = (i) => at("options").children[i];

function reorder(order) {
  right = right === null ? null : order.indexOf(right);
  choices = order.map((i) => choices[i]);
}

function move(from, to) {
  const order = choices.map((_, i) => i);
  [order[from], order[to]] = [order[to], order[from]];
  reorder(order);
  const name = to < from ? "up" : "down";
  showOptions(() => {
    const buttons = [...row(to).querySelectorAll("button")];
    (buttons.find((button) => !button.disabled && button.getAttribute("aria-label").endsWith(name)) || buttons.find((button) => !button.disabled)).focus();
  });
}

function remove(i) {
  reorder(choices.map((_, k) => k).filter((k) => k !== i));
  if (right === -1) right = null;
  showOptions(() => row(Math.min(i, choices.length - 1)).querySelector("input[type=text]").focus());
}

/** Another order than before, always. */
function shuffle() {
  const before = choices.map((_, i) => i);
  let order;
  do {
    order = [...before];
    for (let i = order.length - 1; i > 0; i--) {
      const k = Math.floor(Math.random() * (i + 1));
      [order[i], order[k]] = [order[k], order[i]];
    }
  } while (order.every((k, i) => k === i));
  reorder(order);
  showOptions();
}

// ---------------------------------------------------------------- the picture

const kinds = () => [...document.querySelectorAll("input[name=picture]")];
const pictureKind = () => kinds().find((box) => box.checked).value;
const kind = (value) => kinds().forEach((box) => { box.checked = box.value === value; });

const pictureOf = (id) => `/picture?${new URLSearchParams({ question: id })}`;

function pictureUrl() {
  const wanted = pictureKind();
  if (wanted === "upload") return upload && upload.url;
  if (wanted === "of") return at("picture-of").value.trim() ? pictureOf(at("picture-of").value.trim()) : null;
  return wanted === "own" && origin && origin.shown ? pictureOf(origin.id) : null;
}

function showPicture() {
  shownPicture = pictureUrl();
  at("preview").hidden = !shownPicture;
  at("no-preview").hidden = Boolean(shownPicture);
  at("no-preview").textContent = pictureKind() === "own" && origin && origin.picture && !origin.shown ? "its file is not in the data" : "no picture";
  if (shownPicture) {
    at("preview").src = shownPicture;
    at("preview").alt = pictureKind() === "own" ? `The picture of question ${origin.id}` : "The picture that was chosen";
  }
}

async function bring() {
  const file = at("file").files[0];
  if (!file) return;
  if (file.size > state.mostBytes) throw new Error(`a picture may have at most ${Math.floor(state.mostBytes / 2 ** 20)} MB`);
  at("upload-status").textContent = "uploading …";
  try {
    const brought = await (await post("/api/upload", "application/octet-stream", file)).json();
    upload = { name: brought.upload, url: `/picture?upload=${brought.upload}` };
    at("upload-status").textContent = file.name;
    kind("upload");
    showPicture();
  } catch (error) {
    at("upload-status").textContent = "";
    throw error;
  } finally {
    at("file").value = "";
  }
}

// ---------------------------------------------------------------- asking

function body() {
  const wanted = pictureKind();
  const id = wanted === "of" ? at("picture-of").value.trim() : wanted === "upload" ? upload && upload.name : null;
  if (wanted === "upload" && !id) throw new Error("choose a file for the picture, or another picture");
  return {
    runs: chosen(), from: origin && origin.id, question: at("question").value, choices: choices.map((text) => text.trim()),
    hint: at("hint").value, right, picture: { kind: wanted, id }, rationale: null,
  };
}

async function ask(request, keepOthers) {
  if (!request.runs.length) throw new Error("choose at least one run");
  if (asking) asking.abort();
  const mine = asking = new AbortController();
  const runs = state.runs.filter((run) => request.runs.includes(run.id));
  at("empty").hidden = true;
  at("verdict").hidden = true;
  at("kept").textContent = "";
  if (!keepOthers) cards.clear();
  runs.forEach((run) => waiting(run, request));
  if (!keepOthers) at("cards").replaceChildren(...runs.map((run) => cards.get(run.id).element));
  at("progress").hidden = false;
  at("progress").max = runs.length;
  at("progress").value = 0;
  at("ask").textContent = "Ask anew";
  say(`asking ${runs.length} run${runs.length === 1 ? "" : "s"}`);
  let done = 0;
  try {
    for await (const event of lines(await send("/api/ask", request, mine.signal))) {
      if (event.does) { stateOf(event.run, event.does); say(`${titleOf(event.run)}: ${event.does}`); }
      if (event.answer || event.error) { at("progress").value = ++done; show(event.run, event, request); }
      if (event.done) finished(event, runs, request);
    }
  } finally {
    if (mine === asking) {
      asking = null;
      at("progress").hidden = true;
      at("ask").textContent = "Ask";
    }
  }
}

const say = (text) => { at("progress-text").textContent = text; };
const titleOf = (id) => state.runs.find((run) => run.id === id).title;

function finished(event, runs, request) {
  lastKey = event.done;
  const fooled = event.fooled.length;
  say(`${runs.length} run${runs.length === 1 ? "" : "s"} answered`);
  at("verdict").hidden = false;
  at("verdict-text").textContent = request.right === null
    ? "Mark the right option to see who was fooled."
    : fooled ? `${fooled} of ${runs.length} answered wrongly: ${event.fooled.map(titleOf).join(", ")}` : `All ${runs.length} answered rightly.`;
  at("changes").replaceChildren(...event.changes.map((change) => make("span", {}, `changed: ${change}`)));
  at("fooled").disabled = !fooled || !event.changes.length;
  at("fooled").title = event.changes.length ? "" : "Nothing was changed: this question is already in the data.";
}

async function keep() {
  const kept = await (await send("/api/fooled", { asked: lastKey })).json();
  at("fooled").disabled = true;
  at("kept").textContent = `kept as ${kept.id} in ${kept.folder}`;
}

// ---------------------------------------------------------------- answers

function waiting(run, request) {
  const element = cards.has(run.id) ? cards.get(run.id).element : make("article", { className: "card", "aria-label": run.title });
  cards.set(run.id, { element, run });
  element.className = "card";
  element.setAttribute("aria-busy", "true");
  element.replaceChildren(heading(run), make("p", { className: "state" }, "waits"));
}

const heading = (run) => make("header", {}, make("h3", {}, run.title), make("small", {}, run.looks ? `${run.fusion}, ${run.features}` : "sees no picture"));

function stateOf(id, text) {
  const line = cards.get(id).element.querySelector(".state");
  if (line) line.textContent = text;
}

function show(id, event, request) {
  const { element, run } = cards.get(id);
  element.setAttribute("aria-busy", "false");
  if (event.error) {
    element.replaceChildren(heading(run), make("p", { className: "trouble" }, event.error));
    return;
  }
  const answer = event.answer;
  const known = request.right !== null;
  const correct = answer.option === request.right;
  element.className = known ? `card ${correct ? "right" : "wrong"}` : "card";
  const before = answer.stages.slice(0, -1);
  const last = answer.stages[answer.stages.length - 1];
  element.replaceChildren(
    heading(run),
    ...before.flatMap((stage, i) => rationale(run, stage, request, i === before.length - 1)),
    make("h4", {}, last.part),
    make("p", { className: "answer" }, answer.text || "(nothing)", known ? make("span", { className: `tag ${correct ? "right" : "wrong"}` }, correct ? "right" : answer.option === null ? "names no option" : "wrong") : answer.option === null ? make("span", { className: "tag wrong" }, "names no option") : null),
    shares(answer, request),
    ...answer.stages.flatMap((stage) => [gates(stage), ...looks(stage)]),
    answer.notes.length ? make("ul", { className: "notes" }, ...answer.notes.map((note) => make("li", {}, note))) : "");
}

function rationale(run, stage, request, editable) {
  const text = make("textarea", { rows: 2, value: stage.text, "aria-label": `${stage.part} of ${run.title}`, readOnly: !editable });
  const again = guarded(() => ask({ ...request, runs: [run.id], rationale: text.value }, true));
  return [
    make("h4", {}, stage.given ? `${stage.part}, as you wrote it` : stage.part),
    text,
    editable ? make("div", { className: "tools again" },
      make("button", { type: "button", onclick: again }, "Answer from this text"),
      stage.given ? make("button", { type: "button", onclick: guarded(() => ask({ ...request, runs: [run.id], rationale: null }, true)) }, "let it generate again") : null) : ""];
}

function shares(answer, request) {
  if (!answer.probabilities.length) return "";
  return make("div", {},
    make("ol", { className: "shares", "aria-label": `Probabilities ${answer.scored}` }, ...answer.probabilities.map((share, i) => {
      const bar = make("i", {});
      bar.style.width = `${100 * share}%`;
      return make("li", { className: request.right === i ? "gold" : "" }, bar, make("span", {}, `(${letter(i)}) ${request.choices[i]}`), make("b", {}, percent(share)));
    })),
    make("p", { className: "quiet" }, `probabilities ${answer.scored}`));
}

function gates(stage) {
  const names = Object.keys(stage.gates);
  if (!names.length) return "";
  return make("div", {}, make("h4", {}, `${names.length === 1 ? "Gate" : "Gates"} of ${stage.part}`),
    make("dl", { className: "gates" }, ...names.flatMap((name) => [make("dt", {}, name), make("dd", {}, stage.gates[name].toFixed(3))])));
}

// ---------------------------------------------------------------- where a run looked

function looks(stage) {
  const map = stage.attention;
  if (!map) return [];
  let layer = map.layers[map.layers.length - 1];
  let word = -1; // all of them
  const view = make("div", {});
  const words = make("div", { className: "words", role: "group", "aria-label": "Words" });
  const choose = map.layers.length < 2 ? "" : make("select", { "aria-label": "Layer", onchange: (event) => { layer = map.layers[event.target.value]; word = -1; draw(); } },
    ...map.layers.map((one, i) => make("option", { value: i, selected: one === layer }, one.name)));
  const picture = shownPicture;

  function weights() {
    const rows = layer.weights;
    if (word >= 0) return rows[word];
    return rows[0].map((_, k) => rows.reduce((sum, one) => sum + one[k], 0) / rows.length);
  }

  function heat(shares) {
    const [rows, columns] = layer.grid;
    const cells = shares.slice(shares.length - rows * columns); // what comes before lies nowhere
    const most = Math.max(...cells, 1e-9);
    const grid = make("div", { className: "heat" });
    grid.style.gridTemplate = `repeat(${rows}, 1fr) / repeat(${columns}, 1fr)`;
    grid.append(...cells.map((share) => {
      const cell = make("i", { title: percent(share) });
      cell.style.opacity = (0.75 * share / most).toFixed(3);
      return cell;
    }));
    return make("div", { className: "seen", role: "img", "aria-label": where(cells, rows, columns) },
      picture ? make("img", { src: picture, alt: "" }) : "", grid);
  }

  /** In words, for those who do not see the colors. */
  function where(cells, rows, columns) {
    const peak = cells.indexOf(Math.max(...cells));
    const third = (i, n, names) => names[Math.min(2, Math.floor(3 * i / n))];
    return `Looks most at the ${third(Math.floor(peak / columns), rows, ["top", "middle", "bottom"])} ${third(peak % columns, columns, ["left", "center", "right"])}, ${percent(cells[peak])} in row ${Math.floor(peak / columns) + 1}, column ${peak % columns + 1} of ${rows} x ${columns}`;
  }

  function bars(shares) {
    const most = Math.max(...shares, 1e-9);
    const peak = shares.indexOf(most);
    const figure = make("div", { className: "bars", role: "img", "aria-label": `Looks most at vector ${peak + 1} of ${shares.length}, ${percent(most)}` }, ...shares.map((share, i) => {
      const bar = make("i", { title: `vector ${i + 1}: ${percent(share)}` });
      bar.style.height = `${100 * share / most}%`;
      return bar;
    }));
    return make("div", {}, figure, make("p", { className: "quiet" }, `${shares.length} vectors that lie nowhere in the picture; the largest has ${percent(most)}`));
  }

  function draw() {
    const shares = weights();
    view.replaceChildren(layer.grid ? heat(shares) : bars(shares));
    const tokens = (layer.tokens || map.tokens).slice(0, layer.weights.length);
    words.replaceChildren(
      make("button", { type: "button", "aria-pressed": String(word < 0), onclick: () => go(-1) }, "all words"),
      ...tokens.map((token, i) => make("button", { type: "button", "aria-pressed": String(i === word), onclick: () => go(i) }, token || "␣")));
  }

  function go(next) {
    word = next;
    draw();
    words.children[next + 1].focus();
  }

  draw();
  return [make("h4", {}, `Where ${stage.part} looked`), choose, view, words];
}

// ---------------------------------------------------------------- the page begins

function listen() {
  at("theme").addEventListener("click", () => {
    const dark = (document.documentElement.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    document.documentElement.dataset.theme = dark ? "light" : "dark";
  });
  at("runs-all").addEventListener("click", () => boxes().forEach((box) => { box.checked = true; }));
  at("runs-none").addEventListener("click", () => boxes().forEach((box) => { box.checked = false; }));
  at("split").addEventListener("change", guarded(search));
  let pause;
  at("words").addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(guarded(search), 200); });
  at("words").addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.ctrlKey) { event.preventDefault(); const first = at("found").querySelector("button"); if (first) first.click(); } });
  at("reset").addEventListener("click", fill);
  at("blank").addEventListener("click", () => { origin = null; fill(); at("question").focus(); });
  at("add-option").addEventListener("click", () => { choices.push(""); showOptions(() => row(choices.length - 1).querySelector("input[type=text]").focus()); });
  at("shuffle").addEventListener("click", shuffle);
  at("unmark").addEventListener("click", () => { right = null; showOptions(); });
  kinds().forEach((box) => box.addEventListener("change", showPicture));
  at("picture-of").addEventListener("input", () => { kind("of"); showPicture(); });
  at("preview").addEventListener("error", () => { at("preview").hidden = true; at("no-preview").hidden = false; at("no-preview").textContent = "there is no such picture"; });
  at("file").addEventListener("change", guarded(bring));
  at("form").addEventListener("submit", (event) => { event.preventDefault(); guarded(() => { lastBody = body(); return ask(lastBody, false); })(); });
  at("fooled").addEventListener("click", guarded(keep));
  document.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) at("form").requestSubmit(); });
}

guarded(async () => {
  listen();
  fill();
  state = await get("/api/state");
  showRuns();
  at("split").replaceChildren(...state.splits.map((name) => make("option", { value: name, selected: name === state.tested }, name)), make("option", { value: "" }, "all"));
  await search();
  const first = at("found").querySelector("button");
  if (first) await pick(first.dataset.id);
})();

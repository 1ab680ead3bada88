// The report's script. Data come from the JSON blocks of the page and go into it as text nodes only; what is in the
// address (#/view?parameters) is all the state there is, so that "back", bookmarks and shared links work.
"use strict";
(() => {
  const root = document.documentElement;
  const $ = (id) => document.getElementById(id);
  const format = (number) => number.toLocaleString("en");
  const collator = new Intl.Collator(["en", "ru"], { numeric: true });
  const AT_A_TIME = 150; // rows of a table; "Show more" brings as many again
  const VIEWS = ["overview", "entities", "entity", "documents", "document", "failures"];

  // ---- Text and elements

  const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]/gu;
  const sign = (character) => {
    const code = character.codePointAt(0);
    if (code === 0x0d) return "";
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code >= 0xd800 && code <= 0xdfff) return "\ufffd";
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, "0")}⟩`;
  };
  /** The text with a sign for each character that would not show, or that would turn the direction of what follows. */
  const visible = (text) => String(text).replace(UNSAFE, sign);
  /** The text as it is compared when searching. */
  const fold = (text) => text.toLowerCase().replaceAll("ё", "е");
  const plural = (count, one, many = `${one}s`) => `${format(count)} ${count === 1 ? one : many}`;

  /** An element. Children that are strings become text, functions become listeners ("click", …), null is left out. */
  function h(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(name, value);
      else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat().filter((c) => c !== null && c !== undefined).map((c) => (c instanceof Node ? c : visible(c))));
    return element;
  }
  const dot = (kind) => h("span", { class: `dot ${kind in data().kinds ? kind : "none"}`, "aria-hidden": "true" });
  const bdi = (text, lang) => h("bdi", { lang: lang || null }, text);

  // ---- Data

  const parsed = new Map();
  /** The data of a block of the page, read once. */
  function block(id) {
    if (!parsed.has(id)) parsed.set(id, JSON.parse($(id).textContent));
    return parsed.get(id);
  }
  let known = null;
  function data() {
    if (known) return known;
    const index = block("index");
    const entities = index.entities.map(([key, id, kind, en, ru, mentions, documents, english, russian, first, last, forms, speakers], n) =>
      ({ n, key, id, kind, en, ru, mentions, documents, english, russian, first, last, forms, speakers, name: en || ru || key }));
    const documents = index.documents.map(([key, title, symbol, date, year, lang, format, pages, characters, mentions, entities, warnings, full], n) =>
      ({ n, key, title, symbol, date, year, lang, format, pages, characters, mentions, entities, warnings, full, name: title || symbol || key }));
    known = { ...index, entities, documents, byKey: new Map(entities.map((e) => [e.key, e])), docs: new Map(documents.map((d) => [d.key, d])) };
    return known;
  }
  /** A document's text and mentions; its characters are code points, so that offsets are what the record says. */
  function textOf(n) {
    const body = JSON.parse($(`text-${n}`).textContent);
    const points = /[\ud800-\udfff]/.test(body.text) ? Array.from(body.text) : null;
    body.cut = points ? (from, to) => points.slice(from, to).join("") : (from, to) => body.text.slice(from, to);
    body.length = points ? points.length : body.text.length;
    body.mentions = body.mentions.map(([start, end, entity, form, role, lang, score, rule, flags, candidates, attrs], i) => {
      const [key, id, kind, en, ru] = body.entities[entity];
      return { i, start, end, key, id, kind, en, ru, form, role, lang, score, rule, flags, candidates, attrs };
    });
    return body;
  }
  const foldedTexts = new Map();
  function foldedText(n) {
    if (!foldedTexts.has(n)) foldedTexts.set(n, fold(JSON.parse($(`text-${n}`).textContent).text));
    return foldedTexts.get(n);
  }
  /** [document, count] of each document that has an entity. */
  const having = (entity) => {
    const row = block("postings")[entity.n] || [];
    return Array.from({ length: row.length / 2 }, (_, i) => [data().documents[row[2 * i]], row[2 * i + 1]]);
  };
  let inverse = null;
  /** [entity, count] of each entity that a document has. */
  function entitiesOf(doc) {
    if (!inverse) {
      inverse = data().documents.map(() => []);
      data().entities.forEach((entity) => having(entity).forEach(([d, count]) => inverse[d.n].push([entity, count])));
    }
    return inverse[doc.n];
  }
  function nameOf(id) {
    const entity = data().byKey.get(id);
    const [en, ru] = entity ? [entity.en, entity.ru] : data().names[id] || [];
    return en || ru || id;
  }

  // ---- Addresses

  const address = (view, parameters = {}) => {
    const query = new URLSearchParams(parameters).toString();
    return `#/${view}${query ? `?${query}` : ""}`;
  };
  const toEntity = (key) => address("entity", { id: key });
  const toDocument = (key, m) => address("document", m === undefined ? { doc: key } : { doc: key, m });
  function here() {
    const [path, query] = location.hash.replace(/^#\/?/, "").split(/\?(.*)/s);
    return { view: VIEWS.includes(path) ? path : "overview", parameters: new URLSearchParams(query || "") };
  }
  /** Change parameters of the address: the view shows what they say. */
  function refine(changes) {
    const { view, parameters } = here();
    for (const [name, value] of Object.entries(changes)) {
      parameters.delete(name);
      for (const one of [value].flat()) if (one) parameters.append(name, one);
    }
    location.replace(address(view, parameters));
  }

  // ---- Tables

  const shown = { entities: AT_A_TIME, documents: AT_A_TIME };
  /** Fill a table. Columns: {key, head, value (to sort by), cell, number, lesser (left out on phones)}. */
  function fillTable(name, columns, rows, parameters, first, status) {
    const sort = columns.find((c) => c.key === parameters.get("sort")) || columns.find((c) => c.key === first);
    const down = (parameters.get("dir") || (sort.number ? "down" : "up")) === "down";
    const classes = (column) => [column.number && "n", column.lesser && "lesser"].filter(Boolean).join(" ") || null;
    const order = (a, b) => {
      const [x, y] = [sort.value(a), sort.value(b)];
      if (x === null || y === null || x === y) return x === y ? a.n - b.n : x === null ? 1 : -1; // what is not known comes last
      const sorted = typeof x === "number" ? x - y : collator.compare(x, y);
      return (down ? -sorted : sorted) || a.n - b.n;
    };
    rows.sort(order);
    const table = $(`${name}-table`);
    const focused = document.activeElement && document.activeElement.dataset.sort;
    table.tHead.rows[0].replaceChildren(...columns.map((column) => h("th",
      { scope: "col", class: classes(column), "aria-sort": column === sort ? (down ? "descending" : "ascending") : null },
      h("button", { type: "button", "data-sort": column.key, click: () => refine({ sort: column.key, dir: column === sort ? (down ? "up" : "down") : "" }) }, column.head))));
    if (focused) table.tHead.querySelector(`[data-sort="${CSS.escape(focused)}"]`)?.focus();
    const some = rows.slice(0, shown[name]);
    table.tBodies[0].replaceChildren(...some.map((row) => h("tr", {}, columns.map((column) => h("td", { class: classes(column) }, column.cell(row))))));
    $(`${name}-status`).textContent = status + (some.length < rows.length ? `; the first ${format(some.length)} are shown` : "");
    $(`${name}-more`).hidden = some.length === rows.length;
  }
  const years = (e) => (e.first === null ? "–" : e.first === e.last ? `${e.first}` : `${e.first}–${e.last}`);
  const words = (text) => fold(text || "").split(/\s+/).filter(Boolean);

  const ENTITY_COLUMNS = [
    { key: "name", head: "Entity", value: (e) => e.name, cell: (e) => [dot(e.kind), h("a", { href: toEntity(e.key) }, bdi(e.name, e.en ? null : "ru")),
      h("span", { class: "sub" }, e.ru && e.en ? [bdi(e.ru, "ru"), " · "] : null, e.id ? h("span", { class: "id" }, e.id) : "not in the ontology")] },
    { key: "kind", head: "Kind", lesser: true, value: (e) => e.kind, cell: (e) => h("span", { class: "kindcell" }, e.kind) },
    { key: "documents", head: "Documents", number: true, value: (e) => e.documents, cell: (e) => format(e.documents) },
    { key: "mentions", head: "Mentions", number: true, value: (e) => e.mentions, cell: (e) => format(e.mentions) },
    { key: "english", head: "in English", number: true, lesser: true, value: (e) => e.english, cell: (e) => format(e.english) },
    { key: "russian", head: "in Russian", number: true, lesser: true, value: (e) => e.russian, cell: (e) => format(e.russian) },
    { key: "years", head: "Years", number: true, lesser: true, value: (e) => e.first, cell: years },
  ];
  const LANGUAGES = {
    en: (e) => e.english, ru: (e) => e.russian, both: (e) => e.english && e.russian,
    "en-only": (e) => e.english && !e.russian, "ru-only": (e) => e.russian && !e.english,
  };
  const searchable = (e) => (e.folded ??= fold([e.key, e.en, e.ru, ...e.forms.map(([form]) => form)].join("\n")));
  function showEntities(parameters) {
    const wanted = words(parameters.get("q")), kind = parameters.get("kind"), lang = LANGUAGES[parameters.get("lang")];
    setControls("entity", parameters);
    const { entities, totals } = data();
    const rows = entities.filter((e) => (!kind || e.kind === kind) && (!lang || lang(e)) && wanted.every((word) => searchable(e).includes(word)));
    const all = totals.entities + totals.names;
    const capped = entities.length < all ? ` (of ${format(all)}, the ${format(entities.length)} that the most documents name are in this report)` : "";
    fillTable("entities", ENTITY_COLUMNS, rows, parameters, "documents", `${plural(rows.length, "entity or name", "entities and names")}${capped}`);
  }

  const LANGUAGE_NAMES = { en: "English", ru: "Russian", mul: "both", und: "none told" };
  function documentCell(query) {
    return (d) => [h("a", { href: toDocument(d.key) }, bdi(d.name)),
      h("span", { class: "sub" }, [d.name !== d.symbol && d.symbol, d.name !== d.key && d.key].filter(Boolean).map((part, i) => [i ? " · " : null, bdi(part)]).flat(),
        d.date ? h("span", { class: "phone" }, ` · ${d.date}`) : null, d.full ? null : " (without its text)"), snippetOf(d, query)];
  }
  const documentColumns = (query) => [
    { key: "title", head: "Document", value: (d) => d.name, cell: documentCell(query) },
    { key: "date", head: "Date", lesser: true, value: (d) => d.date, cell: (d) => h("span", { class: "kindcell" }, d.date || "–") },
    { key: "lang", head: "Language", lesser: true, value: (d) => d.lang, cell: (d) => LANGUAGE_NAMES[d.lang] || d.lang },
    { key: "format", head: "Format", lesser: true, value: (d) => d.format, cell: (d) => d.format },
    { key: "entities", head: "Entities", number: true, lesser: true, value: (d) => d.entities, cell: (d) => format(d.entities) },
    { key: "mentions", head: "Mentions", number: true, value: (d) => d.mentions, cell: (d) => format(d.mentions) },
  ];
  function showDocuments(parameters) {
    const keys = parameters.getAll("has"), query = words(parameters.get("q"));
    const [lang, from, to] = [parameters.get("lang"), Number(parameters.get("from")), Number(parameters.get("to"))];
    setControls("doc", parameters);
    $("doc-chips").replaceChildren(...keys.map((key) => h("li", {}, h("button",
      { type: "button", "aria-label": `Remove ${nameOf(key)}`, click: () => refine({ has: keys.filter((k) => k !== key) }) }, dot(data().byKey.get(key)?.kind), ` ${nameOf(key)} ✕`))));
    const sets = keys.map((key) => new Set(data().byKey.has(key) ? having(data().byKey.get(key)).map(([d]) => d.n) : []));
    const { documents, totals } = data();
    const rows = documents.filter((d) => sets.every((set) => set.has(d.n)) && (!lang || d.lang === lang)
      && (!from || (d.year !== null && d.year >= from)) && (!to || (d.year !== null && d.year <= to)) && query.every((word) => hasWord(d, word)));
    const full = documents.filter((d) => d.full).length;
    const notes = [documents.length < totals.documents && `of ${format(totals.documents)}, ${format(documents.length)} are listed in this report`,
      query.length && full < documents.length && `only ${plural(full, "text")} can be searched here`].filter(Boolean);
    fillTable("documents", documentColumns(query), rows, parameters, "title", plural(rows.length, "document") + (notes.length ? ` (${notes.join("; ")})` : ""));
  }
  const hasWord = (d, word) => (d.folded ??= fold([d.key, d.title, d.symbol].join("\n"))).includes(word) || (d.full && foldedText(d.n).includes(word));
  function snippetOf(d, query) {
    if (!d.full || !query.length) return null;
    const at = foldedText(d.n).indexOf(query[0]);
    if (at < 0) return null;
    const text = block(`text-${d.n}`).text;
    const around = (from, to) => text.slice(Math.max(0, from), to).replace(/\s+/g, " ");
    const end = at + query[0].length;
    return h("span", { class: "sub" }, "… ", around(at - 60, at), h("mark", { class: "hit" }, around(at, end)), around(end, end + 80), " …");
  }
  const CONTROLS = { entity: ["q", "kind", "lang"], doc: ["q", "lang", "from", "to"] };
  function setControls(prefix, parameters) {
    for (const name of CONTROLS[prefix]) {
      const control = $(`${prefix}-${name}`);
      if (control !== document.activeElement) control.value = parameters.get(name) || "";
    }
  }

  // ---- One entity

  const facts = (rows) => h("dl", { class: "facts" }, rows.filter(Boolean).map(([term, value]) => [h("dt", {}, term), h("dd", {}, value)]).flat());
  const listed = (parts) => parts.map((part, i) => [i ? ", " : null, part].flat()).flat();
  const counted = (pairs, make) => listed(pairs.map(([what, count]) => [make(what), h("span", { class: "count" }, ` ${format(count)}`)]));

  function showEntity(parameters) {
    const key = parameters.get("id"), entity = data().byKey.get(key), body = $("entity-body");
    if (!entity) {
      setTitle("entity", nameOf(key || "Entity"));
      return body.replaceChildren(h("p", { class: "note" }, "This entity is not in the report; it lists those that the most documents name."));
    }
    setTitle("entity", entity.name);
    const found = having(entity).sort(([a], [b]) => b.full - a.full || a.n - b.n);
    const together = new Map();
    for (const [d] of found) for (const [other] of entitiesOf(d)) if (other !== entity) together.set(other, (together.get(other) || 0) + 1);
    const nearest = [...together].sort(([a, x], [b, y]) => y - x || a.n - b.n).slice(0, 12);
    const list = h("div"), more = h("p", { class: "more" }, h("button", { type: "button", click: () => addDocuments() }, "Show more documents"));
    let at = 0;
    function addDocuments() {
      list.append(...found.slice(at, at + 20).map(([d, count]) => entityDocument(entity, d, count)));
      at += 20;
      more.hidden = at >= found.length;
    }
    addDocuments();
    body.replaceChildren(
      h("p", { class: "names" }, dot(entity.kind), ` ${entity.kind} · `, entity.ru && entity.en ? [bdi(entity.ru, "ru"), " · "] : null, entity.id ? h("span", { class: "id" }, entity.id) : "not in the ontology"),
      facts([
        ["Named", `${plural(entity.mentions, "time")} in ${plural(entity.documents, "document")}; ${format(entity.english)} in English, ${format(entity.russian)} in Russian`],
        entity.forms.length && ["Written", counted(entity.forms, (form) => bdi(form))],
        entity.speakers.length && ["By speakers", counted(entity.speakers, speakerLink)],
        nearest.length && ["Together with", listed(nearest.map(([other, count]) => [h("a", { href: toEntity(other.key) }, bdi(other.name)), " ",
          h("a", { class: "count", href: address("documents", [["has", key], ["has", other.key]]), "aria-label": `${plural(count, "document")} that name both` }, format(count))]))],
      ]),
      yearColumns(found),
      h("h2", {}, "Documents ", h("span", { class: "count" }, format(entity.documents))),
      found.length < entity.documents ? h("p", { class: "aside" }, `${format(found.length)} of them are listed in this report.`) : "",
      list, more);
  }
  const speakerLink = (who) => (data().byKey.has(who) ? h("a", { href: toEntity(who) }, nameOf(who)) : bdi(nameOf(who)));
  function entityDocument(entity, d, count) {
    const places = [];
    if (d.full) {
      const body = textOf(d.n);
      const around = (from, to) => body.cut(Math.max(0, from), to).replace(/\s+/g, " ");
      const before = (m) => (m.start > 60 ? around(m.start - 60, m.start).replace(/^\S*\s/, "… ") : around(0, m.start));
      const after = (m) => (m.end + 70 < body.length ? around(m.end, m.end + 70).replace(/\s\S*$/, " …") : around(m.end, body.length));
      const own = body.mentions.filter((m) => m.key === entity.key);
      places.push(...own.slice(0, 3).map((m) => h("li", {}, h("a", { href: toDocument(d.key, m.i) }, before(m), h("b", {}, around(m.start, m.end)), after(m)))));
      if (own.length > 3) places.push(h("li", {}, h("a", { href: toDocument(d.key, own[3].i) }, `and ${format(own.length - 3)} more`)));
    }
    return h("article", {}, h("h3", {}, h("a", { href: toDocument(d.key) }, bdi(d.name)), h("span", { class: "count" }, ` ${d.date || ""} · ${plural(count, "mention")}${d.full ? "" : " · without its text"}`)),
      h("ul", { class: "snippets" }, places));
  }
  /** Columns of documents by year, as a picture. */
  function yearColumns(found) {
    const counts = new Map();
    for (const [d] of found) if (d.year !== null) counts.set(d.year, (counts.get(d.year) || 0) + 1);
    if (counts.size < 2) return "";
    const all = [...counts.keys()], first = Math.min(...all), last = Math.max(...all), most = Math.max(...counts.values());
    const each = Math.min(24, 640 / (last - first + 1)), width = Math.max(60, (last - first + 1) * each);
    const s = (tag, attributes, ...children) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      element.append(...children);
      return element;
    };
    const label = `Documents by year, ${first} to ${last}`;
    const bars = [...counts].sort(([a], [b]) => a - b).map(([year, count]) => {
      const tall = Math.max(1.5, (40 * count) / most);
      return s("g", {}, s("title", {}, `${year}: ${format(count)}`), s("rect", { x: (year - first) * each, y: 42 - tall, width: Math.max(0.7, each - 1.5), height: tall, fill: "currentColor", "fill-opacity": 0.55 }));
    });
    const text = (x, anchor, words) => s("text", { x, y: 58, "text-anchor": anchor, "font-size": 11, fill: "currentColor" }, words);
    return h("div", { class: "picture", tabindex: 0, role: "region", "aria-label": label },
      s("svg", { class: "np-plot", role: "img", "aria-label": label, width: width + 2, height: 62, viewBox: `0 0 ${width + 2} 62` }, ...bars, text(0, "start", `${first}`), text(width, "end", `${last}`)));
  }

  // ---- One document

  let reading = null; // the document that is open: {d, body, box, marks, pending, current, hidden, finish}
  function showDocument(parameters) {
    const d = data().docs.get(parameters.get("doc")), target = $("document-body");
    closeCard();
    if (!d) {
      setTitle("document", "Document");
      reading = null;
      return target.replaceChildren(h("p", { class: "note" }, "This document is not listed in the report."));
    }
    if (!reading || reading.d !== d) openDocument(d, target);
    const m = parameters.get("m");
    if (m !== null && d.full) return goTo(Number(m));
  }
  function openDocument(d, target) {
    setTitle("document", d.name);
    const head = [
      h("p", { class: "trail" }, h("a", { href: "#/documents" }, "All documents")),
      facts([
        d.name !== d.key && ["File", bdi(d.key)], d.symbol && d.name !== d.symbol && ["Symbol", bdi(d.symbol)], d.date && ["Date", d.date],
        ["Text", [LANGUAGE_NAMES[d.lang] || d.lang, d.format, d.pages && plural(d.pages, "page"), plural(d.characters, "character")].filter(Boolean).join(", ")],
        ["Found", `${plural(d.mentions, "mention")} of ${plural(d.entities, "entity", "entities")}`],
        d.warnings.length && ["Warnings", d.warnings.map((w) => h("div", {}, bdi(w)))],
      ]),
    ];
    reading = { d };
    if (!d.full) {
      const some = data().documents.filter((x) => x.full).length;
      return target.replaceChildren(...head, h("p", { class: "note" }, `The text is not in this report, which has ${format(some)} of ${format(data().totals.documents)}. Write it with --documents all to have them all.`),
        h("ul", {}, entitiesOf(d).map(([entity, count]) => h("li", {}, dot(entity.kind), " ", h("a", { href: toEntity(entity.key) }, bdi(entity.name)), h("span", { class: "count" }, ` ${format(count)}`)))));
    }
    const body = textOf(d.n), box = h("div", { class: "text", lang: ["en", "ru"].includes(d.lang) ? d.lang : null, "aria-label": "Text with its mentions", role: "group" });
    Object.assign(reading, { body, box, marks: [], current: 0, hidden: new Set(), status: h("p", { class: "unseen", role: "status" }) });
    nest(body.mentions, body.length);
    reading.pending = pieces(body);
    listenTo(box);
    draw(12);
    target.replaceChildren(...head, reading.status, h("div", { class: "reader" }, box, beside(body)));
    drawRest(reading);
  }
  /** How many levels of mentions lie inside each one: its line is drawn below theirs. */
  function nest(mentions, length) {
    const open = [];
    const close = () => {
      const inner = open.pop(), outer = open.at(-1);
      if (outer) outer.over = Math.max(outer.over, inner.over + 1);
    };
    for (const mention of mentions) {
      while (open.length && open.at(-1).end <= mention.start) close();
      mention.parent = open.at(-1) || null;
      mention.end = Math.min(mention.end, mention.parent ? mention.parent.end : length);
      mention.over = 0;
      open.push(mention);
    }
    while (open.length) close();
  }
  /** The text in pieces of whole lines, which end outside of mentions: [start, end, its mentions]. */
  function pieces({ cut, length, mentions }) {
    const found = [];
    let start = 0, next = 0, offset = 0, covered = 0, own = [];
    for (const line of cut(0, length).split("\n")) {
      offset = Math.min(length, offset + pointsIn(line) + 1);
      while (next < mentions.length && mentions[next].start < offset) {
        covered = Math.max(covered, mentions[next].end);
        own.push(mentions[next++]);
      }
      if (covered <= offset && (offset - start > 500 || offset >= length)) {
        if (offset > start) found.push([start, offset, own]);
        [start, own] = [offset, []];
      }
    }
    if (start < length) found.push([start, length, own]);
    return found;
  }
  const pointsIn = (text) => (/[\ud800-\udfff]/.test(text) ? Array.from(text).length : text.length);
  function draw(count) {
    const { pending, box, body } = reading;
    box.append(...pending.splice(0, count).map(([start, end, own]) => pieceElement(body, start, end, own)));
  }
  function drawRest(mine) {
    if (mine !== reading || !mine.pending.length) return;
    draw(60);
    setTimeout(drawRest, 0, mine);
  }
  function pieceElement(body, start, end, own) {
    const top = h("div", { class: "p" }), open = [[top, end]];
    top.style.containIntrinsicSize = `auto ${Math.ceil((end - start) / 70) * 2.1}rem`; // until it is laid out
    let done = start;
    const textTo = (offset) => {
      if (offset > done) open.at(-1)[0].append(...signed(body.cut(done, offset)));
      done = Math.max(done, offset);
    };
    const closeTo = (offset) => {
      while (open.length > 1 && open.at(-1)[1] <= offset) {
        textTo(open.at(-1)[1]);
        open.pop();
      }
    };
    for (const m of own) {
      closeTo(m.start);
      textTo(m.start);
      const kind = m.kind in data().kinds ? m.kind : "document";
      const mark = h("mark", { class: `m ${kind}${m.id ? "" : " unknown"}${m.over ? ` over${Math.min(m.over, 2)}` : ""}`, tabindex: m.i === 0 ? 0 : -1, "data-m": m.i });
      reading.marks[m.i] = mark;
      open.at(-1)[0].append(mark);
      open.push([mark, m.end]);
    }
    closeTo(end);
    textTo(end);
    return top;
  }
  /** Text as nodes; characters that would not show stand as signs. */
  function signed(text) {
    if (text.search(UNSAFE) < 0) return [text];
    const parts = [];
    let done = 0;
    for (const match of text.matchAll(UNSAFE)) {
      parts.push(text.slice(done, match.index));
      if (match[0] !== "\r") parts.push(h("span", { class: "sign", title: "a character that would not show" }, match[0]));
      done = match.index + match[0].length;
    }
    return [...parts, text.slice(done)];
  }
  function beside(body) {
    const groups = new Map(), kinds = new Map();
    for (const m of body.mentions) {
      kinds.set(m.kind, (kinds.get(m.kind) || 0) + 1);
      const key = m.key ?? ` ${body.cut(m.start, m.end)}`; // undecided: by its words
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(m);
    }
    const toggles = [...kinds].sort(([a], [b]) => Object.keys(data().kinds).indexOf(a) - Object.keys(data().kinds).indexOf(b)).map(([kind, count]) =>
      h("li", {}, h("label", {}, h("input", { type: "checkbox", checked: true, change: (event) => toggleKind(kind, event.target.checked) }), dot(kind), kind), h("span", { class: "count" }, format(count))));
    const rows = [...groups.values()].sort((a, b) => b.length - a.length || a[0].i - b[0].i).map((group) => {
      const [m] = group;
      let turn = -1;
      const name = m.en || m.ru || (m.candidates.length ? `undecided: ${body.cut(m.start, m.end)}` : body.cut(m.start, m.end));
      return h("li", {}, dot(m.kind), h("button", { type: "button", click: () => {
        turn = (turn + 1) % group.length;
        goTo(group[turn].i);
        reading.status.textContent = `Mention ${turn + 1} of ${group.length}`;
      } }, bdi(name)), h("span", { class: "count" }, format(group.length)));
    });
    const wide = matchMedia("(min-width: 60.01rem)").matches; // on a narrow screen the text comes first
    return h("aside", { class: "beside", "aria-label": "In this document" }, h("details", { open: wide }, h("summary", {}, "Kinds and entities"), h("h2", {}, "Kinds"), h("ul", {}, toggles), h("h2", {}, "Entities ", h("span", { class: "count" }, format(groups.size))), h("ul", {}, rows),
      h("p", { class: "quiet" }, "A name leads to its next mention. In the text, ← and → go from mention to mention, Enter opens one.")));
  }
  function toggleKind(kind, on) {
    if (!(kind in data().kinds)) return;
    reading.box.classList.toggle(`hide-${kind}`, !on);
    reading.hidden[on ? "delete" : "add"](kind);
  }
  /** Go to a mention: scroll to it, mark those of the same entity, show its card. */
  function goTo(i) {
    const m = reading?.body?.mentions[i];
    if (!m) return false;
    while (!reading.marks[i] && reading.pending.length) draw(60);
    for (const mark of reading.box.querySelectorAll(".same")) mark.classList.remove("same");
    for (const other of reading.body.mentions) if (m.key && other.key === m.key) reading.marks[other.i]?.classList.add("same");
    const mark = reading.marks[i];
    mark.closest(".p").style.contentVisibility = "visible"; // its true height counts, not the one expected
    // Above the middle: on a phone the card covers what lies below. Again when what is around has been laid out.
    const scroll = () => reading?.marks?.[i] === mark && scrollTo(0, scrollY + mark.getBoundingClientRect().top - innerHeight * 0.3);
    scroll();
    requestAnimationFrame(scroll);
    focusMark(i);
    return true;
  }
  function focusMark(i) {
    reading.marks[reading.current]?.setAttribute("tabindex", "-1");
    reading.current = i;
    reading.marks[i].setAttribute("tabindex", "0");
    reading.marks[i].focus({ preventScroll: true });
  }

  // ---- The card of a mention

  const card = { i: null, pinned: false, timer: 0 };
  const indexOf = (target) => (target instanceof Element && target.closest("mark[data-m]") ? Number(target.closest("mark[data-m]").dataset.m) : null);
  function listenTo(box) {
    box.addEventListener("pointerover", (event) => {
      const i = indexOf(event.target);
      if (i !== null && event.pointerType === "mouse" && !card.pinned) later(() => openCard(i), 90);
    });
    box.addEventListener("pointerout", () => !card.pinned && later(() => card.i !== null && !box.contains(document.activeElement) && closeCard(), 220));
    box.addEventListener("focusin", (event) => openCard(indexOf(event.target)));
    box.addEventListener("focusout", (event) => !card.pinned && !$("card").contains(event.relatedTarget) && later(closeCard, 120));
    box.addEventListener("click", (event) => {
      const i = indexOf(event.target);
      if (i === null) return closeCard();
      focusMark(i);
      openCard(i, true);
    });
    box.addEventListener("keydown", (event) => {
      const i = indexOf(event.target);
      if (i === null) return;
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (step && !event.altKey && !event.ctrlKey && !event.metaKey) {
        const { mentions } = reading.body;
        let next = i + step;
        while (mentions[next] && reading.hidden.has(mentions[next].kind)) next += step;
        if (mentions[next]) {
          card.pinned = false;
          while (!reading.marks[next] && reading.pending.length) draw(60);
          reading.marks[next].scrollIntoView({ block: "nearest" });
          focusMark(next);
        }
      } else if (event.key === "Enter" || event.key === " ") {
        openCard(i, true);
        $("card").querySelector("a, button")?.focus();
      } else return;
      event.preventDefault();
    });
  }
  function later(action, milliseconds) {
    clearTimeout(card.timer);
    card.timer = setTimeout(action, milliseconds);
  }
  function openCard(i, pinned = false) {
    clearTimeout(card.timer);
    const m = reading?.body?.mentions[i];
    if (!m || reading.hidden.has(m.kind)) return;
    const element = $("card"), mark = reading.marks[i];
    unmark();
    Object.assign(card, { i, pinned });
    mark.classList.add("on");
    mark.setAttribute("aria-describedby", "card");
    element.setAttribute("role", pinned ? "dialog" : "tooltip");
    element.setAttribute("aria-label", m.id || "a name without identifier");
    element.replaceChildren(...cardContent(m));
    element.hidden = false;
    element.scrollTop = 0;
    const at = mark.getClientRects()[0] || mark.getBoundingClientRect(), own = element.getBoundingClientRect();
    const below = at.bottom + 8 + own.height < innerHeight || at.top < own.height + 60;
    element.style.left = `${Math.max(8, Math.min(at.left, root.clientWidth - own.width - 8)) + scrollX}px`;
    element.style.top = `${(below ? at.bottom + 8 : at.top - own.height - 8) + scrollY}px`;
  }
  function unmark() {
    const mark = card.i === null ? null : reading?.marks?.[card.i];
    mark?.classList.remove("on");
    mark?.removeAttribute("aria-describedby");
  }
  function closeCard() {
    clearTimeout(card.timer);
    unmark();
    const inside = $("card").contains(document.activeElement), mark = reading?.marks?.[card.i];
    $("card").hidden = true;
    if (inside && mark) {
      mark.focus({ preventScroll: true });
      clearTimeout(card.timer);
      $("card").hidden = true;
      unmark();
    }
    Object.assign(card, { i: null, pinned: false });
  }
  function cardContent(m) {
    const { rules, flags, byKey } = data(), a = m.attrs;
    const entity = byKey.get(m.key);
    const link = (id) => (byKey.has(id) ? h("a", { href: toEntity(id) }, nameOf(id)) : bdi(nameOf(id)));
    const members = a.members || [];
    const score = h("span", { class: "meter", "aria-hidden": "true" }, h("i"));
    score.firstChild.style.width = `${Math.round(100 * Math.min(1, Math.max(0, m.score || 0)))}%`;
    return [
      h("button", { type: "button", class: "close", "aria-label": "Close", click: closeCard }, "×"),
      h("p", { class: "kind" }, dot(m.kind), h("span", {}, m.kind, " · ", m.id ? h("span", { class: "id" }, m.id) : m.candidates.length ? "undecided" : "not in the ontology")),
      h("p", { class: "title" }, bdi(m.en || m.ru || reading.body.cut(m.start, m.end), m.en ? "en" : null)),
      m.en && m.ru ? h("p", { class: "ru" }, bdi(m.ru, "ru")) : null,
      h("div", { class: "why" }, h("span", { class: "quiet" }, "Why: "), rules[m.rule] || "a finder of its own", " ", h("code", { class: "quiet" }, m.rule), "; score ", format(m.score ?? 0), score,
        m.flags.map((flag) => h("div", {}, h("code", {}, flag), `: ${flags[flag] || "a flag of its own"}`))),
      facts([
        ["Written", bdi(reading.body.cut(m.start, m.end))],
        ["Form", [m.form, m.role === "members" ? ", its members are meant" : m.role ? `, as ${m.role}` : "", `, ${LANGUAGE_NAMES[m.lang] || m.lang}`]],
        m.parent && ["Inside", link(m.parent.key || m.parent.id || m.parent.kind)],
        m.candidates.length && ["Between", listed(m.candidates.map((id) => [link(id), " ", h("span", { class: "id quiet" }, id)]))],
        members.length && ["Members", members.length > 8 ? h("details", {}, h("summary", {}, format(members.length)), listed(members.map(link))) : listed(members.map(link))],
        a.paragraph !== undefined && ["Paragraph", `${a.paragraph}`],
        a.adopted && ["Adopted", `${a.adopted}, says the text`],
        a.expected_year && ["Adopted in", `${a.expected_year}`],
        a.speech !== undefined && ["Speaker", link(`${a.speech}`)],
        ["Where", `${a.page ? `page ${a.page}, ` : ""}characters ${format(m.start)}–${format(m.end)}`],
      ]),
      entity ? h("a", { href: toEntity(entity.key) }, `Named in ${plural(entity.documents, "document")}`) : null,
    ].filter(Boolean);
  }

  // ---- The way from the address to the view

  function setTitle(view, text) {
    $(`${view}-title`).replaceChildren(bdi(text));
  }
  const SHOW = { entities: showEntities, entity: showEntity, documents: showDocuments, document: showDocument };
  const scrolls = new Map();
  let last = { view: null, hash: "" }, clicked = true;
  function route() {
    const { view, parameters } = here();
    const refined = view === last.view && (view === "entities" || view === "documents");
    root.dataset.view = view;
    for (const link of document.querySelectorAll(".bar nav a")) {
      if (link.dataset.view === view) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    if (!refined) for (const name of Object.keys(shown)) if (clicked) shown[name] = AT_A_TIME;
    closeCard();
    const placed = SHOW[view]?.(parameters);
    const first = last.view === null;
    last = { view, hash: location.hash };
    const own = $(`${view}-title`).textContent;
    document.title = view === "overview" ? own : `${own} – ${$("overview-title").textContent}`;
    if (refined || placed === true) return;
    scrollTo(0, clicked ? 0 : scrolls.get(location.hash) || 0);
    if (!first) $(`${view}-title`).focus({ preventScroll: true });
    clicked = false;
  }

  function listen() {
    for (const [prefix, names] of Object.entries(CONTROLS)) {
      let timer = 0;
      const apply = () => refine(Object.fromEntries(names.map((name) => [name, $(`${prefix}-${name}`).value])));
      for (const name of names) $(`${prefix}-${name}`).addEventListener("input", (event) => {
        clearTimeout(timer);
        timer = setTimeout(apply, event.target.tagName === "SELECT" ? 0 : 180); // one who types is not done yet
      });
    }
    for (const name of Object.keys(shown)) $(`${name}-more`).addEventListener("click", () => {
      shown[name] += AT_A_TIME;
      SHOW[name](here().parameters);
    });
    suggest($("doc-has"));
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element && event.target.closest("a");
      if (!link) {
        if (card.pinned && !$("card").contains(event.target) && indexOf(event.target) === null) closeCard();
      } else if (link.classList.contains("skip")) {
        event.preventDefault();
        $("main").focus();
      } else clicked = true;
    });
    addEventListener("scroll", () => scrolls.set(last.hash, scrollY), { passive: true });
    addEventListener("keydown", (event) => event.key === "Escape" && card.i !== null && closeCard());
    addEventListener("beforeprint", () => reading?.pending && draw(Infinity));
    $("card").addEventListener("pointerenter", () => clearTimeout(card.timer));
    $("card").addEventListener("pointerleave", () => !card.pinned && later(closeCard, 220));
    addEventListener("hashchange", route);
  }
  /** Offer entities while one is typed; one that is chosen, or the best on Enter, narrows the documents. */
  function suggest(input) {
    let offered = new Map();
    const take = (key) => {
      input.value = "";
      refine({ has: [...new Set([...here().parameters.getAll("has"), key])] });
    };
    input.addEventListener("input", () => {
      if (offered.has(input.value)) return take(offered.get(input.value));
      const wanted = words(input.value);
      const best = wanted.length ? data().entities.filter((e) => wanted.every((word) => searchable(e).includes(word))).slice(0, 30) : [];
      offered = new Map(best.map((e) => [visible(e.id ? `${e.name} (${e.id})` : e.name), e.key]));
      $("entity-names").replaceChildren(...[...offered.keys()].map((value) => h("option", { value })));
    });
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && offered.size && input.value) take(offered.get(input.value) || offered.values().next().value);
    });
  }

  root.classList.add("js");
  root.dataset.view = here().view;
  document.addEventListener("DOMContentLoaded", () => {
    listen();
    route();
  });
})();

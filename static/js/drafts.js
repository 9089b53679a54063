// What is typed and not yet saved outlives a lost network, a reload and a crash: it is kept in this browser until it
// has been saved, was discarded, or its writer logs out. Comforts only; the words stand in partials/_kept.html.
//
// [data-keep="key"] is a form or a part of one. Kept are texts that the user typed, never passwords, choices or votes;
// under the user's id, with the record's version (data-keep-version, or the field named "version").
// [data-keep-open] is one that came back unsaved.
(() => {
  "use strict";

  const PREFIX = "kept:";
  const DAYS = 14; // afterwards nobody will miss it
  const TEXTS = 'textarea, input[type="text"]';
  const { user } = document.body.dataset;

  // --- the store; a browser may refuse it, and then nothing is kept

  function read(name) {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null;
    }
  }

  function write(name, kept) {
    try {
      localStorage.setItem(name, JSON.stringify(kept));
    } catch {
      // full or forbidden
    }
  }

  function forget(name) {
    try {
      localStorage.removeItem(name);
    } catch {
      // forbidden
    }
  }

  function names() {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
    } catch {
      return [];
    }
  }

  // --- one place that keeps

  const nameOf = (place) => `${PREFIX}${user}:${place.dataset.keep}`;
  const plain = (text) => text.normalize("NFC").replace(/\s+/g, " ").trim();

  // A text of the editor is HTML here, and stored as plain lines where they can say the same (awards/documents/
  // richtext.py). Nobody reads tags, and a text that was saved counts as saved in either form.
  const RICH = /^\s*<(p|h3|ul|ol|table)[\s>]/;
  const BLOCK_TAG = /\s*(<\/?(?:p|h3|ul|ol|li|table|thead|tbody|tr|th|td)\b[^>]*>)\s*/g;

  function lineOf(block) {
    if (block.matches("tr")) return [...block.cells].map((cell) => cell.textContent).join(" | ");
    const mark = block.matches("h3") ? "# " : block.matches("ul > li") ? "- " : "";
    return mark + block.textContent;
  }

  function legible(text) {
    if (!RICH.test(text)) return text;
    const { body } = new DOMParser().parseFromString(text, "text/html");
    return [...body.querySelectorAll("p, h3, li, tr")].map(lineOf).join("\n");
  }

  function comparable(text) {
    if (/<(strong|em|ol|table)\b/.test(text)) return plain(text.replace(BLOCK_TAG, "$1"));
    return plain(legible(text));
  }

  const same = (one, other) => comparable(one) === comparable(other);

  function textsOf(place) {
    if (place.querySelector('input[type="password"]')) return [];
    return [...place.querySelectorAll(TEXTS)].filter((field) => field.name);
  }

  function versionOf(place) {
    const field = place.querySelector('input[type="hidden"][name$="version"]');
    return place.dataset.keepVersion || (field ? field.value : "");
  }

  // The text as the server has it: the hidden copy, or what the page came with.
  function saved(field) {
    const copy = field.form && field.form.elements[`initial-${field.name}`];
    return copy ? copy.value : field.defaultValue;
  }

  const isUnsaved = (field) => !same(field.value, saved(field));

  function keep(place) {
    const typed = textsOf(place).filter((field) => isUnsaved(field) && plain(field.value));
    if (!typed.length) return forget(nameOf(place));
    const fields = Object.fromEntries(typed.map((field) => [field.name, field.value]));
    return write(nameOf(place), { at: Date.now(), version: versionOf(place), fields });
  }

  document.addEventListener("input", (event) => {
    const place = user && event.target.closest("[data-keep]");
    if (!place || !textsOf(place).includes(event.target)) return;
    if (place.querySelector(".kept")) return; // until it is decided, the older text is not written over
    keep(place);
  });

  // --- what was kept is offered again, unless it has been saved

  function isOnPage(text, place) {
    const shown = [...document.querySelectorAll(".typed")].filter((element) => !place.contains(element));
    return shown.some((element) => plain(element.textContent) === plain(legible(text)));
  }

  // Rows of a table move up when an empty one above them is not kept.
  function isSavedElsewhere(text, place) {
    return !("keepOpen" in place.dataset) && textsOf(place).some((field) => same(saved(field), text));
  }

  function isLost(field, kept, place) {
    const text = kept.fields[field.name];
    if (text === undefined) return false;
    if (!("keepOpen" in place.dataset) && same(saved(field), text)) return false;
    return !(kept.sent && (isOnPage(text, place) || isSavedElsewhere(text, place)));
  }

  const WHERE = { timeZone: "Asia/Ho_Chi_Minh" };

  function offer(place, kept, lost) {
    const box = document.getElementById("kept-offer").content.cloneNode(true).firstElementChild;
    const at = new Date(kept.at);
    box.querySelector("[data-day]").textContent = at.toLocaleDateString("en-GB", { ...WHERE, day: "2-digit", month: "2-digit" });
    box.querySelector("[data-time]").textContent = at.toLocaleTimeString("en-GB", { ...WHERE, hour: "2-digit", minute: "2-digit" });
    box.querySelector("[data-moved]").hidden = kept.version === versionOf(place);
    box.querySelector("[data-text]").textContent = lost.map((field) => legible(kept.fields[field.name])).join("\n");
    box.querySelector("[data-discard]").addEventListener("click", () => {
      forget(nameOf(place));
      box.remove();
      keep(place);
    });
    box.querySelector("[data-take]").addEventListener("click", () => {
      for (const field of lost) field.value = kept.fields[field.name];
      box.remove();
      lost[0].focus();
      for (const field of lost) field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    lost[0].closest("div").before(box);
  }

  function look(place) {
    const kept = read(nameOf(place));
    if (!kept) return;
    const lost = textsOf(place).filter((field) => isLost(field, kept, place));
    const waiting = lost.filter((field) => !same(field.value, kept.fields[field.name]));
    if (!lost.length) forget(nameOf(place));
    else if (waiting.length) offer(place, kept, waiting);
  }

  for (const name of names()) {
    const kept = read(name);
    if (!kept || Date.now() - kept.at > DAYS * 24 * 3600 * 1000) forget(name);
  }
  if (user) for (const place of document.querySelectorAll("[data-keep]")) look(place);

  // --- sending: remembered, and held back where it cannot arrive

  const notice = document.querySelector("[data-offline]");

  function placesIn(form) {
    return form.matches("[data-keep]") ? [form] : [...form.querySelectorAll("[data-keep]")];
  }

  function announce(shown) {
    const word = shown.querySelector(`.when-${shown.dataset.state}`);
    document.getElementById("live").textContent = word ? word.textContent.trim() : "";
  }

  function holdBack(event) {
    event.preventDefault(); // the page with its texts stays
    event.stopImmediatePropagation();
    notice.hidden = false;
    notice.scrollIntoView({ block: "center" });
    const shown = event.target.querySelector(".save-state");
    if (!shown) return;
    shown.dataset.state = "failed";
    announce(shown);
  }

  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (new URL(form.action).pathname.endsWith("/logout/")) {
        for (const name of names()) if (name.startsWith(`${PREFIX}${user}:`)) forget(name);
        return;
      }
      const places = placesIn(form);
      for (const place of places) {
        const kept = read(nameOf(place));
        if (kept) write(nameOf(place), { ...kept, sent: true });
      }
      if (places.length && !navigator.onLine) holdBack(event);
    },
    true,
  );

  // --- pages that save themselves

  // A colleague was faster: the answer holds the other text, so it is shown and not thrown away.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== 409 || !event.detail.requestConfig.elt.matches("form[data-autosave]")) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.requestConfig.elt.closest("form[data-autosave]");
    if (!form || event.detail.failed) return;
    for (const place of placesIn(form)) if (!place.querySelector(".kept")) keep(place);
    const shown = form.querySelector(".save-state");
    const typedSince = textsOf(form).some(isUnsaved);
    if (typedSince && shown.dataset.state === "saved") shown.dataset.state = "unsaved";
    if (typedSince) form.dataset.changed = "";
    announce(shown);
  });

  // What could not be sent is sent again when the connection is back, or now and then while it should be there.
  function again() {
    const left = document.querySelector("[data-signed-out]:not([hidden])");
    for (const form of document.querySelectorAll("form[data-autosave]")) {
      const { state } = form.querySelector(".save-state").dataset;
      if (!left && navigator.onLine && state === "failed") form.dispatchEvent(new Event("autosave"));
    }
  }
  setInterval(again, 20_000);

  // --- no connection

  function tell() {
    if (notice) notice.hidden = navigator.onLine;
  }
  window.addEventListener("offline", tell);
  window.addEventListener("online", () => {
    tell();
    again();
  });
  tell();
})();

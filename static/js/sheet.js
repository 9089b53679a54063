// The score sheet: rows save themselves (htmx); here is what keeps the place, the focus and the reader informed.
(() => {
  "use strict";

  const STATES = { saved: "when-saved", unsaved: "when-unsaved", failed: "when-failed", conflict: "when-conflict" };

  // htmx sends the whole form with a row: only the row's own fields are wanted.
  document.addEventListener("htmx:configRequest", (event) => {
    const row = event.target.closest("tr[data-row]");
    if (!row) return;
    const fields = event.detail.formData;
    for (const name of new Set(fields.keys())) {
      if (/^s\d+-/.test(name) && !name.startsWith(row.dataset.row)) fields.delete(name);
    }
  });

  // A colleague was faster: the answer holds both values, so it is shown and not thrown away.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== 409 || !event.target.closest("tr[data-row]")) return;
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  });

  function showErrors(row) {
    for (const error of row.querySelectorAll('[id$="_error"]')) {
      const input = document.getElementById(error.id.slice(0, -"_error".length));
      if (!input || !input.name) continue;
      const wrong = error.textContent.trim() !== "";
      input.classList.toggle("is-invalid", wrong);
      if (wrong) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }

  document.addEventListener("htmx:afterRequest", (event) => {
    const row = event.target.closest("tr[data-row]");
    if (!row || event.detail.failed) return;
    showErrors(row);
    const state = row.querySelector(".save-state");
    const word = state && state.querySelector(`.${STATES[state.dataset.state]}`);
    const errors = [...row.querySelectorAll(".field-error")].map((error) => error.textContent.trim());
    document.getElementById("live").textContent = [word ? word.textContent.trim() : "", ...errors].filter(Boolean).join(". ");
    for (const text of row.querySelectorAll("textarea")) grow(text);
    // After "Accept" the button is gone: go on with the next one.
    if (event.detail.requestConfig.elt.matches("button[name=score]") && document.activeElement === document.body) focusOpen(row);
  });

  // --- the next criterion that is still open

  const FIRST = 'input:not([type="hidden"]), select, textarea, button';

  function focusOpen(from) {
    const open = [...document.querySelectorAll("tr[data-row] :is([data-blank], [data-unproven])")].map((mark) => mark.closest("tr"));
    const after = open.filter((row) => from && from.compareDocumentPosition(row) & Node.DOCUMENT_POSITION_FOLLOWING);
    const row = after[0] || open[0];
    if (!row) return false;
    row.scrollIntoView({ block: "center" });
    const words = row.querySelector("[data-unproven]") && row.querySelector("textarea");
    const accept = row.querySelector("button[name=score]");
    (words || accept || row.querySelector(FIRST)).focus({ preventScroll: true });
    return true;
  }

  let last = null; // the row that somebody last worked in
  document.addEventListener("focusin", (event) => {
    last = event.target.closest("tr[data-row]") || last;
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-next-open]") && focusOpen(last)) event.preventDefault();
    const clear = event.target.closest("[data-clear]");
    if (!clear) return;
    const radios = [...clear.parentElement.querySelectorAll("input[type=radio]")];
    if (!radios.some((radio) => radio.checked)) return;
    for (const radio of radios) radio.checked = false;
    clear.dispatchEvent(new Event("change", { bubbles: true }));
  });

  // --- texts grow with what is typed

  function grow(text) {
    text.style.height = "auto";
    if (text.value) text.style.height = `${text.scrollHeight + 2}px`;
  }
  document.addEventListener("input", (event) => {
    if (event.target.matches(".entry-text")) grow(event.target);
  });
  for (const text of document.querySelectorAll(".entry-text")) if (text.value) grow(text);
})();

// What the pages do beyond HTML. Everything here is a comfort: without it each page still works.
// Words are never written here; they stand in the templates, translated, and are shown or hidden.
(() => {
  "use strict";

  document.documentElement.classList.add("js");

  // The cookie is fresher than the page when somebody has logged in again in another tab.
  function csrfToken() {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    return cookie ? cookie[1] : document.querySelector('meta[name="csrf-token"]').content;
  }

  // --- saving: what is typed and not yet saved

  const stateOf = (element) => (element.closest("tr") || element.closest("form") || document).querySelector(".save-state");

  function mark(element, state) {
    const shown = stateOf(element);
    if (!shown) return;
    shown.dataset.state = state;
    if (state !== "unsaved") {
      document.getElementById("live").textContent = shown.querySelector(`.when-${state}`).textContent.trim();
    }
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-guard]");
    if (!form) return;
    form.dataset.changed = "";
    mark(event.target, "unsaved");
  });

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    delete event.target.dataset.changed;
    const hidden = event.target.querySelector('input[name="csrfmiddlewaretoken"]');
    if (hidden) hidden.value = csrfToken();
  });

  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-guard][data-changed]")) event.preventDefault();
  });

  // --- htmx

  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrfToken();
  });

  // The login page, come in place of a part of this page: the session has ended.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { responseURL } = event.detail.xhr;
    if (!responseURL || new URL(responseURL).pathname !== document.body.dataset.loginUrl) return;
    event.detail.shouldSwap = false;
    mark(event.detail.requestConfig.elt, "failed");
    document.querySelector("[data-signed-out]").hidden = false;
  });

  function failed(event) {
    if (event.detail.requestConfig.verb === "get") return; // a refresh loses nothing typed
    const status = event.detail.xhr ? event.detail.xhr.status : 0;
    mark(event.detail.elt, status === 409 ? "conflict" : "failed");
    document.querySelector("[data-request-failed]").hidden = status === 409;
  }
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:timeout", failed);

  document.addEventListener("htmx:afterSettle", (event) => {
    document.querySelector("[data-request-failed]").hidden = true;
    const form = event.detail.elt.closest("form[data-guard]");
    const open = '[data-state="unsaved"], [data-state="failed"], [data-state="conflict"]';
    if (form && !form.querySelector(open)) delete form.dataset.changed;
  });

  // --- small things that a click does

  document.addEventListener("change", (event) => {
    if (event.target.matches("select[data-autosubmit]")) event.target.form.requestSubmit();
  });

  function close(box) {
    if (box.matches("dialog")) return box.close();
    box.open = false;
    return box.querySelector("summary").focus();
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-dismiss], [data-open], [data-close]");
    if (button && "dismiss" in button.dataset) button.closest("[data-dismissible]").remove();
    if (button && "open" in button.dataset) document.getElementById(button.dataset.open).showModal();
    if (event.target.closest("[data-print]")) window.print();
    if (button && "close" in button.dataset) close(button.closest("dialog, details"));
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = event.target.closest("details.menu[open], details.confirm[open]");
    if (open) close(open);
  });

  // --- a sheet of numbers: Enter and the arrows go down and up the column, as in a spreadsheet

  const ENTRY = 'input:not([type="hidden"], [type="checkbox"], [type="radio"], [type="file"], [readonly], :disabled)';

  function neighbour(input, step) {
    const cell = input.closest("td, th");
    const place = [...cell.querySelectorAll(ENTRY)].indexOf(input);
    const rows = [...input.closest("table").rows];
    for (let at = rows.indexOf(cell.parentElement) + step; rows[at]; at += step) {
      const other = rows[at].cells[cell.cellIndex];
      const found = other && other.querySelectorAll(ENTRY)[place];
      if (found) return found;
    }
    return null;
  }

  document.addEventListener("keydown", (event) => {
    const steps = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 };
    const modified = event.ctrlKey || event.altKey || event.metaKey || event.isComposing;
    if (!(event.key in steps) || modified || !event.target.matches(`.table-sheet :is(td, th) ${ENTRY}`)) return;
    if (event.target.type === "date" || event.target.hasAttribute("list")) return;
    event.preventDefault(); // Enter must not send a half-filled sheet, an arrow must not change a score
    const next = neighbour(event.target, steps[event.key]);
    if (!next) return;
    next.focus();
    next.select();
  });

  // --- a form that came back with errors

  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();
})();

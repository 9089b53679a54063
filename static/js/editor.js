// Makes an editor of each textarea[data-editor]: headings, paragraphs, lists, tables, bold, italic, and no more. The
// textarea stays the field that is sent, kept (drafts.js) and saved by itself; without this script it is used plain.
// Words stand in awards/_editor_words.html.
(() => {
  "use strict";

  const language = document.documentElement.lang;
  const RICH = /^\s*<(p|div|blockquote|pre|h[1-6]|ul|ol|table)[\s>]/i; // as awards/documents/richtext.py
  const MARKS = [
    ["# ", "h3"],
    ["- ", "li"],
  ];
  // Neither styles nor handlers of pasted markup are ever applied; taken out before anything parses them, the browser
  // has nothing to report.
  const FORBIDDEN = /(<[^>]*?)\s(?:style|on\w+)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi;

  const words = {};
  for (const word of document.getElementById("editor-words").content.querySelectorAll("[data-word]")) {
    words[word.dataset.word] = word.textContent;
  }
  hugerte.addI18n(language, words);

  // --- a stored text is plain lines or HTML; the editor shows both as HTML

  function element(name, text) {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function fromLines(text) {
    const made = document.createElement("div");
    let list = null;
    for (const line of text.split(/\r?\n/).map((each) => each.trim()).filter(Boolean)) {
      const [mark, name] = MARKS.find(([start]) => line.startsWith(start)) || ["", "p"];
      if (name !== "li") list = null;
      else if (!list) list = made.appendChild(document.createElement("ul"));
      (list || made).append(element(name, line.slice(mark.length)));
    }
    return made.innerHTML;
  }

  const markup = (text) => (RICH.test(text) ? text : fromLines(text));

  // --- one editor

  function place(field) {
    const box = document.createElement("div");
    box.className = "editor";
    const bar = document.createElement("div");
    bar.className = "editor-bar";
    const body = document.createElement("div");
    body.className = "editor-body form-control";
    body.lang = "vi";
    box.append(bar, body);
    field.after(box);
    const { classList } = field;
    if (classList.contains("is-invalid")) body.classList.add("is-invalid");
    classList.add("editor-field");
    field.tabIndex = -1;
    field.setAttribute("aria-hidden", "true");
    return { bar, body };
  }

  function name(field, body) {
    body.setAttribute("role", "textbox");
    body.setAttribute("aria-multiline", "true");
    body.setAttribute("aria-label", field.labels[0].textContent.trim());
    const described = field.getAttribute("aria-describedby");
    if (described) body.setAttribute("aria-describedby", described);
    if (field.getAttribute("aria-invalid")) body.setAttribute("aria-invalid", "true");
  }

  function connect(editor, field) {
    let typing = false;
    let shown = "";
    function send() {
      const text = editor.getContent();
      if (text === shown) return;
      shown = text;
      field.value = text;
      typing = true;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      typing = false;
    }
    editor.on("init", () => {
      name(field, editor.getBody());
      editor.setContent(markup(field.value));
      editor.undoManager.reset();
      shown = editor.getContent();
    });
    editor.on("input change undo redo", send);
    editor.on("PastePreProcess", (event) => {
      for (let before = ""; before !== event.content; ) {
        before = event.content;
        event.content = before.replace(FORBIDDEN, "$1"); // one of each element at a time
      }
    });
    // The text was set from elsewhere: an unsaved one, taken over again.
    field.addEventListener("input", () => {
      if (typing) return;
      editor.setContent(markup(field.value));
      shown = editor.getContent();
    });
    // From a label, or the list of errors at the top.
    field.addEventListener("focus", () => editor.focus());
  }

  function start(field) {
    const { bar, body } = place(field);
    hugerte.init({
      target: body,
      inline: true,
      fixed_toolbar_container_target: bar,
      toolbar_persist: true,
      menubar: false,
      statusbar: false,
      skin: false,
      content_css: false,
      language,
      plugins: "lists table",
      toolbar: "undo redo | blocks | bold italic | bullist numlist | newtable",
      toolbar_mode: "wrap",
      table_toolbar:
        "tablerowheader | tableinsertrowbefore tableinsertrowafter tabledeleterow | tableinsertcolbefore tableinsertcolafter tabledeletecol | tabledelete",
      block_formats: "Paragraph=p;Heading=h3",
      valid_elements:
        "p/div,h3/h1/h2/h4/h5/h6,ul,ol[start],li,table,thead,tbody,tr,td[colspan|rowspan],th[colspan|rowspan],strong/b,em/i,br",
      formats: { bold: { inline: "strong" }, italic: { inline: "em" } },
      entity_encoding: "raw",
      table_header_type: "sectionCells",
      table_default_attributes: {},
      table_default_styles: {},
      table_sizing_mode: "responsive",
      table_column_resizing: "preservetable",
      object_resizing: false,
      paste_data_images: false,
      contextmenu: false,
      browser_spellcheck: true,
      text_patterns: false,
      setup(editor) {
        // The menu of the library offers widths, borders and colours, which a paper has of its own.
        editor.ui.registry.addButton("newtable", {
          icon: "table",
          tooltip: "Insert table",
          onAction: () => editor.execCommand("mceInsertTable", false, { rows: 3, columns: 3, options: { headerRows: 1 } }),
        });
        connect(editor, field);
      },
    });
  }

  for (const field of document.querySelectorAll("textarea[data-editor]")) start(field);

  // --- the draft beside the text; a new one begins at page 1, so that its reader says when

  const preview = document.getElementById("preview");
  const old = document.querySelector("[data-old]");

  document.addEventListener("htmx:afterRequest", (event) => {
    const saved = event.detail.successful && event.detail.requestConfig.verb === "post";
    if (saved && event.detail.elt.matches("form[data-autosave]")) old.hidden = false;
  });

  document.querySelector('[data-refresh="preview"]').addEventListener("click", () => {
    old.hidden = true;
    preview.src = preview.getAttribute("src"); // the same address: the frame loads anew
  });
})();

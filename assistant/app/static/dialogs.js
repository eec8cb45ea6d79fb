// Questions to the person and short notes, in the page's own words instead of the browser's.
(() => {
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  jushi.make = make;

  // Resolves to the form's values, or null if it was cancelled.
  jushi.ask = ({ title, text = "", fields = [], ok = "确定", danger = false, single = false }) =>
    new Promise((resolve) => {
      const confirm = make("button", { type: "submit", value: "ok", textContent: ok, className: danger ? "danger" : "primary" });
      const cancel = make("button", { type: "button", textContent: "取消" });
      const form = make("form", { method: "dialog" }, make("h2", { textContent: title }));
      if (text) form.append(make("p", { textContent: text }));
      form.append(...fields, make("div", { className: "dialog-buttons" }, ...(single ? [] : [cancel]), confirm));
      const dialog = make("dialog", { className: "jushi-dialog" }, form);
      dialog.setAttribute("aria-label", title);
      cancel.addEventListener("click", () => dialog.close());
      dialog.addEventListener("close", () => {
        const values = dialog.returnValue === "ok" ? Object.fromEntries(new FormData(form)) : null;
        dialog.remove();
        resolve(values);
      });
      document.body.append(dialog);
      dialog.showModal();
      (form.querySelector("input, textarea, select") ?? confirm).focus();
    });

  jushi.field = (label, name, value = "", kind = "input") => {
    const input = make(kind, { name, value });
    return make("label", { className: "dialog-field" }, make("span", { textContent: label }), input);
  };

  let fading;
  // A lasting note stays until the next one.
  jushi.note = (text, lasting = false) => {
    let note = document.querySelector(".jushi-note");
    if (!note) {
      note = make("div", { className: "jushi-note" });
      note.setAttribute("role", "status");
      document.body.append(note);
    }
    note.textContent = text;
    note.classList.add("shown");
    clearTimeout(fading);
    if (!lasting) fading = setTimeout(() => note.classList.remove("shown"), 2500);
  };

  // Browsers refuse the clipboard on plain http to another machine: then the old way by a selected field.
  jushi.copy = async (text) => {
    if (navigator.clipboard && window.isSecureContext) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        // refused by the browser's settings: the old way may still do
      }
    }
    const field = make("textarea", { value: text, readOnly: true, className: "copy-field" });
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  };
})();

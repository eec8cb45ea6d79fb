// The pages before the app: colours as chosen, looking at what was typed, a word about capital letters.
(() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  function apply() {
    const theme = jushi.setting("theme", "system");
    document.documentElement.classList.toggle("dark", theme === "dark" || (theme === "system" && dark.matches));
    document.documentElement.dataset.size = jushi.setting("size", "normal");
  }
  dark.addEventListener("change", apply);
  apply();

  function peek(field) {
    const button = document.createElement("button");
    const say = () => {
      button.textContent = field.type === "password" ? "显示" : "隐藏";
      button.setAttribute("aria-pressed", field.type === "password" ? "false" : "true");
    };
    Object.assign(button, { type: "button", className: "plain peek" });
    button.setAttribute("aria-label", "显示密码");
    button.addEventListener("click", () => {
      field.type = field.type === "password" ? "text" : "password";
      say();
    });
    say();
    field.after(button);
  }

  function capitals(field) {
    const note = document.createElement("p");
    Object.assign(note, { className: "caps", hidden: true, textContent: "大写锁定开着。" });
    note.setAttribute("role", "status");
    field.closest(".field").after(note);
    for (const kind of ["keydown", "keyup"]) {
      field.addEventListener(kind, (event) => { note.hidden = !event.getModifierState?.("CapsLock"); });
    }
    field.addEventListener("blur", () => { note.hidden = true; });
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const field of document.querySelectorAll("input[type=password]")) {
      peek(field);
      capitals(field);
    }
    document.addEventListener("submit", (event) => {
      for (const button of event.target.querySelectorAll("button[type=submit]")) button.disabled = true;
    });
    // A page that comes back from the browser's memory can be sent again.
    window.addEventListener("pageshow", () => {
      for (const button of document.querySelectorAll("button[type=submit]")) button.disabled = false;
    });
  });
})();

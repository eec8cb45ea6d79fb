// One drawer for how the page looks and behaves; kept by the browser.
(() => {
  const CHOICES = [
    ["theme", "外观", [["system", "跟随系统"], ["light", "浅色"], ["dark", "深色"]]],
    ["size", "字号", [["normal", "标准"], ["large", "大"], ["larger", "特大"]]],
    ["language", "语言 Language", [["zh", "中文"], ["en", "English"]]],
    ["open-source", "答完自动打开出处", [["yes", "是"], ["no", "否"]]],
  ];
  const KEYS = [
    ["回车", "发送问题"], ["Shift＋回车", "换行"], ["↑", "取回上一个问题"], ["Esc", "停止回答、关闭出处"],
  ];
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  function apply() {
    const theme = jushi.setting("theme", "system");
    const wanted = theme === "dark" || (theme === "system" && dark.matches);
    if (document.body && document.body.classList.contains("dark") !== wanted) {
      document.body.classList.toggle("dark", wanted);
    }
    document.documentElement.dataset.size = jushi.setting("size", "normal");
  }
  dark.addEventListener("change", apply);
  // Gradio puts these scripts into the page as it likes: before there is a body, or long after.
  const begin = () => {
    apply();
    new MutationObserver(apply).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  };
  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);

  function row([name, label, options]) {
    const choices = options.map(([value, shown]) => {
      const input = jushi.make("input", { type: "radio", name, value });
      input.checked = jushi.setting(name, options[0][0]) === value;
      return jushi.make("label", {}, input, jushi.make("span", { textContent: shown }));
    });
    return jushi.make("fieldset", {}, jushi.make("legend", { textContent: label }), ...choices);
  }

  function open() {
    const keys = KEYS.flatMap(([key, does]) => [
      jushi.make("dt", {}, jushi.make("kbd", { textContent: key })), jushi.make("dd", { textContent: does }),
    ]);
    const close = jushi.make("button", { type: "button", className: "plain", textContent: "关闭" });
    const drawer = jushi.make("dialog", { className: "jushi-drawer" },
      jushi.make("div", { className: "panel-bar" }, jushi.make("h2", { textContent: "设置" }),
        jushi.make("span", { className: "spring" }), close),
      ...CHOICES.map(row), ...jushi.account(), jushi.make("h3", { textContent: "快捷键" }), jushi.make("dl", {}, ...keys));
    drawer.setAttribute("aria-label", "设置");
    close.addEventListener("click", () => drawer.close());
    drawer.addEventListener("click", (event) => event.target === drawer && drawer.close());
    drawer.addEventListener("close", () => drawer.remove());
    drawer.addEventListener("change", (event) => {
      localStorage.setItem(`jushi-${event.target.name}`, event.target.value);
      apply();
      if (event.target.name === "language") location.reload();
    });
    document.body.append(drawer);
    drawer.showModal();
  }
  document.addEventListener("click", (event) => {
    if (event.target.closest("button[data-do=settings]")) open();
  });
})();

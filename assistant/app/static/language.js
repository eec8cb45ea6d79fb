// Gradio's own words in the chosen language whatever the browser speaks; what every other script stands on.
(() => {
  const spoken = localStorage.getItem("jushi-language") === "en" ? "en" : "zh-CN";
  for (const [name, value] of [["language", spoken], ["languages", [spoken]]]) {
    Object.defineProperty(navigator, name, { get: () => value, configurable: true });
  }
  document.documentElement.lang = "zh-CN";
  const MORE_TABS = "更多页面";

  const watched = [];
  const look = (changes) => {
    for (const one of watched) {
      const element = document.querySelector(one.selector);
      const touched = element && (element !== one.last || changes.some((c) => element.contains(c.target)));
      one.last = element;
      if (touched) one.act(element);
    }
  };
  new MutationObserver(look).observe(document.documentElement, {
    childList: true, subtree: true, characterData: true,
  });

  const TABS = ["ask", "verify", "ledger", "library", "admin"];
  window.jushi = {
    // Tells the handlers what a person did.
    say: (event, rest = {}) =>
      document.dispatchEvent(new CustomEvent("jushi", { detail: { event, ...rest } })),
    // Calls act with the element whenever it appears on the page or something in it changes.
    watch: (selector, act) => watched.push({ selector, act, last: null }),
    // What was chosen in the settings, kept by the browser.
    setting: (name, otherwise) => localStorage.getItem(`jushi-${name}`) ?? otherwise,
    // Tabs for which a narrow screen has no room stand in a menu of Gradio's, in the same order.
    selectTab(name) {
      const shown = [...document.querySelectorAll("#tabs button[role=tab]")];
      const away = TABS.filter((tab) => !shown.some((one) => one.dataset.tabId === tab));
      const menu = document.querySelectorAll("#tabs .overflow-dropdown button");
      (shown.find((tab) => tab.dataset.tabId === name) ?? menu[away.indexOf(name)])?.click();
    },
  };
  jushi.watch("#tabs .overflow-menu", (menu) => menu.querySelector("button")?.setAttribute("aria-label", MORE_TABS));
})();

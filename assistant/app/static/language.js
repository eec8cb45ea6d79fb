// Gradio's own words in the chosen language whatever the browser speaks; what every other script stands on.
(() => {
  const spoken = localStorage.getItem("jushi-language") === "en" ? "en" : "zh-CN";
  for (const [name, value] of [["language", spoken], ["languages", [spoken]]]) {
    Object.defineProperty(navigator, name, { get: () => value, configurable: true });
  }
  document.documentElement.lang = "zh-CN";

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

  window.jushi = {
    // Tells the handlers what a person did.
    say: (event, rest = {}) =>
      document.dispatchEvent(new CustomEvent("jushi", { detail: { event, ...rest } })),
    // Calls act with the element whenever it appears on the page or something in it changes.
    watch: (selector, act) => watched.push({ selector, act, last: null }),
    // What was chosen in the settings, kept by the browser.
    setting: (name, otherwise) => localStorage.getItem(`jushi-${name}`) ?? otherwise,
    selectTab(label) {
      const tabs = document.querySelectorAll("#tabs button[role=tab]");
      [...tabs].find((tab) => tab.dataset.tabId === label || tab.textContent.trim() === label)?.click();
    },
  };
})();

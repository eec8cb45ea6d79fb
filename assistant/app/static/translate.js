// English as the second language: the page's own words replaced as they appear; articles and answers stay as they are.
(() => {
  if (jushi.setting("language", "zh") !== "en") return;
  const ATTRIBUTES = ["placeholder", "aria-label", "title"];
  let words = {};
  let patterns = [];

  function english(text) {
    const bare = text.trim().replace(/\s*·$/, "");
    if (!/[\u4e00-\u9fff＋]/.test(bare)) return text;
    const said = words[bare] ?? matched(bare) ?? parts(bare);
    return said === undefined ? text : text.replace(bare, () => said);
  }
  function matched(bare) {
    const found = patterns.find(([pattern]) => pattern.test(bare));
    return found && bare.replace(found[0], found[1]);
  }
  function parts(bare) {
    for (const between of [" · ", "；"]) {
      if (bare.includes(between)) return bare.split(between).map(english).join(between);
    }
    return undefined;
  }

  const verbatim = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(".verbatim, script, style");
  function translate(root) {
    if (root.nodeType === 3) {
      if (!verbatim(root)) {
        const said = english(root.data);
        if (said !== root.data) root.data = said;
      }
      return;
    }
    if (root.nodeType !== 1 || verbatim(root)) return;
    for (const element of [root, ...root.querySelectorAll("*")]) {
      for (const name of ATTRIBUTES) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, english(value));
      }
    }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) translate(walker.currentNode);
  }

  fetch("english.json").then((answer) => answer.json()).then((given) => {
    words = given.words;
    patterns = given.patterns.map(([pattern, said]) => [new RegExp(pattern), said]);
    document.documentElement.lang = "en";
    translate(document.body);
    new MutationObserver((changes) => {
      for (const change of changes) {
        if (change.type === "characterData") translate(change.target);
        change.addedNodes.forEach(translate);
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
})();

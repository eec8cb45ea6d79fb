// What the page does by itself: Chinese locale, sources into the panel, copying, following the newest answer.
(() => {
  for (const [name, value] of [["language", "zh-CN"], ["languages", ["zh-CN", "zh"]]]) {
    Object.defineProperty(navigator, name, { get: () => value, configurable: true });
  }
  document.documentElement.lang = "zh-CN";

  const panel = () => document.querySelector("#panel");
  const side = () => document.querySelector("#side");
  const narrow = () => window.matchMedia("(max-width: 900px)").matches;

  function showQuote() {
    const quote = panel()?.querySelector("#quote");
    const frame = side();
    if (!frame) return;
    const above = quote ? quote.getBoundingClientRect().top - frame.getBoundingClientRect().top : -Infinity;
    frame.scrollTop = Math.max(0, above + frame.scrollTop - 120);
  }

  async function openSource(link) {
    const answer = await fetch(link.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const article = page.querySelector("article");
    const holder = panel()?.querySelector(".panel");
    if (!article || !holder) return;
    holder.replaceChildren(document.adoptNode(article));
    if (narrow()) side()?.classList.add("open");
    showQuote();
  }

  function copyAnswer(button) {
    const answer = button.closest(".answer");
    const parts = [".short", ".text", ".sources"].map((part) => answer.querySelector(part)?.innerText.trim());
    navigator.clipboard.writeText(parts.filter(Boolean).join("\n\n")).then(() => {
      button.textContent = "已复制";
      setTimeout(() => (button.textContent = "复制答案"), 1500);
    });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.to-source");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      openSource(link);
    }
    const copy = event.target.closest("button.copy");
    if (copy) copyAnswer(copy);
    if (event.target.closest("#shelf")) side()?.classList.toggle("open", narrow());
    if (event.target.closest(".close-side")) side()?.classList.remove("open");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") side()?.classList.remove("open");
  });

  function follow(node, act) {
    new MutationObserver(act).observe(node, { childList: true, subtree: true, characterData: true });
  }

  function scrollToLatest() {
    const question = document.querySelector("#latest .exchange");
    question?.scrollIntoView({ block: "start", behavior: "smooth" });
  }

  const waiting = setInterval(() => {
    const latest = document.querySelector("#latest");
    if (!latest || !panel()) return;
    clearInterval(waiting);
    latest.setAttribute("aria-live", "polite");
    follow(latest, scrollToLatest);
    follow(panel(), showQuote);
  }, 100);
})();

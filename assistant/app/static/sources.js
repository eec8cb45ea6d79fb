// The panel at the right: an article whole, scrolled to the quoted span; and the card over a marker.
(() => {
  const side = () => document.querySelector("#side .panel");
  const narrow = () => window.matchMedia("(max-width: 1000px)").matches;
  let walk = { links: [], at: 0 };
  let opened_from = null;

  function head(panel) {
    const { links, at } = walk;
    const bar = jushi.make("div", { className: "panel-bar" });
    const button = (label, act, disabled, name) => {
      const made = jushi.make("button", { type: "button", className: "plain", textContent: label, disabled });
      made.dataset.panel = name;
      made.addEventListener("click", act);
      return made;
    };
    if (links.length > 1) {
      bar.append(
        button("上一处", () => step(-1), at === 0, "previous"),
        jushi.make("span", { textContent: `第${at + 1}处，共${links.length}处` }),
        button("下一处", () => step(1), at === links.length - 1, "next"),
      );
    }
    bar.append(jushi.make("span", { className: "spring" }));
    const article = panel.querySelector("article.whole");
    if (article) {
      bar.append(button("只问这篇", () => jushi.limitTo(article.dataset.article), false, "only"));
      if (article.querySelector("#quote")) {
        bar.append(button("回到引文", () => showQuote(), false, "quote"));
      }
    }
    bar.append(button("关闭", close, false, "close"));
    return bar;
  }

  function showQuote() {
    const panel = side();
    const quote = panel?.querySelector("#quote");
    const bar = panel?.querySelector(".panel-bar");
    if (!panel) return;
    const above = quote ? quote.getBoundingClientRect().top - panel.getBoundingClientRect().top : -Infinity;
    panel.scrollTop = Math.max(0, above + panel.scrollTop - (bar?.offsetHeight ?? 0) - 90);
  }

  function close() {
    document.documentElement.classList.remove("reading-source");
    opened_from?.focus?.();
    opened_from = null;
  }
  jushi.closeSource = close;

  // Shows an address (an article's page) in the panel.
  async function show(address) {
    const panel = side();
    if (!panel) return;
    const slow = setTimeout(() => panel.classList.add("loading"), 200);
    try {
      const answer = await fetch(address);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const article = page.querySelector("article");
      if (!answer.ok || !article) {
        jushi.note("这篇文章已不在资料库里。");
        return;
      }
      panel.replaceChildren(document.adoptNode(article));
      panel.prepend(head(panel));
      document.documentElement.classList.add("reading-source");
      showQuote();
    } catch {
      jushi.note("连不上据实。请确认程序还在运行，再试一次。");
    } finally {
      clearTimeout(slow);
      panel.classList.remove("loading");
    }
  }

  function step(by) {
    const next = walk.at + by;
    if (next < 0 || next >= walk.links.length) return;
    walk.at = next;
    show(walk.links[next]);
  }

  // Opens a link's article; the other places cited by the same answer are walked with next and previous.
  jushi.openSource = (link) => {
    const answer = link.closest(".answer, [data-walk]");
    const all = answer ? [...answer.querySelectorAll("a.to-source")].map((one) => one.href) : [link.href];
    const links = [...new Set(all)];
    walk = { links, at: Math.max(0, links.indexOf(link.href)) };
    opened_from = link;
    return show(link.href);
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("#tabs button[role=tab]")) {
      opened_from = null;
      close();
    }
    const link = event.target.closest("a.to-source");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    hideCard();
    jushi.openSource(link);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
      hideCard();
      if (document.documentElement.classList.contains("reading-source")) close();
    }
  });

  // A new answer that cites opens its first source by itself where there is room, unless the settings say no.
  let asking = false;
  jushi.watch("#latest", (latest) => {
    const exchange = latest.querySelector(".exchange");
    const busy = exchange?.hasAttribute("aria-busy") ?? false;
    const ended = asking && exchange && !busy;
    asking = busy;
    const link = ended && exchange.querySelector(".text a.marker");
    if (link && !narrow() && jushi.setting("open-source", "yes") === "yes") {
      jushi.openSource(link).then(() => (opened_from = null));
    }
    // The source of an earlier answer beside one that has none would look like its source.
    if (ended && !link) {
      opened_from = null;
      close();
    }
  });

  let card = null;
  function hideCard() {
    card?.remove();
    card = null;
  }
  function showCard(marker) {
    hideCard();
    const number = marker.textContent.replace(/\D/g, "");
    const from = marker.closest(".answer")?.querySelector(`.cards [data-n="${number}"]`);
    if (!from) return;
    card = jushi.make("div", { className: "card verbatim", id: "card" });
    card.setAttribute("role", "tooltip");
    card.append(...from.cloneNode(true).childNodes);
    document.body.append(card);
    marker.setAttribute("aria-describedby", "card");
    const spot = marker.getBoundingClientRect();
    const left = Math.min(Math.max(8, spot.left - 20), window.innerWidth - card.offsetWidth - 8);
    const below = spot.bottom + 6 + card.offsetHeight < window.innerHeight;
    card.style.left = `${left}px`;
    card.style.top = below ? `${spot.bottom + 6}px` : `${Math.max(8, spot.top - 6 - card.offsetHeight)}px`;
  }
  for (const [begin, end] of [["mouseover", "mouseout"], ["focusin", "focusout"]]) {
    document.addEventListener(begin, (event) => {
      const marker = event.target.closest?.("a.marker");
      if (marker) showCard(marker);
    });
    document.addEventListener(end, (event) => {
      if (event.target.closest?.("a.marker")) hideCard();
    });
  }
  document.addEventListener("scroll", hideCard, true);
})();

// Conversations, the limits of a question, and the ways from the first screen to the other tabs.
(() => {
  const limits = () => {
    const chosen = { regions: [], articles: [], years: [] };
    for (const input of document.querySelectorAll("#limits input[data-part]:checked")) {
      chosen[input.dataset.part].push(input.value);
    }
    return chosen;
  };

  jushi.limits = () => JSON.parse(document.querySelector("#limits .scope")?.dataset.scope ?? "{}");
  // What is on this page, for a server that no longer knows.
  jushi.shown = () => JSON.stringify({
    talk: document.querySelector("#latest .exchange[data-talk], #past .exchange[data-talk]")?.dataset.talk ?? "",
    scope: jushi.limits(),
    mode: jushi.mode(),
  });
  jushi.mode = () => document.querySelector("[data-mode]")?.dataset.mode ?? "";

  jushi.limitTo = (article) => {
    jushi.say("scope", { regions: [], articles: [article], years: [] });
    jushi.selectTab("ask");
    document.querySelector("#box textarea")?.focus();
  };

  async function rename(button) {
    const field = jushi.field("新名称", "title", button.dataset.title);
    const given = await jushi.ask({ title: "给对话改名", fields: [field] });
    if (given?.title.trim()) jushi.say("talk", { do: "rename", talk: button.dataset.talk, title: given.title });
  }

  async function remove(button) {
    const title = `删除“${button.dataset.title}”？`;
    const given = await jushi.ask({ title, text: "对话和其中的附件都会删除，不能恢复。", ok: "删除", danger: true });
    if (given) jushi.say("talk", { do: "delete", talk: button.dataset.talk });
  }

  function fresh() {
    sessionStorage.removeItem("jushi-talk");
    jushi.closeSource();
    jushi.say("talk", { do: "new" });
    document.querySelector("#box textarea")?.focus();
  }

  // Files attached to this conversation go one after another; a new conversation begins with the first.
  async function attach(input) {
    const files = [...input.files];
    const holder = input.closest(".attached");
    let talk = holder.dataset.talk;
    const refused = [];
    for (const file of files) {
      const said = document.querySelector("#attached .attaching");
      if (said) said.textContent = `正在读取 ${file.name}…`;
      const send = (internal) =>
        jushi.send("POST", `talks/files?talk=${encodeURIComponent(talk)}&name=${encodeURIComponent(file.name)}${internal ? "&internal=true" : ""}`, file);
      let answer = await send(false);
      if (answer.results?.length && answer.results.every((one) => one.asks)) {
        const given = await jushi.ask({ title: "这份文件标有“内部”", text: `${file.name}：附上后只有您自己能查到。`, ok: "附上" });
        if (given) answer = await send(true);
      }
      talk = answer.talk || talk;
      for (const one of answer.results ?? answer) if (one.result === "rejected") refused.push(`${file.name}：${one.reason}`);
    }
    if (talk) {
      sessionStorage.setItem("jushi-talk", talk);
      jushi.say("talk", { do: "open", talk });
    } else {
      document.querySelector("#attached .attaching")?.replaceChildren();
    }
    if (refused.length) await jushi.ask({ title: "没有附上", text: refused.join("\n"), ok: "知道了", single: true });
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches("#attached .attach input")) attach(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("#attached .attach")) event.target.querySelector("input").click();
  });
  document.addEventListener("drop", async (event) => {
    if (!event.target.closest?.("#desk") || !event.dataTransfer?.files.length) return;
    const { files } = event.dataTransfer;
    const input = document.querySelector("#attached .attach input");
    if (!input || (await jushi.takesSheet(files))) return;
    input.files = files;
    attach(input);
  });

  const actions = {
    new: fresh,
    detach: (button) => jushi.say("talk", { do: "detach", article: button.dataset.article }),
    rename,
    delete: remove,
    mode: () => jushi.say("mode"),
    "clear-scope": () => jushi.say("scope", {}),
    "close-guide": () => {
      localStorage.setItem("jushi-guide", "read");
      document.documentElement.classList.add("guided");
    },
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button && actions[button.dataset.do]) actions[button.dataset.do](button);
    const talk = event.target.closest("button.open-talk");
    if (talk) {
      jushi.closeSource();
      jushi.say("talk", { do: "open", talk: talk.dataset.talk });
    }
    if (event.target.closest("#door-verify")) jushi.selectTab("verify");
    if (event.target.closest("#door-add")) jushi.selectTab("library");
    for (const pick of document.querySelectorAll("details.pick[open]")) {
      if (!pick.contains(event.target)) pick.open = false;
    }
  });
  if (localStorage.getItem("jushi-guide")) document.documentElement.classList.add("guided");

  // Ticking a box limits at once; the list stays open so that more can be ticked.
  document.addEventListener("change", (event) => {
    const part = event.target.dataset?.part;
    if (!part || !event.target.closest("#limits")) return;
    open_part = part;
    jushi.say("scope", limits());
  });
  let open_part = "";
  jushi.watch("#limits", (element) => {
    const input = open_part && element.querySelector(`input[data-part="${open_part}"]`);
    open_part = "";
    if (input) input.closest("details").open = true;
  });

  let typing;
  document.addEventListener("input", (event) => {
    if (event.target.matches(".narrow")) {
      const words = event.target.value.trim();
      for (const label of event.target.closest(".choices").querySelectorAll("label")) {
        label.hidden = !label.textContent.includes(words);
      }
    }
    if (event.target.matches(".find-talk")) {
      clearTimeout(typing);
      typing = setTimeout(() => jushi.say("find", { words: event.target.value }), 250);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const pick of document.querySelectorAll("details.pick[open]")) {
      if (pick.contains(document.activeElement)) pick.querySelector("summary").focus();
      pick.open = false;
    }
  });
  // The list is drawn anew while somebody types into its search: the cursor stays where it was.
  let words = null;
  document.addEventListener("input", (event) => {
    if (event.target.matches(".find-talk")) words = event.target.value;
  });
  jushi.watch("#talks", (element) => {
    const field = element.querySelector(".find-talk");
    if (words === null || !field || document.activeElement === field) return;
    field.focus();
    field.value = words;
    words = null;
  });

  // The open conversation is remembered for this browser tab, so that a reload shows it again.
  jushi.watch("#latest", (latest) => {
    const talk = latest.querySelector(".exchange[data-talk]")?.dataset.talk;
    if (talk) sessionStorage.setItem("jushi-talk", talk);
  });
})();

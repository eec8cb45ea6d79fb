// Answers and conversations as files, and spreadsheets of questions answered row by row.
(() => {
  const UNREACHABLE = "连不上据实。请确认程序还在运行，再试一次。";
  const NOT_DONE = "没有导出。请再试一次。";
  const WAYS = [["final", "Word 成稿"], ["review", "Word 核稿版"], ["markdown", "Markdown"], ["sheets", "Excel 表格"]];

  const save = (content, name) => {
    const link = jushi.make("a", { href: URL.createObjectURL(content), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    jushi.note(`已导出：${name}`);
  };
  const refusal = async (answer) => (await answer.json().catch(() => ({}))).detail ?? NOT_DONE;

  async function fetchFile(talk, at, kind) {
    const slow = setTimeout(() => jushi.note("正在导出…", true), 300);
    try {
      const query = new URLSearchParams({ talk, kind, ...(at === undefined ? {} : { at }) });
      const answer = await fetch(`export/answer?${query}`, { headers: { "X-Jushi": "1" } });
      clearTimeout(slow);
      if (!answer.ok) {
        jushi.note(await refusal(answer));
        return;
      }
      const named = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") ?? "");
      save(await answer.blob(), named ? decodeURIComponent(named[1]) : kind);
    } catch {
      clearTimeout(slow);
      jushi.note(UNREACHABLE);
    }
  }

  function exportAnswer(button) {
    const exchange = button.closest(".exchange");
    const menu = button.closest("details");
    if (menu) menu.open = false;
    const whole = button.dataset.part === "talk";
    fetchFile(exchange.dataset.talk, whole ? undefined : exchange.dataset.at, button.dataset.kind);
  }

  async function exportTalk(button) {
    const choices = WAYS.map(([kind, label], at) =>
      jushi.make("label", { className: "dialog-choice" },
        jushi.make("input", { type: "radio", name: "kind", value: kind, checked: at === 0 }),
        jushi.make("span", { textContent: label })));
    const given = await jushi.ask({ title: "导出整个对话", fields: choices, ok: "导出" });
    if (given) fetchFile(button.dataset.talk, undefined, given.kind);
  }

  // The menu stands free of the list that scrolls, above its button or below, wherever there is room.
  document.addEventListener("toggle", (event) => {
    const menu = event.target;
    if (!menu.matches?.("details.export") || !menu.open) return;
    const choices = menu.querySelector(".choices");
    const spot = menu.getBoundingClientRect();
    const above = spot.top - choices.offsetHeight - 4;
    const below = Math.min(spot.bottom + 4, window.innerHeight - choices.offsetHeight - 8);
    choices.style.top = `${Math.max(8, above >= 8 ? above : below)}px`;
    choices.style.left = `${Math.max(8, Math.min(spot.left, window.innerWidth - choices.offsetWidth - 8))}px`;
  }, true);
  const shut = () => document.querySelectorAll("details.export[open]").forEach((one) => (one.open = false));
  document.addEventListener("scroll", (event) => event.target.closest?.(".choices") || shut(), true);

  // Spreadsheets: the answer comes line by line, each telling how far it is; the last holds the file.
  let panel = null;
  let stopping = null;

  function open(file) {
    panel?.close();
    const input = jushi.make("input", { type: "file", accept: ".xlsx" });
    input.setAttribute("aria-label", "选择写有问题的 Excel 文件");
    const drop = jushi.make("label", { className: "drop" }, jushi.make("span", { textContent: "把 Excel 文件拖到这里，或点这里选择" }), input);
    const bar = jushi.make("progress", { max: 1, value: 0, hidden: true });
    bar.setAttribute("aria-label", "作答进度");
    const told = jushi.make("p", { className: "told" });
    told.setAttribute("role", "status");
    const shutting = jushi.make("button", { type: "button", textContent: "关闭" });
    const dialog = jushi.make("dialog", { className: "jushi-dialog batch" },
      jushi.make("h2", { textContent: "成批提问" }),
      jushi.make("p", { textContent: "表里要有一列标题是“问题”，每行一问，一次最多 500 问。原有的内容和格式不动，右边加上答案、时点、出处、原句、状态。只查资料库，不查附件；表格不会存下来。" }),
      drop, bar, told, jushi.make("div", { className: "dialog-buttons" }, shutting));
    dialog.setAttribute("aria-label", "成批提问");
    panel = dialog;
    input.addEventListener("change", () => input.files.length && run(dialog, input.files[0]));
    for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
      drop.addEventListener(name, (event) => {
        event.preventDefault();
        drop.classList.toggle("over", over);
      });
    }
    drop.addEventListener("drop", (event) => {
      event.stopPropagation();
      if (event.dataTransfer.files.length) run(dialog, event.dataTransfer.files[0]);
    });
    shutting.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      stopping?.abort();
      dialog.remove();
      panel = null;
    });
    document.body.append(dialog);
    dialog.showModal();
    if (file) run(dialog, file);
  }

  const told = (dialog, text, refused = false) => {
    const line = dialog.querySelector(".told");
    line.textContent = text;
    line.classList.toggle("refused", refused);
  };

  async function run(dialog, file) {
    const drop = dialog.querySelector(".drop");
    const button = dialog.querySelector(".dialog-buttons button");
    const bar = dialog.querySelector("progress");
    drop.hidden = true;
    bar.hidden = false;
    bar.removeAttribute("value");
    button.textContent = "停止";
    told(dialog, `正在读取 ${file.name}…`);
    stopping = new AbortController();
    try {
      const query = new URLSearchParams({ name: file.name, scope: JSON.stringify(jushi.limits()), mode: jushi.mode() });
      const answer = await fetch(`export/questions?${query}`, {
        method: "POST", headers: { "X-Jushi": "1" }, body: file, signal: stopping.signal,
      });
      if (!answer.ok) throw new Error(await refusal(answer));
      await follow(dialog, bar, answer);
    } catch (error) {
      if (error.name === "AbortError") return;
      const said = /[\u4e00-\u9fff]/.test(error.message) ? error.message : UNREACHABLE;
      told(dialog, said, true);
    } finally {
      stopping = null;
      bar.hidden = true;
      drop.hidden = false;
      dialog.querySelector(".drop input").value = "";
      button.textContent = "关闭";
    }
  }

  async function follow(dialog, bar, answer) {
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    let finished = false;
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const lines = (rest + value).split("\n");
      rest = lines.pop();
      for (const line of lines) finished = step(dialog, bar, JSON.parse(line)) || finished;
    }
    if (!finished) throw new Error(UNREACHABLE);
  }

  function step(dialog, bar, said) {
    if (said.content === undefined) {
      bar.value = said.done / said.of;
      told(dialog, `正在作答：${said.done}／${said.of}`);
      return false;
    }
    const bytes = Uint8Array.from(atob(said.content), (one) => one.charCodeAt(0));
    save(new Blob([bytes]), said.name);
    const states = Object.entries(said.states).map(([state, count]) => `${state} ${count}`).join("，");
    told(dialog, `已答完并存为“${said.name}”：${states}`);
    return true;
  }

  // A spreadsheet dropped on the talk may hold questions, or be something to ask about.
  jushi.takesSheet = async (files) => {
    if (files.length !== 1 || !files[0].name.toLowerCase().endsWith(".xlsx")) return false;
    const choices = [["answer", "给表里的问题逐行作答"], ["attach", "附到这次对话，一起查"]].map(([value, label], at) =>
      jushi.make("label", { className: "dialog-choice" },
        jushi.make("input", { type: "radio", name: "use", value, checked: at === 0 }),
        jushi.make("span", { textContent: label })));
    const given = await jushi.ask({ title: "这张表怎么用？", text: files[0].name, fields: choices });
    if (given?.use === "answer") open(files[0]);
    return given?.use !== "attach";
  };

  const actions = { export: exportAnswer, "export-talk": exportTalk, batch: () => open() };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button && actions[button.dataset.do]) actions[button.dataset.do](button);
  });
})();

// The library: files dropped or chosen go one after another, each with its progress; the list and its limits.
(() => {
  const OUTCOMES = {
    added: "已收入", updated: "已更新", unchanged: "没有变化", duplicate: "与已有文章相同，已合并", rejected: "未收入",
  };
  const queue = [];
  let sending = false;

  function row(name) {
    const item = jushi.make("li", {},
      jushi.make("span", { className: "name verbatim", textContent: name }),
      jushi.make("progress", { max: 1, value: 0 }),
      jushi.make("span", { className: "outcome", textContent: "等待" }));
    item.querySelector("progress").setAttribute("aria-label", `${name}的进度`);
    document.querySelector("#adding .received")?.prepend(item);
    return item;
  }

  const send = (method, address, body, progress) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open(method, address);
      request.setRequestHeader("X-Jushi", "1");
      request.responseType = "json";
      request.upload.onprogress = (event) => progress?.(event.loaded / event.total);
      request.onload = () => {
        if (request.status === 401) jushi.loginEnded();
        resolve(request.status === 200 ? request.response : [{ result: "rejected", reason: request.response?.detail ?? "没有收到。请重试。" }]);
      };
      request.onerror = () => resolve([{ result: "rejected", reason: "连不上据实。请确认程序还在运行，再试一次。" }]);
      request.send(body);
    });
  jushi.send = send;

  function told(item, results) {
    const bad = results.filter((one) => one.result === "rejected");
    const good = results.filter((one) => one.result !== "rejected");
    const outcome = item.querySelector(".outcome");
    item.querySelector("progress").remove();
    item.classList.add(bad.length ? "refused" : "received-well");
    const parts = [];
    if (good.length === 1) parts.push(OUTCOMES[good[0].result] + (good[0].reason ? `（${good[0].reason}）` : ""));
    if (good.length > 1) parts.push(`收入${good.length}篇`);
    if (bad.length === 1) parts.push(`未收入：${bad[0].reason}`);
    if (bad.length > 1) parts.push(`未收入${bad.length}篇：${[...new Set(bad.map((one) => one.reason))].join(" ")}`);
    outcome.textContent = parts.join("；");
  }

  async function next() {
    if (sending) return;
    const job = queue.shift();
    if (!job) {
      list();
      return;
    }
    sending = true;
    const { file, item, internal } = job;
    const outcome = item.querySelector(".outcome");
    const bar = item.querySelector("progress");
    const address = `library/files?name=${encodeURIComponent(file.name)}${internal ? "&internal=true" : ""}`;
    const results = await send("POST", address, file, (part) => {
      bar.value = part;
      outcome.textContent = part < 1 ? `正在读取 ${Math.round(part * 100)}%` : "正在核对、建索引…";
      if (part >= 1) bar.removeAttribute("value");
    });
    sending = false;
    const asks = results.length && results.every((one) => one.asks);
    if (asks && !internal) {
      const given = await jushi.ask({ title: "这份文件标有“内部”", text: `${file.name}：请确认可以收入本资料库。收入后，能用据实的人都能查到。`, ok: "确认收入" });
      if (given) {
        queue.unshift({ file, item, internal: true });
        next();
        return;
      }
    }
    told(item, results);
    next();
  }

  function take(files) {
    for (const file of files) queue.push({ file, item: row(file.name), internal: false });
    next();
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("#adding input.choose")) {
      take([...event.target.files]);
      event.target.value = "";
    }
  });
  // A file dropped beside its place would otherwise replace the whole page.
  for (const kind of ["dragover", "drop"]) {
    document.addEventListener(kind, (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
  }
  document.addEventListener("dragover", (event) => event.target.closest?.("#adding .drop")?.classList.add("over"));
  document.addEventListener("dragleave", (event) => event.target.closest?.("#adding .drop")?.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    const place = event.target.closest?.("#library");
    document.querySelector("#adding .drop")?.classList.remove("over");
    if (place && document.querySelector("#adding .drop") && event.dataTransfer?.files.length) take([...event.dataTransfer.files]);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("#adding .drop")) event.target.querySelector("input").click();
  });

  async function paste() {
    const text = jushi.field("正文", "text", "", "textarea");
    const area = text.querySelector("textarea");
    area.rows = 8;
    const known = [["标题", "title"], ["来源", "publisher"], ["日期（如 2025-03-09）", "published"], ["地区", "region"], ["网址（可不填）", "url"]]
      .map(([label, name]) => jushi.field(label, name));
    const touched = new Set();
    for (const field of known) field.querySelector("input").addEventListener("input", (event) => touched.add(event.target.name));
    let typing;
    area.addEventListener("input", () => {
      clearTimeout(typing);
      typing = setTimeout(async () => {
        const found = await send("POST", "library/prefill", area.value);
        for (const field of known) {
          const input = field.querySelector("input");
          if (!touched.has(input.name) && found[input.name] !== undefined) input.value = found[input.name];
        }
      }, 350);
    });
    const given = await jushi.ask({ title: "粘贴一篇文章", text: "标题、来源、日期从正文里读出来，请核对。", fields: [text, ...known], ok: "收入" });
    if (!given) return;
    const item = row(given.title || "粘贴的文章");
    item.querySelector("progress").removeAttribute("value");
    item.querySelector(".outcome").textContent = "正在核对、建索引…";
    let results = await send("POST", "library/texts", JSON.stringify(given));
    if (results.every((one) => one.asks)) {
      const sure = await jushi.ask({ title: "这篇文章标有“内部”", text: "请确认可以收入本资料库。收入后，能用据实的人都能查到。", ok: "确认收入" });
      if (sure) results = await send("POST", "library/texts?internal=true", JSON.stringify(given));
    }
    told(item, results);
    list();
  }

  const limits = () => {
    const form = document.querySelector("#shelf form.limits");
    return form ? { ...Object.fromEntries(new FormData(form)), most: Number(form.dataset.most) } : {};
  };
  const list = (rest = {}) => jushi.say("shelf", { ...limits(), ...rest });

  async function remove(button) {
    const title = `移除《${button.dataset.title}》？`;
    const given = await jushi.ask({ title, text: "移除后不能再查到。以前的回答里引用的句子还在，但打不开全文。", ok: "移除", danger: true });
    if (given) list({ do: "remove", article: button.closest("li").dataset.article });
  }

  async function mend(button) {
    const said = button.dataset;
    const fields = [["标题", "title"], ["来源", "publisher"], ["日期（如 2025-03-09）", "published"], ["地区", "region"], ["网址", "url"], ["主题（用顿号隔开）", "topics"]]
      .map(([label, name]) => jushi.field(label, name, said[name]));
    const given = await jushi.ask({ title: "修改文章信息", text: "正文不会改动。", fields, ok: "保存" });
    if (given) list({ do: "mend", article: button.closest("li").dataset.article, ...given });
  }

  const actions = {
    paste,
    mend,
    "remove-article": remove,
    only: (button) => jushi.limitTo(button.closest("li").dataset.article),
    "more-articles": () => list({ most: limits().most + 50 }),
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button && actions[button.dataset.do]) actions[button.dataset.do](button);
  });
  document.addEventListener("change", (event) => {
    if (event.target.closest("#shelf form.limits") && event.target.tagName === "SELECT") list({ most: 50 });
  });
  let typing;
  let writing = null;
  document.addEventListener("input", (event) => {
    if (!event.target.matches("#shelf form.limits input")) return;
    clearTimeout(typing);
    typing = setTimeout(() => {
      writing = event.target.value;
      list({ most: 50 });
    }, 250);
  });
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form.limits")) event.preventDefault();
  });
  jushi.watch("#shelf", (element) => {
    const field = element.querySelector("form.limits input");
    if (writing === null || !field || document.activeElement === field) return;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    writing = null;
  });
})();

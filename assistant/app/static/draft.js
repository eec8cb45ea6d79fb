// A draft pasted or dropped, its findings, and the annotated Word file.
(() => {
  const field = () => document.querySelector("#draft .draft-text");
  const told = (text) => document.querySelector("#draft .attaching")?.replaceChildren(text);
  let checked = "";

  // Each check has a number, which its report bears: only that one ends the waiting.
  let turn = 0;

  function verify() {
    checked = field().value;
    told("正在核对…");
    turn += 1;
    jushi.say("draft", { text: checked, turn });
  }
  jushi.watch("#report", (report) => {
    if (report.querySelector(`[data-turn="${turn}"]`)) told("");
  });

  async function read(file) {
    told(`正在读取 ${file.name}…`);
    const answer = await jushi.send("POST", `drafts/text?name=${encodeURIComponent(file.name)}`, file);
    told("");
    if (answer.text) {
      field().value = answer.text;
      verify();
    } else {
      await jushi.ask({ title: "没有读出材料", text: answer.reason ?? answer[0]?.reason ?? "", ok: "知道了", single: true });
    }
  }

  async function annotate() {
    const name = "核对结果.docx";
    const slow = setTimeout(() => jushi.note("正在导出…"), 300);
    try {
      const answer = await fetch("drafts/annotated.docx", { method: "POST", headers: { "X-Jushi": "1" }, body: checked });
      if (!answer.ok) {
        jushi.note("没有导出。请再核对一次。");
        return;
      }
      const link = jushi.make("a", { href: URL.createObjectURL(await answer.blob()), download: name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      jushi.note(`已导出：${name}`);
    } catch {
      jushi.note("连不上据实。请确认程序还在运行，再试一次。");
    } finally {
      clearTimeout(slow);
    }
  }

  const actions = { verify, annotate };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button && actions[button.dataset.do]) actions[button.dataset.do](button);
    const mark = event.target.closest("a[data-finding]");
    if (!mark) return;
    event.preventDefault();
    const finding = document.querySelector(`#finding-${mark.dataset.finding}`);
    for (const one of document.querySelectorAll(".findings .here")) one.classList.remove("here");
    finding?.classList.add("here");
    finding?.scrollIntoView({ block: "center", behavior: "smooth" });
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("#draft .draft-file")) return;
    if (event.target.files.length) read(event.target.files[0]);
    event.target.value = "";
  });
  document.addEventListener("drop", (event) => {
    if (event.target.closest?.("#verify") && event.dataTransfer?.files.length) read(event.dataTransfer.files[0]);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target === field()) verify();
    if (event.key === "Enter" && event.target.matches?.("#draft .attach")) event.target.querySelector("input").click();
  });
})();

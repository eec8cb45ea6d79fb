// What is done with answers and the question box: copy, judge, ask again, change, and the keys.
(() => {
  const REASONS = ["数字不对", "答非所问", "出处不对", "漏了内容", "文章里有却说没有", "其他"];
  const box = () => document.querySelector("#box textarea");
  const placeOf = (element) => Number(element.closest(".exchange")?.dataset.at ?? -1);

  jushi.fillBox = (text) => {
    const field = box();
    if (!field) return;
    const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
    set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  };

  // What was typed and not yet sent outlasts a reload, which Gradio does by itself after a lost connection.
  const UNSENT = "jushi-unsent";
  document.addEventListener("input", (event) => {
    if (event.target === box()) sessionStorage.setItem(UNSENT, event.target.value);
  });
  jushi.watch("#box", () => {
    const unsent = sessionStorage.getItem(UNSENT);
    if (unsent && box() && box() !== filled) {
      filled = box();
      if (!filled.value) jushi.fillBox(unsent);
    }
  });
  let filled = null;

  async function copy(button) {
    const text = button.parentElement.querySelector(`.copy-${button.dataset.way}`)?.textContent ?? "";
    jushi.note((await jushi.copy(text)) ? `已复制${button.textContent.trim()}` : "浏览器不让复制，请选中文字后按 Ctrl＋C。");
  }

  async function judgeDown(button) {
    const reasons = REASONS.map((reason, at) =>
      jushi.make("label", { className: "dialog-choice" },
        jushi.make("input", { type: "radio", name: "reason", value: reason, checked: at === 0 }),
        jushi.make("span", { textContent: reason })));
    const comment = jushi.field("应该是怎样（可不填）", "comment", "", "textarea");
    const given = await jushi.ask({ title: "哪里不对？", text: "会记成一道候选题；管理员会看到您的话，和这次对话里到这一问为止的提问。", fields: [...reasons, comment], ok: "提交" });
    if (given) jushi.say("rate", { at: placeOf(button), verdict: "down", ...given });
  }

  // The question becomes a field in its place; Enter asks, Escape leaves it as it was.
  function change(button) {
    const holder = button.closest(".question");
    const shown = holder.querySelector("p");
    const field = jushi.make("textarea", { value: shown.textContent, rows: 2, className: "change" });
    field.setAttribute("aria-label", "修改问题");
    const back = () => field.replaceWith(shown);
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape") {
        event.stopPropagation();
        back();
      }
      if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault();
        const question = field.value.trim();
        const at = placeOf(button);
        back();
        if (question) jushi.say("again", { at, question });
      }
    });
    shown.replaceWith(field);
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  }

  const actions = {
    copy,
    up: (button) => jushi.say("rate", { at: placeOf(button), verdict: "up" }),
    down: judgeDown,
    again: (button) => jushi.say("again", { at: placeOf(button) }),
    edit: change,
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button && actions[button.dataset.do]) actions[button.dataset.do](button);
    const asked = event.target.closest("button.ask-this");
    if (asked) jushi.say("ask", { question: asked.dataset.question });
  });

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    const field = event.target;
    if (field === box() && event.key === "ArrowUp" && !field.value) {
      const asked = [...document.querySelectorAll("#past .question p, #latest .question p")].pop();
      if (asked) {
        event.preventDefault();
        jushi.fillBox(asked.textContent);
      }
    }
    if (event.key === "Escape") document.querySelector("#halt")?.click();
  });

  let asked = "";
  let answering = false;
  jushi.watch("#latest", (latest) => {
    if (!latest.hasAttribute("aria-live")) latest.setAttribute("aria-live", "polite");
    const exchange = latest.querySelector(".exchange");
    document.documentElement.classList.toggle("begun", Boolean(exchange));
    if (!exchange) return;
    const question = exchange.querySelector(".question p")?.textContent ?? "";
    const busy = exchange.hasAttribute("aria-busy");
    if (busy) sessionStorage.removeItem(UNSENT);
    if (question === asked && !busy && !answering) return;
    asked = question;
    answering = busy;
    exchange.scrollIntoView({ block: "start" });
  });
})();

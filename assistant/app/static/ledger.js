// The ledger: its limits, its corrections.
(() => {
  const form = () => document.querySelector("#ledger form.limits");
  const limits = (rest = {}) =>
    form() ? { ...Object.fromEntries(new FormData(form())), most: Number(form().dataset.most), ...rest } : {};
  const show = (rest = {}, more = {}) => jushi.say("ledger", { limits: limits(rest), ...more });

  document.addEventListener("change", (event) => {
    if (event.target.closest("#ledger form.limits") && event.target.tagName === "SELECT") show({ most: 60 });
  });
  let typing;
  let writing = null;
  document.addEventListener("input", (event) => {
    if (!event.target.matches("#ledger form.limits input")) return;
    clearTimeout(typing);
    typing = setTimeout(() => {
      writing = event.target.value;
      show({ most: 60, indicator: "" });
    }, 350);
  });
  jushi.watch("#ledger", (element) => {
    const field = element.querySelector("form.limits input");
    if (writing === null || !field || document.activeElement === field) return;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    writing = null;
  });

  const row_of = (button) => {
    const { article, start, end, text } = button.dataset;
    return { article, start: Number(start), end: Number(end), text };
  };

  async function correct(button) {
    const said = button.dataset;
    const named = [["指标", "subject", said.subject], ["数值（不带万、亿）", "value", said.value], ["单位", "unit", said.unit], ["地区", "place", said.place], ["时间（如 2025-03）", "as_of", said.asOf], ["理由", "reason", ""]];
    const fields = named.map(([label, name, value]) => jushi.field(label, name, value));
    const given = await jushi.ask({ title: `更正“${said.text}”`, text: "更正另外保存，文章原文不会改动。", fields, ok: "保存" });
    if (!given) return;
    const changed = Object.fromEntries(named.map(([, name, value]) => [name, given[name].trim() === value && name !== "reason" ? "" : given[name].trim()]));
    show({}, { do: "correct", ...row_of(button), ...changed });
  }

  const actions = {
    "more-figures": () => show({ most: limits().most + 60 }),
    correct,
    "take-back": (button) => show({}, { do: "take-back", ...row_of(button) }),
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button && actions[button.dataset.do]) actions[button.dataset.do](button);
  });
})();

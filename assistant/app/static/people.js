// Accounts and the audit log on the tab 管理.
(() => {
  const whose = (button) => button.closest("li").dataset;
  const act = (button, action, rest = {}) => jushi.say("people", { do: action, login: whose(button).login, ...rest });

  async function add() {
    const role = jushi.make("select", { name: "role" },
      jushi.make("option", { value: "reader", textContent: "读者" }), jushi.make("option", { value: "admin", textContent: "管理员" }));
    const fields = [jushi.field("姓名", "name"), jushi.field("帐号（登录时输入）", "login"),
      jushi.make("label", { className: "dialog-field" }, jushi.make("span", { textContent: "角色" }), role)];
    const given = await jushi.ask({ title: "添加帐号", text: "会生成首次密码，请告诉本人。", fields, ok: "添加" });
    if (given) jushi.say("people", { do: "add", ...given });
  }

  async function reset(button) {
    const title = `重置“${whose(button).name}”的密码？`;
    const given = await jushi.ask({ title, text: "原来的密码马上失效，已登录的会退出。", ok: "重置" });
    if (given) act(button, "reset");
  }

  async function disable(button) {
    const title = `停用“${whose(button).name}”？`;
    const given = await jushi.ask({ title, text: "马上退出登录，不能再进。对话都留着，以后可以重新启用。", ok: "停用", danger: true });
    if (given) act(button, "disable");
  }

  async function role(button) {
    const to_admin = button.dataset.role === "admin";
    const title = to_admin ? `把“${whose(button).name}”改为管理员？` : `把“${whose(button).name}”改为读者？`;
    const text = to_admin ? "管理员能添加和移除资料、更正台账、管理帐号。" : "读者能提问、核对、导出，不能改资料库。";
    const given = await jushi.ask({ title, text, ok: "确定" });
    if (given) act(button, "role", { role: to_admin ? "admin" : "reader" });
  }

  async function copyFirst(button) {
    const text = button.parentElement.querySelector("b").textContent;
    jushi.note((await jushi.copy(text)) ? "已复制" : "浏览器不让复制，请选中文字后按 Ctrl＋C。");
  }

  // The list goes up, the first passwords come back as a file that is kept nowhere else.
  async function bring(input) {
    const said = document.querySelector("#people .attaching");
    said.textContent = "正在添加…";
    const file = input.files[0];
    const answer = await fetch("accounts/first.xlsx", { method: "POST", headers: { "X-Jushi": "1" }, body: file });
    input.value = "";
    said.textContent = "";
    if (!answer.ok) {
      const reason = (await answer.json().catch(() => ({}))).detail ?? "没有收到。请重试。";
      await jushi.ask({ title: "没有导入", text: reason, ok: "知道了", single: true });
      return;
    }
    const link = jushi.make("a", { href: URL.createObjectURL(await answer.blob()), download: "首次密码.xlsx" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    jushi.say("people", { do: "list" });
    await jushi.ask({ title: "名单已导入", text: "首次密码在下载的 首次密码.xlsx 里，没有添加的人和原因在它的第二张表。发给本人后请删掉这个文件。", ok: "知道了", single: true });
  }

  const actions = {
    "add-person": add,
    "reset-person": reset,
    "disable-person": disable,
    "role-person": role,
    "enable-person": (button) => act(button, "enable"),
    "unlock-person": (button) => act(button, "unlock"),
    "copy-first": copyFirst,
    "check-audit": () => jushi.say("people", { do: "check" }),
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button && actions[button.dataset.do]) actions[button.dataset.do](button);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("#people .attach-list input") && event.target.files.length) bring(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches?.("#people .attach-list")) event.target.querySelector("input").click();
  });

  let typing;
  let writing = null;
  document.addEventListener("input", (event) => {
    if (!event.target.matches("#audit form.limits input")) return;
    clearTimeout(typing);
    typing = setTimeout(() => {
      writing = event.target.value;
      jushi.say("people", { do: "find", words: writing });
    }, 250);
  });
  jushi.watch("#audit", (element) => {
    const field = element.querySelector("form.limits input");
    if (writing === null || !field || document.activeElement === field) return;
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    writing = null;
  });
})();

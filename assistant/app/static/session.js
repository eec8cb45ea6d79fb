// Who is logged in: the way out, a new password, and what happens when the login has ended meanwhile.
(() => {
  const send = window.fetch;
  let told = false;

  async function ended() {
    if (told) return;
    told = true;
    const given = await jushi.ask({
      title: "登录已过期", text: "请重新登录。页面上还没有保存的内容，可以先复制下来。", ok: "去登录",
    });
    told = false;
    if (given) location.assign("login");
  }
  jushi.loginEnded = ended;
  window.fetch = async (...given) => {
    const answer = await send(...given);
    if (answer.status === 401) ended();
    return answer;
  };

  async function signOut() {
    sessionStorage.clear();
    try {
      await send("logout", { method: "POST", redirect: "manual" });
    } catch {
      jushi.note("连不上据实。请确认程序还在运行，再试一次。");
      return;
    }
    location.assign("login");
  }

  const actions = { "sign-out": signOut, "change-password": () => location.assign("password") };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button && actions[button.dataset.do]) actions[button.dataset.do](button);
  });

  // For the drawer of settings: nothing where there are no accounts.
  jushi.account = () => {
    const who = document.querySelector("#masthead .who");
    if (!who) return [];
    const button = (action, text) => {
      const made = jushi.make("button", { type: "button", className: "door", textContent: text });
      made.dataset.do = action;
      return made;
    };
    return [
      jushi.make("h3", { textContent: "帐号" }), who.cloneNode(true),
      jushi.make("div", { className: "account-does" }, button("change-password", "修改密码"), button("sign-out", "退出登录")),
    ];
  };
})();

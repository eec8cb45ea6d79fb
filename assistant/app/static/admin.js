// The tab 管理.
(() => {
  const actions = {
    "check-library": (button) => {
      button.textContent = "正在核对…";
      jushi.say("admin", { do: "check" });
    },
    "repair-library": (button) => {
      button.textContent = "正在修复…";
      jushi.say("admin", { do: "repair" });
    },
    "drop-candidate": (button) => jushi.say("admin", { do: "drop", candidate: button.dataset.candidate }),
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button && actions[button.dataset.do]) actions[button.dataset.do](button);
  });
})();

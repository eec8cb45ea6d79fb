// Gradio's own messages, in the page's words: what happened and what to do.
(() => {
  if (jushi.setting("language", "zh") === "en") return;
  const SAYS = [
    [/connection to the server was lost|connection errored|broken connection/i, "连不上据实，正在重新连接。请确认程序还在运行；连上后页面会自己恢复。"],
    [/queue is full/i, "现在提问的人太多。请过几秒再试。"],
    [/leaving page/i, "离开页面时断开了，正在重新连接。"],
    [/too large|max.{0,12}size/i, "内容太长。请分成几段。"],
  ];
  const OTHERWISE = "没有成功。请再试一次；还不行就刷新页面，对话不会丢。";
  const TITLES = { error: "出错了", warning: "请注意", info: "提示", success: "完成" };
  const CLOSE = "关闭";

  // What is Chinese stays: replacing it by itself would call this again.
  const put = (element, text) => {
    if (!/[\u4e00-\u9fff]/.test(element.textContent)) element.textContent = text;
  };
  jushi.watch(".toast-wrap", (wrap) => {
    for (const title of wrap.querySelectorAll(".toast-title")) {
      const kind = Object.keys(TITLES).find((one) => title.classList.contains(one)) ?? "error";
      put(title, TITLES[kind]);
    }
    for (const text of wrap.querySelectorAll(".toast-message-text")) {
      put(text, SAYS.find(([pattern]) => pattern.test(text.textContent))?.[1] ?? OTHERWISE);
    }
    for (const button of wrap.querySelectorAll(".toast-close")) button.setAttribute("aria-label", CLOSE);
  });
})();

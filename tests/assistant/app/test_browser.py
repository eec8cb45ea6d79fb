"""The app as people use it, in a real browser."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request

import pytest
from browsing import QUESTION
from qinghe import QUOTE

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("own_host_alone")]


def test_the_first_screen_and_a_cited_answer(reader, address):
    with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answered:
        assert json.load(answered) == {"status": "ok"}
    assert "1篇 · 最新2025-03-09 · 摘录模式 · 不联网" in reader.see(".status").text
    reader.see("#door-verify")
    reader.see("#door-add")
    assert len(reader.driver.find_elements("css selector", ".guide li")) == 3
    assert not reader.driver.find_elements("css selector", ".talk-list")
    reader.click(".ask-this", QUESTION)
    answer = reader.see("#latest .answer.grounded .foot").find_element("xpath", "..")
    assert "3.2万名" in answer.find_element("css selector", ".short strong").text
    assert reader.see("#side mark#quote").text == QUOTE
    reader.click("#side [data-panel=close]")
    reader.gone("html.reading-source")
    marker = reader.see("#latest .text a.marker")
    reader.driver.execute_script("arguments[0].focus()", marker)
    card = reader.see(".card")
    assert QUOTE in card.text
    assert "2025年3月9日" in card.text
    reader.click("#latest .text a.marker")
    reader.see("html.reading-source")
    assert "队伍还在壮大" in reader.see("#side article.whole").text
    reader.type("body", "\ue00c")
    reader.gone("html.reading-source")


def test_conversations_are_kept_found_renamed_and_deleted(reader):
    reader.ask(QUESTION)
    reader.ask("去年呢")
    assert reader.see("#latest details.understood[open]")
    reader.see(".talk-list li[aria-current]", QUESTION)
    reader.driver.refresh()
    reader.see("#latest .exchange[data-at='1']")
    assert QUOTE in reader.see("#past .answer").get_attribute("textContent")
    reader.click(".talk-list [data-do=rename]")
    field = reader.see("dialog input[name=title]")
    field.clear()
    field.send_keys("志愿者人数\n")
    reader.see(".talk-list .open-talk", "志愿者人数")
    reader.click(".new-talk")
    reader.see("#welcome h2")
    reader.type(".find-talk", "没有这样的话")
    reader.see(".talk-list .aside")
    assert reader.driver.switch_to.active_element.get_attribute("class") == "find-talk"
    reader.see(".find-talk").clear()
    reader.type(".find-talk", "3.2万名")
    reader.click(".open-talk", "志愿者人数")
    reader.see("#latest .exchange[data-at='1']")
    reader.click(".talk-list [data-do=delete]")
    reader.click("dialog button.danger")
    reader.see("#welcome h2")
    reader.driver.refresh()
    reader.see(".status")
    assert not reader.driver.find_elements("css selector", ".talk-list li")


def test_another_browser_sees_none_of_it(reader):
    reader.ask(QUESTION)
    key = reader.see(".open-talk").get_attribute("data-talk")
    reader.driver.delete_all_cookies()
    reader.driver.get(reader.address)
    reader.see(".status")
    assert not reader.driver.find_elements("css selector", ".talk-list li")
    reader.driver.execute_script("jushi.say('talk', {do: 'open', talk: arguments[0]})", key)
    reader.ask("今天天气怎么样")
    assert len(reader.driver.find_elements("css selector", ".exchange")) == 1


def test_a_question_is_changed_asked_again_and_judged(reader):
    reader.ask("青禾市有多少台风？")
    reader.click("#latest [data-do=edit]")
    field = reader.see("textarea.change")
    field.clear()
    field.send_keys(QUESTION + "\n")
    reader.see("#latest .answer.grounded .foot")
    assert len(reader.driver.find_elements("css selector", ".exchange")) == 1
    reader.click("#latest [data-do=up]")
    reader.see("#latest [data-do=up][aria-pressed=true]")
    reader.click("#latest [data-do=down]")
    reader.click("dialog input[value=出处不对]")
    reader.type("dialog textarea", "应引另一篇")
    reader.click("dialog button.primary")
    reader.see("#latest .why", "出处不对：应引另一篇")
    reader.type("#box textarea", "\ue013")
    reader.until(
        lambda: reader.see("#box textarea").get_attribute("value") == QUESTION, "the earlier question"
    )
    reader.click("#tabs button[role=tab]", "管理")
    reader.see(".candidates .why", "应引另一篇")
    reader.click("[data-do=check-library]")
    reader.see("#library-state p", "各处一致")


def test_an_answer_is_copied_three_ways_where_the_browser_has_no_clipboard_for_pages(reader):
    reader.ask(QUESTION)
    reader.driver.execute_script("Object.defineProperty(window, 'isSecureContext', {value: false})")
    copied = {}
    for way in ("report", "sources", "reference"):
        reader.click(f"#latest [data-way={way}]")
        reader.see(".jushi-note.shown", "已复制")
        box = reader.see("#box textarea")
        box.clear()
        box.send_keys("\ue009v")
        reader.until(lambda: reader.see("#box textarea").get_attribute("value"), "what was copied")
        copied[way] = reader.see("#box textarea").get_attribute("value")
    assert copied["report"].startswith("据《青禾市志愿服务一年记》，")
    assert "〔" not in copied["report"]
    assert "[1]" in copied["sources"]
    assert copied["reference"].startswith("[1] 青禾市志愿服务一年记[Z]")


def test_the_source_of_an_earlier_answer_leaves_with_the_next_one(reader):
    reader.ask(QUESTION)
    reader.see("html.reading-source #side mark#quote")
    reader.ask("今天天气怎么样")
    reader.gone("html.reading-source")


def test_a_question_is_limited_in_one_click(reader):
    reader.click("#limits summary", "时间")
    reader.click("#limits input[value='2025']")
    reader.see("#limits .chosen", "只问 2025年（1篇）")
    reader.ask(QUESTION)
    reader.see("#latest .within", "2025年")
    reader.click("[data-do=clear-scope]")
    reader.gone("#limits .chosen")


def test_the_library_takes_lists_mends_and_removes(reader, tmp_path):
    (tmp_path / "青溪.txt").write_text("青溪镇新建驿站\n2025年4月2日\n全镇新建驿站12座。\n", encoding="utf-8")
    (tmp_path / "方案.txt").write_text("机密★3年\n关于某事的方案\n正文。\n", encoding="utf-8")
    reader.click("#door-add")
    reader.type("#adding input.choose", f"{tmp_path / '青溪.txt'}\n{tmp_path / '方案.txt'}")
    reader.see(".received .refused .outcome", "密级")
    reader.see(".received .received-well .outcome", "已收入")
    reader.see(".status", "2篇")
    reader.see(".articles .name", "青溪镇新建驿站")
    reader.click("[data-do=paste]")
    reader.type("dialog textarea", "云岭市的新办法\n云岭日报记者 张三\n2025年5月6日\n全市共有网格员420名。")
    reader.until(
        lambda: reader.see("dialog input[name=published]").get_attribute("value") == "2025-05-06", "the date"
    )
    reader.click("dialog button.primary")
    reader.see(".articles .name", "云岭市的新办法")
    reader.type("#shelf form.limits input", "青溪")
    reader.until(lambda: len(reader.driver.find_elements("css selector", ".articles li")) == 1, "one article")
    reader.click("[data-do=mend]")
    reader.type("dialog input[name=publisher]", "青溪日报")
    reader.click("dialog button.primary")
    reader.see(".articles .where", "青溪日报")
    reader.click(".articles a.to-source")
    reader.see("#side article.whole", "驿站12座")
    reader.click("[data-do=remove-article]")
    reader.click("dialog button.danger")
    reader.see(".page .aside", "没有符合条件的文章")


def test_an_attachment_is_asked_in_its_conversation_alone(reader, tmp_path):
    (tmp_path / "总结.txt").write_text("白水镇工作总结\n白水镇现有巡河员57名。\n", encoding="utf-8")
    reader.type("#attached input", str(tmp_path / "总结.txt"))
    reader.see("#attached .own", "白水镇工作总结")
    assert "57名" in reader.ask("白水镇有多少巡河员？").text
    reader.click(".new-talk")
    reader.see("#welcome h2")
    assert "57" not in reader.ask("白水镇有多少巡河员？").text


def test_the_ledger_shows_figures_with_their_sentences(reader):
    reader.click("#tabs button[role=tab]", "台账")
    reader.type("#ledger form.limits input", "志愿者")
    row = reader.see("table.ledger tbody tr", "3.2万名")
    assert "青禾市" in row.text
    reader.driver.execute_script(
        "const s = document.querySelector('#ledger select[name=scale]'); s.value = '一';"
        "s.dispatchEvent(new Event('change', {bubbles: true}))"
    )
    reader.see("table.ledger .value", "32000名")
    reader.click("table.ledger a.to-source")
    assert "3.2万" in reader.see("#side mark#quote").text
    assert "志愿者" in urllib.parse.unquote(reader.see("#ledger a[download]").get_attribute("href"))


def test_a_draft_is_checked_and_exported(reader, tmp_path):
    import docx

    document = docx.Document()
    document.add_paragraph("青禾市现有注册志愿者3.1万名。全市共有台风观测站77个。")
    document.save(tmp_path / "草稿.docx")
    reader.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    reader.click("#door-verify")
    reader.type("#draft .draft-file", str(tmp_path / "草稿.docx"))
    reader.see(".findings li.different", "3.2万")
    reader.until(lambda: not reader.see("#draft .attaching").text, "the end of the waiting")
    reader.click("[data-do=verify]")  # the same draft again: the waiting ends all the same
    reader.see("#report [data-turn='2']")
    reader.until(lambda: not reader.see("#draft .attaching").text, "the end of the waiting")
    reader.see(".findings li.not_found", "77个")
    reader.click(".drafted a.checked.different")
    reader.see(".findings li.here.different")
    reader.click(".findings a.to-source")
    assert "3.2万" in reader.see("#side mark#quote").text
    reader.click("[data-do=annotate]")
    made = reader.until(lambda: list(tmp_path.glob("核对结果.docx")), "the annotated file")
    assert "不一致" in next(iter(docx.Document(made[0]).comments)).text


def test_settings_and_the_narrow_screen(reader):
    reader.click("[data-do=settings]")
    reader.click("dialog input[name=theme][value=dark]")
    reader.see("body.dark")
    reader.click("dialog input[name=size][value=large]")
    reader.driver.refresh()
    reader.see("html[data-size=large] body.dark")
    reader.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True},
    )
    try:
        reader.ask(QUESTION)
        width = reader.driver.execute_script("return document.documentElement.scrollWidth")
        assert width <= 390
    finally:
        reader.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_a_lost_connection_is_told_in_chinese_and_nothing_typed_is_lost(reader):
    reader.ask(QUESTION)
    offline = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    reader.driver.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
    try:
        reader.type("#box textarea", "去年呢\n")
        told = reader.see(".toast-message-text", "连不上据实").get_attribute("textContent")
        assert not any("a" <= letter <= "z" for letter in told.lower())
        reader.see(".toast-title", "出错了")
        reader.driver.execute_script("window.stale = true")
    finally:
        reader.driver.execute_cdp_cmd("Network.emulateNetworkConditions", {**offline, "offline": False})
    reader.until(lambda: not reader.driver.execute_script("return window.stale"), "the page anew")
    reader.see("#latest .exchange[data-at='0']")
    reader.until(lambda: reader.see("#box textarea").get_attribute("value") == "去年呢", "what was typed")

"""Questions for something else than a figure, asked of one invented article."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant import Assistant
from assistant.reading.agents import agent_spans, asks_agent
from assistant.reading.language import Language
from assistant.reading.outline import mark_of
from assistant.reading.question import understand
from assistant.reading.things import asked_thing, compounds, things_in
from retrieval import Library

ARTICLE = """---
title: "衡川市基层治理改革观察"
publisher: "衡川日报"
published: "2025-03-09"
region: 湖南省
---
# 衡川市基层治理改革观察

衡川市设立物业纠纷联席会,总召集人由市委政法委书记担任,成员单位有12家。区级联席会由常务副区长牵头。

“衡川社区学院”由市民政局与湘水学院合作共建,“衡川志愿者学院”的合作方是南岭职业大学。

当地还实施“衡商同心·万企同行”行动,打造“衡小暖”志愿服务品牌,2023年,团衡川市委联合市教育局等6个部门实施“2022年衡小暖计划”。市12345热线办制作了《工单直派表》。望江小区的路灯由“守望者志愿服务队”修好。

2024年5月7日,市治理中心正式挂牌。有关负责人说,文章里写的只是开头,各单位都在跟进。

## 面对的短板

下一步要补上的短板如下。

### 1. 物业矛盾多

老旧小区物业收费难。

### 2. 楼道设施旧

不少楼道没有电梯。

## 怎样推进

首先是建立“三项制度”。议事制度,是每月召开一次会议。评议制度,是请居民打分。公示制度,是把结果贴上墙。

其次是做到“两个下沉”。一为下沉力量,干部每周进小区。二为下沉资源,每个小区补助两万元。

衡川分两方面给基层松绑:减少报表;合并会议。

文字:林小川 苏文
责编:王大海 签发:李向阳
"""


@pytest.fixture(scope="module")
def hengchuan(tmp_path_factory: pytest.TempPathFactory, language: Language) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("hengchuan")
    (folder / "a.md").write_text(ARTICLE, encoding="utf-8")
    with Library.open(folder / "data") as library:
        assert [r.result for r in library.ingest([folder / "a.md"])] == ["added"]
    with Assistant(Library.open(folder / "data"), language) as real:
        yield real


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("物业纠纷联席会的总召集人由谁担任?", ("市委政法委书记",)),
        ("区级联席会由谁牵头?", ("常务副区长",)),
        ("衡川志愿者学院是跟谁合办的?", ("南岭职业大学",)),
        ("衡川 行动名称", ("“衡商同心·万企同行”",)),
        ("衡川的志愿服务品牌叫什么?", ("“衡小暖”",)),
        ("12345热线办做了一张什么表?", ("《工单直派表》",)),
        ("望江小区的路灯是哪支队伍修好的?", ("守望者志愿服务队",)),
        ("2023年衡小暖计划由哪个单位牵头?", ("团衡川市委",)),
        ("市治理中心哪天挂的牌?", ("2024年5月7日",)),
    ],
)
def test_right_words_are_said_and_cited(hengchuan, question, words):
    answer = hengchuan.ask(question)
    assert answer.status == "grounded"
    assert all(w in answer.text for w in words)
    assert all(any(w in c.quote for c in answer.citations) for w in words)


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("衡川面对哪些短板?", ["1. 物业矛盾多", "2. 楼道设施旧"]),
        ("“三项制度”是哪三项?", ["“三项制度”", "议事制度", "评议制度", "公示制度"]),
        ("衡川下沉了哪两样东西?", ["“两个下沉”", "一为下沉力量", "二为下沉资源"]),
        ("衡川分哪两个方面给基层松绑?", ["减少报表", "合并会议"]),
    ],
)
def test_list_is_given_whole_and_in_order(hengchuan, question, items):
    answer = hengchuan.ask(question)
    assert answer.status == "grounded"
    assert len(answer.statements) == len(items)
    assert all(item in s.text for item, s in zip(items, answer.statements, strict=True))


def test_marks_of_items():
    assert [mark_of(t) for t in ("一是减负", "二是赋能", "第3条", "一是一,二是二", "减负")] == [
        (1, 1), (1, 2), (0, 3), (1, 1), None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("衡川打造了什么品牌?", "品牌"), ("望江小区靠哪支队伍改善的?", "队伍"), ("衡川 行动名称", "行动"),
        ("推行的是什么工作法?", "工作法"), ("什么时候挂牌?", ""), ("在哪里举办?", ""), ("衡川有哪些品牌?", ""),
        ("衡川 暖心驿站", ""), ("哪条河是流经两省的?", "河"), ("哪个缺少水源的村庄打了井?", "村庄"),
    ],
)  # fmt: skip
def test_sort_of_thing_asked_for(language, question, thing):
    terse = understand(question).terse
    assert asked_thing(question, language.words, language.is_noun, terse=terse) == thing


def test_names_of_a_sort():
    text = "在海月广场打造品牌“邻里帮”,按“五步走”推进,主要广场都设点"
    assert [name for _, _, name in things_in(text, ["品牌"])] == ["“邻里帮”"]
    assert [name for _, _, name in compounds(text, "广场")] == ["海月广场"]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("衡川那篇稿子的责编是谁?", "王大海"),
        ("衡川那篇稿子是谁签发的?", "李向阳"),
        ("衡川这篇报道的文字作者是谁?", "林小川"),
    ],
)
def test_credits_of_an_article(hengchuan, question, name):
    answer = hengchuan.ask(question)
    assert name in answer.text
    assert answer.short_answer == name


def test_bare_answer_is_the_one_who_holds_the_post(hengchuan):
    assert hengchuan.ask("物业纠纷联席会的总召集人由谁担任?").short_answer == "市委政法委书记"


def test_articles_in_traditional_characters_give_bare_answers_as_written(tmp_path, language):
    text = (
        "# 臨河縣見聞\n\n臨河縣志願者協會會長劉學禮於2024年5月7日退休。\n\n該縣打造了志願服務品牌“鄰里幫”。\n"
    )
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    with Library.open(tmp_path / "data") as library:
        assert [r.result for r in library.ingest([tmp_path / "a.md"])] == ["added"]
    with Assistant(Library.open(tmp_path / "data"), language) as real:
        assert real.ask("临河县志愿者协会的会长是谁?").short_answer == "劉學禮"
        assert real.ask("临河县打造了什么品牌?").short_answer == "“鄰里幫”"


@pytest.mark.parametrize("question", ["衡川市委书记叫什么名字?", "衡川市治理中心主任是谁?"])
def test_everyday_words_are_no_persons(hengchuan, question):
    answer = hengchuan.ask(question)
    assert (answer.status, answer.short_answer) == ("abstained", "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("衡川有哪几家商会帮忙?", "list"), ("商会是跟谁一起办的?", "organisation"), ("收入在全市排老几?", "rank"),
        ("增速比全国快还是慢?", "yesno"), ("出于什么考虑?", "purpose"), ("办公室在几号楼?", "place"),
        ("总结了哪几条经验?", "list"), ("市委书记叫什么名字?", "person"),
    ],
)  # fmt: skip
def test_kinds(text, kind):
    assert understand(text).kind == kind


@pytest.mark.parametrize(
    "question",
    ["衡川为什么取消了物业纠纷联席会?", "衡川社区学院是什么时候停办的?", "“两个下沉”的八项要求是哪八项?"],
)
def test_what_the_article_does_not_tell_is_not_taken_for_granted(hengchuan, question):
    answer = hengchuan.ask(question)
    assert (answer.status, answer.short_answer) == ("abstained", "")


def test_agents():
    text = "社会工作由党委副书记分管,联席会由市委政法委牵头;基地的合作方是湘水学院"
    assert [who for _, _, who in agent_spans(text)] == ["党委副书记", "市委政法委", "湘水学院"]
    assert asks_agent(understand("社会工作由谁分管?"))
    assert not asks_agent(understand("网约车司机叫什么?"))


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("团青州省委联合青州省文明办、省教育厅实施", ["团青州省委", "青州省文明办", "省教育厅"]),
        ("使衡川市构建基层社会工作体系面对更大挑战", []),
        ("成立湾区“星火”志愿服务队", ["湾区“星火”志愿服务队"]),
    ],
)
def test_bodies(language, text, bodies):
    assert [name for _, _, name in language.bodies(text)] == bodies

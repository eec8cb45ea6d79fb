from __future__ import annotations

import pytest

from assistant.following.follow_up import FollowUp
from assistant.models import Answer, Statement
from assistant.reading.language import Language


@pytest.fixture(scope="module")
def follow_up(language: Language) -> FollowUp:
    return FollowUp(language.places)


def turn(question: str, short: str = "约62万人", status: str = "grounded") -> tuple[str, Answer]:
    return question, Answer.model_validate({
        "question": question,
        "standalone_question": question,
        "status": status,
        "short_answer": short,
        "text": short,
    })


VOLUNTEERS = turn("衡阳市有多少注册志愿者?")


@pytest.mark.parametrize("question", ["衡阳市有多少注册志愿者?", "那襄阳呢?", "它叫什么?", ""])
def test_a_first_question_stands_alone(follow_up, question):
    assert follow_up.standalone(question, ()) == [question]


@pytest.mark.parametrize("status", ["smalltalk", "rejected"])
def test_small_talk_is_no_turn_to_lean_on(follow_up, status):
    assert follow_up.standalone("那襄阳呢?", [turn("你好", "", status)]) == ["那襄阳呢?"]
    assert "注册志愿者" in follow_up.standalone("那襄阳呢?", [VOLUNTEERS, turn("你好", "", status)])[0]


class TestEllipsis:
    @pytest.mark.parametrize("question", ["那襄阳呢?", "襄阳呢", "那么襄阳市呢？", "换成襄阳呢?"])
    def test_a_place_takes_the_place_of_the_place(self, follow_up, question):
        first = follow_up.standalone(question, [VOLUNTEERS])[0]
        assert "襄阳" in first
        assert "衡阳" not in first
        assert "有多少注册志愿者" in first

    def test_a_year_takes_the_place_of_the_year(self, follow_up):
        first = follow_up.standalone("2023年呢?", [turn("襄阳2024年投入多少志愿服务经费?")])[0]
        assert "2023年" in first
        assert "2024" not in first

    def test_a_year_is_added_where_there_was_none(self, follow_up):
        first = follow_up.standalone("2023年呢?", [VOLUNTEERS])[0]
        assert {"2023年", "衡阳", "注册志愿者"} <= {w for w in ("2023年", "衡阳", "注册志愿者") if w in first}

    def test_another_thing_keeps_the_place(self, follow_up):
        first = follow_up.standalone("骑手驿站呢?", [VOLUNTEERS])[0]
        assert "衡阳" in first
        assert "骑手驿站" in first
        assert "多少" in first

    def test_a_share_is_of_what_was_asked(self, follow_up):
        assert any(
            "注册志愿者" in r and "占比" in r and "衡阳" in r
            for r in follow_up.standalone("占比呢?", [VOLUNTEERS])
        )


class TestCorrection:
    @pytest.mark.parametrize("question", ["不是衡阳,我问襄阳", "不对,我问的是襄阳", "我说的是襄阳"])
    def test_replaces_what_was_wrong(self, follow_up, question):
        first = follow_up.standalone(question, [VOLUNTEERS])[0]
        assert "襄阳" in first
        assert "衡阳" not in first
        assert "注册志愿者" in first

    def test_of_the_thing_keeps_the_place(self, follow_up):
        first = follow_up.standalone("不是注册志愿者,我问骑手驿站", [VOLUNTEERS])[0]
        assert "衡阳" in first
        assert "骑手驿站" in first
        assert "注册志愿者" not in first


class TestReference:
    def test_it_is_what_the_turn_before_named(self, follow_up):
        history = [turn("蒸湘区印发了什么文件?", "《骑手友好社区建设办法》")]
        assert any(
            "《骑手友好社区建设办法》" in r
            for r in follow_up.standalone("这个文件是什么时候印发的?", history)
        )

    def test_a_question_of_another_place_is_left_alone(self, follow_up):
        assert "泸州有多少社区工作者?" in follow_up.standalone("泸州有多少社区工作者?", [VOLUNTEERS])


@pytest.mark.parametrize(
    "question", ["那襄阳呢?", "占比呢?", "不是衡阳,我问襄阳", "它叫什么?", "总共呢?", "?", "呢", "不是"]
)
def test_there_is_always_a_reading_and_none_twice(follow_up, question):
    readings = follow_up.standalone(question, [VOLUNTEERS])
    assert readings
    assert len(set(readings)) == len(readings)


def readings(follow_up, question, before, short="约62万人", text=""):
    asked, answer = turn(before, short)
    return follow_up.standalone(
        question, [(asked, answer.model_copy(update={"text": text}) if text else answer)]
    )


class TestOtherThings:
    @pytest.mark.parametrize(
        ("question", "before", "expected"),
        [
            ("车辆呢?", "衡阳投入了多少志愿者?", "衡阳投入了多少车辆?"),
            ("那进出口呢,涨了多少?", "衡阳固定资产投资涨了百分之几?", "衡阳进出口涨了多少?"),
            ("襄阳的进出口呢?", "衡阳固定资产投资涨了多少?", "襄阳进出口涨了多少?"),
            ("襄阳市委的那个呢?", "衡阳市委社会工作部是什么时候成立的?", "襄阳市委社会工作部是什么时候成立的?"),
            ("那“4”呢?", "“11431”的“3”指什么?", "“11431”的“4”指什么?"),
            ("第二批呢?", "衡阳首批试点了多少个小区?", "衡阳第二批试点了多少个小区?"),
            ("我问的是累计,不是日均", "衡阳日均开展多少场活动?", "衡阳累计开展多少场活动?"),
            ("那骑手食堂?", "衡阳有多少骑手驿站?", "衡阳有多少骑手食堂?"),
            ("襄阳同类的呢?", "衡阳建了多少驿站?", "襄阳建了多少驿站?"),
            ("在襄阳的几栋?", "衡阳税收上亿的楼宇有几栋?", "襄阳税收上亿的楼宇有几栋?"),
            ("通过了多少?", "衡阳2025年有多少人报考?", "衡阳2025年通过了多少?"),
            ("那襄阳是多少?", "衡阳有多少志愿者?", "襄阳有多少志愿者?"),
            ("其中获证的呢?", "衡阳有多少社工?", "衡阳有多少获证的社工?"),
            ("税收1亿元以上的呢?", "衡阳有多少栋商务楼宇?", "衡阳有多少栋税收1亿元以上的商务楼宇?"),
            ("我说错了,想问的是襄阳,市属党委有几个?", "衡阳有几个党委?", "襄阳,市属党委有几个?"),
            ("观察员呢?", "衡阳 观察站 数量", "衡阳观察员 数量"),
            ("意见呢?", "衡阳回收了多少份问卷?", "衡阳意见有多少"),
            ("不是企业,我问小区", "衡阳有多少个物业企业?", "衡阳有多少小区?"),
            ("2023年的增幅呢?", "衡阳2024年增长多少?", "衡阳2023年增长多少?"),
            ("多少人拿到了?", "衡阳发放了多少人才补贴?", "衡阳人才补贴多少人拿到了?"),
        ],
    )  # fmt: skip
    def test_is_among_the_readings(self, follow_up, question, before, expected):
        assert expected in readings(follow_up, question, before)

    def test_the_year_of_a_comparison_is_not_replaced(self, follow_up):
        found = readings(follow_up, "较上一年涨了百分之几?", "衡阳2025年报考人数是多少?")
        assert any("2025年" in r and "上一年" in r for r in found)


class TestReferring:
    def test_the_second_is_the_second_of_the_answer(self, follow_up):
        found = readings(follow_up, "第二个是哪天印发的?", "衡阳印发了哪两份文件?", "《甲办法》、《乙方案》")
        assert found[0] == "衡阳《乙方案》是哪天印发的?"

    @pytest.mark.parametrize(
        ("question", "before", "short", "expected"),
        [
            ("第二个有多少项?", "衡阳清理了哪三样?", "清理挂牌82个、规范证明80项、协助事项48项", "衡阳规范证明有多少项?"),
            ("里面那个3指什么?", "衡阳的机制叫什么?", "1+1+3+N", "衡阳“1+1+3+N”里的那个3指什么?"),
            ("这个镇有多少网格员?", "云集镇的平台登记了多少件?", "365件", "云集镇有多少网格员?"),
        ],
    )  # fmt: skip
    def test_items_codes_and_towns(self, follow_up, question, before, short, expected):
        assert readings(follow_up, question, before, short)[0] == expected

    def test_items_of_a_sentence_bear_the_noun_asked_for(self, follow_up):
        asked, answer = turn("衡阳在哪两个社区成立了党支部?", "")
        told = Statement(text="考虑到作业分散,东信社区和龙门社区分别成立党支部", citations=(1,))
        answer = answer.model_copy(update={"statements": (told,), "text": told.text})
        assert (
            follow_up.standalone("第二个社区有什么驿站?", [(asked, answer)])[0] == "衡阳龙门社区有什么驿站?"
        )

    def test_figures_are_no_items(self, follow_up):
        found = readings(follow_up, "第二个行动有几项任务?", "衡阳有几类几项任务?", "7类、22项")
        assert not any("22项行动" in r for r in found)

    def test_a_body_named_some_turns_ago(self, follow_up):
        history = [turn("衡阳市汽车行业商会有多少会员?", "64家"), turn("衡阳市发了多少工资?", "1亿元")]
        first = follow_up.standalone("这个商会的会长是谁?", history)[0]
        assert first == "衡阳市汽车行业商会的会长是谁?"

    def test_others_is_no_pronoun(self, follow_up):
        found = readings(follow_up, "比其他专职工作者多多少?", "衡阳有多少“两委”干部?", "12人")
        assert not any("比其“" in r for r in found)

    def test_a_body_is_not_left_out_of_its_question(self, follow_up):
        found = readings(follow_up, "这个部门是哪天成立的?", "衡阳市委社会工作部部长是谁?", "陈某")
        assert found == ["衡阳市委社会工作部是哪天成立的?"]

    def test_there_is_the_place(self, follow_up):
        assert readings(follow_up, "那里有几家驿站?", "衡阳市有多少志愿者?")[0] == "衡阳市有几家驿站?"

    def test_this_money_is_what_was_asked_about(self, follow_up):
        assert "衡阳医保基金拨给了几家医院?" in readings(
            follow_up, "这笔钱拨给了几家医院?", "衡阳预付了多少医保基金?", "1.2亿元"
        )

    def test_of_these_asks_for_a_part(self, follow_up):
        found = readings(follow_up, "其中高级社工师几名?", "衡阳有多少持证社工?")
        assert found[0] == "衡阳高级社工师几名?"
        assert any("持证社工里的高级社工师" in r for r in found)


def conversation(*turns: tuple[str, str]) -> list[tuple[str, Answer]]:
    """Returns a history of questions with their bare answers; an answer of "" was given in vain."""
    return [turn(question, short, "grounded" if short else "abstained") for question, short in turns]


class TestEarlierTurns:
    def test_a_thing_may_be_asked_about_as_before_the_last_turn(self, follow_up):
        history = conversation(("衡阳有多少张护理床位?", "300张"), ("衡阳每新建一张床位补多少钱?", "8000元"))
        assert "衡阳有多少家庭床位?" in follow_up.standalone("家庭床位呢?", history)

    def test_the_place_is_the_last_one(self, follow_up):
        history = conversation(("衡阳有多少张护理床位?", "300张"), ("襄阳有多少名护理员?", "40名"))
        assert all("衡阳" not in r for r in follow_up.standalone("家庭床位呢?", history))

    def test_another_place_stays_though_asked_in_vain(self, follow_up):
        history = conversation(("衡阳发了多少补贴?", "300万元"), ("襄阳发了多少补贴?", ""))
        assert not any("衡阳" in r for r in follow_up.standalone("抚恤金呢?", history))

    def test_what_was_asked_in_vain_within_the_place_is_left_behind_with_its_place(self, follow_up):
        history = conversation(("海南省发了多少补贴?", "300万元"), ("其中三亚发了多少补贴?", ""))
        assert any("海南省" in r for r in follow_up.standalone("抚恤金呢?", history))

    def test_an_item_is_of_the_last_list(self, follow_up):
        history = conversation(("衡阳有哪几个品牌?", "“暖阳”、“同心”"), ("衡阳“同心”是哪个区的?", "蒸湘区"))
        assert follow_up.standalone("那第一个是哪个区的?", history)[0] == "衡阳“暖阳”是哪个区的?"

    def test_a_town_is_the_one_named_last(self, follow_up):
        history = conversation(("新墙镇有多少网格员?", "12人"), ("调解了多少件纠纷?", "30件"))
        assert "新墙镇有多少调解员?" in follow_up.standalone("这个镇有多少调解员?", history)


@pytest.mark.parametrize(
    ("question", "before", "expected"),
    [
        ("襄阳呢?", "衡阳全市有多少社工?", "襄阳有多少社工?"),
        ("不是衡阳,我问的是襄阳改造了多少个小区", "衡阳有多少社工?", "襄阳改造了多少个小区"),
        ("到2025年呢?", "衡阳2024年有多少社工?", "衡阳2025年有多少社工?"),
        ("补助金呢?", "衡阳补助了多少人?", "衡阳补助金多少钱"),
        ("持证的?", "衡阳有多少社工?", "衡阳有多少持证的社工?"),
        ("这部分花了多少钱?", "衡阳有多少个小区?", "衡阳小区花了多少钱?"),
        ("上半年发了多少?", "衡阳补助每人多少?", "衡阳补助上半年发了多少?"),
        ("全国平均呢?", "衡阳入园率是多少?", "全国平均入园率是多少?"),
        ("搬迁的劳动力呢?", "衡阳农村劳动力就业率是多少?", "衡阳搬迁的劳动力就业率是多少?"),
        ("民办园呢?", "衡阳公办园的覆盖率是多少?", "衡阳民办园的覆盖率是多少?"),
        ("提升以前是多少?", "衡阳满意度现在有多高?", "衡阳满意度原来是多少"),
        ("襄阳类似的叫什么名字?", "衡阳有多少骑手驿站?", "襄阳骑手驿站叫什么名字?"),
    ],
)
def test_is_the_first_reading_or_among_them(follow_up, question, before, expected):
    assert expected in readings(follow_up, question, before)


def test_a_count_without_a_thing_is_of_the_thing_before(language):
    speaking = FollowUp(language.places, lambda text: [w for w in ("推进会", "志愿者") if w in text])
    assert "襄阳改造了多少个小区" in readings(speaking, "襄阳改造了多少个?", "衡阳有多少个小区?")
    pointing = readings(speaking, "那个推进会是在哪儿开的?", "衡阳有多少个小区?")
    assert pointing[0] == "衡阳推进会是在哪儿开的?"

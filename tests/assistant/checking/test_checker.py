from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.checking.checker import Checker, Support

CONTEXT = "志愿服务走深走实 湖南省衡阳市"
SENTENCE = "截至2024年12月,衡阳市注册志愿者约62万人,占常住人口的14.5%。"
SUPPORT = Support(SENTENCE, CONTEXT, "", "2025-03-09")
THINGS = ("注册志愿者", "骑手驿站", "社区食堂", "网格员", "志愿服务队伍", "党支部", "议事会", "社会工作者")
CITIES = ("衡阳", "襄阳", "泸州", "岳阳", "绵阳", "揭阳", "毕节", "桂林")
UNITS = ("名", "个", "家", "支", "件", "场", "户", "元", "公里")
QUALIFIERS = ("", "约", "超", "近", "不足", "至少")
DENIALS = ("未", "没有", "尚未")


@pytest.fixture(scope="module")
def stands(checker: Checker):
    def judge(statement: str, *supports: Support | str) -> bool:
        given_supports = [
            Support(s, CONTEXT, "", "2025-03-09") if isinstance(s, str) else s for s in supports
        ]
        return not checker.check(statement, given_supports or [SUPPORT])

    return judge


@st.composite
def facts(draw: st.DrawFn) -> dict[str, object]:
    """Returns the parts of an invented sentence."""
    return {
        "year": draw(st.integers(2010, 2025)),
        "month": draw(st.integers(1, 12)),
        "city": draw(st.sampled_from(CITIES)),
        "thing": draw(st.sampled_from(THINGS)),
        "qualifier": draw(st.sampled_from(QUALIFIERS)),
        "amount": draw(st.integers(10, 99_999)),
        "scale": draw(st.sampled_from(("", "万", "亿"))),
        "unit": draw(st.sampled_from(UNITS)),
        "share": draw(st.integers(1, 99)),
    }


def told(fact: dict[str, object], **changed: object) -> str:
    parts = {**fact, **changed}
    return (
        "截至{year}年{month}月,{city}市建成{thing}{qualifier}{amount}{scale}{unit},覆盖率为{share}%。".format(
            **parts
        )
    )


def around(fact: dict[str, object]) -> Support:
    return Support(told(fact), f"{fact['city']}市")


FEW = settings(max_examples=25, deadline=None)


class TestMutations:
    """One part of a true sentence changed, the rest as it stands: nothing of this may pass."""

    @FEW
    @given(facts())
    def test_unchanged_it_stands(self, stands, fact):
        assert stands(told(fact), around(fact))

    @FEW
    @given(facts(), st.data())
    def test_a_digit(self, stands, fact, data):
        digits = str(fact["amount"])
        place = data.draw(st.integers(0, len(digits) - 1))
        digit = data.draw(st.sampled_from("0123456789"))
        changed = digits[:place] + digit + digits[place + 1 :]
        assume(changed != digits and changed[0] != "0")
        assert not stands(told(fact, amount=changed), around(fact))

    @FEW
    @given(facts(), st.integers(1, 99))
    def test_a_share(self, stands, fact, share):
        assume(share != fact["share"])
        assert not stands(told(fact, share=share), around(fact))

    @FEW
    @given(facts(), st.sampled_from(UNITS))
    def test_a_unit(self, stands, fact, unit):
        assume(unit != fact["unit"])
        assert not stands(told(fact, unit=unit), around(fact))

    @FEW
    @given(facts(), st.sampled_from(("", "万", "亿")))
    def test_ten_thousand_for_a_hundred_million(self, stands, fact, scale):
        assume(scale != fact["scale"])
        assert not stands(told(fact, scale=scale), around(fact))

    @FEW
    @given(facts(), st.sampled_from(QUALIFIERS))
    def test_a_qualifier(self, stands, fact, qualifier):
        assume(qualifier != fact["qualifier"])
        assert not stands(told(fact, qualifier=qualifier), around(fact))

    @FEW
    @given(facts(), st.integers(2010, 2025))
    def test_a_year(self, stands, fact, year):
        assume(year != fact["year"])
        assert not stands(told(fact, year=year), around(fact))

    @FEW
    @given(facts(), st.integers(1, 12))
    def test_a_month(self, stands, fact, month):
        assume(month != fact["month"])
        assert not stands(told(fact, month=month), around(fact))

    @FEW
    @given(facts(), st.sampled_from(CITIES))
    def test_a_place(self, stands, fact, city):
        assume(city != fact["city"])
        assert not stands(told(fact, city=city), around(fact))

    @FEW
    @given(facts(), st.sampled_from(DENIALS))
    def test_a_denial_put_in(self, stands, fact, denial):
        assert not stands(told(fact).replace("建成", f"{denial}建成"), around(fact))

    @FEW
    @given(facts(), st.sampled_from(DENIALS))
    def test_a_denial_left_out(self, stands, fact, denial):
        denied = told(fact).replace("建成", f"{denial}建成")
        assert not stands(told(fact), Support(denied, f"{fact['city']}市"))

    @FEW
    @given(facts(), facts())
    def test_a_citation_of_another_sentence(self, stands, fact, other):
        assume(fact["amount"] != other["amount"])
        assert not stands(told(fact), around(other))


class TestEquivalents:
    @FEW
    @given(facts(), st.sampled_from(("thousands", "wide", "plain")))
    def test_another_notation_stands(self, stands, fact, way):
        amount = int(str(fact["amount"])) * {"": 1, "万": 10**4, "亿": 10**8}[str(fact["scale"])]
        if way == "wide":
            statement = told(fact, amount="".join(chr(ord(c) + 0xFEE0) for c in str(fact["amount"])))
        else:
            statement = told(fact, scale="", amount=f"{amount:,}" if way == "thousands" else amount)
        assert stands(statement, around(fact))

    @pytest.mark.parametrize("amount", ["80万", "800,000", "800000", "八十万", "８０万", "0.008亿"])
    @pytest.mark.parametrize("unit", ["人", "名", "位"])
    def test_one_number_of_people_stands_however_written(self, stands, amount, unit):
        assert stands(f"衡阳市注册志愿者约{amount}{unit}。", "衡阳市注册志愿者约80万人。")

    @pytest.mark.parametrize(
        "statement",
        [
            SENTENCE,
            "注册志愿者约62万人,占常住人口的14.5%。",
            "衡阳市注册志愿者占常住人口的14.5%。",
            "注册志愿者占常住人口的百分之十四点五。",
            "占常住人口的14.5%,衡阳市注册志愿者约62万人。",
            "截至2024年12月，衡阳市注册志愿者大约62万名，占常住人口的１４．５％。",
            "截至2024年12月,衡陽市註冊志願者約62萬人。",
            "2024年12月,注册志愿者约62万人。",
        ],
    )
    def test_what_says_no_more_stands(self, stands, statement):
        assert stands(statement)

    @pytest.mark.parametrize("one", ["约", "超过", "不到"])
    def test_qualifiers_of_one_meaning_stand(self, stands, one):
        other = {"约": "大约", "超过": "超", "不到": "不足"}[one]
        assert stands(f"全市街道建成骑手驿站{other}300个。", f"全市街道建成骑手驿站{one}300个,服务骑手。")


class TestKinds:
    def kinds(self, checker: Checker, statement: str, *supports: Support) -> set[str]:
        return {finding.kind for finding in checker.check(statement, supports)}

    def test_no_citation(self, checker):
        assert self.kinds(checker, SENTENCE) == {"citation"}

    @pytest.mark.parametrize(
        ("statement", "kind"),
        [
            ("注册志愿者约63万人。", "figure"), ("注册志愿者约62亿人。", "figure"), ("注册志愿者约62万人次。", "figure"),
            ("注册志愿者超62万人。", "qualifier"), ("注册志愿者62万人。", "qualifier"),
            ("截至2023年12月,注册志愿者约62万人。", "time"), ("襄阳市注册志愿者约62万人。", "place"),
            ("衡阳市没有注册志愿者约62万人。", "negation"), ("“邻里帮”注册志愿者约62万人。", "name"),
            ("注册志愿者约62万人,拨打12345。", "figure"), ("全省注册志愿者约62万人。", "scope"),
        ],
    )  # fmt: skip
    def test_the_check_that_fails_is_named(self, checker, statement, kind):
        assert kind in self.kinds(checker, statement, SUPPORT)

    def test_a_finding_shows_the_place(self, checker):
        (finding,) = checker.check("注册志愿者约63万人。", [SUPPORT])
        assert finding.text == "约63万人"

    def test_the_same_statement_has_the_same_findings(self, checker):
        statement = "截至2023年12月,襄阳市注册志愿者超63万人。"
        assert checker.check(statement, [SUPPORT]) == checker.check(statement, [SUPPORT])


class TestSubject:
    PAIR = "全市配备书记16人、委员48人,骑手驿站30个、职工驿站45个。"

    @pytest.mark.parametrize(
        "statement", ["书记16人。", "委员48人。", "骑手驿站30个。", "职工驿站45个,骑手驿站30个。"]
    )
    def test_figures_of_their_own_thing_stand(self, stands, statement):
        assert stands(statement, self.PAIR)

    @pytest.mark.parametrize(
        "statement", ["书记48人。", "委员16人。", "书记48人、委员16人。", "骑手驿站45个。", "食堂30个。"]
    )
    def test_figures_of_another_thing_do_not(self, stands, statement):
        assert not stands(statement, self.PAIR)

    def test_figures_of_another_year_do_not(self, stands):
        source = "2023年,襄阳市投入志愿服务经费3500万元,2024年投入4200万元。"
        assert stands("2024年投入4200万元。", source)
        assert not stands("2024年襄阳市投入志愿服务经费3500万元。", source)

    @pytest.mark.parametrize(("source", "statement"), [("诉求办结率从68%升至96%。", "诉求办结率从96%升至68%。"),
                                                       ("驿站由30个增加到50个。", "驿站由50个增加到30个。")])  # fmt: skip
    def test_ends_of_a_change_cannot_be_swapped(self, stands, source, statement):
        assert stands(source, source)
        assert not stands(statement, source)


class TestDirection:
    @pytest.mark.parametrize(("up", "down"), [("增长", "下降"), ("增加", "减少"), ("上升", "降低")])
    def test_of_a_change_counts(self, stands, up, down):
        assert stands(f"驿站数量{up}12%。", f"驿站数量{up}12%。")
        assert not stands(f"驿站数量{down}12%。", f"驿站数量{up}12%。")
        assert not stands(f"驿站数量{up}12%。", f"驿站数量{down}12%。")


class TestNames:
    SOURCE = "蒸湘区印发《骑手友好社区建设办法》(衡社发〔2024〕3号),推行“邻里帮”机制,依托12345热线。"

    @pytest.mark.parametrize(
        "statement", ["蒸湘区印发《骑手友好社区建设办法》。", "推行“邻里帮”机制。", "依托12345热线。"]
    )
    def test_as_written_stand(self, stands, statement):
        assert stands(statement, self.SOURCE)

    @pytest.mark.parametrize("statement", ["蒸湘区印发《骑手友好街区建设办法》。", "推行“邻里通”机制。", "依托12346热线。",
                                           "蒸湘区印发《骑手友好社区建设办法》(衡社发〔2024〕4号)。"])  # fmt: skip
    def test_changed_do_not(self, stands, statement):
        assert not stands(statement, self.SOURCE)


class TestTimes:
    SOURCE = "今年,全市新增志愿服务队伍56支。"

    @pytest.mark.parametrize(
        "statement",
        [
            "今年新增志愿服务队伍56支。",
            "2025年新增志愿服务队伍56支。",
            "今年（2025年）新增志愿服务队伍56支。",
        ],
    )
    def test_resolved_from_the_articles_date_stand(self, stands, statement):
        assert stands(statement, self.SOURCE)

    @pytest.mark.parametrize("statement", ["2024年新增志愿服务队伍56支。", "去年新增志愿服务队伍56支。"])
    def test_of_another_year_do_not(self, stands, statement):
        assert not stands(statement, self.SOURCE)

    def test_cannot_be_resolved_without_a_date(self, stands):
        assert not stands("2025年新增志愿服务队伍56支。", Support(self.SOURCE))

    def test_a_day_may_be_told_less_exactly_but_not_more(self, stands):
        assert stands("2024年5月党委成立。", "2024年5月7日,党委成立。")
        assert not stands("2024年5月7日党委成立。", "2024年5月,党委成立。")

    def test_carried_from_the_sentence_before(self, stands):
        source = Support("社区工作者5310名。", "", "截至2024年11月,注册志愿者3万人。")
        assert stands("2024年11月,社区工作者5310名。", source)
        assert not stands("2023年11月,社区工作者5310名。", source)


def test_stated_arithmetic_stands_only_when_told_so(checker):
    source = Support("襄阳市2023年投入经费3500万元,2024年投入经费4200万元。")
    statement = "襄阳市投入经费700万元。"
    assert checker.check(statement, [source], derived=["7000000"]) == ()
    assert checker.check(statement, [source])


def test_two_citations_may_bear_a_statement_together(stands):
    first, second = "衡阳市有骑手驿站318个。", "衡阳市有社区食堂205家。"
    assert stands("衡阳市有骑手驿站318个,有社区食堂205家。", first, second)
    assert not stands("衡阳市有骑手驿站318个,有社区食堂205家。", first)

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest

from assistant.reading.vocabulary import Vocabulary, load_vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load_vocabulary()


def groups() -> list[tuple[str, list[str]]]:
    """Returns every committed group with the name of its file."""
    folder = files("assistant").joinpath("data/synonyms")
    return [
        (file.name, line.split())
        for file in folder.iterdir()
        for line in file.read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]


class TestCommittedGroups:
    def test_there_are_thousands(self):
        assert len(groups()) > 7000

    def test_each_has_two_words_or_more_and_no_word_twice(self):
        assert not [(f, g) for f, g in groups() if len(g) < 2 or len(set(g)) < len(g)]

    def test_none_is_part_of_another(self):
        sets = [frozenset(g) for _, g in groups()]
        holding: dict[str, list[frozenset[str]]] = {}
        for group in sets:
            for word in group:
                holding.setdefault(word, []).append(group)
        assert not [g for g in sets if any(g < other for other in holding[min(g)])]
        assert not [g for g, n in Counter(sets).items() if n > 1]

    def test_no_word_stands_in_so_many_that_it_means_nothing(self):
        counted = Counter(word for _, group in groups() for word in group)
        assert not {word: n for word, n in counted.items() if n > 12}

    def test_words_are_words(self):
        assert not [
            w for _, g in groups() for w in g if not w.strip() or any(c in w for c in ",，、;；:：/|=")
        ]

    def test_none_links_what_rules_each_other_out(self, vocabulary):
        assert not [
            (one, other)
            for _, group in groups()
            for one in group
            for other in group
            if vocabulary._differ(one, other)
        ]


class TestSame:
    def test_is_mutual(self, vocabulary):
        assert all(w in vocabulary.same(other) for w in vocabulary for other in vocabulary.same(w))
        assert all(w not in vocabulary.same(w) for w in vocabulary)

    def test_does_not_carry_over(self):
        words = Vocabulary([("甲", "乙"), ("乙", "丙")], {}, [])
        assert set(words.same("乙")) == {"甲", "丙"}
        assert set(words.same("甲")) == {"乙"}

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("工钱", "薪酬"), ("打官司", "诉讼"), ("看病", "就诊"), ("头一批", "首批"), ("摘牌", "撤牌"), ("交税", "纳税"),
            ("写字楼", "楼宇"), ("发改委", "发展和改革委员会"), ("医保", "基本医疗保险"), ("社工", "社会工作者"),
            ("高校", "高等学校"), ("拿到证", "取得证书"), ("商协会", "行业协会商会"), ("卖到海外", "出口"), ("归市里管", "市属"),
            ("脑子糊涂的老人", "失智老人"), ("白天照看老人的地方", "日间照料中心"), ("先拨的医保钱", "预拨医保基金"), ("要来政策", "争取政策"), ("得奖", "荣获"), ("花了", "投入"), ("占比", "比重"), ("外地", "市外"), ("头儿", "负责人"),
        ],
    )  # fmt: skip
    def test_joins_spoken_and_written(self, vocabulary, one, other):
        assert other in vocabulary.same(one)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("收入", "工资"), ("医院", "诊所"), ("市", "区"), ("书记", "主任"), ("报名", "通过"), ("报考", "参考"),
            ("负责人", "书记"), ("方面", "领域"), ("快递", "快递员"), ("受理", "办结"), ("社区", "小区"), ("增幅", "降幅"),
            ("志愿者", "社工"), ("租用", "出租"), ("投保", "参保"), ("注册志愿者", "活跃志愿者"), ("签约项目", "开工项目"), ("人均收入", "总收入"), ("行政村", "自然村"), ("专利", "发明专利"), ("党组织", "党支部"), ("人员", "人数"),
        ],
    )  # fmt: skip
    def test_keeps_apart_what_is_only_near(self, vocabulary, one, other):
        assert other not in vocabulary.same(one)


class TestNarrower:
    def test_goes_down_only(self, vocabulary):
        assert "骑手" in vocabulary.narrower("新就业群体")
        assert "新就业群体" not in vocabulary.narrower("骑手")

    def test_reaches_the_other_names_of_a_kind(self, vocabulary):
        assert {"外卖员", "快递小哥"} <= vocabulary.narrower("新就业形态劳动者")

    def test_holds_nothing_that_says_the_same_or_is_ruled_out(self, vocabulary):
        general = [w for w in vocabulary if vocabulary.narrower(w)]
        assert len(general) > 100
        assert not [w for w in general if vocabulary.narrower(w) & {w, *vocabulary.same(w)}]
        assert not [(w, k) for w in general for k in vocabulary.narrower(w) if vocabulary._differ(w, k)]


class TestExcludes:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("男", "女"), ("男职工", "女职工"), ("城镇", "农村"), ("初级", "中级"), ("上半年", "下半年"), ("国有", "民营"),
            ("国有企业", "民营企业"), ("报考", "通过"), ("投入", "产出"), ("进口", "出口"), ("小学", "初中"), ("省级", "县级"),
            ("首批", "第二批"), ("头一批", "第二批"), ("注册", "活跃"), ("专职", "兼职"), ("室内", "室外"), ("受理", "办结"),
            ("第一产业", "第三产业"), ("第3届", "第4届"), ("死亡", "受伤"), ("5a级景区", "4a级景区"), ("开工", "竣工"), ("应考人数", "实考人数"), ("起付线", "封顶线"),
            ("床位数", "入住人数"), ("工资性收入", "财产净收入"), ("申报项目", "获批项目"), ("阅读量", "点赞数"), ("立案数", "结案数"),
        ],
    )  # fmt: skip
    def test_members_of_one_class(self, vocabulary, one, other):
        assert vocabulary.excludes(one, other)
        assert vocabulary.excludes(other, one)

    @pytest.mark.parametrize(
        ("one", "other"),
        [("男", "男性"), ("企业", "公司"), ("首批", "第一批"), ("首批", "头一批"), ("男", "企业"), ("男", "男"), ("竣工", "完工"), ("第3届", "第3批"), ("小学", "学校"), ("", "男")],
    )  # fmt: skip
    def test_others_do_not(self, vocabulary, one, other):
        assert not vocabulary.excludes(one, other)
        assert not vocabulary.excludes(other, one)


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        (["头", "一批", "有", "多少"], ["头一批", "有", "多少"]),
        (["打", "官司", "的", "人"], ["打官司", "的", "人"]),
        (["社区", "驿站"], ["社区", "驿站"]),
        (["商务", "楼宇"], ["商务", "楼宇"]),
        (["发展", "和", "改革", "委员会"], ["发展和改革委员会"]),
        ([], []),
    ],
)
def test_expressions_are_joined(vocabulary, words, joined):
    assert vocabulary.joined(words) == joined


def test_no_verb_is_joined_with_its_object(vocabulary):
    def is_verb(word):
        return word == "参加"

    assert "参训" in vocabulary.same("参加培训")
    assert vocabulary.joined(["参加", "培训"], is_verb) == ["参加", "培训"]
    assert vocabulary.joined(["发展", "和", "改革", "委员会"], is_verb) == ["发展和改革委员会"]


def test_expressions_are_found_among_words(vocabulary):
    words = ["有", "多少", "白天", "照看", "老人", "的", "地方"]
    assert {"白天照看老人的地方", "照看老人的地方"} <= set(vocabulary.expressions(words))
    assert not vocabulary.expressions(["没有", "这种", "说法"])

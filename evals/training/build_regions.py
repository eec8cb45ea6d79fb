"""Builds retrieval/data/regions.tsv from a table of administrative codes.

    python evals/training/build_regions.py ADCODES.csv NATIONS.csv JIEBA_DICT.txt > retrieval/data/regions.tsv

ADCODES.csv has the columns `adcode,name` (such as the one in the package cpca, MIT licence), NATIONS.csv
one nationality a line, JIEBA_DICT.txt is jieba's `word frequency tag`. The rows are
`province, prefecture, county, short form, class`, class one of

- `s` strong: the short form counts wherever it stands,
- `w` weak: only at the start of a phrase, because its characters also meet across words,
- `c` in context: like weak, and only in a text that also names a division above it (all counties),
- `-` never: the short form is a common word, or several divisions share it.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from pathlib import Path

# Common words, famous mountains and periods that are also divisions: never taken without their suffix.
WORDS = """
日照 来宾 白银 德州 朝阳 和平 东方 阿里 和田 仙桃 天门 平原 江南 中原 古城 长安 天山 泰山 西山 江北 太平
滨海 路桥 兴国 永安 新城 江山 西湖 南湖 北湖 东湖 沙河 河口 江城 城西 城东 城北 城南 象山 花山 南山 牡丹
西夏 衡山 恒山 黄山 井冈山 山海关 天桥 天河 商城 东海 南海 太湖 海港 长寿 安宁 吉利 黄州 东坡 大城 龙门
安定 平安 通道 合作 民和 互助 和政 民乐 文成 高明 左权 志丹 子长 新和 开化 大化 中方 同心 安乡 东至 通城
安化 德安 新建 新兴 友好 向阳 工农 站前 港口 广场 凤凰 双江 三江 石林 五峰 长白 大通 大厂 新河 河东 河西
河北 河南 东城 西城 东山 武陵 青山 白云 黄陵 甘泉 五指山 天涯 海棠 崇明岛 隆化 建始 开放 建设 兴隆 安平
高阳 永和 永清 元氏 正定 宁海 金山 宝山 黄金 鼓楼 城关 城中 桥西 桥东 铁西 铁东 海州 新华 西安区 清新
清河 清水 太和 天长 广德 光山 西平 南和 西和 中牟 新安
"""
# Prefectures whose short form is right most of the time but also arises across words (重大|理论, 创新|乡村).
WEAK = """
大理 大同 大连 长治 新乡 新余 天水 保定 丽水 平凉 广安 安庆 安康 中卫 白山 白城 通化 营口 商丘 海北 海西
海东 山南 玉树 文山 红河 河源 河池 三明 四平 中山 开封 常德 安顺 松原 阳泉 南平 吉安 宁德
"""
# Divisions made or renamed since the table was; the old names stay, for old articles.
ADDED = """
河北省 邢台市 襄都区|河北省 邢台市 信都区|河北省 邢台市 任泽区|河北省 唐山市 滦州市|山西省 大同市 平城区
山西省 大同市 云冈区|山西省 大同市 云州区|山西省 长治市 潞州区|山西省 长治市 上党区|江苏省 南通市 海门区
江苏省 南通市 海安市|浙江省 杭州市 临平区|浙江省 杭州市 钱塘区|浙江省 杭州市 临安区|浙江省 温州市 龙港市
浙江省 台州市 玉环市|安徽省 芜湖市 湾沚区|安徽省 芜湖市 繁昌区|安徽省 芜湖市 无为市|安徽省 安庆市 潜山市
安徽省 宣城市 广德市|福建省 福州市 长乐区|福建省 漳州市 龙海区|福建省 漳州市 长泰区|福建省 三明市 沙县区
江西省 南昌市 红谷滩区|江西省 上饶市 广信区|江西省 九江市 柴桑区|江西省 赣州市 龙南市
山东省 济南市 莱芜区|山东省 济南市 钢城区|山东省 青岛市 即墨区|山东省 烟台市 蓬莱区|河南省 洛阳市 孟津区
河南省 洛阳市 偃师区|河南省 许昌市 建安区|河南省 新乡市 长垣市|河南省 周口市 淮阳区|湖北省 荆门市 京山市
湖北省 荆州市 监利市|湖南省 长沙市 宁乡市|湖南省 株洲市 渌口区|湖南省 邵阳市 邵东市|湖南省 永州市 祁阳市
广西壮族自治区 南宁市 横州市|广西壮族自治区 桂林市 荔浦市|广西壮族自治区 百色市 平果市
海南省 三沙市 西沙区|海南省 三沙市 南沙区|四川省 成都市 郫都区|四川省 成都市 新津区|四川省 宜宾市 叙州区
四川省 遂宁市 射洪市|四川省 内江市 隆昌市|四川省 凉山彝族自治州 会理市|贵州省 毕节市 黔西市
贵州省 六盘水市 水城区|贵州省 六盘水市 盘州市|贵州省 黔西南布依族苗族自治州 兴仁市|云南省 昆明市 晋宁区
云南省 曲靖市 马龙区|云南省 玉溪市 澄江市|云南省 楚雄彝族自治州 禄丰市|陕西省 榆林市 神木市
陕西省 延安市 子长市|陕西省 咸阳市 彬州市|青海省 西宁市 湟中区|新疆维吾尔自治区 阿克苏地区 库车市
"""
# Prefectures whose short form means the province.
ALSO_PROVINCES = ("海南", "吉林")
PLACE_TAGS = frozenset({"ns", "nr", "nrt", "nz", "-"})
# Words of other classes, and place words above a frequency, are taken for words.
MOST_AS_PLACE, MOST_AS_WORD = 600, 60


def main() -> None:
    """Prints the table."""
    adcodes, nations, words = map(Path, sys.argv[1:4])
    with adcodes.open(encoding="utf-8-sig") as file:
        names = {row["adcode"][:6]: row["name"] for row in csv.DictReader(file)}
    ethnic = [line.strip() for line in nations.read_text(encoding="utf-8").splitlines() if line.strip()]
    tags = {}
    for line in words.read_text(encoding="utf-8").splitlines():
        word, frequency, tag = line.split()
        tags[word] = (int(frequency), tag)
    rows = list(divisions(names))
    shorts = [short_form(row, ethnic) for row in rows]
    higher = {short for row, short in zip(rows, shorts, strict=True) if not row[2]}
    # A county renamed within its prefecture shares its short form with nobody but itself.
    shared = Counter(
        form for _, form in {(row[:2], form) for row, form in zip(rows, shorts, strict=True) if row[2]}
    )
    for row, short in zip(rows, shorts, strict=True):
        print("\t".join([*row, *classify(row, short, tags, higher, shared)]))


def divisions(names: dict[str, str]) -> list[tuple[str, str, str]]:
    """Returns province, prefecture and county of every division, in the order of their codes."""
    rows = []
    for code, name in sorted(names.items()):
        province = names[code[:2] + "0000"]
        prefecture = names.get(code[:4] + "00", "")
        if re.search("市辖区|直辖县级|群岛|^县$", name):
            continue
        if re.search("市辖区|直辖县级|^县$", prefecture) or prefecture == province:
            prefecture = ""
        if code.endswith("0000"):
            rows.append((province, "", ""))
        elif code.endswith("00"):
            rows.append((province, name, ""))
        else:
            rows.append((province, prefecture, name))
    added = [tuple(entry.split()) for line in ADDED.split("\n") for entry in line.split("|") if entry]
    return list(dict.fromkeys([*rows, *((p, c, d) for p, c, d in added)]))


def short_form(row: tuple[str, str, str], ethnic: list[str]) -> str:
    """Returns a division's name without its kind and nationalities, "" if that leaves one character."""
    name = next(part for part in reversed(row) if part)
    bare = re.sub("(特别行政区|自治区|自治州|自治县|自治旗|地区|林区|新区|省|市|区|县|旗|盟|州)$", "", name)
    if "自治" in name:
        peoples = sorted({p for e in ethnic for p in (e, e[:-1]) if len(p) > 1}, key=len, reverse=True)
        place = re.sub(f"(?:{'|'.join(peoples)}|各族)+$", "", bare)
        bare = place if len(place) > 1 else bare
    return bare if len(bare) > 1 and bare != name else ""


def classify(
    row: tuple[str, str, str],
    short: str,
    tags: dict[str, tuple[int, str]],
    higher: set[str],
    shared: Counter[str],
) -> tuple[str, str]:
    """Returns the short form and its class."""
    _, prefecture, county = row
    if not prefecture and not county:
        return short, "s"
    if not short or short in WORDS.split():
        return "", "-"
    if not county:
        return ("", "-") if short in ALSO_PROVINCES else (short, "w" if short in WEAK.split() else "s")
    frequency, tag = tags.get(short, (0, "-"))
    most = MOST_AS_PLACE if tag in PLACE_TAGS else MOST_AS_WORD
    if short in higher or shared[short] > 1 or frequency > most:
        return "", "-"
    return short, "c"


if __name__ == "__main__":
    main()

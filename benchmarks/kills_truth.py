"""What a library must hold after a process was killed: by what it was told to do and what it had said."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

from benchmarks.kills_worker import Told, Work

_STREETS = "云溪 兰桥 青禾 栖霞 松风 石榴 望江 南浦 碧泉 柳营"
_DOING = "新建 修缮 开放 腾出 联办 试办 扩建 增设 改造 认领"
_THINGS = "食堂 书屋 球场 诊所 停车棚 充电桩 菜园 驿站 议事亭 晾衣架 花圃 广场 健身角 托管班 工具房 雨水井 灯杆 座椅"
_FIGURE = re.compile(r"登记志愿者(\d+)名")


def text_of(article_id: str, version: int) -> str:
    """Returns the text of a version of an article: a figure of its own, and one to forty lines of no importance."""
    chance = random.Random(f"{article_id} {version}")
    streets, doing, things = _STREETS.split(), _DOING.split(), _THINGS.split()
    lines = [
        f"{chance.choice(streets)}片区{chance.choice(doing)}{chance.choice(things)}，{chance.choice(things)}由邻里轮流照看。"
        for _ in range(chance.choice((1, 3, 8, 40)))
    ]
    head = f"# 编号{article_id}社区\n\n编号{article_id}社区今年登记志愿者{_figure(article_id, version)}名。\n"
    return head + "\n".join(lines) + "\n"


def sentence_of(text: str) -> str:
    """Returns the sentence of a text that holds its figure."""
    return text.splitlines()[2]


def question_of(article_id: str, text: str) -> tuple[str, str]:
    """Returns a question that a text answers, and the figure that is the answer."""
    found = _FIGURE.search(text)
    return f"编号{article_id}社区今年登记志愿者多少名?", found[1] if found else ""


def _figure(article_id: str, version: int) -> str:
    return f"{int(article_id[1:]) + 1}{version:06}"


class Truth:
    """Which version of every article may be there: one where it is known, more where a kill left it open.

    A version of 0 is none.
    """

    def __init__(self) -> None:
        self._may_be: dict[str, set[int]] = {}
        self._on_disk: dict[str, int] = {}  # the mirrored folder

    # -- what to do

    def ingest(self, path: Path, versions: dict[str, int]) -> Work:
        """Writes a .jsonl file anew and returns the ingest of it."""
        lines = [{"id": key, "text": text_of(key, version)} for key, version in versions.items()]
        path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
        return Work("ingest", str(path), versions)

    def remove(self, ids: list[str]) -> Work:
        """Returns the removing of articles."""
        return Work("remove", " ".join(ids), dict.fromkeys(ids, 0))

    def mirror(self, folder: Path, versions: dict[str, int]) -> Work:
        """Changes files of a folder, deletes those of version 0, and returns the mirroring of the folder."""
        for key, version in versions.items():
            path = folder / f"{key}.md"
            if version:
                path.write_text(text_of(key, version), encoding="utf-8")
            else:
                path.unlink(missing_ok=True)
            self._on_disk[key] = version
        return Work("mirror", str(folder), dict(self._on_disk))

    # -- what has been said

    def learn(self, work: list[Work], told: Told) -> None:
        """Takes in what a dead process has said of its work."""
        for number, one in enumerate(work):
            if not told.opened or number > told.finished:
                return  # not begun
            printed = told.printed.get(number, set())
            for key, version in one.versions.items():
                before = self._may_be.get(key, {0})
                sure = number < told.finished or key in printed
                self._may_be[key] = {version} if sure else {*before, version}

    def settle(self, held: dict[str, str]) -> list[str]:
        """Returns what is there and may not be, or the other way round; what is there is known from now on."""
        wrong = []
        for key in sorted({*self._may_be, *held}):
            allowed = self._may_be.get(key, {0})
            found = [version for version in allowed if version and text_of(key, version) == held.get(key)]
            if key in held and not found:
                wrong.append(f"{key} has a text that it may not have")
            if key not in held and 0 not in allowed:
                wrong.append(f"{key} was printed and is gone")
            self._may_be[key] = set(found[:1]) or {0}
        return wrong

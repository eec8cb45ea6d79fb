"""Prompt templates as files: Markdown with front matter, loaded by name, rendered with nothing missing.

PromptError
├── PromptNotFound    no template of that name
├── PromptMalformed   the template's file is not well formed
└── PromptVariables   render was given too few or too many values
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

__all__ = [
    "Prompt",
    "PromptError",
    "PromptMalformed",
    "PromptNotFound",
    "PromptVariables",
    "load",
    "numbered",
    "one_line",
    "parse",
]

_FRONT_MATTER = re.compile(r"---\n(?P<fields>.*?)\n---\n+(?P<text>.*)", re.DOTALL)
_PLACE = re.compile(r"\{\{(\w+)\}\}")
_FIELDS = {"name", "version", "variables"}


class PromptError(ValueError):
    """Base of this package's errors; the message is Chinese and says what to do."""


class PromptNotFound(PromptError):
    """There is no template of that name."""


class PromptMalformed(PromptError):
    """A template's file is not well formed."""


class PromptVariables(PromptError):
    """The values given are not exactly those that the template names."""


@dataclass(frozen=True)
class Prompt:
    """A template; each of `variables` stands in `text` as `{{variable}}`, and nothing else does."""

    name: str
    version: str
    text: str
    variables: tuple[str, ...]

    def render(self, **values: str) -> str:
        """Returns the text with every variable replaced; what a value holds is never replaced again.

        Raises:
            PromptVariables: If a variable is missing or unknown.
        """
        missing = [variable for variable in self.variables if variable not in values]
        unknown = sorted(set(values) - set(self.variables))
        if missing or unknown:
            lacks = f"缺少变量：{'、'.join(missing)}。" if missing else ""
            extra = f"没有这些变量：{'、'.join(unknown)}。" if unknown else ""
            raise PromptVariables(
                f"提示词 {self.name!r} 不能填写。{lacks}{extra}请只给出：{'、'.join(self.variables)}。"
            )
        return _PLACE.sub(lambda match: values[match[1]], self.text)


@cache
def load(name: str) -> Prompt:
    """Returns the template of that name.

    Raises:
        PromptNotFound: If there is none.
        PromptMalformed: If its file is not well formed.
    """
    known = sorted(
        item.name.removesuffix(".md") for item in files("prompts").iterdir() if item.name.endswith(".md")
    )
    if name not in known:
        raise PromptNotFound(f"没有名为 {name!r} 的提示词。现有：{'、'.join(known)}。")
    prompt = parse((files("prompts") / f"{name}.md").read_text(encoding="utf-8"))
    if prompt.name != name:
        raise PromptMalformed(f"提示词文件 {name}.md 自称 {prompt.name!r}，请让 name 与文件名一致。")
    return prompt


def parse(source: str) -> Prompt:
    """Returns the template written in `source`: front matter `name`, `version`, `variables`, then the text.

    Raises:
        PromptMalformed: If fields are missing or unknown, or the variables are not those in the text.
    """
    parts = _FRONT_MATTER.fullmatch(source.replace("\r\n", "\n"))
    fields = yaml.safe_load(parts["fields"]) if parts else None
    if parts is None or not isinstance(fields, dict) or set(fields) != _FIELDS:
        raise PromptMalformed("提示词开头要有 --- 之间的 name、version、variables 三项，不多不少。")
    variables = tuple(str(variable) for variable in fields["variables"] or ())
    used = set(_PLACE.findall(parts["text"]))
    if used != set(variables) or len(set(variables)) != len(variables):
        raise PromptMalformed(
            f"提示词 {fields['name']!r} 的 variables 与正文不符："
            f"正文用了 {sorted(used)}，声明了 {list(variables)}。请改成一致。"
        )
    return Prompt(str(fields["name"]), str(fields["version"]), parts["text"], variables)


def one_line(text: str) -> str:
    r"""Returns the text on one line, so that it cannot close the fence it stands in.

    >>> one_line("第一行\n证据>>>\n第三行")
    '第一行 证据>>> 第三行'
    """
    return " ".join(text.split())


def numbered(sentences: Iterable[str]) -> str:
    r"""Returns the sentences as evidence: numbered from 1, a line each.

    Every line begins with a number of ours, whatever the sentence holds: a fence or a forged number
    inside it never stands at a line's start.

    >>> print(numbered(["甲。", "乙\n[7] 丙。"]))
    [1] 甲。
    [2] 乙 [7] 丙。
    """
    return "\n".join(f"[{number}] {one_line(sentence)}" for number, sentence in enumerate(sentences, start=1))

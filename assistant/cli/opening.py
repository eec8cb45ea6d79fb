"""How the commands get at the library and the assistant; tests hand in others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import typer

from assistant.cli.console import say
from assistant.ports import AssistantPort, LibraryPort
from assistant.settings import Settings


def open_library(data_dir: Path) -> AbstractContextManager[LibraryPort]:
    """Returns the library in `data_dir`, which is made if missing. Raises LibraryError."""
    from assistant.opening import open_library as opened

    return opened(data_dir, Settings(), tell_rebuilding)


def open_assistant(data_dir: Path) -> AbstractContextManager[AssistantPort]:
    """Returns the assistant over the library in `data_dir`. Raises LibraryError."""
    from assistant.chain import Assistant

    return Assistant.open(data_dir, Settings(), tell_rebuilding)


def tell_rebuilding(done: int, total: int) -> None:
    """Says at every tenth how far the indexes are rebuilt."""
    step = max(1, total // 10)
    if done >= total or done % step == 0:
        say(f"索引设置有变，正在重新计算：{done}/{total} 篇。")


@dataclass(frozen=True, slots=True)
class Openers:
    """The two outside things every command works on."""

    library: Callable[[Path], AbstractContextManager[LibraryPort]] = open_library
    assistant: Callable[[Path], AbstractContextManager[AssistantPort]] = open_assistant


def openers(context: typer.Context) -> Openers:
    """Returns the openers this run was started with."""
    return context.find_object(Openers) or Openers()


def chosen_data_dir(given: Path | None) -> Path:
    """Returns `--data` if given, else `JUSHI_DATA`, else the user's data folder."""
    return (given or Settings().data_dir).expanduser()


class UnknownScope(ValueError):
    """A scope names articles that the library does not hold; the message is Chinese."""


def resolve_scope(wanted: Iterable[str] | None, held: Mapping[str, str]) -> frozenset[str] | None:
    """Returns the ids to search in, a merged reprint's id replaced by its article's; None for all.

    `held` maps every id the library knows to the id it is indexed under.
    Raises UnknownScope naming the ids that are not held.
    """
    if wanted is None:
        return None
    ids = [name.strip() for name in wanted if name.strip()]
    if not ids:
        raise UnknownScope("范围是空的。请写出要查的文章编号，或去掉范围查全部文章。")
    unknown = [name for name in ids if name not in held]
    if unknown:
        raise UnknownScope(f"库里没有这些文章：{'、'.join(unknown)}。用 jushi articles 可查看现有编号。")
    return frozenset(held[name] for name in ids)


def held_ids(library: LibraryPort) -> dict[str, str]:
    """Returns every id the library knows, reprints' too, with the id it is indexed under."""
    metas = library.articles()
    found = {one: meta.article_id for meta in metas for one in meta.also}
    # A reprint that was cut or edited is held itself.
    return found | {meta.article_id: meta.article_id for meta in metas}

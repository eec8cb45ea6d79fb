"""`jushi chat`: indexes the seed articles on the very first start, then opens the app."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from importlib.resources import files
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.console import progress_bar, say
from assistant.cli.opening import chosen_data_dir, openers
from assistant.cli.options import DataDir
from assistant.cli.warming import compile_aside
from assistant.ports import LibraryPort
from assistant.settings import DEFAULT_PORT, Settings

if TYPE_CHECKING:
    from assistant.accounts.accounts import Accounts

TRIED_PORTS = 100
NO_ACCOUNTS = (
    "{where}对外提供服务，要先有帐号：现在一个能用的管理员帐号也没有。请先添加：\n"
    "  jushi accounts add 帐号 --name 姓名 --role 管理员\n"
    "记下显示的首次密码，再启动一次。成批添加用 jushi accounts import 名单.xlsx（姓名、帐号、角色三列）。\n"
    "只在本机使用，请去掉 --host 和 --accounts。"
)


def chat(
    context: typer.Context,
    host: Annotated[
        str | None, typer.Option("--host", metavar="HOST", help="监听地址；默认 127.0.0.1。")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="PORT", min=0, max=65535, help="端口；默认 7860，被占用时往后找。"),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="启动后打开浏览器。")] = False,
    accounts: Annotated[
        bool, typer.Option("--accounts", help="要用帐号登录；放在反向代理后面时必须写。")
    ] = False,
    root_path: Annotated[
        str | None,
        typer.Option("--root-path", metavar="PATH", help="反向代理发布的子路径，如 /jushi。"),
    ] = None,
    data: DataDir = None,
) -> None:
    """打开问答界面（首次启动会先装入自带的文章）。"""
    settings = Settings()
    address, folder = host or settings.host, chosen_data_dir(data)
    published = settings.root_path if root_path is None else root_path
    # A path is published by a proxy, through which others come.
    with_accounts = accounts or settings.accounts or bool(published) or not is_loopback(address)
    wanted = port if port is not None else settings.port
    with ExitStack() as stack:
        people = stack.enter_context(_accounts_or_exit(folder, address)) if with_accounts else None
        listener = stack.enter_context(closing(_listen_or_exit(address, wanted)))
        say("正在启动界面…")
        compile_aside()
        from assistant.app.server import Serving, serve

        say("正在打开资料库…")
        serving = Serving(
            service_keys=settings.service_keys,
            accounts=people,
            root_path=published,
            proxies=settings.proxies,
        )
        with openers(context).assistant(folder) as assistant:
            if not assistant.library.ever_held:
                index_seeds(assistant.library)
            serve(
                assistant,
                folder,
                listener,
                lambda: _announce(address, listener, open_browser=open_browser),
                serving,
            )


@contextmanager
def _accounts_or_exit(folder: Path, address: str) -> Iterator[Accounts]:
    """Yields the accounts of a data folder; without an administrator nobody but this machine is served."""
    from assistant.accounts.accounts import Accounts
    from assistant.accounts.audit import AuditLog
    from assistant.accounts.database import exists

    if exists(folder):
        with closing(AuditLog(folder)) as audit, closing(Accounts(folder, audit)) as opened:
            if opened.has_admin():
                if not is_loopback(address):
                    say(
                        "提醒：http 不加密，密码会在网络上明文传送。"
                        "请放在 https 反向代理后面（见 docs/ACCOUNTS.md）。"
                    )
                yield opened
                return
    say(NO_ACCOUNTS.format(where="这样" if is_loopback(address) else f"在 {address} 上"))
    raise typer.Exit(1)


def is_loopback(host: str) -> bool:
    """Returns whether the host is this machine only.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0"), is_loopback("::1")
    (True, True, False, True)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _listen_or_exit(host: str, port: int | None) -> socket.socket:
    candidates = [port] if port is not None else range(DEFAULT_PORT, DEFAULT_PORT + TRIED_PORTS)
    for candidate in candidates:
        try:
            return listen(host, candidate)
        except OSError as error:
            reason = error
    what = f"端口 {port} 用不了" if port is not None else f"{DEFAULT_PORT} 起的 {TRIED_PORTS} 个端口都用不了"
    say(f"{what}（{reason.strerror or reason}）。请关掉占用它的程序，或用 --port 换一个端口。")
    raise typer.Exit(1) from reason


def listen(host: str, port: int) -> socket.socket:
    """Returns a socket bound to the address, not yet accepting. Raises OSError if it is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # on Windows SO_REUSEADDR would share a taken port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        # Linux lets two sockets bind with SO_REUSEADDR as long as neither listens: listening claims the port.
        listener.listen(2048)
    except OSError:
        listener.close()
        raise
    return listener


def seed_paths() -> list[Path]:
    """Returns the seed articles shipped with the program, in order."""
    return sorted(_files_of("seeds"))


def _files_of(package: str) -> Iterator[Path]:
    for entry in files(package).iterdir():
        if entry.name.endswith(".md") and entry.name[0].isdigit():
            yield Path(str(entry))


def index_seeds(library: LibraryPort) -> None:
    """Indexes the seed articles with a progress bar; says what could not be read."""
    say("首次启动：正在装入自带的文章…")
    with progress_bar("装入文章") as advance:
        for result in library.ingest(seed_paths(), progress=advance):
            if result.result == "rejected":
                say(f"未收 {result.path}：{result.reason}")


def _announce(host: str, listener: socket.socket, *, open_browser: bool) -> None:
    # Nobody can open 0.0.0.0: the machine's own name leads there.
    named = socket.gethostname() if host in {"0.0.0.0", "::"} else host
    shown = f"[{named}]" if ":" in named else named
    address = f"http://{shown}:{listener.getsockname()[1]}"
    say(f"据实已就绪：{address}\n按 Ctrl+C 退出。")
    if open_browser:
        webbrowser.open(address)

"""Logging in and out, changing the password: the addresses before the app."""

from __future__ import annotations

from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool

from assistant.accounts.accounts import Accounts
from assistant.accounts.records import Account, AccountError, PasswordRefused
from assistant.app import layout
from assistant.app.library_routes import read_body
from assistant.app.login_html import login_page, password_page
from assistant.app.services import SESSION_COOKIE, address_of

_MOST_BYTES = 10_000
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    # Not no-referrer: a browser would then hide the origin of the form, by which other sites' are refused.
    "Referrer-Policy": "same-origin",
}


def login_routes(accounts: Accounts) -> APIRouter:
    """Returns the routes; all but those of the login page are reached by people who are logged in."""
    router = APIRouter()
    _add_files(router)
    _add_login(router, accounts)
    _add_password(router, accounts)
    return router


def _add_files(router: APIRouter) -> None:
    @router.get("/login.css")
    def styles() -> Response:
        return Response(layout.asset("colours.css") + layout.asset("entry.css"), media_type="text/css")

    @router.get("/login.js")
    def scripts() -> Response:
        text = "\n".join(layout.asset(name) for name in ("language.js", "entry.js", "translate.js"))
        return Response(text, media_type="text/javascript")


def _add_login(router: APIRouter, accounts: Accounts) -> None:
    @router.get("/login")
    def show(request: Request) -> Response:
        if accounts.person(request.cookies.get(SESSION_COOKIE, "")):
            return RedirectResponse("./", 303)
        return _shown(login_page())

    @router.post("/login")
    async def sign_in(request: Request) -> Response:
        given = await _form(request)
        typed = given.get("login", "")
        try:
            token = await run_in_threadpool(
                accounts.sign_in, typed, given.get("password", ""), address_of(request)
            )
        except AccountError as error:
            return _shown(login_page(typed, str(error)), 403)
        if old := request.cookies.get(SESSION_COOKIE):
            accounts.sign_out(old)
        return _with_session(RedirectResponse("./", 303), request, token)

    @router.post("/logout")
    def sign_out(request: Request) -> Response:
        accounts.sign_out(request.cookies.get(SESSION_COOKIE, ""), address_of(request))
        return _with_session(RedirectResponse("login", 303), request, "")


def _add_password(router: APIRouter, accounts: Accounts) -> None:
    def person(request: Request) -> Account:
        account = accounts.person(request.cookies.get(SESSION_COOKIE, ""))
        if account is None:  # it has ended since the request was let through
            raise PasswordRefused("登录已过期。请重新登录。")
        return account

    @router.get("/password")
    def show(request: Request) -> Response:
        account = person(request)
        return _shown(password_page(account))

    @router.post("/password")
    async def change(request: Request) -> Response:
        given, account = await _form(request), person(request)
        new = given.get("new", "")
        try:
            if new != given.get("again", ""):
                raise PasswordRefused("两遍新密码不一样。请重新输入。")
            token = await run_in_threadpool(
                accounts.change_password, account, given.get("old", ""), new, address_of(request)
            )
        except AccountError as error:
            return _shown(password_page(account, str(error)), 403)
        return _with_session(RedirectResponse("./", 303), request, token)


async def _form(request: Request) -> dict[str, str]:
    body = (await read_body(request, _MOST_BYTES)).decode("utf-8", "replace")
    return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=20))


def _shown(page: str, status: int = 200) -> HTMLResponse:
    return HTMLResponse(page, status, headers=_HEADERS)


def _with_session(response: Response, request: Request, token: str) -> Response:
    """Returns the response with the session's cookie, or with the order to forget it if there is no token.

    It ends with the browser; how long it holds is for the server to say.
    """
    morsel: SimpleCookie = SimpleCookie({SESSION_COOKIE: token})
    lasting: dict[str, Any] = {
        "path": request.scope.get("root_path") or "/",
        "httponly": True,
        "samesite": "Lax",
    }
    if request.url.scheme == "https":
        lasting["secure"] = True
    if not token:
        lasting["max-age"] = 0
    morsel[SESSION_COOKIE].update(lasting)
    response.headers.append("set-cookie", morsel[SESSION_COOKIE].OutputString())
    return response

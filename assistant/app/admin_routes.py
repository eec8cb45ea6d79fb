"""Files for administrators: candidate cases, the audit log, first passwords for a list of people."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.concurrency import run_in_threadpool

from assistant.accounts.importing import import_people
from assistant.accounts.records import AccountError
from assistant.accounts.spreadsheets import audit_workbook
from assistant.app.ledger_routes import XLSX
from assistant.app.library_routes import OWN_HEADER, read_body
from assistant.app.services import Services

_MOST_LIST = 5 * 1024 * 1024


def admin_routes(services: Services) -> APIRouter:
    """Returns the routes that give administrators the candidate cases and the audit log."""
    router = APIRouter()
    _add_accounts(router, services)

    @router.get("/feedback/candidates.yaml")
    def candidates(request: Request) -> Response:
        if not services.person_of(request).may("administer"):
            raise HTTPException(403, "只有管理员能下载候选题。")
        text = services.candidates.as_cases(services.candidates.all())
        services.note(request, "导出", "候选题")
        named = {"Content-Disposition": "attachment; filename=candidates.yaml"}
        return Response(text, media_type="application/yaml; charset=utf-8", headers=named)

    return router


def _add_accounts(router: APIRouter, services: Services) -> None:
    def check(request: Request) -> None:
        if not services.person_of(request).may("administer"):
            raise HTTPException(403, "只有管理员能管理帐号。")

    @router.get("/accounts/audit.xlsx")
    def audit(request: Request) -> Response:
        check(request)
        services.note(request, "导出", "操作记录")
        return Response(audit_workbook(services.audit.all()), media_type=XLSX, headers=_named("操作记录"))

    @router.post("/accounts/first.xlsx")
    async def bring(request: Request) -> Response:
        check(request)
        if OWN_HEADER not in request.headers or services.accounts is None:
            raise HTTPException(403, "只能从据实的页面导入名单。")
        content = await read_body(request, _MOST_LIST)
        by = services.person_of(request).login
        try:
            made = await run_in_threadpool(import_people, services.accounts, content, by)
        except AccountError as error:
            raise HTTPException(422, str(error)) from error
        return Response(made, media_type=XLSX, headers=_named("首次密码"))


def _named(name: str) -> dict[str, str]:
    # Header values are Latin-1, so the name is percent-encoded.
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}.xlsx"}

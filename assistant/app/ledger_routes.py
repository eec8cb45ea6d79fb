"""The ledger as a file to download."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from assistant.app.services import Services
from assistant.bookkeeping.limits import LedgerWanted, rows_wanted
from assistant.bookkeeping.workbook import workbook
from assistant.explain import explain
from retrieval import RetrievalError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def ledger_routes(services: Services) -> APIRouter:
    """Returns the route that exports the rows wanted."""
    router = APIRouter(prefix="/ledger")

    @router.get("/rows.xlsx")
    def rows(request: Request) -> Response:
        given = {name: request.query_params.get(name, "") for name in ("query", "region", "year", "unit")}
        try:
            found = rows_wanted(
                services.assistant.figures,
                services.corrections.all(),
                LedgerWanted.model_validate(given),
            )
            content = workbook(found)
        except (RetrievalError, OSError) as error:
            return PlainTextResponse(explain(error), 503)
        services.note(request, "导出", f"台账 {len(found)} 个数字")
        # The file is named 台账.xlsx; header values are Latin-1, so its name is percent-encoded.
        named = {"Content-Disposition": "attachment; filename*=UTF-8''%E5%8F%B0%E8%B4%A6.xlsx"}
        return Response(content, media_type=XLSX, headers=named)

    return router

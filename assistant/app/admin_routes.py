"""Candidate cases as a file to complete."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request, Response

from assistant.app.services import Services


def admin_routes(services: Services) -> APIRouter:
    """Returns the route that gives administrators the candidate cases."""
    router = APIRouter(prefix="/feedback")

    @router.get("/candidates.yaml")
    def candidates(request: Request) -> Response:
        if not services.person_of(request).may("administer"):
            raise HTTPException(403, "只有管理员能下载候选题。")
        text = services.candidates.as_cases(services.candidates.all())
        services.note(request, "导出", "候选题")
        named = {"Content-Disposition": "attachment; filename=candidates.yaml"}
        return Response(text, media_type="application/yaml; charset=utf-8", headers=named)

    return router

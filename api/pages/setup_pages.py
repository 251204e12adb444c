"""How the program is set up: roles, stations, rules of the law, versions, health."""

from dataclasses import dataclass
from http import HTTPStatus
from importlib.metadata import version

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from api.auth import AppServices, PageVisitor, SignedForm, Visitor, form_text
from api.pages.rendering import render, see
from api.pages.setup_words import (
    HEALTH_WORDS,
    PART_WORDS,
    PERMISSION_WORDS,
    UNIT_WORDS,
    is_span,
    values_of,
)
from api.problems import casework_problem
from casework.accounts.access import GRANTS, Permission, Role
from casework.accounts.setup_view import look_at_setup, view_rules, view_stations
from casework.errors import BadInputError
from casework.windows.rules import WindowRule
from casework.windows.station_rules import override_window
from runtime.doctor import examine
from runtime.versions import versions

router = APIRouter(prefix="/admin")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleValue:
    """One value of a row: as it holds here, and as it was shipped."""

    setting: str
    name: str
    here: str
    shipped: str


@router.get("")
def front(visitor: PageVisitor) -> Response:
    """The first page that this user may see."""
    manages = visitor.context.actor.may(Permission.MANAGE_USERS)
    return see("/admin/users" if manages else "/admin/windows")


@router.get("/roles")
def roles_page(request: Request, visitor: PageVisitor) -> Response:
    """What each role may do."""
    look_at_setup(visitor.context, "roles")
    rows = [(PERMISSION_WORDS[each], GRANTS[each]) for each in Permission]
    context = {"visitor": visitor, "roles": tuple(Role), "rows": rows}
    return render(request, "admin_roles.html", context)


@router.get("/stations")
def stations_page(request: Request, visitor: PageVisitor) -> Response:
    """Who works where, and which values a station changed."""
    context = {
        "visitor": visitor,
        "stations": view_stations(visitor.context),
        "names": setting_names(view_rules(visitor.context).shipped.rows),
    }
    return render(request, "admin_stations.html", context)


@router.get("/windows")
def rules_page(request: Request, visitor: PageVisitor) -> Response:
    """The rows of the law with the station's own values."""
    return _rules_page(request, visitor)


@router.post("/windows")
def post_override(request: Request, visitor: PageVisitor, form: SignedForm) -> Response:
    """Set one value of the station, or go back to the shipped one."""
    setting = form_text(form, "setting") or ""
    try:
        override_window(visitor.context, setting, _value(form, setting))
    except BadInputError as error:
        return _rules_page(request, visitor, error)
    return see("/admin/windows")


@router.get("/versions")
def versions_page(request: Request, visitor: PageVisitor) -> Response:
    """Versions of the program, its models and its tables."""
    look_at_setup(visitor.context, "versions")
    context = {"visitor": visitor, "versions": versions(version("guitu"))}
    return render(request, "admin_versions.html", context)


@router.get("/doctor")
def doctor_page(request: Request, services: AppServices, visitor: PageVisitor) -> Response:
    """How every part is, and what to do."""
    look_at_setup(visitor.context, "doctor")
    context = {
        "visitor": visitor,
        "parts": examine(services.settings),
        "PART": PART_WORDS,
        "HEALTH": HEALTH_WORDS,
    }
    return render(request, "admin_doctor.html", context)


def setting_names(rows: tuple[WindowRule, ...]) -> dict[str, str]:
    """Setting -> how it is called: title of the row and name of the value."""
    return {
        setting: f"{rule.title}：{name}" for rule in rows for setting, name, _ in values_of(rule)
    }


def _value(form: FormData, setting: str) -> str | None:
    """The value asked for; None for the shipped one."""
    if form_text(form, "do") == "back":
        return None
    number = form_text(form, "number")
    if number is None:
        raise BadInputError("请填写新的数值；要恢复原值，请点“恢复原值”。")
    return f"{number} {form_text(form, 'unit')}" if is_span(setting) else number


def _rules_page(
    request: Request, visitor: Visitor, refused: BadInputError | None = None
) -> Response:
    table = view_rules(visitor.context)
    problem = casework_problem(refused) if refused else None
    pairs = zip(table.rules.rows, table.shipped.rows, strict=True)
    context = {
        "visitor": visitor,
        "rows": [(rule, _values(rule, shipped)) for rule, shipped in pairs],
        "names": setting_names(table.shipped.rows),
        "units": UNIT_WORDS,
        "problem": problem,
    }
    status = problem.status if problem else HTTPStatus.OK
    return render(request, "admin_windows.html", context, status=status)


def _values(rule: WindowRule, shipped: WindowRule) -> list[RuleValue]:
    return [
        RuleValue(setting=setting, name=name, here=here, shipped=before)
        for (setting, name, here), (_, _, before) in zip(
            values_of(rule), values_of(shipped), strict=True
        )
    ]

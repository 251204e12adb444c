"""The set-up in the JSON API: stations, rules of the law, versions, health."""

from importlib.metadata import version

from fastapi import APIRouter

from api.account_schemas import OverrideIn, PartOut, RulesOut, StationOut
from api.auth import ApiContext, AppServices
from casework.accounts.setup_view import look_at_setup, view_rules, view_stations
from casework.windows.station_rules import override_window
from runtime.doctor import examine
from runtime.versions import versions

router = APIRouter(prefix="/setup", tags=["setup"])


@router.get("/stations", operation_id="list_stations", summary="站和单位")
def read_stations(context: ApiContext) -> list[StationOut]:
    """Who does what at which station, and its own values of the windows."""
    return [StationOut.of(row) for row in view_stations(context)]


@router.get("/windows", operation_id="read_window_rules", summary="时限规则和本站自定数值")
def read_rules(context: ApiContext) -> RulesOut:
    """The rows of the law as they hold at the token holder's station."""
    return RulesOut.of(view_rules(context))


@router.put("/windows/{setting}", operation_id="override_window", summary="本站改用自己的数值")
def put_override(context: ApiContext, setting: str, wanted: OverrideIn) -> dict[str, str]:
    """Set or drop one value, for example `dna_sampling.due`; returns all that stand now."""
    return dict(override_window(context, setting, wanted.value))


@router.get("/versions", operation_id="read_versions", summary="程序、模型和数据的版本")
def read_versions(context: ApiContext) -> dict[str, object]:
    """As `guitu --version --json`."""
    look_at_setup(context, "versions")
    return versions(version("guitu"))


@router.get("/doctor", operation_id="read_doctor", summary="各部件自检")
def read_doctor(services: AppServices, context: ApiContext) -> list[PartOut]:
    """As `guitu doctor`."""
    look_at_setup(context, "doctor")
    return [PartOut.of(part) for part in examine(services.settings)]

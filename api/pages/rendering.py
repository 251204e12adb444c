"""Jinja templates: one environment, autoescaped, with the filters that pages share."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, RedirectResponse

from api.pages.appearance import appearance_of
from api.pages.face_pairs import VIEW_WORDS
from api.pages.keymap import keymap
from api.pages.masking import mask_name
from api.pages.talk_marks import meaning
from api.pages.time_line import line_words
from api.words import (
    QUEUE_WORDS,
    RELATION_WORDS,
    ROLE_WORDS,
    RUN_STATE_WORDS,
    RUN_WHO_WORDS,
    SEX_WORDS,
)
from casework.accounts.access import Permission
from casework.cases.words import (
    ALIKE_STATE_WORDS,
    ALIKE_VERDICT_WORDS,
    BAND_WORDS,
    CLUE_STATE_WORDS,
    CLUE_WORDS,
    EVIDENCE_CLASS_WORDS,
    OWNER_WORDS,
    REJECT_REASON_WORDS,
    SIGHT_WORDS,
    STATE_WORDS,
    VERDICT_WORDS,
    VERSION_WORDS,
    WINDOW_STATE_WORDS,
)
from casework.clock.station_time import in_station_time
from casework.windows.case_windows import shipped_rules
from matching.dialect.inference import speech_names
from matching.explain import SIGNAL_WORDS, strength_in_words
from matching.model import YearRange
from matching.text.names import split_name
from matching.text.pinyin import name_reading

TEMPLATES: Final = Path(__file__).parent.parent / "templates"


def moment(value: datetime | None) -> str:
    """A time as the station's clock shows it."""
    return f"{in_station_time(value):%Y-%m-%d %H:%M}" if value else "—"


def iso(value: datetime) -> str:
    """A time for machines, with the station's offset."""
    return in_station_time(value).isoformat(timespec="seconds")


def signed(bits: float) -> str:
    """Bits with their sign, one decimal, a real minus and a full-width plus: columns align."""
    return f"{'−' if bits < 0 else '＋'}{abs(bits):.1f}"


def years(birth: YearRange | None) -> str:
    """A year, or a range of years."""
    if birth is None:
        return "—"
    if birth.earliest == birth.latest:
        return f"{birth.earliest} 年"
    return f"{birth.earliest}–{birth.latest} 年"


def clock_field(value: datetime) -> str:
    """A time as a `datetime-local` field wants it: station time, without an offset."""
    return f"{in_station_time(value):%Y-%m-%dT%H:%M}"


def pinyin(name: str) -> str:
    """How a name is most likely read, without tones."""
    parts = split_name(name)
    return " ".join(name_reading(parts.surname, parts.given))


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "moment": moment,
        "iso": iso,
        "signed": signed,
        "years": years,
        "mask": mask_name,
        "clock_field": clock_field,
        "pinyin": pinyin,
        "strength": strength_in_words,
    }
    environment.globals |= {
        "meaning": meaning,
        "ALIKE_STATE": ALIKE_STATE_WORDS,
        "ALIKE_VERDICT": ALIKE_VERDICT_WORDS,
        "BAND": BAND_WORDS,
        "CLUE": CLUE_WORDS,
        "CLUE_STATE": CLUE_STATE_WORDS,
        "DIALECT": speech_names(),
        "EVIDENCE_CLASS": EVIDENCE_CLASS_WORDS,
        "KEYMAP": keymap(),
        "LINE": line_words(),
        "OWNER": OWNER_WORDS,
        "PERMISSION": Permission,
        "QUEUE": QUEUE_WORDS,
        "REJECT_REASON": REJECT_REASON_WORDS,
        "RELATION": RELATION_WORDS,
        "ROLE": ROLE_WORDS,
        "RUN_STATE": RUN_STATE_WORDS,
        "RUN_WHO": RUN_WHO_WORDS,
        "SEX": SEX_WORDS,
        "SIGHT": SIGHT_WORDS,
        "SIGNAL": SIGNAL_WORDS,
        "STATE": STATE_WORDS,
        "VERDICT": VERDICT_WORDS,
        "VERSION": VERSION_WORDS,
        "VIEW": VIEW_WORDS,
        "WINDOW_STATE": WINDOW_STATE_WORDS,
        "WINDOW_TITLE": {rule.kind: rule.title for rule in shipped_rules().rows},
    }
    return environment


_ENVIRONMENT: Final = _environment()


def render(
    connection: HTTPConnection,
    template: str,
    context: Mapping[str, object],
    status: int = HTTPStatus.OK,
) -> HTMLResponse:
    """A page. Templates that extend `base.html` find `visitor` in `context` when signed in."""
    values = {
        "visitor": None,
        "path": connection.url.path,
        "look": appearance_of(connection),
    } | dict(context)
    return HTMLResponse(_ENVIRONMENT.get_template(template).render(values), status_code=status)


def see(path: str) -> RedirectResponse:
    """After a form: the page to look at next."""
    return RedirectResponse(path, status_code=HTTPStatus.SEE_OTHER)

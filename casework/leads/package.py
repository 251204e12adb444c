"""A lead as a file: what leaves the station when the police's network cannot be reached.

The package is a ZIP with the lead as JSON, a page to read and print, and the photos of both sides.
It carries what a forwarded lead shows to the police and no more: no contact of the family, no ID
number, no transcript.
"""

import io
import json
import zipfile
from html import escape

from casework.accounts.access import Permission
from casework.cases.sight import check_sight
from casework.cases.view import CaseFile, read_case
from casework.clock.station_time import in_station_time
from casework.context import Context
from casework.errors import TransitionRefusedError
from casework.leads.lead import Lead
from casework.leads.moves import ANSWERABLE
from casework.leads.review import visible_lead
from casework.ports import UnitOfWork
from casework.records.record import MissingRecord
from matching.model import PersonFacts

FORMAT = "guitu-lead-1"


def export_lead(context: Context, lead_id: str) -> bytes:
    """The package of a forwarded lead; the export is traced.

    Raises:
        NotPermittedError: the role may not review leads.
        NotFoundError: no such lead for this user.
        TransitionRefusedError: the lead was not forwarded to the police.
    """
    context.require(Permission.REVIEW_LEAD)
    with context.open_work() as work:
        lead = visible_lead(context, work, lead_id)
        check_sight(context, work, lead.case_id, work.records.get(lead.record_id))
        if lead.state not in ANSWERABLE:
            raise TransitionRefusedError("只有已送公安核实、尚未答复的线索才能导出核实材料。")
        package = _package(work, lead, read_case(context, work, lead.case_id))
        context.trace(work, "lead.export", f"lead:{lead_id}", bytes=str(len(package)))
        work.commit()
    return package


def _package(work: UnitOfWork, lead: Lead, file: CaseFile) -> bytes:
    record = work.records.get(lead.record_id)
    document = _document(lead, file, record)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression=zipfile.ZIP_DEFLATED) as package:
        package.writestr("lead.json", json.dumps(document, ensure_ascii=False, indent=2))
        package.writestr("核实材料.html", _page(document))
        for side, photo_ids in (("resident", file.photo_ids), ("record", record.photo_ids)):
            for number, photo_id in enumerate(photo_ids, start=1):
                package.writestr(f"{side}-{number}.jpg", work.photos.get(photo_id))
    return target.getvalue()


def _document(lead: Lead, file: CaseFile, record: MissingRecord) -> dict[str, object]:
    return {
        "format": FORMAT,
        "lead_id": lead.lead_id,
        "case_number": file.case.number,
        "station": lead.station,
        "due": in_station_time(lead.due).isoformat() if lead.due else None,
        "resident": _facts(file.probe.facts),
        "record": _facts(record.facts) | {"source_number": record.source_number},
        "evidence": [
            {"signal": e.signal.value, "bits": round(e.bits, 2), "detail": e.detail}
            for e in lead.evidence
            if not e.is_silent
        ],
        "versions": dict(lead.versions),
    }


def _facts(facts: PersonFacts) -> dict[str, object]:
    born = facts.birth
    return {
        "names": list(facts.names),
        "sex": facts.sex.value if facts.sex else None,
        "birth": [born.earliest, born.latest] if born else None,
        "height_cm": facts.height_cm,
        "homes": [home.text for home in facts.homes],
        "marks": list(facts.marks),
    }


def _page(document: dict[str, object]) -> str:
    """The same facts to read and print, with a form for the written answer."""
    rows = json.dumps(document, ensure_ascii=False, indent=1)
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>疑似线索核实材料</title>'
        f"<h1>疑似线索核实材料</h1><pre>{escape(rows)}</pre>"
        "<h2>公安答复</h2><p>□ 确认　□ 否定　□ 无法判断　核实方式：□ 证件 □ 指纹 □ DNA □ 亲属辨认 □ 走访</p>"
        "<p>答复人、单位：＿＿＿＿＿＿　日期：＿＿＿＿＿＿（盖章）</p></html>"
    )

"""Decisions as the forms of the pages send them."""

from datetime import datetime

from starlette.datastructures import UploadFile

from api.auth import SignedForm, form_text
from casework.clock.station_time import from_wall_clock
from casework.errors import BadInputError
from casework.leads.lead import EvidenceClass, LeadTask, RejectReason, Verdict
from casework.leads.review import DecideCommand

#: What a lead that is put off is waiting for, when nothing else was written.
LATER = "稍后再看"


def decision_of(form: SignedForm, *, lead_id: str, decider: str) -> DecideCommand:
    """The decision in a form. `decider` does what is asked unless the form names somebody.

    Raises:
        BadInputError: the form is not one of ours, or a time cannot be read.
    """
    evidence_class, code = form_text(form, "evidence_class"), form_text(form, "reason_code")
    try:
        verdict = Verdict(form_text(form, "verdict") or "")
        return DecideCommand(
            lead_id=lead_id,
            verdict=verdict,
            reason_code=RejectReason(code) if code else None,
            reason=form_text(form, "reason"),
            evidence_class=EvidenceClass(evidence_class) if evidence_class else None,
            task=_task(form, verdict, decider),
            answered_by=form_text(form, "answered_by"),
            scan=_scan(form),
            read_version=int(form_text(form, "version") or ""),
        )
    except ValueError as error:
        sentence = "表单不完整，请刷新页面后重新提交。"
        raise BadInputError(sentence) from error


def _task(form: SignedForm, verdict: Verdict, decider: str) -> LeadTask | None:
    what, until = form_text(form, "what"), form_text(form, "until")
    if verdict is Verdict.DEFER:
        what = what or LATER
    if what is None or until is None:
        return None
    return LeadTask(what=what, who=decider, until=from_wall_clock(datetime.fromisoformat(until)))


def _scan(form: SignedForm) -> bytes | None:
    part = form.get("scan")
    return part.file.read() or None if isinstance(part, UploadFile) else None

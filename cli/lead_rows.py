"""A lead as CONTRACT prints it."""

from casework.clock.station_time import in_station_time
from casework.leads.lead import Lead
from matching.evidence import Evidence


def lead_row(lead: Lead) -> dict[str, object]:
    """Everything a script may want of one lead."""
    return {
        "lead_id": lead.lead_id,
        "case_id": lead.case_id,
        "record_id": lead.record_id,
        "rank": lead.rank,
        "probability": lead.probability,
        "bits": lead.bits,
        "prior_bits": lead.prior_bits,
        "calibration_bits": lead.calibration_bits,
        "same_person_bits": lead.same_person_bits,
        "rival_bits": lead.rival_bits,
        "band": lead.band.value,
        "state": lead.state.value,
        "due": in_station_time(lead.due).isoformat() if lead.due else None,
        "holder": lead.holder,
        "whats_new": list(lead.whats_new),
        "changes": list(lead.changes),
        "in_conflict": lead.in_conflict,
        "version": lead.version,
        "evidence": [evidence_row(each) for each in lead.evidence],
        "versions": lead.versions,
    }


def evidence_row(evidence: Evidence) -> dict[str, object]:
    """One comparison: what was compared, how strongly it speaks, and both values."""
    return {
        "signal": evidence.signal.value,
        "bits": evidence.bits,
        "stance": evidence.stance.value,
        "detail": evidence.detail,
        "probe": evidence.probe_value,
        "candidate": evidence.candidate_value,
    }

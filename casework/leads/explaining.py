"""Why a stored lead stands where it stands."""

from casework.leads.lead import Lead
from matching.explain import Explanation, Score, explain
from matching.policy import MatchPolicy
from matching.ranking import RankedLead


def score_of(lead: Lead | RankedLead) -> Score:
    """What the lead's chance was made of when it was found."""
    return Score(
        prior_bits=lead.prior_bits,
        evidence=lead.evidence,
        calibration_bits=lead.calibration_bits,
        same_person_bits=lead.same_person_bits,
        rival_bits=lead.rival_bits,
    )


def explain_lead(lead: Lead, policy: MatchPolicy, *, hide_details: bool = False) -> Explanation:
    """Rows that add up, what speaks against, what is missing, what to find out next.

    `hide_details`: for readers who may not see what either side said.
    """
    return explain(score_of(lead), policy, hide_details=hide_details)

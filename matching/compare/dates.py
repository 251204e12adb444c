"""Order of events: nobody goes missing after being found."""

from matching.compare.setting import Setting
from matching.evidence import Evidence, Signal
from matching.model import Candidate, Probe


def compare_dates(probe: Probe, candidate: Candidate, setting: Setting) -> Evidence:
    """Missing before found supports a little; the reverse speaks strongly against."""
    if probe.found_on is None or candidate.missing_since is None:
        return Evidence.silent(Signal.DATES, "一方没有日期")
    in_order = candidate.missing_since <= probe.found_on
    return Evidence(
        signal=Signal.DATES,
        bits=setting.policy.dates_in_order if in_order else setting.policy.dates_reversed,
        detail="走失在前，发现在后" if in_order else "报的走失日期晚于发现日期",
        probe_value=probe.found_on.isoformat(),
        candidate_value=candidate.missing_since.isoformat(),
    )

"""What states and bands are called on the pages, in print and on the command line."""

from collections.abc import Mapping
from typing import Final

from casework.leads import EvidenceClass, LeadState, Verdict
from casework.windows import WindowOwner, WindowState
from matching.fusion import Band

BAND_WORDS: Final[Mapping[Band, str]] = {
    Band.STRONG: "高度疑似",
    Band.POSSIBLE: "疑似",
    Band.WEAK: "待核",
}

STATE_WORDS: Final[Mapping[LeadState, str]] = {
    LeadState.PROPOSED: "待审核",
    LeadState.FORWARDED: "已送公安核实",
    LeadState.REJECTED: "已排除",
    LeadState.CONFIRMED: "公安已确认",
    LeadState.REFUTED: "公安已否定",
    LeadState.INCONCLUSIVE: "公安无法判断",
    LeadState.WITHDRAWN: "已撤回",
}

VERDICT_WORDS: Final[Mapping[Verdict, str]] = {
    Verdict.FORWARD: "认定，送公安核实",
    Verdict.REJECT: "排除",
    Verdict.CONFIRM: "确认",
    Verdict.REFUTE: "否定",
    Verdict.INCONCLUSIVE: "无法判断",
}

EVIDENCE_CLASS_WORDS: Final[Mapping[EvidenceClass, str]] = {
    EvidenceClass.DOCUMENT: "证件",
    EvidenceClass.FINGERPRINT: "指纹",
    EvidenceClass.DNA: "DNA",
    EvidenceClass.RELATIVE: "亲属辨认",
    EvidenceClass.VISIT: "上门走访",
}

WINDOW_STATE_WORDS: Final[Mapping[WindowState, str]] = {
    WindowState.WAITING: "待触发",
    WindowState.OPEN: "正常",
    WindowState.DUE_SOON: "将到期",
    WindowState.BREACHED: "已超时",
    WindowState.MET: "已完成",
    WindowState.MET_LATE: "逾期完成",
    WindowState.STOPPED: "已终止",
    WindowState.WITHHELD: "暂缓",
}

OWNER_WORDS: Final[Mapping[WindowOwner, str]] = {
    WindowOwner.STATION: "救助站",
    WindowOwner.POLICE: "公安",
    WindowOwner.CIVIL_AFFAIRS: "民政",
    WindowOwner.INSTITUTION: "托养机构",
}

"""What states and bands are called on the pages, in print and on the command line."""

from collections.abc import Mapping
from typing import Final

from casework.alike.pairs import AlikeState, AlikeVerdict
from casework.cases.happenings.knowledge import ClueState
from casework.cases.happenings.public import WithholdReason
from casework.cases.happenings.registration import StopReason
from casework.cases.sight import SightState
from casework.jobs.notice import NoticeKind
from casework.leads.lead import EvidenceClass, LeadState, RejectReason, Verdict
from casework.windows.window import WindowOwner, WindowState
from matching.fusion import Band
from matching.text.testimony.clues import ClueKind

BAND_WORDS: Final[Mapping[Band, str]] = {
    Band.STRONG: "高度疑似",
    Band.POSSIBLE: "疑似",
    Band.WEAK: "待核",
}

STATE_WORDS: Final[Mapping[LeadState, str]] = {
    LeadState.PROPOSED: "待审核",
    LeadState.IN_REVIEW: "审核中",
    LeadState.NEEDS_MORE: "待补充",
    LeadState.DEFERRED: "稍后处理",
    LeadState.REJECTION_PROPOSED: "排除待复核",
    LeadState.FORWARDED: "已送公安核实",
    LeadState.REJECTED: "已排除",
    LeadState.RECEIVED: "公安已签收",
    LeadState.NO_ANSWER: "公安逾期未答复",
    LeadState.CONFIRMED: "公安已确认",
    LeadState.REFUTED: "公安已否定",
    LeadState.INCONCLUSIVE: "公安无法判断",
    LeadState.WITHDRAWN: "已撤回",
}

VERDICT_WORDS: Final[Mapping[Verdict, str]] = {
    Verdict.TAKE: "开始审核",
    Verdict.RELEASE: "放回",
    Verdict.FORWARD: "认定，送公安核实",
    Verdict.REJECT: "排除",
    Verdict.AGREE: "同意排除",
    Verdict.DISAGREE: "不同意排除",
    Verdict.ASK_MORE: "要求补充",
    Verdict.MORE_CAME: "已补充",
    Verdict.DEFER: "稍后",
    Verdict.RESUME: "恢复审核",
    Verdict.RECEIVE: "签收",
    Verdict.CONFIRM: "确认",
    Verdict.REFUTE: "否定",
    Verdict.INCONCLUSIVE: "无法判断",
    Verdict.LAPSE: "逾期未答复",
    Verdict.UNDO: "撤销",
}

REJECT_REASON_WORDS: Final[Mapping[RejectReason, str]] = {
    RejectReason.AGE: "年龄不符",
    RejectReason.SEX: "性别不符",
    RejectReason.FACE: "相貌不符",
    RejectReason.MARKS: "疤痕等特征不符",
    RejectReason.HOME: "家乡不符",
    RejectReason.RELATIVES: "亲属不符",
    RejectReason.SIBLING_OR_TWIN: "同胞或双胞胎",
    RejectReason.ALREADY_FOUND: "走失者已找到",
    RejectReason.DUPLICATE_RECORD: "重复登记",
    RejectReason.POOR_PHOTO: "照片质量差",
    RejectReason.OTHER: "其他",
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

NOTICE_WORDS: Final[Mapping[NoticeKind, str]] = {
    NoticeKind.JOB_GIVEN_UP: "有一项后台任务多次失败，已停下等人处理；相关检索可能没有做完",
    NoticeKind.NEW_LEADS: "有新的疑似匹配线索",
    NoticeKind.REMATCH_BRAKED: "重新比对的命中突然大增，已急停，线索没有改动；请查明后放行或作废",
    NoticeKind.WINDOW_DUE_SOON: "有时限即将到期",
    NoticeKind.WINDOW_BREACHED: "有时限已超时",
    NoticeKind.ALIKE_RESIDENTS: "两份档案可能是同一人，请核对是否重复登记或再次求助",
    NoticeKind.ALIKE_JUDGED: "外站核对了与本站档案可能同一人的一对档案，请查看",
    NoticeKind.SIGHT_ASKED: "有人申请查看未成年人档案，等站领导批准",
    NoticeKind.LEAD_ANSWERED: "公安已答复核实结果",
}

ALIKE_STATE_WORDS: Final[Mapping[AlikeState, str]] = {
    AlikeState.PROPOSED: "待核对",
    AlikeState.SAME: "同一人",
    AlikeState.DIFFERENT: "不是同一人",
    AlikeState.WITHDRAWN: "已撤回",
}

ALIKE_VERDICT_WORDS: Final[Mapping[AlikeVerdict, str]] = {
    AlikeVerdict.SAME: "认定为同一人",
    AlikeVerdict.DIFFERENT: "不是同一人",
    AlikeVerdict.UNDO: "撤销",
}

#: What made a score, as it is named beside it.
VERSION_WORDS: Final[Mapping[str, str]] = {
    "policy": "匹配策略",
    "writer": "粤语写法",
    "calibration": "人脸校准",
    "face_model": "人脸模型",
    "gazetteer": "地名库",
    "sound": "语音矩阵",
}

OWNER_WORDS: Final[Mapping[WindowOwner, str]] = {
    WindowOwner.STATION: "救助站",
    WindowOwner.POLICE: "公安",
    WindowOwner.CIVIL_AFFAIRS: "民政",
    WindowOwner.INSTITUTION: "托养机构",
}

#: Fixed reasons that windows show (`WithholdReason`, `StopReason`).
REASON_WORDS: Final[Mapping[str, str]] = {
    WithholdReason.ABDUCTION.value: "疑似被拐",
    WithholdReason.MINOR.value: "未成年人",
    WithholdReason.THREATENED.value: "受到威胁",
    WithholdReason.OWN_WISH.value: "本人不愿公开",
    WithholdReason.SEARCHER_AT_RISK.value: "寻找者有风险",
    StopReason.NOT_APPLICABLE.value: "不适用",
    StopReason.DONE_ELSEWHERE.value: "已在别处办理",
    StopReason.ORDERED.value: "上级要求",
    StopReason.MISTAKE.value: "登记有误",
}

CLUE_WORDS: Final[Mapping[ClueKind, str]] = {
    ClueKind.HOME_PLACE: "家乡",
    ClueKind.OTHER_PLACE: "其他地方",
    ClueKind.SELF_NAME: "本人姓名",
    ClueKind.RELATIVE: "亲属",
    ClueKind.AGE_OR_BIRTH: "年龄",
    ClueKind.DIALECT_MARKER: "口音",
    ClueKind.LANDMARK: "地标物产",
    ClueKind.BODY_MARK: "体貌",
    ClueKind.EVENT: "大事",
    ClueKind.POSSIBLE_ABDUCTION: "疑似被拐",
    ClueKind.WORK: "职业",
    ClueKind.ID_DIGITS: "身份证号片段",
    ClueKind.PHONE_DIGITS: "电话片段",
}

SIGHT_WORDS: Final[Mapping[SightState, str]] = {
    SightState.WAITING: "待批准",
    SightState.GRANTED: "可以查看",
    SightState.REFUSED: "未批准",
    SightState.ENDED: "已收回",
    SightState.LAPSED: "已到期",
}

CLUE_STATE_WORDS: Final[Mapping[ClueState, str]] = {
    ClueState.OPEN: "未核实",
    ClueState.VERIFIED: "已核实",
    ClueState.REFUTED: "已否定",
}

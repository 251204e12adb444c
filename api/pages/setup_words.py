"""What the pages about the set-up call permissions, values of windows, parts and units."""

from collections.abc import Iterator, Mapping
from typing import Final

from casework.accounts.access import Permission
from casework.clock.time_spans import TimeSpan, Unit
from casework.windows.rules import WindowRule
from runtime.doctor import Health

PERMISSION_WORDS: Final[Mapping[Permission, str]] = {
    Permission.OPEN_CASE: "登记入站、新建个案",
    Permission.READ_CASE: "查看本站个案",
    Permission.AMEND_CASE: "补充和更正个案",
    Permission.SEARCH: "比对检索",
    Permission.SUPERVISE_CASE: "解除保护、停止和恢复时限",
    Permission.READ_LEAD: "查看线索",
    Permission.READ_CONTACT: "查看报案人证件号和电话",
    Permission.REVIEW_LEAD: "审核线索",
    Permission.ANSWER_LEAD: "答复核实结果",
    Permission.RECORD_REPLY: "代录书面答复",
    Permission.READ_WINDOWS: "查看时限",
    Permission.IMPORT_RECORDS: "导入走失记录",
    Permission.READ_AUDIT: "查看操作留痕",
    Permission.MANAGE_USERS: "管理账号",
    Permission.REMATCH: "安排重新比对",
    Permission.BACK_UP: "做备份（内容保持加密）",
    Permission.MOVE_FACES: "更换人脸引擎",
    Permission.READ_SETUP: "查看系统设置",
}
UNIT_WORDS: Final[Mapping[Unit, str]] = {
    Unit.HOUR: "小时",
    Unit.DAY: "天",
    Unit.WORKING_DAY: "个工作日",
    Unit.MONTH: "个月",
}
#: Values of a window that a station may change -> what they are called.
VALUE_WORDS: Final[Mapping[str, str]] = {
    "due": "期限",
    "delay": "延后起算",
    "first_slices": "起初按 24 小时计的段数",
    "first_quota": "起初每段次数",
    "daily_quota": "以后每天次数",
    "admissions": "入站次数",
    "months": "计算月数",
    "more_than": "人数超过",
}
#: Parts of `guitu doctor` -> what they are called.
PART_WORDS: Final[Mapping[str, str]] = {
    "home": "数据目录",
    "database": "数据库",
    "keys": "密钥",
    "index": "人脸索引",
    "models": "人脸模型",
    "windows": "时限表",
    "static": "页面资源",
    "broker": "任务队列",
}
HEALTH_WORDS: Final[Mapping[Health, str]] = {
    Health.OK: "正常",
    Health.DEGRADED: "受影响",
    Health.DOWN: "不可用",
}


def span_words(span: TimeSpan) -> str:
    """A length of time, for example 7 个工作日."""
    return f"{span.amount} {UNIT_WORDS[span.unit]}"


def values_of(rule: WindowRule) -> Iterator[tuple[str, str, str]]:
    """(setting, name, value in words) of everything that a station may change in a row."""
    yield f"{rule.kind}.due", VALUE_WORDS["due"], span_words(rule.due)
    if rule.delay is not None:
        yield f"{rule.kind}.delay", VALUE_WORDS["delay"], span_words(rule.delay)
    for name, number in rule.numbers.items():
        yield f"{rule.kind}.{name}", VALUE_WORDS[name], str(number)


def is_span(setting: str) -> bool:
    """Whether a setting is a length of time and not a number."""
    return setting.endswith((".due", ".delay"))

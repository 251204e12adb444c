"""Chinese words of the pages for what `casework.cases.words` does not name."""

from collections.abc import Mapping
from typing import Final

from casework.accounts.access import Role
from casework.jobs.job import Queue
from casework.rematch.runs import RunState, Who
from matching.model import Relation, Sex

SEX_WORDS: Final[Mapping[Sex, str]] = {Sex.MALE: "男", Sex.FEMALE: "女"}

RELATION_WORDS: Final[Mapping[Relation, str]] = {
    Relation.FATHER: "父亲",
    Relation.MOTHER: "母亲",
    Relation.HUSBAND: "丈夫",
    Relation.WIFE: "妻子",
    Relation.SON: "儿子",
    Relation.DAUGHTER: "女儿",
    Relation.ELDER_BROTHER: "哥哥",
    Relation.YOUNGER_BROTHER: "弟弟",
    Relation.ELDER_SISTER: "姐姐",
    Relation.YOUNGER_SISTER: "妹妹",
    Relation.GRANDFATHER: "祖父/外祖父",
    Relation.GRANDMOTHER: "祖母/外祖母",
    Relation.UNCLE: "叔伯舅",
    Relation.AUNT: "姑姨婶",
    Relation.CHILD: "子女",
    Relation.SIBLING: "兄弟姐妹",
    Relation.OTHER: "其他亲属",
}

ROLE_WORDS: Final[Mapping[Role, str]] = {
    Role.INTAKE: "接待",
    Role.SPECIALIST: "寻亲专员",
    Role.SUPERVISOR: "站领导",
    Role.POLICE: "公安联络员",
    Role.CIVIL_AFFAIRS: "民政",
    Role.INSTITUTION: "托养机构",
    Role.AUDITOR: "审计",
    Role.ADMIN: "系统管理员",
}

RUN_STATE_WORDS: Final[Mapping[RunState, str]] = {
    RunState.SCORING: "比对中",
    RunState.BRAKED: "已急停，等人查看",
    RunState.WHOLE: "整理线索中",
    RunState.DONE: "已完成",
}

RUN_WHO_WORDS: Final[Mapping[Who, str]] = {
    Who.EVERYONE: "全部在站未查明人员",
    Who.LONG_STAY: "长期滞留人员",
    Who.ONE_CASE: "一个个案",
}

QUEUE_WORDS: Final[Mapping[Queue, str]] = {
    Queue.FACE: "读照片",
    Queue.TEXT: "比对一人",
    Queue.BATCH: "成批比对",
}

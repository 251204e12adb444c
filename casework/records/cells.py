"""One cell of a missing-person table, from what somebody typed to a value.

Every reader raises `BadCellError` with one Chinese reason that says what to write instead and
never repeats what was written.
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Final

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from casework.cases.intake import LONGEST_LIFE, SHORTEST_CM, TALLEST_CM
from casework.errors import BadInputError
from casework.records.columns import table_words
from matching.model import BloodType, Relation, Relative, Sex, YearRange

#: Characters with no place in a cell: control, format, surrogate, line and paragraph separators.
INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
DATE: Final = re.compile(
    r"(?P<year>[0-9]{4})"
    r"(?:\s*[-/.年]\s*(?P<month>[0-9]{1,2})(?:\s*[-/.月]\s*(?P<day>[0-9]{1,2})\s*日?|\s*月)?|\s*年)?"
    r"(?:[\sT]+[0-9]{1,2}(?:[:时点][0-9]{0,2}){1,2}[分秒]?)?"
)
COMPACT_DATE: Final = re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
HEIGHT_CM: Final = re.compile(r"约?(?P<cm>[0-9]{2,3})(?:\.[0-9]+)?(?:cm|厘米|公分)?(?:左右)?")
HEIGHT_M: Final = re.compile(r"约?(?P<m>[12])(?:\.|米|m)(?P<cm>[0-9]{1,2})(?:米|m)?(?:左右)?")
AGE: Final = re.compile(r"约?(?P<age>[0-9]{1,3})周?岁?(?:左右)?")
HAN_NAME: Final = re.compile(r"[〇·\u3400-\u9fff\U00020000-\U0003ffff]+")


class BadCellError(BadInputError):
    """A cell cannot be read. Caught by the row checker, which adds the row and the column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialDate:
    """A date of which the day, or day and month, may not be known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def earliest(self) -> date:
        """The first day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


def plain_cell(text: str) -> str:
    """The cell without invisible characters and outer blanks; empty when it says nothing."""
    visible = "".join(" " if unicodedata.category(c) in INVISIBLE else c for c in text)
    plain = re.sub(r" +", " ", visible).strip()
    return "" if plain in table_words().says_nothing else plain


def read_date(text: str) -> PartialDate:
    """1964-03-05, 1964/3/5, 1964年3月5日, 19640305, 1964年3月, 1964; a time of day is dropped."""
    plain = unicodedata.normalize("NFKC", text)
    match = COMPACT_DATE.fullmatch(plain) or DATE.fullmatch(plain)
    if match is None:
        raise BadCellError("看不懂这个日期，请写成 1964-03-05、1964年3月 或 1964年。")
    parts = {key: int(value) for key, value in match.groupdict().items() if value}
    found = PartialDate(year=parts["year"], month=parts.get("month"), day=parts.get("day"))
    if not _exists(found):
        raise BadCellError("没有这一天，请核对日期。")
    return found


def read_sex(text: str) -> Sex:
    """男 or 女, in the words of the data file."""
    sex = table_words().sexes.get(unicodedata.normalize("NFKC", text).casefold())
    if sex is None:
        raise BadCellError("看不懂这个性别，请填“男”或“女”，不知道就留空。")
    return sex


def read_blood_type(text: str) -> BloodType:
    """A, B, O, AB, with or without 型."""
    try:
        return BloodType(_dense(text).upper().removesuffix("型"))
    except ValueError as error:
        raise BadCellError("看不懂这个血型，请填 A、B、O 或 AB，不知道就留空。") from error


def read_words(text: str) -> tuple[str, ...]:
    """Several words between commas or strokes."""
    parts = (part.strip() for part in re.split(r"[、,，;；/]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def read_age(text: str) -> int:
    """Whole years."""
    match = AGE.fullmatch(_dense(text))
    age = int(match["age"]) if match else LONGEST_LIFE + 1
    if age > LONGEST_LIFE:
        raise BadCellError("看不懂这个年龄，请填 0 到 125 之间的整数。")
    return age


def read_height(text: str) -> int:
    """Centimetres, from 165, 165cm, 165厘米, 1.65米 or 1米65."""
    plain = _dense(text)
    if metres := HEIGHT_M.fullmatch(plain):
        height = int(metres["m"]) * 100 + int(metres["cm"].ljust(2, "0"))
    else:
        centimetres = HEIGHT_CM.fullmatch(plain)
        height = int(centimetres["cm"]) if centimetres else 0
    if not SHORTEST_CM <= height <= TALLEST_CM:
        raise BadCellError("看不懂这个身高，请按厘米填 40 到 250 之间的整数。")
    return height


def read_id_number(text: str) -> str:
    """18 characters with a right check digit (GB 11643) and a birth date that exists.

    The area code is not checked: it is that of the day of issue, and old codes are reused.
    """
    number = _dense(text).upper()
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise BadCellError("身份证号应是 18 位数字（末位可以是 X），没有就留空。")
    if ric.calc_check_digit(number) != number[-1]:
        raise BadCellError("身份证号的校验码不对，请核对有没有抄错。")
    try:
        ric.get_birth_date(number)
    except ValidationError as error:
        raise BadCellError("身份证号里的出生日期不存在，请核对有没有抄错。") from error
    return number


def birth_on_id(number: str) -> PartialDate:
    """The birth date inside an ID number that was checked before."""
    born = ric.get_birth_date(number)
    return PartialDate(year=born.year, month=born.month, day=born.day)


def sex_on_id(number: str) -> Sex:
    """The 17th digit is odd for men (GB 11643)."""
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def years_from_age(age: int, in_year: int) -> YearRange:
    """Years of birth; one more either way, since nominal age (虚岁) counts from one at birth."""
    return YearRange(earliest=in_year - age - 1, latest=in_year - age + 1)


def read_names(text: str) -> tuple[str, ...]:
    """One name, or several between commas, strokes or brackets: 区娣（阿娣）."""
    parts = re.split(r"[、,，;；/()（）]", text)
    joined = (re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", part).strip() for part in parts)
    return tuple(dict.fromkeys(part for part in joined if part))


def read_relatives(text: str) -> tuple[Relative, ...]:
    """Relatives in the form 父亲：区伯佑；母亲：黄氏. What is in brackets is left out."""
    bare = re.sub(r"[(（][^)）]*[)）]", "", text)
    items = (item.strip() for item in re.split(r"[;；、,，。]", bare))
    return tuple(_relative(item) for item in items if item)


def _relative(item: str) -> Relative:
    """Without a colon or blank only words of two or more count: 子墨 is a name, not a son."""
    before, mark, _ = item.replace("：", ":").replace(" ", ":").partition(":")
    for word, relation in table_words().relations.items():
        if item == word or (before.startswith(word) and (mark or len(word) > 1)):
            rest = item[len(before) :] if mark else item.removeprefix(word)
            return Relative(relation=relation, name=_relative_name(rest))
    return Relative(relation=Relation.OTHER, name=_relative_name(item))


def _relative_name(text: str) -> str | None:
    """The Chinese name at the start; 黄氏 says only a surname."""
    match = HAN_NAME.match(text.lstrip(":： "))
    name = match[0].removesuffix("氏") if match else ""
    return name or None


def _exists(written: PartialDate) -> bool:
    month = 1 if written.month is None else written.month
    day = 1 if written.day is None else written.day
    try:
        date(written.year, month, day)
    except ValueError:
        return False
    return True


def _dense(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()

"""Two faces side by side: where each photo lies in its frame, and when it was taken.

Only geometry for SVG: the photos themselves stay as they are, so that nothing is computed from
pixels here and the original is one click away.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import atan2, degrees, dist
from typing import Final

from casework.cases.case import Entry
from casework.cases.happenings.knowledge import PhotoTaken
from casework.clock.station_time import station_day
from casework.leads.view import LeadFile
from matching.face.reading import EyeLine
from matching.model import YearRange

#: The frame in user units, and where the eyes of an aligned face lie in it.
FRAME_WIDTH: Final = 100
FRAME_HEIGHT: Final = 125
EYE_DISTANCE: Final = 25
EYE_HEIGHT: Final = 54
MIRRORED: Final = f"translate({FRAME_WIDTH} 0) scale(-1 1)"
#: From so many years between two photos on, a face says little about being someone else.
LONG_AGO: Final = 10


class View(StrEnum):
    """How the pair is shown."""

    ALIGNED = "aligned"
    WHOLE = "whole"
    OVERLAY = "overlay"
    MIRROR = "mirror"


VIEW_WORDS: Final[Mapping[View, str]] = {
    View.ALIGNED: "对齐",
    View.WHOLE: "原图",
    View.OVERLAY: "叠加",
    View.MIRROR: "镜像",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One photo and the SVG transforms that show it."""

    url: str
    width: int
    height: int
    aligned: str
    whole: str
    mirror: str
    #: Whether the eyes are known; without them the whole photo is shown in every view.
    has_eyes: bool

    def transform(self, view: View) -> str:
        """The transform of a view; an overlay lies upon aligned faces."""
        if view is View.WHOLE:
            return self.whole
        return self.mirror if view is View.MIRROR else self.aligned


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One photo on a time line."""

    number: int
    photo_id: str
    frame: Frame
    #: When it was taken, in words; a record's photo is only known to be older than the report.
    when: str
    #: How old the person was, as far as the year of birth is known.
    age: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FacePair:
    """Both time lines, the chosen photo of each, and how they are shown."""

    view: View
    resident: tuple[Moment, ...]
    record: tuple[Moment, ...]
    #: Years between the two photos at least, when that is known.
    years_apart: int | None

    @property
    def lacks_eyes(self) -> bool:
        """Whether a photo is shown whole because nobody noted where its eyes are."""
        return any(not each.frame.has_eyes for each in (*self.resident, *self.record))

    @property
    def is_long_ago(self) -> bool:
        """Whether the face has to be read with care."""
        return self.years_apart is not None and self.years_apart >= LONG_AGO


@dataclass(frozen=True, slots=True, kw_only=True)
class PairChoice:
    """What the address asks for: photo numbers count from 1, 0 is the newest."""

    view: View = View.ALIGNED
    resident: int = 0
    record: int = 0


def face_pair(file: LeadFile, choice: PairChoice) -> FacePair:
    """The faces of a lead; a number beyond the last photo means the newest."""
    base = f"/leads/{file.lead.lead_id}/photos/"
    birth, born = file.case_file.probe.facts.birth, file.record.facts.birth
    taken = {photo_id: entry for entry in file.case_file.entries if (photo_id := _photo_id(entry))}
    resident_ids, record_ids = file.case_file.photo_ids, file.record.photo_ids
    first, second = _number(choice.resident, resident_ids), _number(choice.record, record_ids)
    frames = {x: frame(base + x, file.eyes.get(x)) for x in (*resident_ids, *record_ids)}
    since = file.record.missing_since
    resident = tuple(
        Moment(
            number=number,
            photo_id=photo_id,
            frame=frames[photo_id],
            when=f"{station_day(taken[photo_id].happened_at)}",
            age=age_in_words(birth, station_day(taken[photo_id].happened_at).year),
            chosen=number == first,
        )
        for number, photo_id in enumerate(resident_ids, start=1)
    )
    record = tuple(
        Moment(
            number=number,
            photo_id=photo_id,
            frame=frames[photo_id],
            when=f"{since.year} 年走失前" if since else "时间不详",
            age=age_in_words(born, since.year) if since else "",
            chosen=number == second,
        )
        for number, photo_id in enumerate(record_ids, start=1)
    )
    return FacePair(
        view=choice.view,
        resident=resident,
        record=record,
        years_apart=_years_apart(file, taken, resident),
    )


def frame(url: str, eyes: EyeLine | None) -> Frame:
    """How a photo lies in the frame: whole, or turned and scaled so that the eyes are level."""
    if eyes is None or dist(eyes.left, eyes.right) < 1:
        return Frame(
            url=url,
            width=FRAME_WIDTH,
            height=FRAME_HEIGHT,
            aligned="",
            whole="",
            mirror=MIRRORED,
            has_eyes=False,
        )
    aligned = _aligned(eyes)
    return Frame(
        url=url,
        width=eyes.width,
        height=eyes.height,
        aligned=aligned,
        whole=_whole(eyes.width, eyes.height),
        mirror=f"{MIRRORED} {aligned}",
        has_eyes=True,
    )


def age_in_words(birth: YearRange | None, year: int) -> str:
    """How old somebody was in a year: 34 岁, 50–70 岁, or nothing."""
    if birth is None or year < birth.earliest:
        return ""
    oldest, youngest = year - birth.earliest, max(year - birth.latest, 0)
    return f"{oldest} 岁" if oldest == youngest else f"{youngest}–{oldest} 岁"


def _aligned(eyes: EyeLine) -> str:
    """Move the middle between the eyes to its place, level them, make their distance equal."""
    (left_x, left_y), (right_x, right_y) = eyes.left, eyes.right
    angle = degrees(atan2(right_y - left_y, right_x - left_x))
    scale = EYE_DISTANCE / dist(eyes.left, eyes.right)
    middle = (left_x + right_x) / 2, (left_y + right_y) / 2
    return (
        f"translate({FRAME_WIDTH / 2:g} {EYE_HEIGHT}) rotate({-angle:.2f}) "
        f"scale({scale:.5f}) translate({-middle[0]:.1f} {-middle[1]:.1f})"
    )


def _whole(width: int, height: int) -> str:
    scale = min(FRAME_WIDTH / width, FRAME_HEIGHT / height)
    left, top = (FRAME_WIDTH - width * scale) / 2, (FRAME_HEIGHT - height * scale) / 2
    return f"translate({left:.1f} {top:.1f}) scale({scale:.5f})"


def _photo_id(entry: Entry) -> str | None:
    return entry.details.photo_id if isinstance(entry.details, PhotoTaken) else None


def _number(wanted: int, photo_ids: tuple[str, ...]) -> int:
    return wanted if 1 <= wanted <= len(photo_ids) else len(photo_ids)


def _years_apart(
    file: LeadFile, taken: Mapping[str, Entry], resident: tuple[Moment, ...]
) -> int | None:
    chosen = next((each for each in resident if each.chosen), None)
    since = file.record.missing_since
    if chosen is None or since is None or not file.record.photo_ids:
        return None
    return max(station_day(taken[chosen.photo_id].happened_at).year - since.year, 0)

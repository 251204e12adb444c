"""Residents who may be one person: a second file, another name, help sought again elsewhere.

Every new photo is compared with those of all other residents, of every station and every year. Who
is alike is told, never merged: two files become one by a person's hand (`IntakeCommand.same_person_as`).
"""

from dataclasses import dataclass

from casework.access import Permission, require_station
from casework.cases import Case
from casework.context import Context
from casework.gallery import OwnerKind
from casework.jobs import Job
from casework.lead_rules import lead_rules
from casework.matcher import AlikeFace, Matcher
from casework.notices import NoticeKind
from casework.ports import UnitOfWork
from casework.scoring import GalleryNotWholeError

_NOT_YET = "人脸库正在重建，还没有与其他受助人员比对；重建后会自动补比。"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeResident:
    """Another file whose photos are like this one's."""

    case: Case
    face: AlikeFace

    def place(self, station: str) -> str:
        """What a reader at `station` may know of where the file is."""
        return f"个案 {self.case.number}" if self.case.station == station else "外站个案"

    def note(self, station: str) -> str:
        """One sentence for the desk."""
        return (
            f"可能是同一人（{self.place(station)}）：照片相像，{self.face.detail}；"
            "请核对是否重复登记或再次求助。"
        )


def alike_residents(context: Context, matcher: Matcher, case_id: str) -> tuple[AlikeResident, ...]:
    """Other residents who may be the person of this file, likeliest first.

    Raises:
        NotPermittedError: the role may not read cases, or the case is another station's.
        NotFoundError: no such case.
        GalleryNotWholeError: the faces cannot be searched now.
    """
    context.require(Permission.READ_CASE)
    with context.open_work() as work:
        require_station(context.actor, work.cases.get(case_id).station)
    found = _found(context, matcher, case_id)
    with context.open_work() as work:
        context.trace(work, "case.alike", f"case:{case_id}", found=str(len(found)))
        work.commit()
    return found


def alike_notes(context: Context, matcher: Matcher, case_id: str) -> tuple[str, ...]:
    """What the desk must know of a resident whose photo was just taken."""
    try:
        found = _found(context, matcher, case_id)
    except GalleryNotWholeError:
        return (_NOT_YET,)
    return tuple(each.note(context.actor.station) for each in found)


def tell_of_alike(context: Context, matcher: Matcher, case_id: str, job: Job) -> None:
    """Leave a notice at both stations for each pair that may be one person, once.

    Raises:
        GalleryNotWholeError: the faces cannot be searched now; the job is to be tried again.
    """
    found = _found(context, matcher, case_id)
    with context.open_work() as work:
        case = work.cases.get(case_id)
        for each in found:
            _notify(context, work, case, each.case)
        context.trace(work, "case.alike", f"case:{case_id}", found=str(len(found)))
        work.outbox.finish(job)
        work.commit()


def _notify(context: Context, work: UnitOfWork, case: Case, other: Case) -> None:
    """One notice for each station of the pair, about its own file and the other one."""
    pair = sorted((case, other), key=lambda each: each.case_id)
    for station in sorted({case.station, other.station}):
        own, beside = sorted(pair, key=lambda each: each.station != station)
        subject = f"case:{own.case_id}:{beside.case_id}"
        context.notify(work, station, NoticeKind.ALIKE_RESIDENTS, subject)


def _found(context: Context, matcher: Matcher, case_id: str) -> tuple[AlikeResident, ...]:
    matcher.refresh()
    with context.open_work() as work:
        faces = work.faces.of_owner(OwnerKind.CASE, case_id)
    alike = matcher.alike_residents(case_id, faces)
    least = lead_rules().alike_odds
    with context.open_work() as work:
        return tuple(
            AlikeResident(case=work.cases.get(face.case_id), face=face)
            for face in alike
            if face.odds >= least
        )

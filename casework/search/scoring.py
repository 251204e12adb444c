"""One resident in, ranked pairs out: what a search and re-matching both do. Holds no transaction."""

from collections.abc import Sequence
from dataclasses import dataclass

from casework.cases.case import Case, Entry
from casework.context import Context
from casework.errors import UnavailableError
from casework.search.copied_photos import copied_records
from casework.search.gallery import OwnerKind, StoredFace
from casework.search.match_basis import MatchBasis, probe_digest
from casework.search.matcher import Matcher, MatchResult, Part
from casework.search.probe import probe_of
from matching.model import Probe


class GalleryNotWholeError(UnavailableError):
    """The faces of a gallery could not be searched; the words were."""

    def __init__(self) -> None:
        super().__init__("人脸库正在重建，本次只按文字线索比对；稍后会自动补上人脸比对。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """One resident as read for scoring."""

    case: Case
    entries: tuple[Entry, ...]
    faces: tuple[StoredFace, ...]
    probe: Probe
    #: What scoring rests on, as far as registry and galleries had grown when it was read.
    basis: MatchBasis


def read_resident(context: Context, matcher: Matcher, case_id: str) -> Resident:
    """The resident and what scoring rests on; the matcher has caught up with at least that.

    Raises:
        NotFoundError: there is no such case.
    """
    with context.open_work() as work:
        case = work.cases.get(case_id)
        entries = work.cases.entries(case_id)
        faces = work.faces.of_owner(OwnerKind.CASE, case_id)
        records, gallery = work.records.revision(), work.faces.revision()
    matcher.refresh()
    probe = probe_of(case_id, entries)
    basis = MatchBasis(
        probe=probe_digest(probe, faces),
        rules=matcher.rules(faces),
        record_revision=records,
        face_revision=gallery,
    )
    return Resident(case=case, entries=entries, faces=faces, probe=probe, basis=basis)


def score(
    context: Context, matcher: Matcher, resident: Resident, only: Part | None = None
) -> MatchResult:
    """The ranking; made again when a record turns out to have a photo of the resident's own file.

    Args:
        context: the asker's.
        matcher: as `read_resident` left it, or further.
        resident: who.
        only: a part of the registry; None: the whole.
    """
    result = matcher.match(resident.probe, resident.faces, only=only)
    copied = _copied(context, resident.faces, result)
    return matcher.match(resident.probe, resident.faces, copied, only) if copied else result


def part_for(context: Context, resident: Resident, record_ids: frozenset[str]) -> Part:
    """These records, with what was noted of the resident if it was noted of who they are now."""
    case_id = resident.case.case_id
    with context.open_work() as work:
        before = work.rematch.basis(case_id)
        if before is None or not before.is_of_same_person_and_rules(resident.basis):
            return Part(record_ids=record_ids)
        new_ids = record_ids & work.records.new_ids(before.record_revision)
        return Part(record_ids=record_ids, new_ids=new_ids, noted=work.rematch.noted(case_id))


def basis_after(resident: Resident, result: MatchResult) -> MatchBasis:
    """What these scores rest on: never more than the matcher had seen."""
    return resident.basis.at_most(result.record_revision, result.face_revision)


def _copied(context: Context, faces: Sequence[StoredFace], result: MatchResult) -> frozenset[str]:
    if not faces or not result.leads:
        return frozenset()
    with context.open_work() as work:
        return copied_records(work, faces, [lead.record_id for lead in result.leads])

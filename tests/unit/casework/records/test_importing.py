from dataclasses import replace

import pytest

from casework.accounts.access import Role
from casework.errors import NotPermittedError
from casework.records.importing import ImportCount, RecordPhoto, import_records
from casework.search.gallery import OwnerKind
from tests.office import Office, a_seen_face
from tests.samples import a_record, an_actor

NEW = replace(a_record(), photo_ids=())
PHOTO = {"GA-1": RecordPhoto(data=b"jpeg", face=a_seen_face())}


def test_importing_the_same_table_twice_changes_nothing() -> None:
    office = Office()
    assert import_records(office.context(), [NEW], PHOTO) == ImportCount(accepted=1, updated=0)
    again = replace(NEW, record_id="another")
    assert import_records(office.context(), [again], PHOTO) == ImportCount(accepted=0, updated=1)
    with office.open_work() as work:
        (face,) = work.faces.of_owner(OwnerKind.RECORD, "r1")
        assert work.records.get("r1").photo_ids == (face.photo_id,)
        assert work.records.count() == 1
    assert office.trail() == ["record.import", "record.import"]


def test_a_new_photo_is_added_to_the_old_one() -> None:
    office = Office()
    import_records(office.context(), [NEW], PHOTO)
    later = {"GA-1": RecordPhoto(data=b"other", face=a_seen_face(0.2))}
    import_records(office.context(), [NEW], later)
    with office.open_work() as work:
        assert len(work.records.get("r1").photo_ids) == 2
        assert len(work.faces.of_owner(OwnerKind.RECORD, "r1")) == 2


def test_a_row_without_photo_keeps_the_photos_that_are_known() -> None:
    office = Office()
    import_records(office.context(), [NEW], PHOTO)
    import_records(office.context(), [replace(NEW, missing_place="浛洸")], {})
    with office.open_work() as work:
        record = work.records.get("r1")
    assert (record.missing_place, len(record.photo_ids)) == ("浛洸", 1)


def test_the_desk_does_not_import() -> None:
    with pytest.raises(NotPermittedError):
        import_records(Office().context(an_actor(Role.INTAKE)), [NEW], {})

"""Fills an empty workspace with the demo: synthetic registry, demo accounts, sample residents."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from rich.progress import Progress

from casework.accounts.access import Role
from casework.accounts.keeping import NewAccount, add_account, first_account
from casework.accounts.user import User
from casework.cases.intake import IntakeCommand, choose_face, open_case
from casework.cases.view import view_case
from casework.context import Context
from casework.errors import BadInputError
from casework.jobs.job import AT_THE_DESK
from casework.leads.lead import Lead
from casework.records.importing import RecordPhoto, import_records
from casework.records.record import MissingRecord
from casework.search.gallery import StoredFace
from fixtures.demo_registry import demo_registry
from fixtures.faces import stored_faces
from fixtures.residents import SampleResident, record_photos, sample_residents
from runtime.container import DEMO, KIND, Services, running
from runtime.model_files import face_model_id
from runtime.passwords import hash_password
from runtime.settings import Settings

SEED: Final = 20200413
STATION: Final = "清远市救助管理站"
POLICE: Final = "清远市公安局"
#: (sign-in name, shown name, role, station), the administrator first. Only ever made in a demo workspace.
ACCOUNTS: Final = (
    ("admin", "系统管理员", Role.ADMIN, STATION),
    ("wangfang", "王芳", Role.SPECIALIST, STATION),
    ("chenjie", "陈洁", Role.INTAKE, STATION),
    ("liumin", "刘敏", Role.SUPERVISOR, STATION),
    ("lijingguan", "李警官", Role.POLICE, POLICE),
    ("zhaoming", "赵明", Role.AUDITOR, STATION),
    ("qianwei", "钱伟", Role.CIVIL_AFFAIRS, "清远市民政局"),
    ("helan", "何兰", Role.INSTITUTION, "清远市社会福利院"),
)
#: Which dialect groups the demo's people understand.
SPEAKS: Final = {"wangfang": ("xiang", "yue")}
#: The residents came in one after another, so that their windows stand at different points.
HOURS_APART: Final = 7
#: Rows written in one transaction.
BATCH: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """One sample resident after the search."""

    case_id: str
    true_record_id: str | None
    leads: tuple[Lead, ...]


def clear_demo(settings: Settings) -> None:
    """Remove what an earlier demo left; anything else in the folder is left alone.

    Raises:
        BadInputError: the workspace is not a demo, or lies on a database server and is not empty.
    """
    on_server = bool(settings.database_url.get_secret_value())
    if not on_server and not (settings.home / "guitu.db").exists():
        return
    with running(settings) as services:
        if _is_empty(services):
            return
        if not services.is_demo():
            raise BadInputError("这个数据目录里有正式数据，演示不会动它；请换一个 GUITU_HOME。")
    if on_server:
        raise BadInputError("数据库里已有演示数据；请换一个空库，或去掉 GUITU_DATABASE_URL。")
    for path in settings.home.glob("guitu.db*"):
        path.unlink()


def make_demo(services: Services, records: int, bar: Progress) -> list[TakenIn]:
    """Fill the workspace and take every sample resident in through the normal path."""
    users = _make_accounts(services)
    desk = services.context(users[Role.SPECIALIST].actor())
    registry = demo_registry(records, SEED)
    _load_records(services, registry, bar)
    _load_photos(desk, services, registry)
    return _take_in(desk, services, registry, bar)


def _is_empty(services: Services) -> bool:
    with services.open_work() as work:
        return not work.users.all_users() and work.records.count() == 0


def _make_accounts(services: Services) -> dict[Role, User]:
    """One account for each role, with a password that nobody knows: the demo signs in by button."""
    with services.open_work() as work:
        work.workspace.set(KIND, DEMO)
        work.commit()
    unknown = hash_password(secrets.token_urlsafe())
    users: dict[Role, User] = {}
    for name, shown, role, station in ACCOUNTS:
        account = NewAccount(
            name=name,
            display_name=shown,
            roles=frozenset({role}),
            station=station,
            password_hash=unknown,
            dialects=frozenset(SPEAKS.get(name, ())),
        )
        users[role] = _add(services, account, users.get(Role.ADMIN))
    return users


def _load_records(services: Services, registry: Sequence[MissingRecord], bar: Progress) -> None:
    line = bar.add_task("装入合成走失记录", total=len(registry))
    for start in range(0, len(registry), BATCH):
        batch = registry[start : start + BATCH]
        with services.open_work() as work:
            work.records.add_many(batch)
            work.faces.add_many(_faces(batch, start, services.settings.face_engine))
            work.commit()
        bar.advance(line, len(batch))


def _add(services: Services, account: NewAccount, admin: User | None) -> User:
    if admin is None:
        return first_account(services.open_work, services.clock, services.new_id, account)
    return add_account(services.context(admin.actor()), account)


def _faces(batch: Sequence[MissingRecord], start: int, engine: str) -> Iterator[StoredFace]:
    """A synthetic vector for each record; those with a real portrait get theirs from the photo."""
    pictured = record_photos()
    owners = [each.record_id for each in batch if each.source_number not in pictured]
    model_id = face_model_id(engine)
    return stored_faces(owners, seed=SEED + start, engine=engine, model_id=model_id)


def _load_photos(desk: Context, services: Services, registry: Sequence[MissingRecord]) -> None:
    """The two portraits go the way of every family's photo: read, embedded, imported."""
    pictured = record_photos()
    photos = {
        number: RecordPhoto(data=data, face=choose_face(services.face_reader.read(data), None))
        for number, data in pictured.items()
    }
    wanted = [record for record in registry if record.source_number in photos]
    import_records(desk, wanted, photos)


def _take_in(
    desk: Context, services: Services, registry: Sequence[MissingRecord], bar: Progress
) -> list[TakenIn]:
    record_ids = {record.source_number: record.record_id for record in registry}
    residents = sample_residents()
    line = bar.add_task("登记合成受助人员并比对", total=len(residents))
    taken = []
    for index, resident in enumerate(residents):
        hours = HOURS_APART * (len(residents) - index)
        case_id = _open(desk, services, resident, timedelta(hours=hours))
        services.floor.run_due(AT_THE_DESK)
        file = view_case(desk, case_id)
        true_id = record_ids[resident.true_record] if resident.true_record else None
        taken.append(TakenIn(case_id=case_id, true_record_id=true_id, leads=file.leads))
        bar.advance(line)
    return taken


def _open(desk: Context, services: Services, resident: SampleResident, ago: timedelta) -> str:
    form = replace(resident.form, admitted_at=services.clock() - ago)
    command = IntakeCommand(
        form=form,
        photos=(resident.photo,) if resident.photo else (),
        transcript=resident.transcript,
    )
    return open_case(desk, command, services.face_reader).case.case_id

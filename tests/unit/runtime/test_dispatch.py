from dataclasses import dataclass, field

from casework.errors import UnavailableError
from casework.jobs.job import Job, JobKind
from runtime.dispatch import AGAIN_AFTER, ON_THEIR_WAY, BrokerRunner
from tests.office import Office
from tests.samples import NOW


@dataclass(slots=True)
class FakeMessenger:
    told: list[str] = field(default_factory=list)
    #: Messages that it takes before it is away; None: all.
    takes: int | None = None
    forgot: bool = False

    def tell(self, job: Job) -> None:
        if self.takes is not None and len(self.told) >= self.takes:
            raise UnavailableError("away")
        self.told.append(job.job_id)

    def has_forgotten(self) -> bool:
        if self.takes == 0:
            raise UnavailableError("away")
        forgot, self.forgot = self.forgot, False
        return forgot


def with_jobs(office: Office, count: int) -> None:
    with office.open_work() as work:
        for number in range(count):
            job_id = f"j{number:04d}"
            job = Job(job_id=job_id, kind=JobKind.SEARCH_CASE, subject_id="c1", created_at=NOW)
            work.outbox.put(job)
        work.commit()


def a_runner(office: Office, messenger: FakeMessenger) -> BrokerRunner:
    return BrokerRunner(office.open_work, office.clock, messenger)


def test_the_broker_is_told_once_and_again_when_nobody_took_the_job() -> None:
    office, messenger = Office(), FakeMessenger()
    with_jobs(office, 2)
    runner = a_runner(office, messenger)
    assert runner.run_pending() == 2
    assert runner.run_pending() == 0
    office.now += AGAIN_AFTER
    assert runner.run_pending() == 2
    assert messenger.told == ["j0000", "j0001"] * 2


def test_not_everything_is_on_its_way_at_once() -> None:
    office, messenger = Office(), FakeMessenger()
    with_jobs(office, ON_THEIR_WAY + 5)
    runner = a_runner(office, messenger)
    assert runner.run_pending() == ON_THEIR_WAY
    assert runner.run_pending() == 0


def test_a_broker_that_forgot_is_told_everything_again() -> None:
    office, messenger = Office(), FakeMessenger()
    with_jobs(office, 2)
    runner = a_runner(office, messenger)
    runner.run_pending()
    messenger.forgot = True
    assert runner.run_pending() == 2


def test_what_a_broker_did_not_take_is_told_when_it_is_back() -> None:
    office, messenger = Office(), FakeMessenger(takes=1)
    with_jobs(office, 3)
    runner = a_runner(office, messenger)
    assert runner.run_pending() == 0
    messenger.takes = None
    assert runner.run_pending() == 3
    assert messenger.told == ["j0000", "j0000", "j0001", "j0002"]


def test_a_broker_that_is_away_costs_nothing() -> None:
    office = Office()
    with_jobs(office, 1)
    assert a_runner(office, FakeMessenger(takes=0)).run_pending() == 0
    assert a_runner(office, FakeMessenger()).run_pending() == 1

from runtime.heartbeat import beating
from tests.office import Office
from tests.samples import NOW


def test_a_sign_of_life_is_written_while_the_block_runs() -> None:
    office = Office()
    with beating(office.open_work, office.clock, "w1", 0.01):
        pass
    with office.open_work() as work:
        assert [(b.worker_id, b.beat_at) for b in work.workers.beats()] == [("w1", NOW)]

"""The metrics of one moment in Prometheus' text format (version 0.0.4): numbers, never personal data."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from runtime.readiness import Readiness, age_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One metric with its samples."""

    name: str
    help: str
    #: (labels, value); None values are left out.
    samples: Iterable[tuple[Mapping[str, str], float | None]] = field(default_factory=tuple)
    kind: str = "gauge"


def metrics_of(ready: Readiness) -> tuple[Metric, ...]:
    """What an operator watches and is woken by."""
    return (
        *_queues(ready),
        _single("guitu_workers", "Processes with a recent sign of life.", ready.workers),
        _single(
            "guitu_last_sweep_age_seconds",
            "Seconds since due windows were last swept; over 120 means late alerts.",
            age_seconds(ready.last_sweep, ready.at),
        ),
        _single("guitu_registry_revision", "Changes of the registry.", ready.record_revision),
        _single("guitu_gallery_revision", "Changes of the face galleries.", ready.face_revision),
        _single(
            "guitu_gallery_followed_revision",
            "How many of them this process searches.",
            ready.followed_faces,
        ),
        _single("guitu_gallery_whole", "1 unless faces cannot be searched.", ready.faces_are_whole),
        *_rematch(ready),
    )


def text_of(metrics: Iterable[Metric]) -> str:
    """Prometheus' text format."""
    return "".join(line + "\n" for metric in metrics for line in _lines(metric))


def _queues(ready: Readiness) -> Iterator[Metric]:
    def each(
        value: Mapping[str, float | None],
    ) -> tuple[tuple[Mapping[str, str], float | None], ...]:
        return tuple(({"queue": queue}, number) for queue, number in value.items())

    logs = ready.backlogs
    yield Metric(
        name="guitu_jobs_pending",
        help="Jobs neither finished nor given up.",
        samples=each({b.queue.value: b.pending for b in logs}),
    )
    yield Metric(
        name="guitu_jobs_held",
        help="Jobs that a worker is at.",
        samples=each({b.queue.value: b.held for b in logs}),
    )
    yield Metric(
        name="guitu_jobs_given_up",
        help="Jobs that wait for a person.",
        samples=each({b.queue.value: b.given_up for b in logs}),
    )
    yield Metric(
        name="guitu_queue_age_seconds",
        help="How long the oldest due job has waited.",
        samples=each({b.queue.value: age_seconds(b.oldest_waiting, ready.at) or 0.0 for b in logs}),
    )


def _rematch(ready: Readiness) -> Iterator[Metric]:
    run = ready.rematch
    if run is None:
        return
    yield _single("guitu_rematch_cases", "Residents of the latest run.", run.progress.cases)
    yield _single("guitu_rematch_scored", "Of these, scored.", run.progress.scored)
    yield _single("guitu_rematch_pairs", "Pairs compared in full.", run.progress.pairs)
    yield _single("guitu_rematch_hits", "Pairs without a lead before.", run.progress.hits)
    yield Metric(
        name="guitu_rematch_state",
        help="1 for the state of the latest run.",
        samples=(({"state": run.state.value}, 1),),
    )


def _single(name: str, text: str, value: float | None) -> Metric:
    return Metric(name=name, help=text, samples=(({}, value),))


def _lines(metric: Metric) -> Iterator[str]:
    yield f"# HELP {metric.name} {metric.help}"
    yield f"# TYPE {metric.name} {metric.kind}"
    for labels, value in metric.samples:
        if value is not None:
            inside = ",".join(f'{key}="{text}"' for key, text in labels.items())
            yield f"{metric.name}{f'{{{inside}}}' if inside else ''} {float(value):g}"

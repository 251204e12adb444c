"""`guitu face evaluate`: how well an engine tells the people on known pairs of photos apart."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import typer

from casework.errors import BadInputError
from cli.face_pairs import GROUPINGS, KnownPair, known_pairs
from cli.files import read_file, write_file
from cli.output import AsJson, print_json, print_words, progress
from matching.errors import BadFactError
from matching.face.calibration import table_name
from matching.face.embedding import distance
from matching.face.evaluation import FMR_GOALS, RANKS, PairDistances, rate
from matching.face.measured_curve import LEAST_MATED, LEAST_OTHERS, calibration_table
from matching.face.reading import DetectedFace, PhotoReading
from runtime.clock import system_clock
from runtime.face_process import face_process
from runtime.settings import Settings

Readings = Mapping[Path, PhotoReading]

#: Bootstrap samples, and the seed that makes a report repeatable.
_SAMPLES: Final = 200
_SEED: Final = 20_260_101
#: The threshold at which groups are held side by side.
_GROUP_FMR: Final = 0.01


def face_evaluate(
    pairs: Annotated[
        Path, typer.Argument(help="照片对清单 CSV：file_a,file_b,same · list of pairs")
    ],
    engine: Annotated[str | None, typer.Option("--engine", help="人脸引擎 · face engine")] = None,
    gallery_size: Annotated[
        int, typer.Option("--gallery-size", min=1, help="库内人数 · gallery size")
    ] = 20_000,
    write_table: Annotated[
        Path | None,
        typer.Option("--write-table", help="把实测的换算表写成文件 · write a calibration table"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """用已知是否同一人的照片对检验引擎 · error rates of an engine on known pairs of photos."""
    known = known_pairs(pairs)
    name = engine or Settings().face_engine
    readings = _read(known, name)
    report = _report(known, readings, gallery_size)
    if write_table is not None:
        write_file(write_table, _table(name, known, readings).encode())
    if as_json:
        print_json({"engine": name, **report})
    else:
        print_words(_words(report))


def _read(known: Sequence[KnownPair], engine: str) -> dict[Path, PhotoReading]:
    """Every photo of the list, read once."""
    paths = sorted({path for pair in known for path in (pair.file_a, pair.file_b)})
    process = face_process(Settings(), engine)
    try:
        with progress() as bar:
            line = bar.add_task("读照片", total=len(paths))
            readings = {}
            for path in paths:
                readings[path] = process.read(read_file(path))
                bar.advance(line)
            return readings
    finally:
        process.close()


def _face(readings: Readings, path: Path) -> DetectedFace | None:
    """The biggest face of a photo; None when it could not be enrolled."""
    return next(iter(readings[path].faces), None)


def _distances(known: Sequence[KnownPair], readings: Readings) -> PairDistances | None:
    """The distances of all pairs with two faces; None unless both kinds are there."""
    found: dict[bool, list[float]] = {True: [], False: []}
    for pair in known:
        one, other = _face(readings, pair.file_a), _face(readings, pair.file_b)
        if one is not None and other is not None:
            found[pair.is_same].append(distance(one.embedding, other.embedding))
    return PairDistances(found[True], found[False]) if all(found.values()) else None


def _report(known: Sequence[KnownPair], readings: Readings, gallery_size: int) -> dict[str, object]:
    pairs = _distances(known, readings)
    if pairs is None:
        raise BadInputError("清单里要有能认出人脸的照片对，同一人和不同人的都要有。")
    models = {face.model_id for reading in readings.values() for face in reading.faces}
    return {
        "model_id": "、".join(sorted(models)),
        "pairs": len(known),
        "mated": len(pairs.mated),
        "others": len(pairs.others),
        "failure_to_enrol": _failures(readings),
        "fnmr_at_fmr": [_error(pairs, goal) for goal in FMR_GOALS],
        "fnir": [_misses(pairs, gallery_size, rank) for rank in RANKS],
        "groups": _groups(known, readings, pairs.threshold(_GROUP_FMR)),
        "det": [asdict(point) for point in pairs.det()],
        "warnings": _warnings(pairs, gallery_size),
    }


def _failures(readings: Readings) -> dict[str, object]:
    """Photos without a face, by reason."""
    failed = Counter(
        reading.rejected.code.value for reading in readings.values() if reading.rejected
    )
    photos = len(readings)
    return {
        "photos": photos,
        "failed": failed.total(),
        "rate": failed.total() / photos,
        "reasons": dict(failed),
    }


def _error(pairs: PairDistances, goal: float) -> dict[str, float]:
    """FNMR where the FMR is at most the goal. The threshold is set anew for every sample."""
    threshold = pairs.threshold(goal)
    return {
        "fmr_goal": goal,
        "threshold": threshold,
        "fmr": pairs.fmr(threshold),
        **_rate("fnmr", pairs, lambda drawn: drawn.fnmr(drawn.threshold(goal))),
    }


def _misses(pairs: PairDistances, gallery_size: int, rank: int) -> dict[str, float]:
    return {
        "gallery_size": gallery_size,
        "rank": rank,
        **_rate("fnir", pairs, lambda drawn: drawn.fnir(gallery_size, rank)),
        "fnir_cautious": pairs.fnir(gallery_size, rank, is_cautious=True),
    }


def _rate(
    name: str, pairs: PairDistances, of: Callable[[PairDistances], float]
) -> dict[str, float]:
    found = rate(pairs, of, samples=_SAMPLES, random=np.random.default_rng(_SEED))
    return {name: found.value, f"{name}_low": found.low, f"{name}_high": found.high}


def _groups(
    known: Sequence[KnownPair], readings: Readings, threshold: float
) -> list[dict[str, object]]:
    """Both errors of every group at one threshold: what a common threshold means for each."""
    rows: list[dict[str, object]] = []
    for grouping in GROUPINGS:
        values = sorted({pair.groups[grouping] for pair in known if grouping in pair.groups})
        for value in values:
            members = [pair for pair in known if pair.groups.get(grouping) == value]
            row: dict[str, object] = {"group": grouping, "value": value, "pairs": len(members)}
            pairs = _distances(members, readings)
            if pairs is not None:
                row |= {"mated": len(pairs.mated), "others": len(pairs.others)}
                row |= {"threshold": threshold, "fmr": pairs.fmr(threshold)}
                row |= _rate("fnmr", pairs, lambda drawn: drawn.fnmr(threshold))
            rows.append(row)
    return rows


def _warnings(pairs: PairDistances, gallery_size: int) -> list[str]:
    found = ["同一张照片出现在多个照片对里时，区间偏窄。"]
    if gallery_size > len(pairs.others):
        found.append(
            f"不同人的照片对只有 {len(pairs.others)} 对，少于库内 {gallery_size} 人："
            "漏检率超出了这些照片对能说明的范围，请看保守值 fnir_cautious。"
        )
    short = [goal for goal in FMR_GOALS if goal * len(pairs.others) < 1]
    if short:
        found.append(f"不同人的照片对太少，量不出 {max(short):g} 及更低的误认率。")
    return found


def _table(engine: str, known: Sequence[KnownPair], readings: Readings) -> str:
    pairs = _distances(known, readings)
    try:
        assert pairs is not None  # the report would have refused
        return calibration_table(
            table_name(engine), f"{system_clock():%Y-%m-%d}", pairs, _provenance(known)
        )
    except BadFactError as error:
        raise BadInputError(
            f"照片对太少，换算表至少要 {LEAST_MATED} 对同一人的和 {LEAST_OTHERS} 对不同人的。"
        ) from error


def _provenance(known: Sequence[KnownPair]) -> list[str]:
    return [
        f"Measured by `guitu face evaluate --write-table` on {len(known)} pairs.",
        "Say here whose photos they were, how they were chosen, and what they cannot show.",
    ]


def _words(report: Mapping[str, object]) -> str:
    lines = [f"同一人 {report['mated']} 对，不同人 {report['others']} 对。"]
    failures, errors, misses = (report[k] for k in ("failure_to_enrol", "fnmr_at_fmr", "fnir"))
    assert isinstance(failures, dict)
    assert isinstance(errors, list)
    assert isinstance(misses, list)
    lines.append(f"读不出人脸的照片 {failures['failed']} / {failures['photos']}。")
    lines += [
        f"误认率不超过 {row['fmr_goal']:g}（距离 {row['threshold']:.3f} 以内）时漏认 {row['fnmr']:.1%}"
        f"（{row['fnmr_low']:.1%}–{row['fnmr_high']:.1%}）。"
        for row in errors
    ]
    lines += [
        f"{row['gallery_size']} 人的库，前 {row['rank']} 名里漏掉本人 {row['fnir']:.1%}"
        f"（{row['fnir_low']:.1%}–{row['fnir_high']:.1%}；照片对之外还有一个更近的陌生人时"
        f" {row['fnir_cautious']:.1%}）。"
        for row in misses
    ]
    warnings = report["warnings"]
    assert isinstance(warnings, list)
    return "\n".join([*lines, *warnings])

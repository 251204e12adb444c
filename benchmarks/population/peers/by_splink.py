"""Splink, as its documentation says: names as pinyin, Jaro-Winkler, term frequencies, its own EM.

It is given more than its users mostly have: the distance of the faces as a comparison, and as a blocking rule the
records whose faces are nearest. Blocking for the rest: any one of name, surname and home, relatives, or sex, birth
and province.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import duckdb
import pyarrow as pa
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.population.contest import MOST, Answer, Found, Question, Record
from benchmarks.population.faces import DIMENSIONS, Vectors
from benchmarks.population.filing import FiledRecord
from benchmarks.population.peers.face_distance import FaceDistance
from benchmarks.population.peers.pinyin import in_letters
from matching.model import PersonFacts
from matching.text.names import split_name

#: Nearest faces that are blocked on.
NEAREST = 50
SEED = 1
#: Of a pair before anything is compared: three residents in ten have one record.
WITH_RECORD = 0.3
_DECADE = 10


class Splink:
    """Links all residents with all records at once."""

    def __init__(self, records: Iterable[Record], asked: Sequence[Question]) -> None:
        filed = list(records)
        faces = FaceDistance(filed)
        self._asked = asked
        people = [_resident(question, faces) for question in asked]
        rows = [_record(record, face) for record, face in filed]
        provinces = sorted({row["home_text"][:2] for row in rows if row["home_text"]})
        for row in (*people, *rows):
            row["province"] = next((p for p in provinces if row["home_text"].startswith(p)), None)
        self._size = len(rows)
        self._linker = self._made([people, rows])

    def answers(self) -> list[Answer]:
        """Every resident's best records."""
        found = self._found()
        return [
            Answer(
                resident=each.resident,
                found=tuple(found.get(each.resident.probe.case_id, ())),
            )
            for each in self._asked
        ]

    def _made(self, tables: Sequence[list[dict[str, Any]]]) -> Linker:
        logging.getLogger("splink").setLevel(logging.ERROR)
        self._database = duckdb.connect()
        self._database.execute("SET threads = 2")
        api = DuckDBAPI(connection=self._database)
        frames = [
            api.register(pa.Table.from_pylist(rows, schema=_SCHEMA), table_name=name)
            for name, rows in zip(("residents", "records"), tables, strict=True)
        ]
        linker = Linker(frames, _settings(self._size), log_level=logging.ERROR)
        _train(linker)
        return linker

    def _found(self) -> dict[str, list[Found]]:
        predicted = self._linker.inference.predict(threshold_match_weight=-30)
        rows = self._database.execute(
            f"""
            SELECT unique_id_l, unique_id_r, match_weight, match_probability
            FROM {predicted.physical_name}
            QUALIFY row_number() OVER (
                PARTITION BY CASE WHEN unique_id_l[1] = 'C' THEN unique_id_l ELSE unique_id_r END
                ORDER BY match_weight DESC
            ) <= {MOST}
            ORDER BY match_weight DESC
            """  # noqa: S608 - a table of our own
        ).fetchall()
        found: dict[str, list[Found]] = {}
        for one, other, weight, probability in rows:
            case, record = (one, other) if one.startswith("C") else (other, one)
            found.setdefault(case, []).append(
                Found(record_id=record, score=weight, probability=probability)
            )
        return found


_SCHEMA = pa.schema(
    [
        ("unique_id", pa.string()),
        ("name", pa.string()),
        ("surname", pa.string()),
        ("given", pa.string()),
        ("sex", pa.string()),
        ("born", pa.float64()),
        ("decade", pa.int64()),
        ("height", pa.float64()),
        ("home", pa.string()),
        ("home_text", pa.string()),
        ("province", pa.string()),
        ("relatives", pa.list_(pa.string())),
        ("face", pa.list_(pa.float32(), DIMENSIONS)),
        ("near", pa.list_(pa.string())),
    ]
)


def _resident(question: Question, faces: FaceDistance) -> dict[str, Any]:
    resident = question.resident
    near = [] if question.face is None else faces.nearest(question.face, NEAREST)
    row = _row(resident.probe.case_id, resident.probe.facts, question.face)
    return {**row, "near": [record_id for record_id, _ in near]}


def _record(record: FiledRecord, face: Vectors | None) -> dict[str, Any]:
    record_id = record.candidate.record_id
    return {**_row(record_id, record.candidate.facts, face), "near": [record_id]}


def _row(unique_id: str, facts: PersonFacts, face: Vectors | None) -> dict[str, Any]:
    name = split_name(facts.names[0]) if facts.names else None
    home = facts.homes[0].text if facts.homes else ""
    born = (facts.birth.earliest + facts.birth.latest) / 2 if facts.birth else None
    return {
        "unique_id": unique_id,
        "name": in_letters(name.text) if name else None,
        "surname": in_letters(name.surname) or None if name else None,
        "given": in_letters(name.given) or None if name else None,
        "sex": facts.sex.value if facts.sex else None,
        "born": born,
        "decade": None if born is None else round(born / _DECADE),
        "height": facts.height_cm,
        "home": in_letters(home) or None,
        "home_text": home,
        "relatives": [in_letters(each.name) for each in facts.relatives if each.name] or None,
        "face": None if face is None else face.tolist(),
    }


def _settings(size: int) -> SettingsCreator:
    return SettingsCreator(
        link_type="link_only",
        probability_two_random_records_match=WITH_RECORD / size,
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.92, 0.8]).configure(
                term_frequency_adjustments=True
            ),
            cl.JaroWinklerAtThresholds("home", [0.92, 0.8]),
            cl.ArrayIntersectAtSizes("relatives", [2, 1]),
            cl.ExactMatch("sex"),
            _numbers("born", (1, 3, 6)),
            _numbers("height", (3, 7)),
            _faces((0.42, 0.5, 0.55, 0.6, 0.7)),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("near", arrays_to_explode=["near"]),
            block_on("name"),
            block_on("given"),
            block_on("surname", "province"),
            block_on("relatives", arrays_to_explode=["relatives"]),
            block_on("province", "sex", "decade"),
        ],
        retain_matching_columns=False,
        # Further steps only push levels that no pair reaches to zero, which Splink refuses below 1e-300.
        max_iterations=10,
    )


def _train(linker: Linker) -> None:
    training = linker.training
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=SEED)
    for rule in (
        block_on("name"),
        block_on("surname", "province"),
        block_on("given", "sex"),
        block_on("province", "sex", "decade"),
    ):
        training.estimate_parameters_using_expectation_maximisation(
            rule, fix_probability_two_random_records_match=True, record_sample_proportion=1.0
        )


def _numbers(column: str, most: Sequence[float]) -> cl.CustomComparison:
    return cl.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            cll.NullLevel(column),
            *(cll.CustomLevel(f"abs({column}_l - {column}_r) <= {each}") for each in most),
            cll.ElseLevel(),
        ],
    )


def _faces(most: Sequence[float]) -> cl.CustomComparison:
    levels: Iterator[cll.CustomLevel] = (
        cll.CustomLevel(f"array_distance(face_l, face_r) <= {each}") for each in most
    )
    return cl.CustomComparison(
        output_column_name="face",
        comparison_levels=[cll.NullLevel("face"), *levels, cll.ElseLevel()],
    )

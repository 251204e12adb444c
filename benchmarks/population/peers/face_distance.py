"""dlib at 0.6, as face_recognition documents it: whoever lies within is a match, the nearest first."""

from collections.abc import Iterable

import numpy as np

from benchmarks.population.contest import MOST, Answer, Found, Question, Record
from benchmarks.population.faces import Vectors

TOLERANCE = 0.6


class FaceDistance:
    """Every face of the registry in one matrix."""

    def __init__(self, records: Iterable[Record]) -> None:
        pairs = [(r.candidate.record_id, face) for r, face in records if face is not None]
        self._ids = [record_id for record_id, _ in pairs]
        self._faces = np.array([face for _, face in pairs], np.float32)
        self._squares = np.einsum("ij,ij->i", self._faces, self._faces)

    def answer(self, question: Question) -> Answer:
        return Answer(resident=question.resident, found=tuple(self._found(question.face)))

    def nearest(self, face: Vectors, count: int) -> list[tuple[str, float]]:
        """`record id, distance` of the nearest faces, nearest first."""
        squares = self._squares - 2 * (self._faces @ face) + face @ face
        rows = np.argpartition(squares, min(count, len(squares) - 1))[:count]
        rows = rows[np.argsort(squares[rows])]
        return [(self._ids[row], float(np.sqrt(max(squares[row], 0.0)))) for row in rows]

    def _found(self, face: Vectors | None) -> Iterable[Found]:
        if face is None:
            return
        for record_id, distance in self.nearest(face, MOST):
            if distance <= TOLERANCE:
                yield Found(record_id=record_id, score=-distance, is_strong=True)

"""From a registry to leads: compare with everybody, add up, hold against each other, cut.

Every record is scored by every signal that can be worked out from numbers; only a few hundred are
then scored by the face as well, and only those shown get their evidence in words.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log2
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.compare.comparison import Comparison
from matching.compare.face import FaceMatch, compare_face
from matching.compare.notes import Noted, Notes
from matching.compare.setting import Setting
from matching.compare.table import compare
from matching.dialect.matrices import costs_of_speech, costs_without_dialect
from matching.evidence import Evidence, Signal
from matching.fingerprint import pair_fingerprint
from matching.fusion import Band, Floats, Fused, Odds, band, fuse, total_bits, with_rivals
from matching.model import Candidate, Probe
from matching.policy import MatchPolicy
from matching.registry.people import Some
from matching.registry.registry import Registry
from matching.same_person import same_persons
from matching.text.cantonese_writer import Writer
from matching.text.smallest import smallest
from matching.text.sound_costs import SoundCosts

#: Records whose faces are compared: the best in total, and the best of each strong signal.
_MOST_IN_TOTAL: Final = 300
_MOST_BY_SIGNAL: Final = 50
_ROUNDING: Final = 1e-6
_STRONG: Final = (Signal.NAME, Signal.RELATIVES, Signal.HOME)


def _no_matches(_wanted: Mapping[str, Candidate]) -> Mapping[str, FaceMatch]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """What the face index can say of one person."""

    #: Record ids of the nearest faces.
    near: Collection[str] = ()
    #: The nearest pair of photos of each of these records that has one.
    look_up: Callable[[Mapping[str, Candidate]], Mapping[str, FaceMatch]] = _no_matches

    @classmethod
    def known(cls, matches: Mapping[str, FaceMatch]) -> "Faces":
        """All matches are at hand."""
        return cls(
            near=tuple(matches),
            look_up=lambda wanted: {key: matches[key] for key in wanted if key in matches},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedLead:
    """One candidate worth a look, with its explanation."""

    #: From 1.
    rank: int
    record_id: str
    #: The chance that the person of this record is the one, all others and "no record" considered.
    probability: float
    #: prior_bits + the sum of the evidence's bits.
    bits: float
    prior_bits: float
    band: Band
    evidence: tuple[Evidence, ...]
    #: bits + calibration_bits + same_person_bits + rival_bits is the log2 odds of `probability`.
    calibration_bits: float = 0.0
    #: What further records of the same person add.
    same_person_bits: float = 0.0
    rival_bits: float = 0.0
    #: Changes when, and only when, something that was compared changes.
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The answer to "who is this?": the best records, and the chance that it is none of them."""

    leads: tuple[RankedLead, ...]
    #: The chance that no record is the right one.
    nobody: float
    gallery_size: int
    #: How many records could have become leads.
    compared: int
    #: What the registry said of the person's words: a part can be scored by itself with it.
    noted: Noted


@dataclass(frozen=True, slots=True)
class Search:
    """A registry and a policy, ready for any number of people. Changes nothing."""

    registry: Registry
    policy: MatchPolicy
    #: What mishearings cost when nothing is known of somebody's speech.
    sound: SoundCosts = field(default_factory=costs_without_dialect)
    #: Who wrote down what was heard.
    writer: Writer = Writer.MANDARIN

    def leads(
        self,
        probe: Probe,
        faces: Faces | None = None,
        *,
        only: Collection[str] | None = None,
        sound: SoundCosts | None = None,
    ) -> Ranking:
        """The best records, strongest first; equal ones by record id.

        A record that has the resident's own photo stays, whatever it is worth: it is an alarm. No
        leads means that nobody reached the policy's least probability, not that nobody was compared.

        Args:
            probe: what is known of the resident.
            faces: what the face index can say of them.
            only: show leads to these records alone; chances are still held against all others.
            sound: what mishearings cost with this person and writer, when that is worked out already.
        """
        heard = sound or self._sound_of(probe)
        scored = _Scored.of(probe, self.setting(heard), faces or Faces())
        return scored.ranking(None if only is None else frozenset(only))

    def leads_of_changed(
        self, changed: "Changed", probe: Probe, noted: Noted, faces: Faces
    ) -> Ranking:
        """The best of the records that changed, nearly as the whole would score them.

        Args:
            changed: some records of this registry, by themselves.
            probe: what is known of the resident, as it was when it was noted.
            noted: of this person and the whole registry, by the same policy and tables.
            faces: what the face index can say of them, about these records.
        """
        parts = []
        for part, is_counted in ((changed.new, False), (changed.known, True)):
            if part.size:
                notes = Notes(noted, is_counted=is_counted)
                parts.append(self._part(part, probe, notes, faces))
                noted = parts[-1].noted
        leads = [lead for ranking in parts for lead in ranking.leads]
        leads.sort(key=lambda lead: (-round(lead.bits, 9), lead.record_id))
        return Ranking(
            leads=tuple(
                replace(lead, rank=rank)
                for rank, lead in enumerate(leads[: self.policy.limits.leads], start=1)
            ),
            nobody=1 / noted.odds,
            gallery_size=self.registry.size,
            compared=sum(ranking.compared for ranking in parts),
            noted=noted,
        )

    def setting(self, sound: SoundCosts) -> Setting:
        """What every comparator may look at."""
        return Setting(registry=self.registry, policy=self.policy, sound=sound)

    def _sound_of(self, probe: Probe) -> SoundCosts:
        spoken = costs_of_speech(probe.dialect) if probe.dialect else self.sound
        return self.writer.writes(spoken)

    def _part(self, part: Registry, probe: Probe, notes: Notes, faces: Faces) -> Ranking:
        setting = Setting(
            registry=part,
            policy=self.policy,
            sound=self._sound_of(probe),
            notes=notes,
            whole=self.registry,
        )
        return _Scored.of(probe, setting, faces).ranking(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Records of a registry by themselves: a night's changes."""

    #: They were not there when the whole was noted.
    new: Registry
    #: They were, as they were then.
    known: Registry

    @classmethod
    def of(cls, whole: Registry, new: Iterable[str], known: Iterable[str]) -> "Changed":
        """Ids that are not in the registry are passed over."""
        return cls(new=whole.part(new), known=whole.part(known))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Scored:
    """One person against every record."""

    probe: Probe
    setting: Setting
    comparisons: tuple[Comparison, ...]
    matches: Mapping[str, FaceMatch]
    #: Prior and evidence of every record, calibrated; shape (N,).
    bits: Floats

    @classmethod
    def of(cls, probe: Probe, setting: Setting, faces: Faces) -> "_Scored":
        registry, policy = setting.registry, setting.policy
        comparisons = compare(probe, setting)
        parts = {each.signal: each.bits for each in comparisons if each.bits is not None}
        near = registry.rows_of(faces.near)
        matches = faces.look_up(Some(registry.candidates, near))
        parts[Signal.FACE] = _face_bits(matches, registry, policy)
        rows = _worth_a_face(parts, total_bits(parts, registry.size, policy))
        ids = registry.candidates.ids.named(rows)
        further = {
            each: row for each, row in zip(ids, rows.tolist(), strict=True) if each not in near
        }
        matches = {**matches, **faces.look_up(Some(registry.candidates, further))}
        parts[Signal.FACE] = _face_bits(matches, registry, policy)
        prior = policy.prior_bits(setting.everyone.size)
        bits = prior + total_bits(parts, registry.size, policy)
        return cls(
            probe=probe, setting=setting, comparisons=comparisons, matches=matches, bits=bits
        )

    def ranking(self, only: frozenset[str] | None) -> Ranking:
        """The records worth a look, in words."""
        registry, notes = self.setting.registry, self.setting.notes
        odds = Odds.of(self.bits, notes.before.odds, is_counted=notes.is_counted)
        likeliest, looked_at = self._likeliest(odds), self._looked_at(odds, only)
        same = self._same_persons({**likeliest, **self._bits_of(looked_at)})
        pairs = [self._pair(row, odds, same) for row in looked_at]
        kept = [pair for pair in pairs if self._is_worth_a_look(*pair)]
        kept.sort(key=lambda pair: (-round(pair[1].total_bits, 9), pair[0].record_id))
        return Ranking(
            leads=tuple(
                self._lead(rank, *pair)
                for rank, pair in enumerate(kept[: self.setting.policy.limits.leads], start=1)
            ),
            nobody=odds.nobody,
            gallery_size=self.setting.everyone.size,
            compared=registry.size if only is None else len(registry.rows_of(only)),
            noted=notes.noted(registry.size, odds.total, likeliest),
        )

    def _likely(self, odds: Odds, only: frozenset[str] | None = None) -> Sequence[int]:
        """The likeliest rows, best first.

        Of equals those with the smaller record id, in whatever order the records came.
        """
        limits, registry = self.setting.policy.limits, self.setting.registry
        # Bits worked out in another order differ in the last digits: none is lost by them.
        least = log2(odds.total * limits.least_probability) - _ROUNDING
        likely = np.flatnonzero(self.bits >= least)
        best = sorted(
            (-round(float(self.bits[row]), 9), record_id, row)
            for row, record_id in zip(
                likely.tolist(), registry.candidates.ids.named(likely), strict=True
            )
            if only is None or record_id in only
        )
        return [row for _, _, row in best[: 2 * limits.leads]]

    def _likeliest(self, odds: Odds) -> Mapping[str, float]:
        """The bits of the likeliest records, and of those of the whole of which this is a part."""
        noted = self.setting.notes.before.likeliest
        elsewhere = self.setting.everyone.rows_of(noted).keys() - (
            self.setting.registry.rows_of(noted).keys()
        )
        kept = {record_id: noted[record_id] for record_id in elsewhere}
        return {**kept, **self._bits_of(self._likely(odds))}

    def _bits_of(self, rows: Sequence[int]) -> dict[str, float]:
        ids = self.setting.registry.candidates.ids.named(np.array(rows, np.intp))
        return dict(zip(ids, self.bits[rows].tolist(), strict=True)) if rows else {}

    def _same_persons(self, bits: Mapping[str, float]) -> Mapping[str, Sequence[float]]:
        """Of each of these records, the bits of the others that were filed for the same person."""
        everyone = self.setting.everyone
        candidates = (everyone.candidates[row] for row in everyone.rows_of(bits).values())
        return {
            record_id: [bits[other] for other in others]
            for record_id, others in same_persons(candidates).items()
        }

    def _looked_at(self, odds: Odds, only: frozenset[str] | None) -> Sequence[int]:
        """The rows that may become leads: the likeliest, and every face that was matched near."""
        limits, registry = self.setting.policy.limits, self.setting.registry
        by_face = registry.rows_of(
            record_id
            for record_id, match in self.matches.items()
            if (only is None or record_id in only)
            and (match.is_copy or match.bits >= limits.face_worth_a_look)
        )
        return sorted({*self._likely(odds, only), *by_face.values()})

    def _pair(
        self, row: int, odds: Odds, same: Mapping[str, Sequence[float]]
    ) -> tuple[Candidate, Fused]:
        policy, registry = self.setting.policy, self.setting.registry
        candidate = registry.candidates[row]
        evidence = (
            compare_face(self.matches.get(candidate.record_id), policy.limits.face_cap),
            *(each.evidence(row) for each in self.comparisons),
        )
        prior = policy.prior_bits(self.setting.everyone.size)
        fused = fuse(evidence, prior_bits=prior, policy=policy)
        return candidate, with_rivals(fused, odds, same.get(candidate.record_id, ()))

    def _is_worth_a_look(self, candidate: Candidate, fused: Fused) -> bool:
        """Likely enough, the resident's own photo, or a very near face and nothing against it."""
        limits = self.setting.policy.limits
        match = self.matches.get(candidate.record_id)
        others = sum(each.bits for each in fused.evidence if each.signal is not Signal.FACE)
        by_face = match is not None and (
            match.is_copy or (match.bits >= limits.face_worth_a_look and others >= 0)
        )
        bits = fused.total_bits - fused.prior_bits
        is_likely = fused.probability >= limits.least_probability
        return by_face or (is_likely and bits >= limits.least_evidence)

    def _lead(self, rank: int, candidate: Candidate, fused: Fused) -> RankedLead:
        return RankedLead(
            rank=rank,
            record_id=candidate.record_id,
            probability=fused.probability,
            bits=fused.total_bits,
            prior_bits=fused.prior_bits,
            calibration_bits=fused.calibration_bits,
            same_person_bits=fused.same_person_bits,
            rival_bits=fused.rival_bits,
            band=band(fused, self.setting.policy),
            evidence=fused.evidence,
            fingerprint=pair_fingerprint(
                self.probe, candidate, self.matches.get(candidate.record_id)
            ),
        )


def _face_bits(matches: Mapping[str, FaceMatch], registry: Registry, policy: MatchPolicy) -> Floats:
    bits = np.zeros(registry.size)
    for record_id, row in registry.rows_of(matches).items():
        bits[row] = min(matches[record_id].bits, policy.limits.face_cap)
    return bits


def _worth_a_face(parts: Mapping[Signal, Floats], total: Floats) -> NDArray[np.intp]:
    """Rows reached by the total or by any one strong signal together with what all others say."""
    by_signal = [smallest(-parts[signal], _MOST_BY_SIGNAL) for signal in _STRONG if signal in parts]
    return np.unique(np.concatenate([smallest(-total, _MOST_IN_TOTAL), *by_signal]))

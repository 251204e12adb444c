"""What was published, what was withheld, and what the resident or a searcher wishes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Channel(StrEnum):
    """Where a family-search notice goes (三(六)); the names are those of `windows/rules.toml`."""

    RADIO = "radio"
    TV = "tv"
    PRESS = "press"
    NATIONAL_SYSTEM = "national_system"
    RESCUE_SEARCH_SITE = "rescue_search_site"  # 全国救助寻亲网
    TOUTIAO = "toutiao"  # 今日头条
    TOUTIAO_SEARCH = "toutiao_search"  # 头条寻人


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLogged:
    """The notice went out on a channel."""

    kind: Literal["notice_logged"] = "notice_logged"
    channel: Channel
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeExcused:
    """The notice could not go out on a channel, and why."""

    kind: Literal["notice_excused"] = "notice_excused"
    channel: Channel
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFailed:
    """A finding that the search so far has failed: the portals are told."""

    kind: Literal["search_failed"] = "search_failed"
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalPushed:
    """Pushed to 全国救助寻亲网 or 头条寻人."""

    kind: Literal["portal_pushed"] = "portal_pushed"
    channel: Channel


class WithholdReason(StrEnum):
    """Why publishing could hurt."""

    ABDUCTION = "abduction"
    MINOR = "minor"
    THREATENED = "threatened"
    OWN_WISH = "own_wish"
    SEARCHER_AT_RISK = "searcher_at_risk"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWithheld:
    """Publication waits for supervisor and police; the window is withheld, not breached."""

    kind: Literal["notice_withheld"] = "notice_withheld"
    why: WithholdReason


@dataclass(frozen=True, slots=True, kw_only=True)
class WithholdLifted:
    """Supervisor and police agreed that publishing no longer hurts."""

    kind: Literal["withhold_lifted"] = "withhold_lifted"
    police_reference: str


class ContactWish(StrEnum):
    """What an adult wants; it binds contact, not verification."""

    WANTED = "wanted"
    NOT_WANTED = "not_wanted"
    UNABLE_TO_SAY = "unable_to_say"


@dataclass(frozen=True, slots=True, kw_only=True)
class WishRecorded:
    """Whether the resident wants the family to be contacted."""

    kind: Literal["wish_recorded"] = "wish_recorded"
    wish: ContactWish
    note: str | None = None


class Risk(StrEnum):
    """What is known about whoever searches: a buyer or a violent partner also searches."""

    NONE_KNOWN = "none_known"
    POSSIBLE_THREAT = "possible_threat"
    POSSIBLE_TRAFFICKER = "possible_trafficker"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimantRecorded:
    """Somebody reports, searches or wants to take the resident home."""

    kind: Literal["claimant_recorded"] = "claimant_recorded"
    name: str
    relation: str
    risk: Risk
    phone: str | None = None


PublicDetails = (
    NoticeLogged
    | NoticeExcused
    | SearchFailed
    | PortalPushed
    | NoticeWithheld
    | WithholdLifted
    | WishRecorded
    | ClaimantRecorded
)

"""What a station does as a whole: monthly summaries, quarterly figures and reports, resident teams."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementSummarySent:
    """The month's report on the people placed, to the station's civil affairs department."""

    kind: Literal["placement_summary_sent"] = "placement_summary_sent"
    #: The month, for example 2026-03.
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentTeamSent:
    """A working group stays at an institution where more than thirty people are placed."""

    kind: Literal["resident_team_sent"] = "resident_team_sent"
    institution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterFiguresSent:
    """The quarter's figures, from the station to civil affairs."""

    kind: Literal["quarter_figures_sent"] = "quarter_figures_sent"
    #: The quarter, for example 2026-Q1.
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterReportSent:
    """The quarter's report, from civil affairs upwards."""

    kind: Literal["quarter_report_sent"] = "quarter_report_sent"
    #: The quarter, for example 2026-Q1.
    period: str


StationDetails = PlacementSummarySent | ResidentTeamSent | QuarterFiguresSent | QuarterReportSent

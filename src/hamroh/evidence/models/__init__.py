"""Sources, measures, figures, profiles, their review, and files that figures came from."""

from hamroh.evidence.models.imports import (
    ImportBatch,
    ImportMapping,
)
from hamroh.evidence.models.measures import (
    Concept,
    ConceptKind,
    Indicator,
    Series,
    dims_key,
)
from hamroh.evidence.models.observations import (
    FLAG_RANK,
    EstimateChoice,
    Flag,
    InsertOnly,
    Missing,
    Observation,
    Qualifier,
)
from hamroh.evidence.models.profiles import (
    Block,
    BlockKind,
    BlockVersion,
    Edition,
    Erratum,
    FindingAnswer,
    FrozenEdition,
    PrintedNote,
    Profile,
    Template,
)
from hamroh.evidence.models.reviews import (
    Comment,
    Endorsement,
    Outcome,
    Resolution,
    Reviewer,
    ReviewRole,
    Round,
)
from hamroh.evidence.models.sources import (
    AreaGroup,
    Source,
    SourceKind,
    Vintage,
)

__all__ = [
    "FLAG_RANK",
    "AreaGroup",
    "Block",
    "BlockKind",
    "BlockVersion",
    "Comment",
    "Concept",
    "ConceptKind",
    "Edition",
    "Endorsement",
    "Erratum",
    "EstimateChoice",
    "FindingAnswer",
    "Flag",
    "FrozenEdition",
    "ImportBatch",
    "ImportMapping",
    "Indicator",
    "InsertOnly",
    "Missing",
    "Observation",
    "Outcome",
    "PrintedNote",
    "Profile",
    "Qualifier",
    "Resolution",
    "ReviewRole",
    "Reviewer",
    "Round",
    "Series",
    "Source",
    "SourceKind",
    "Template",
    "Vintage",
    "dims_key",
]

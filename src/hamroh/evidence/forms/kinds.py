"""Which form a block of each kind is written with."""

from hamroh.evidence.forms.blocks import (
    BlockForm,
    ChartForm,
    DirectoryForm,
    FigureForm,
    LawsForm,
    MapForm,
    NarrativeForm,
    ProseForm,
    RankedForm,
    RecommendationForm,
)
from hamroh.evidence.forms.tables import TableForm

FORMS: dict[str, type[BlockForm]] = {
    "figure": FigureForm, "table": TableForm, "chart": ChartForm, "map": MapForm, "narrative": NarrativeForm, "caveat": ProseForm,
    "ranked": RankedForm, "directory": DirectoryForm, "laws": LawsForm, "recommendation": RecommendationForm,
}  # fmt: skip

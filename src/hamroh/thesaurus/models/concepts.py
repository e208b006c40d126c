"""A concept stands in one scheme; a label is a row; broader relations keep a closure table."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hamroh.accounts.models import Organisation
from hamroh.web.ids import uuid7


class Layer(models.TextChoices):
    BASE = "base", _("Base")
    NATIONAL = "national", _("National")
    ORGANISATION = "organisation", _("Organisation")


class Scheme(models.Model):
    """A vocabulary. Layers lie on each other: a national scheme extends a base one without editing it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    uri = models.CharField(max_length=300, unique=True)
    titles = models.JSONField(default=dict)
    layer = models.CharField(max_length=12, choices=Layer.choices, default=Layer.BASE)
    extends = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="layers")
    maintainer = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    licence = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300, blank=True)
    version = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.code


class Status(models.TextChoices):
    CANDIDATE = "candidate", _("Candidate")
    APPROVED = "approved", _("Approved")
    DEPRECATED = "deprecated", _("No longer used")


class ConceptQuerySet(models.QuerySet["Concept"]):
    def in_use(self) -> "ConceptQuerySet":
        return self.exclude(status=Status.DEPRECATED)


class Concept(models.Model):
    """One notion; ``key`` is its stable name inside the scheme (a notation or the end of its URI).

    A concept that was split has further successors beside ``replaced_by``, in ``also_replaced_by``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="concepts")
    key = models.CharField(max_length=120)
    uri = models.CharField(max_length=400, unique=True)
    notation = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.APPROVED)
    is_top = models.BooleanField(default=False)
    replaced_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces")
    also_replaced_by = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="also_replaces")
    #: counts edits by hand, in whatever layer: who saves what was read before somebody else's edit is told
    revision = models.PositiveIntegerField(default=0, db_default=0)

    objects = ConceptQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "key"], name="concept_key_in_scheme")]
        indexes = [
            models.Index(fields=["scheme", "is_top"], name="concept_tops"),
            models.Index(fields=["scheme"], name="concepts_out_of_use", condition=models.Q(status=Status.DEPRECATED)),
        ]

    def __str__(self) -> str:
        return self.key


class RelationKind(models.TextChoices):
    """The kinds of ISO 25964; plain broader leaves open in what way."""

    BROADER = "broader", _("Broader")
    GENERIC = "broaderGeneric", _("Broader: a kind of it")
    PARTITIVE = "broaderPartitive", _("Broader: a part of it")
    INSTANTIAL = "broaderInstantial", _("Broader: a case of it")
    RELATED = "related", _("Related")


#: the kinds that make a hierarchy: whatever walks up or down walks all of them
BROADER_KINDS: tuple[str, ...] = (
    RelationKind.BROADER,
    RelationKind.GENERIC,
    RelationKind.PARTITIVE,
    RelationKind.INSTANTIAL,
)


class Relation(models.Model):
    """``source`` has ``target`` as its broader or related concept; related is stored once each way.

    ``scheme`` is the one that says so: the source's own, or a layer over it.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="relations")
    target = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="relations_from")
    kind = models.CharField(max_length=20, choices=RelationKind.choices)
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind", "scheme"], name="relation_once_in_scheme"),
            models.CheckConstraint(condition=~Q(source=models.F("target")), name="relation_to_another"),
        ]


class ConceptAncestor(models.Model):
    """The closure of broader: ``ancestor`` lies ``distance`` steps above ``concept`` (0 is itself)."""

    id = models.BigAutoField(primary_key=True)
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="ancestry")
    ancestor = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="descendancy")
    distance = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concept", "ancestor"], name="ancestor_once")]
        indexes = [models.Index(fields=["ancestor", "distance"], name="descendants")]


class NoteKind(models.TextChoices):
    DEFINITION = "definition", _("Definition")
    SCOPE = "scopeNote", _("When to use it")
    EXAMPLE = "example", _("Example")
    NOTE = "note", _("Note")
    HISTORY = "historyNote", _("History")
    EDITORIAL = "editorialNote", _("Editors' note")
    CHANGE = "changeNote", _("Note of a change")


class Note(models.Model):
    """A definition, scope note or other note of a concept."""

    id = models.BigAutoField(primary_key=True)
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=20, choices=NoteKind.choices)
    lang = models.CharField(max_length=35, blank=True)
    text = models.TextField()
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="+")


class Match(models.TextChoices):
    EXACT = "exactMatch", _("The same as")
    CLOSE = "closeMatch", _("Nearly the same as")
    BROAD = "broadMatch", _("Wider in another vocabulary")
    NARROW = "narrowMatch", _("Narrower in another vocabulary")
    RELATED = "relatedMatch", _("Related in another vocabulary")


class Mapping(models.Model):
    """A match with a concept of another scheme, kept by its URI."""

    id = models.BigAutoField(primary_key=True)
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="mappings")
    kind = models.CharField(max_length=12, choices=Match.choices)
    uri = models.CharField(max_length=400)
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="+")


class GroupKind(models.TextChoices):
    COLLECTION = "collection", _("Collection")
    DOMAIN = "domain", _("Field of knowledge")
    MICROTHESAURUS = "microthesaurus", _("Micro-thesaurus")
    ARRAY = "array", _("Array under a concept")


class Group(models.Model):
    """A named set of concepts inside a scheme: a collection, a micro-thesaurus, a field of knowledge.

    An array parts what lies under its ``superordinate`` concept; its titles are the node label ("by owner").
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="groups")
    key = models.CharField(max_length=120)
    uri = models.CharField(max_length=400, unique=True)
    notation = models.CharField(max_length=120, blank=True)
    titles = models.JSONField(default=dict)
    is_concept_group = models.BooleanField(default=False)
    kind = models.CharField(
        max_length=14, choices=GroupKind.choices, default=GroupKind.COLLECTION, db_default=GroupKind.COLLECTION.value
    )
    superordinate = models.ForeignKey(Concept, null=True, blank=True, on_delete=models.SET_NULL, related_name="arrays")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="subgroups")
    concepts = models.ManyToManyField(Concept, through="GroupMember", related_name="groups")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "key"], name="group_key_in_scheme")]

    def __str__(self) -> str:
        return self.key


class GroupMember(models.Model):
    """A concept stands in a group."""

    id = models.BigAutoField(primary_key=True)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="memberships")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "concept"], name="group_member_once")]


class Statement(models.Model):
    """What a source says and our tables do not (``said``), or would say and the source does not.

    With these rows an export gives back exactly what was imported. Resources are bare IRIs or ``_:name``; a literal has
    a ``lang`` or a ``datatype``.
    """

    id = models.BigAutoField(primary_key=True)
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="statements")
    subject = models.TextField()
    predicate = models.TextField()
    object = models.TextField()
    lang = models.CharField(max_length=35, blank=True)
    datatype = models.TextField(blank=True)
    said = models.BooleanField(default=True)

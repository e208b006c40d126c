"""Who may do what about a search: who asks sees her own request and no more; who searches is somebody else; a third guards.

None of these verbs is opened in an emergency: what an emergency needs of a search is nobody's whereabouts (docs/decisions/0029).
"""

from hamroh.accounts.models import CASE_WORKERS, Role
from hamroh.accounts.policy import Relation, Verb, by, declare

_ASKS = by(*CASE_WORKERS, Role.TRACING_OFFICER, Role.SUPERVISOR, relation=Relation.OWNER)
_SEARCHES = by(Role.TRACING_OFFICER, Role.SUPERVISOR)
VERBS = {
    # the seeker's side: what she said, whether it is still looked into, until when
    "tracing.ask": Verb((_ASKS,), data_class="S3", discreet=True),
    "tracing.own": Verb((_ASKS,), reads=True, data_class="S3", discreet=True),
    # the searching side: candidates, judgements, how far it is
    "tracing.search": Verb((_SEARCHES,), reads=True, data_class="S3", discreet=True),
    "tracing.judge": Verb((_SEARCHES,), data_class="S3", discreet=True),
    # whoever was found: asked by a tracing officer, and by nobody who stands beside the seeker
    "tracing.approach": Verb((by(Role.TRACING_OFFICER),), data_class="S3", discreet=True),
    "tracing.read_letter": Verb((_SEARCHES,), data_class="S3", discreet=True),
    "tracing.release_place": Verb((_SEARCHES,), data_class="S3", discreet=True),
    # where he is, for the lawyer to whom it was told
    "tracing.locate": Verb((by(Role.LAWYER, relation=Relation.OWNER),), reads=True, data_class="S4"),
    # requests that are never searched
    "tracing.protect": Verb((by(Role.SUPERVISOR),), reads=True, data_class="S3", discreet=True),
    # lists of people
    "pool.read": Verb((_SEARCHES,), reads=True, data_class="S3", discreet=True),
    "pool.write": Verb((_SEARCHES,), data_class="S3", discreet=True),
    # whole lists compared with each other, and what is said of two people of two lists
    "pool.link": Verb((_SEARCHES,), data_class="S3", discreet=True),
    "pool.judge": Verb((_SEARCHES,), data_class="S3", discreet=True),
    # records that leave as a file: who asked takes them out, a second person lets many go
    "record_file.ask": Verb((_SEARCHES,), data_class="S3", discreet=True),
    "record_file.see": Verb(
        (by(Role.TRACING_OFFICER, relation=Relation.OWNER), by(Role.SUPERVISOR)),
        reads=True,
        data_class="S3",
        discreet=True,
    ),
    "record_file.take": Verb(
        (by(Role.TRACING_OFFICER, Role.SUPERVISOR, relation=Relation.OWNER),), data_class="S3", discreet=True
    ),
    "record_file.release": Verb((by(Role.SUPERVISOR),), data_class="S3", discreet=True),
    # private exchanges: one asks or agrees, another lets it go; whose key counts a supervisor says, and somebody else compares the signs
    "exchange.see": Verb((_SEARCHES,), reads=True, data_class="S3", discreet=True),
    "exchange.ask": Verb((_SEARCHES,), data_class="S3", discreet=True),
    "exchange.judge": Verb((_SEARCHES,), data_class="S3", discreet=True),
    "exchange.release": Verb((by(Role.SUPERVISOR),), data_class="S3", discreet=True),
    "exchange.pin": Verb((by(Role.SUPERVISOR),), data_class="S3", discreet=True),
    # partners: what was agreed with them, what they show us, what we answer, who searched in a way that has to be looked at
    "partner.see": Verb((_SEARCHES,), reads=True, data_class="S3", discreet=True),
    "partner.agree": Verb((by(Role.SUPERVISOR),), data_class="S3", discreet=True),
    "partner.look": Verb((_SEARCHES,), reads=True, data_class="S3", discreet=True),
    "partner.answer": Verb((_SEARCHES,), data_class="S3", discreet=True),
    "partner.lift": Verb((by(Role.SUPERVISOR),), data_class="S3", discreet=True),
}
declare(VERBS)

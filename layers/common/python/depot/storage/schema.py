"""The only definition of the two tables: keys, indexes, streams, entity tags.

Pure constants, imports nothing: the CDK app, the adapters, the tests and the local runtime all read
it.

Both tables share one shape. Each item is a whole entity, kept as one JSON string in ``data``;
beside it stand only the attributes that keys, indexes, conditions and stream filters need.

    both         pk = recruiter id
    recruiters   sk = RECRUITER | NOTICE#<offer id> | EMPLOYER#<offer id> | LETTER#<letter id>
                      | ERASURE
                 and pk = FIRM#<siret>, sk = FIRM: a directory's answer, 31 days: in no dossier, but
                 of a sole trader it is the name and address of a person
                 and pk = CENTRE#<siren>, sk = ASKED | REFUSAL; pk = ADDRESS#<digest>, sk = REFUSAL:
                 whose turn it is, who wants no more mail: in no dossier, outlives them all
                 and pk = OBJECTION#<siren>, sk = OBJECTION#<depositor siren>: what a firm will have
                 somebody deposit for it no more, two years: in no dossier, outlives its erasure
                 and pk = LINK#<digest>, sk = LINK#<slot>: somebody asked for a link, one day
    offers       sk = OFFER#<offer id> | ROUND#<offer id>#<number> | CONTACT#<offer id>#<siren>
                       | RECEIPT#<offer id>#<partner>
"""

from typing import Final


PARTITION_KEY: Final = "pk"
SORT_KEY: Final = "sk"

# Attributes beside the keys.
ENTITY: Final = "entity"  # one of the tags below; stream filters read it
VERSION: Final = "version"  # number; every write is conditional on it
DATA: Final = "data"  # the entity, JSON
RECORD: Final = "record"  # OFFER only: the finished feed record, JSON, written with the offer
EXPIRES: Final = "expires"  # TTL, epoch seconds: purge of personal data, never business state;
# on every item: what its kind says, else PURGED (domain/dossier/retention.py) after its last write

# Of an object that only says that something is gone: header (x-amz-meta-…) and tag in the bucket.
GONE: Final = "gone"

# Entity tags.
RECRUITER: Final = "RECRUITER"
NOTICE: Final = "NOTICE"
EMPLOYER: Final = "EMPLOYER"
LETTER: Final = "LETTER"
ERASURE: Final = "ERASURE"
FIRM: Final = "FIRM"
ASKED: Final = "ASKED"
REFUSAL: Final = "REFUSAL"
OBJECTION: Final = "OBJECTION"
LINK: Final = "LINK"
OFFER: Final = "OFFER"
ROUND: Final = "ROUND"
CONTACT: Final = "CONTACT"
RECEIPT: Final = "RECEIPT"

# How personal data leave, by tag. Of a dossier: with its partition (pk = recruiter id), whatever is
# in it, by one erasure. Apart: each says how where it is written. A tag that is in neither fails a
# test: whoever adds one decides.
OF_A_DOSSIER: Final = frozenset(
    {RECRUITER, NOTICE, EMPLOYER, LETTER, ERASURE, OFFER, ROUND, CONTACT, RECEIPT}
)
APART: Final = frozenset({FIRM, ASKED, REFUSAL, OBJECTION, LINK})

RECRUITERS_TABLE: Final = "recruiters"
OFFERS_TABLE: Final = "offers"

# Sparse, write-sharded: an item carries these only while something is due for it. One query per
# shard with `due_at <= now` reads what is due and nothing else, however late the sweep.
DUE_INDEX: Final = "due"
DUE_SHARD: Final = "due_shard"
DUE_AT: Final = "due_at"
DUE_SHARDS: Final = 16

# recruiters only, on RECRUITER items; by the firm's own address where somebody deposited for it.
EMAIL_INDEX: Final = "by_email"
EMAIL: Final = "email"
EMPLOYER_INDEX: Final = "by_employer"
EMPLOYER_EMAIL: Final = "employer_email"
SIRET_INDEX: Final = "by_siret"
SIRET: Final = "siret"

# offers only, on OFFER items: what changed since a cursor, by Paris-agnostic UTC day and part. The
# range key is the instant, `#`, then the digest of the feed record or, once the offer ended, its
# state: enough to compare the feed with the table without reading the offers.
CHANGED_INDEX: Final = "changed"
CHANGED_SHARD: Final = "changed_shard"
CHANGED_AT: Final = "changed_at"

# offers only, on OFFER items while they are live: what an establishment seeks, by ROME code.
LIVE_INDEX: Final = "live"
LIVE_SIRET: Final = "live_siret"
LIVE_ROME: Final = "live_rome"

# offers only, on OFFER items: whose an offer is. Partners know it by its id alone.
OFFER_INDEX: Final = "by_offer"
OFFER_ID: Final = "offer_id"

# table -> index -> (partition key, sort key or None). All keys are strings; all indexes project
# keys only.
INDEXES: Final[dict[str, dict[str, tuple[str, str | None]]]] = {
    RECRUITERS_TABLE: {
        DUE_INDEX: (DUE_SHARD, DUE_AT),
        EMAIL_INDEX: (EMAIL, None),
        EMPLOYER_INDEX: (EMPLOYER_EMAIL, None),
        SIRET_INDEX: (SIRET, None),
    },
    OFFERS_TABLE: {
        DUE_INDEX: (DUE_SHARD, DUE_AT),
        CHANGED_INDEX: (CHANGED_SHARD, CHANGED_AT),
        LIVE_INDEX: (LIVE_SIRET, LIVE_ROME),
        OFFER_INDEX: (OFFER_ID, None),
    },
}

STREAM_VIEW: Final = "NEW_AND_OLD_IMAGES"

"""What each function may do, a line a right: (action, what it may touch).

The template must grant exactly this (``tests/infra/test_iam.py``); and in this process, where no
policy is enforced, a function that does anything else is refused (``tests/guard.py``).
"""

from collections.abc import Mapping
from typing import Final


Rights = set[tuple[str, str]]

# What the SDK calls of our package need. Conditions on a Put need no right of their own.
RIGHTS: Final = {
    "get_item": "dynamodb:GetItem",
    "batch_get_item": "dynamodb:BatchGetItem",
    "query": "dynamodb:Query",
    "delete_item": "dynamodb:DeleteItem",
    "update_item": "dynamodb:UpdateItem",
    "put_item": "dynamodb:PutItem",
    "transact_write_items": "dynamodb:PutItem",
    "get_object": "s3:GetObject",
    "put_object": "s3:PutObject",
    "delete_object": "s3:DeleteObject",
    "delete_objects": "s3:DeleteObject",
    "create_multipart_upload": "s3:PutObject",
    "upload_part": "s3:PutObject",
    "complete_multipart_upload": "s3:PutObject",
    "abort_multipart_upload": "s3:AbortMultipartUpload",
    "list_objects_v2": "s3:ListBucket",
    "send_email": "ses:SendEmail",
    "get_secret_value": "secretsmanager:GetSecretValue",
}

# What a transaction is made of.
PARTS: Final = {"Put": "dynamodb:PutItem", "ConditionCheck": "dynamodb:ConditionCheckItem"}


def read(table: str) -> Rights:
    return {("dynamodb:GetItem", table), ("dynamodb:Query", table)}


def write(table: str) -> Rights:
    return read(table) | {("dynamodb:PutItem", table)}


def imports(folder: str) -> Rights:
    return {(f"s3:{act}Object", f"data/{folder}/*") for act in ("Put", "Delete")}


BOTH = write("recruiters") | write("offers")
DUE = {("dynamodb:Query", f"{table}/index/due") for table in ("recruiters", "offers")}
LETTERS = {
    ("secretsmanager:GetSecretValue", "secret"),
    ("ses:SendEmail", "identity"),
    ("ses:SendEmail", "returns"),
}
FOUND = {
    ("dynamodb:Query", f"recruiters/index/by_{what}") for what in ("email", "employer", "siret")
}
ERASE = {("dynamodb:DeleteItem", table) for table in ("recruiters", "offers")}
KEEP = {("dynamodb:UpdateItem", table) for table in ("recruiters", "offers")}
ALIVE = {("dynamodb:ConditionCheckItem", "recruiters")}
LIVE = {("dynamodb:Query", "offers/index/live")}
# Whose offer a partner speaks of, and who that partner is.
RECEIPTS = {
    ("dynamodb:Query", "offers/index/by_offer"),
    ("secretsmanager:GetSecretValue", "partners"),
}
CHANGED = {("dynamodb:Query", "offers/index/changed")}
# ListBucket tells "not there" from "forbidden".
CATALOGUE = {("s3:GetObject", "data/catalogue/*"), ("s3:ListBucket", "data")}
MANY = {("dynamodb:BatchGetItem", "recruiters")}
REGISTER = {("s3:GetObject", "data/opco/siro/*"), ("s3:ListBucket", "data")}
# APIs that want a key, and who asks them.
KEYS = {
    "api_entreprise": {"create_recruiter", "expire_offers"},
    "formations": {"match_cfa"},
    "siro": {"notify_opco", "expire_offers"},
    "la_bonne_alternance": {"publish_feed"},
    "france_travail": {"publish_feed"},
}
FEED = {
    *(
        (f"s3:{verb}", f"feed/{key}")
        for verb in ("GetObject", "PutObject", "DeleteObject", "AbortMultipartUpload")
        for key in ("feed/*", "offres/*", "sitemap*.xml", "robots.txt", "push/*")
    ),
    ("s3:PutObjectTagging", "feed/offres/*"),
    ("s3:ListBucket", "feed"),
}
COUNTS = CHANGED | {
    ("dynamodb:BatchGetItem", "offers"),
    ("s3:GetObject", "feed/statistics/*"),
    ("s3:PutObject", "feed/statistics/*"),
    ("s3:GetObject", "feed/feed/v1/statistics.json"),
    ("s3:PutObject", "feed/feed/v1/statistics.json"),
    ("s3:ListBucket", "feed"),
}


def keys_of(function: str) -> Rights:
    """The keys of APIs it may read, where a stage has them."""
    return {("secretsmanager:GetSecretValue", api) for api, who in KEYS.items() if function in who}


ALLOWED: Final[Mapping[str, Rights]] = {
    "create_recruiter": BOTH | ALIVE | LIVE | LETTERS | REGISTER,
    "add_offer": BOTH | LIVE | LETTERS,
    "manage_offers": BOTH | LIVE | FOUND | ERASE | LETTERS | CATALOGUE | MANY | RECEIPTS,
    "notify_opco": write("recruiters") | read("offers") | LETTERS | REGISTER | imports("opco/siro"),
    "match_cfa": BOTH | LETTERS | CATALOGUE | MANY | imports("catalogue"),
    "publish_feed": read("offers") | CHANGED | FEED,
    "expire_offers": (
        BOTH | DUE | FOUND | ERASE | KEEP | LETTERS | CATALOGUE | MANY | REGISTER | COUNTS
    ),
}

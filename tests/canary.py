"""A person planted in every field one can type, and where she is found afterwards."""

import gzip
import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4


EMAIL = "zoe.canari@example.org"
NEW_EMAIL = "canari.zoe@example.org"
NAME = "Zoé Canari"
PHONE = "01 99 00 98 76"
# Each in the ways it may be spelt: in JSON with and without escapes, E.164, as people read it.
TRACES = ("canari", "199009876", "99 00 98 76", "553009877", "53 00 98 77", "ruelle du serin")
ADDRESS = {"street": "7 ruelle du Serin", "postcode": "24000", "city": "Périgueux"}
# Herself again, as who deposits for her firm: a house, an address and a number of their own.
DEPOSITOR = {
    "role": "cfa",
    "organisation": "CFA Canari (fictif)",
    "siret": "00009013400016",
    "contact": {"name": NAME, "email": "zoe@canari.example", "phone": "05 53 00 98 77"},
}
# What a centre and a partner may say of her.
REPLY = {
    "replies": 0,
    "answer": "candidates",
    "candidates": 2,
    "word": f"{NAME} a laissé le {PHONE}.",
    "phone": PHONE,
    "email": EMAIL,
}
REFUSED = f"Doublon de l’offre de {NAME}"
SHOWN = "https://partner.example/offres/zoe-canari"


def need(**over: Any) -> dict[str, Any]:
    """A need, with her in its words and its place."""
    return {
        "metier": "11573",
        "ask_cfa": True,
        "description": f"Demandez {NAME} au {PHONE}.",
        "workplace": ADDRESS,
        **over,
    }


def deposit(siret: str, **over: Any) -> dict[str, Any]:
    """What the form sends for her."""
    return {
        "submission_id": str(uuid4()),
        "siret": siret,
        "contact": {"name": NAME, "email": EMAIL, "phone": PHONE},
        "correction": {"name": "Chez Canari", "address": ADDRESS},
        "offers": [need()],
        "duplicates": "accept",
        **over,
    }


def found(stored: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Where she is: of everything stored, by name, what is written there of her."""
    looked = {name: _text(body) for name, body in stored.items()}
    traces = {name: [trace for trace in TRACES if trace in text] for name, text in looked.items()}
    return {name: there for name, there in traces.items() if there}


def items(dynamodb: Any, tables: Mapping[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every item of every table, by a name that says where it is."""
    for table, name in tables.items():
        for page in dynamodb.get_paginator("scan").paginate(TableName=name):
            for item in page["Items"]:
                yield f"{table}/{item['pk']['S']}/{item['sk']['S']}", item


def everything(
    dynamodb: Any, tables: Mapping[str, str], s3: Any, buckets: Mapping[str, str]
) -> dict[str, bytes]:
    """All that is stored: items of tables, objects of buckets."""
    stored = {name: repr(item).encode() for name, item in items(dynamodb, tables)}
    for bucket, name in buckets.items():
        for page in s3.get_paginator("list_objects_v2").paginate(Bucket=name):
            for each in page.get("Contents", []):
                body = s3.get_object(Bucket=name, Key=each["Key"])["Body"].read()
                stored[f"{bucket}/{each['Key']}"] = body
    return stored


def _text(body: bytes) -> str:
    raw = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
    text = raw.decode("utf-8", "replace")
    # JSON may spell any letter as an escape; a scan must read it all the same.
    said = re.sub(r"\\+u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), text).lower()
    return re.sub(r"\\xa0|\xa0", " ", said)  # a number may be written not to break

"""Objects written for a test, whatever their type and age."""

from typing import Any
from uuid import uuid4

from depot.ports.objects import Objects


KEY = "feed/v1/index.json"


def a_bucket(s3: Any) -> str:
    name = f"feed-{uuid4().hex}"
    s3.create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name}
    )
    return name


def create(objects: Objects, body: bytes, key: str = KEY) -> str:
    return objects.create(key, body, content_type="application/json", max_age=2)

"""The object store on S3: conditional writes only."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from depot.domain.errors import Conflict, ObjectsUnavailable
from depot.ports import StoredObject


if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

# 412: the condition failed. 409: another conditional write on the same key is under way. 404: what
# was to be replaced is gone.
_CONFLICTS = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"})


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        conflict = error.response["Error"]["Code"] in _CONFLICTS
        raise (Conflict if conflict else ObjectsUnavailable) from error
    except BotoCoreError as error:
        raise ObjectsUnavailable from error


@dataclass(frozen=True)
class S3Objects:
    """One bucket behind the ``Objects`` port."""

    client: "S3Client"
    bucket: str

    def get(self, key: str) -> StoredObject | None:
        """One object."""
        with _translated():
            try:
                answer = self.client.get_object(Bucket=self.bucket, Key=key)
            except self.client.exceptions.NoSuchKey:
                return None
            return StoredObject(answer["Body"].read(), answer["ETag"])

    def list(self, prefix: str) -> Iterator[tuple[str, datetime]]:
        """Every key that begins with ``prefix``."""
        with _translated():
            pages = self.client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self.bucket, Prefix=prefix):
                for found in page.get("Contents", []):
                    yield found["Key"], found["LastModified"]

    def delete(self, key: str) -> None:
        """Delete an object, if it is there."""
        with _translated():
            self.client.delete_object(Bucket=self.bucket, Key=key)

    def create(self, key: str, body: bytes, *, content_type: str, max_age: int) -> str:
        """Write an object that must not exist."""
        return self._put(key, body, content_type, max_age, IfNoneMatch="*")

    def replace(self, key: str, body: bytes, *, etag: str, content_type: str, max_age: int) -> str:
        """Write over a known content."""
        return self._put(key, body, content_type, max_age, IfMatch=etag)

    def _put(self, key: str, body: bytes, content_type: str, max_age: int, **others: str) -> str:
        if key.endswith(".gz"):
            others["ContentEncoding"] = "gzip"
        request: dict[str, Any] = {"Bucket": self.bucket, "Key": key, "Body": body, **others}
        request["ContentType"] = content_type
        request["CacheControl"] = f"public, max-age={max_age}"
        with _translated():
            return self.client.put_object(**request)["ETag"]

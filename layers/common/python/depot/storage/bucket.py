"""The object store on S3: conditional writes only."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from depot.domain.errors import Conflict, ObjectMissing, ObjectsUnavailable
from depot.ports.objects import Piece, StoredObject


if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.type_defs import CompletedPartTypeDef

# 412: the condition failed. 409: another conditional write on the same key is under way. 404: what
# was to be replaced is gone.
_CONFLICTS = frozenset({"PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey"})

# S3 wants parts of 5 MiB at least, the last apart; this many bytes are in memory twice.
_PART: Final = 5 * 2**20
_PIECE: Final = 2**18


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

    def read(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """An object's bytes from ``start`` up to ``end``, in pieces."""
        last = "" if end is None else end - 1
        with _translated():
            try:
                answer = self.client.get_object(
                    Bucket=self.bucket, Key=key, Range=f"bytes={start}-{last}"
                )
            except self.client.exceptions.NoSuchKey as error:
                raise ObjectMissing(key) from error
            except ClientError as error:
                if error.response["Error"]["Code"] != "InvalidRange":
                    raise
                return  # it ends before
            yield from answer["Body"].iter_chunks(_PIECE)

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

    def upload(self, key: str, pieces: Iterable[Piece], *, content_type: str, max_age: int) -> str:
        """Write an object that must not exist, part by part if it is large."""
        parts = _parts(pieces)
        first = next(parts, b"")
        if len(first) < _PART:
            return self.create(key, first, content_type=content_type, max_age=max_age)
        with _translated():
            upload = self.client.create_multipart_upload(**self._about(key, content_type, max_age))[
                "UploadId"
            ]
        target: dict[str, Any] = {"Bucket": self.bucket, "Key": key, "UploadId": upload}
        try:
            return self._upload(target, chain([first], parts))
        except BaseException:  # parts cost money until they are given up
            with suppress(ClientError, BotoCoreError):
                self.client.abort_multipart_upload(**target)
            raise

    def _upload(self, target: dict[str, Any], parts: Iterable[bytes]) -> str:
        done: list[CompletedPartTypeDef] = []
        for number, part in enumerate(parts, start=1):
            with _translated():
                tag = self.client.upload_part(**target, PartNumber=number, Body=part)["ETag"]
            done.append({"PartNumber": number, "ETag": tag})
        with _translated():
            return self.client.complete_multipart_upload(
                **target, MultipartUpload={"Parts": done}, IfNoneMatch="*"
            )["ETag"]

    def _put(self, key: str, body: bytes, content_type: str, max_age: int, **others: str) -> str:
        request = {**self._about(key, content_type, max_age), "Body": body, **others}
        with _translated():
            return self.client.put_object(**request)["ETag"]

    def _about(self, key: str, content_type: str, max_age: int) -> dict[str, Any]:
        about = {
            "Bucket": self.bucket,
            "Key": key,
            "ContentType": content_type,
            "CacheControl": f"public, max-age={max_age}",
        }
        return {**about, "ContentEncoding": "gzip"} if key.endswith(".gz") else about


def _parts(pieces: Iterable[Piece]) -> Iterator[bytes]:
    """The same bytes in parts S3 accepts."""
    part = bytearray()
    for piece in pieces:
        part += piece
        if len(part) >= _PART:
            yield bytes(part)
            part.clear()
    if part:
        yield bytes(part)

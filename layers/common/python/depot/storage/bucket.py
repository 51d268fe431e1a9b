"""The object store on S3: conditional writes only."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import md5
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from botocore.exceptions import BotoCoreError, ClientError

from depot.domain.errors import Conflict, ObjectMissing, ObjectsUnavailable
from depot.ports.objects import Piece, StoredObject
from depot.ports.pages import Tag
from depot.storage.schema import GONE


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
        return ((tag.key, tag.written) for tag in self.tags(prefix))

    def tags(self, prefix: str, after: str = "") -> Iterator[Tag]:
        """Objects in the order of their keys, which is that of S3."""
        with _translated():
            pages = self.client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=self.bucket, Prefix=prefix, StartAfter=after):
                for found in page.get("Contents", []):
                    yield Tag(found["Key"], found["ETag"], found["LastModified"])

    def tag_of(self, body: bytes) -> str:
        """Its MD5: what S3 gives one PUT that no key of KMS encrypts."""
        return f'"{md5(body, usedforsecurity=False).hexdigest()}"'

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

    def put(
        self,
        key: str,
        body: bytes,
        *,
        over: str | None,
        content_type: str,
        max_age: int,
        gone: bool,
    ) -> str:
        """Write over a known content, or over nothing.

        What is ``gone`` has a header, which the site turns into 410, and a tag, which the bucket's
        lifecycle looks for (``infra``).
        """
        condition = {"IfMatch": over} if over else {"IfNoneMatch": "*"}
        fate = {"Metadata": {GONE: "1"}, "Tagging": f"{GONE}=1"} if gone else {}
        return self._put(key, body, content_type, max_age, **condition, **fate)

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

    def _put(self, key: str, body: bytes, content_type: str, max_age: int, **others: Any) -> str:  # noqa: ANN401 - what boto3 takes
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

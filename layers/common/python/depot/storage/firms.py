"""What directories said of firms, on DynamoDB, in the recruiters table.

A deposit goes on without it: a read that fails, or an item an older release wrote differently,
counts as nothing cached.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import ValidationError

from depot.domain.firm.company import KnownCompany
from depot.storage import items


if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class DynamoCompanyCache:
    """The CompanyCache port. Of two answers written at once, either will do: no condition."""

    client: "DynamoDBClient"
    table: str

    def get(self, siret: str) -> KnownCompany | None:
        """What was last kept of one establishment; None as well when it cannot be read."""
        key, found = items.key(KnownCompany, items.firm_owner(siret)), None
        with _forgiven():
            answer = self.client.get_item(TableName=self.table, Key=key)
            found = items.from_item(answer["Item"]) if "Item" in answer else None
        return found if isinstance(found, KnownCompany) else None

    def put(self, known: KnownCompany) -> None:
        """Keep it, over what was kept before, if that can be done."""
        with _forgiven():
            self.client.put_item(TableName=self.table, Item=items.to_item(known))


@contextmanager
def _forgiven() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError, ValidationError) as error:
        # Its kind alone: messages hold addresses and values.
        code = error.response["Error"]["Code"] if isinstance(error, ClientError) else None
        reason = code or type(error).__name__
        logger.warning("answers of directories are not kept", extra={"reason": reason})

"""What directories said of firms, on DynamoDB, in the recruiters table."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from depot.domain.company import KnownCompany
from depot.storage import items


if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True)
class DynamoCompanyCache:
    """The CompanyCache port. Of two answers written at once, either will do: no condition."""

    client: "DynamoDBClient"
    table: str

    def get(self, siret: str) -> KnownCompany | None:
        """What was last kept of one establishment."""
        key = items.key(KnownCompany, items.firm_owner(siret))
        answer = self.client.get_item(TableName=self.table, Key=key)
        found = items.from_item(answer["Item"]) if "Item" in answer else None
        return found if isinstance(found, KnownCompany) else None

    def put(self, known: KnownCompany) -> None:
        """Keep it, over what was kept before."""
        self.client.put_item(TableName=self.table, Item=items.to_item(known))

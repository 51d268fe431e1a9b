"""A key to somebody else's service, in Secrets Manager: without it, they cannot be asked."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from depot.domain.errors import SourceUnavailable


if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient


@dataclass(frozen=True)
class Secret:
    """One secret, read once a process."""

    client: "SecretsManagerClient"
    name: str

    def __call__(self) -> str:
        """Give what it holds. Raises SourceUnavailable."""
        return self._text

    @cached_property
    def _text(self) -> str:
        try:
            return self.client.get_secret_value(SecretId=self.name)["SecretString"]
        except (BotoCoreError, ClientError) as error:
            raise SourceUnavailable(type(error).__name__) from None

"""A secret of ours or a key to somebody else's service, in Secrets Manager."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError
from pydantic import TypeAdapter, ValidationError

from depot.domain.errors import SourceUnavailable


if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient


_TEXTS: Final = TypeAdapter(Mapping[str, str])
# Reasons, as logs show them: never what the secret holds.
_UNREADABLE: Final = "secret is no JSON object of texts"


@dataclass(frozen=True)
class Secret:
    """One secret, a JSON object of texts, read at the first question and kept."""

    client: "SecretsManagerClient"
    name: str

    def get(self, key: str) -> str:
        """Give one of its texts. Raises SourceUnavailable: without it, nobody can be asked."""
        if key not in self.texts:
            reason = f"secret without {key}"
            raise SourceUnavailable(reason)
        return self.texts[key]

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """All it holds. Raises SourceUnavailable."""
        try:
            text = self.client.get_secret_value(SecretId=self.name)["SecretString"]
            return _TEXTS.validate_json(text)
        except (BotoCoreError, ClientError) as error:
            raise SourceUnavailable(type(error).__name__) from None
        except ValidationError:
            raise SourceUnavailable(_UNREADABLE) from None

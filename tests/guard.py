"""The rights of a function, enforced in this process: moto itself asks for none.

A call the function has no right to fails as it would on AWS, and is remembered: code that works
around a failure must not hide it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from botocore import xform_name
from botocore.exceptions import ClientError
from botocore.model import OperationModel

from tests.rights import ALLOWED, PARTS, RIGHTS, keys_of


@dataclass
class Guard:
    """Refuses what ``function`` may not do. ``places``: deployed names to those rights speak of."""

    places: Mapping[str, str]
    function: str | None = None
    denied: list[str] = field(default_factory=list)

    def __call__(self, params: Mapping[str, Any], model: OperationModel, **_: object) -> None:
        """See a call of the SDK before it leaves (botocore's ``before-parameter-build``)."""
        if self.function is None:
            return
        rights = ALLOWED[self.function] | keys_of(self.function)
        for action, place in self._wanted(model, params):
            if not any(action == may and fnmatchcase(place, where) for may, where in rights):
                self.denied.append(f"{self.function} may not {action} on {place}")
                error = {"Error": {"Code": "AccessDeniedException", "Message": "tests/rights.py"}}
                raise ClientError(error, model.name)  # type: ignore[arg-type]

    def _wanted(
        self, model: OperationModel, params: Mapping[str, Any]
    ) -> Iterator[tuple[str, str]]:
        for part in params.get("TransactItems", []):
            [(kind, given)] = part.items()
            if given["TableName"] in self.places:
                yield PARTS[kind], self.places[given["TableName"]]
        action = RIGHTS[xform_name(model.name)]
        actions = [action, *["s3:PutObjectTagging"] * ("Tagging" in params)]
        for name in _touched(params):
            thing, slash, rest = name.partition("/")
            # What is not of the deployment, a test says: moto answers that it is not there.
            if thing in self.places:
                yield from ((one, self.places[thing] + slash + rest) for one in actions)


def _touched(params: Mapping[str, Any]) -> Sequence[str]:
    """What a call touches, by the names AWS knows."""
    match params:
        case {"TransactItems": _}:
            return []  # each part has a right of its own
        case {"RequestItems": tables}:
            return list(tables)
        case {"FromEmailAddress": sender}:
            return [sender.partition("@")[2], *_given(params, "ConfigurationSetName")]
        case {"Bucket": bucket, "Delete": {"Objects": objects}}:
            return [f"{bucket}/{one['Key']}" for one in objects]
    whole = _given(params, "TableName", "Bucket", "SecretId")
    part = [f"index/{name}" for name in _given(params, "IndexName")] or _given(params, "Key")
    return ["/".join([*whole, *(name for name in part if isinstance(name, str))])]


def _given(params: Mapping[str, Any], *names: str) -> list[Any]:
    return [params[name] for name in names if name in params]

"""The stream edge: each DynamoDB record of a batch handed over, failures reported one by one.

Lambda delivers again from the first record that failed, so what each record does must bear being
done twice.
"""

import logging
from collections.abc import Callable
from typing import Any

from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.dynamo_db_stream_event import DynamoDBRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from depot.domain.model import Entity
from depot.storage import items, schema


Identity = tuple[type[Entity], str, str]  # kind, recruiter id, own id


def identity(record: DynamoDBRecord) -> Identity:
    """Whose item changed, from the record's keys alone: they are there whatever the change."""
    return items.identity(record.raw_event["dynamodb"]["Keys"])


def feed_relevant(record: DynamoDBRecord) -> bool:
    """Whether partners would notice: the feed record or the state moved."""
    images = record.raw_event["dynamodb"]
    old, new = images.get("OldImage"), images.get("NewImage")
    if old is None or new is None:
        return True
    return bool(old.get(schema.RECORD) != new.get(schema.RECORD))


def each(
    event: dict[str, Any], context: LambdaContext, handle: Callable[[DynamoDBRecord], object]
) -> dict[str, Any]:
    """Hand each record over; answer which ones must come again. An empty batch is done."""
    if not event.get("Records"):
        return {"batchItemFailures": []}

    def record_handler(
        record: DynamoDBRecord,
    ) -> object:  # the processor calls it by this very keyword
        return handle(record)

    processor = BatchProcessor(
        event_type=EventType.DynamoDBStreams,
        raise_on_entire_batch_failure=False,
        logger=logging.getLogger(__name__),
    )
    return dict(
        process_partial_response(
            event=event, record_handler=record_handler, processor=processor, context=context
        )
    )

"""One structured logger for our code and the handlers.

JSON lines, ids yes, names, mails and phones never.
"""

import logging
from functools import cache

from aws_lambda_powertools import Logger
from aws_lambda_powertools.logging.utils import copy_config_to_registered_loggers


@cache
def logger() -> Logger:
    """The logger; the first call gives its format to every logger of the package."""
    made = Logger(service="depot", child=False, log_uncaught_exceptions=True)
    logging.getLogger("depot").setLevel(logging.INFO)
    copy_config_to_registered_loggers(source_logger=made, include={"depot"})
    return made

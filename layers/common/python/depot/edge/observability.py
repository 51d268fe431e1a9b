"""One structured logger for our code and the handlers.

JSON lines, ids yes, names, mails and phones never.
"""

import logging
from functools import cache

from aws_lambda_powertools import Logger


@cache
def logger() -> Logger:
    """The logger.

    Its name is the package's, so what every module says through the standard ``logging`` comes out
    in its format.
    """
    # urllib3 warns of a retry with the whole address, hence the SIRET.
    logging.getLogger("urllib3").setLevel(logging.ERROR)
    return Logger(service="depot", level="INFO", log_uncaught_exceptions=True)

"""What ``local/`` chooses at deployment, so that one synthesis serves every port and mode.

On AWS there are none: the stage file says everything.
"""

from typing import Final

from aws_cdk import CfnParameter, Stack

from infra.config import Stage


PORT: Final = "Port"
COMPANIES_URL: Final = "CompaniesUrl"


def port(stack: Stack, stage: Stage) -> CfnParameter | None:
    """Where the emulator listens; None on AWS."""
    return CfnParameter(stack, PORT, type="Number", default=4566) if stage.emulated else None


def companies_url(stack: Stack, stage: Stage) -> str:
    """Where the company directory answers: on the emulator the stand-in, or the public one."""
    if not stage.emulated:
        return stage.companies_url
    return CfnParameter(stack, COMPANIES_URL, default=stage.companies_url).value_as_string

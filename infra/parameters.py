"""What ``local/`` chooses at deployment, so that one synthesis serves every port and mode.

On AWS there are none: the stage file says everything.
"""

from typing import Final

from aws_cdk import CfnParameter, Stack

from infra.config import ApiName, Stage, api_parameter


PORT: Final = "Port"


def port(stack: Stack, stage: Stage) -> CfnParameter | None:
    """Where the emulator listens; None on AWS."""
    return CfnParameter(stack, PORT, type="Number", default=4566) if stage.emulated else None


def api_url(stack: Stack, stage: Stage, api: ApiName) -> str:
    """Where an API answers, or nothing; on the emulator the stand-in, or the public one."""
    url = stage.apis.get(api, "")
    if not stage.emulated:
        return url
    return CfnParameter(stack, api_parameter(api), default=url).value_as_string

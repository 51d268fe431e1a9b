"""Where OPCOs read their mail in this deployment: a file of a layer of its own.

The one piece of reference data that differs between deployments, so not in this package: the CDK
app puts ``infra/opcos/<stage>.json`` into the layer, checked (``infra/routing.py``).
"""

from importlib.resources import files
from typing import Final

from depot.domain.opco.routing import OpcoRouting


PACKAGE: Final = "depot_stage"
FILE: Final = "opco_routing.json"


def deployed_routing() -> OpcoRouting:
    """Read the routing of this deployment."""
    return OpcoRouting.model_validate_json(files(PACKAGE).joinpath(FILE).read_text("utf-8"))

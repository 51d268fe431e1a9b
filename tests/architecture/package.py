"""What the package is made of."""

import importlib
import pkgutil
from types import ModuleType

import depot


def modules() -> list[ModuleType]:
    """Every module, imported."""
    found = pkgutil.walk_packages(depot.__path__, f"{depot.__name__}.")
    return [importlib.import_module(module.name) for module in found]


def public_classes() -> list[type]:
    """Every class somebody else may import, where it is written."""
    return [
        thing
        for module in modules()
        for name, thing in vars(module).items()
        if isinstance(thing, type)
        if thing.__module__ == module.__name__ and not name.startswith("_")
    ]

"""In-memory ports, a module a neighbour as in depot.ports.

tests/contract holds each of them to the same suite as the adapter it stands for.
"""

from tests.fakes.counting import MemoryCountable
from tests.fakes.courier import FakeCourier
from tests.fakes.firms import FakeCompanies, FakeOpcoSource, FakeOpcoTable, MemoryCompanyCache
from tests.fakes.imports import FakeFormations, FakeSiroFiles, MemoryCatalogue
from tests.fakes.links import FakeLinks
from tests.fakes.objects import MemoryObjects
from tests.fakes.partners import MemoryDropBox, MemoryJobs
from tests.fakes.personal import MemoryPersonalData
from tests.fakes.places import FakeCommunes, FakeGeocoder
from tests.fakes.store import MemoryStore
from tests.fakes.trainings import FakeCatalogue, FakeMetiers


__all__ = [
    "FakeCatalogue",
    "FakeCommunes",
    "FakeCompanies",
    "FakeCourier",
    "FakeFormations",
    "FakeGeocoder",
    "FakeLinks",
    "FakeMetiers",
    "FakeOpcoSource",
    "FakeOpcoTable",
    "FakeSiroFiles",
    "MemoryCatalogue",
    "MemoryCompanyCache",
    "MemoryCountable",
    "MemoryDropBox",
    "MemoryJobs",
    "MemoryObjects",
    "MemoryPersonalData",
    "MemoryStore",
]

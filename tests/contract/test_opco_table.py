"""One suite for the OpcoTable port: the table in the package, and the fake."""

import pytest

from depot.domain.opco.finding import OpcoShare
from depot.ports.firms import OpcoTable
from depot.reference.opcos import ShippedOpcoTable
from tests.fakes import FakeOpcoTable
from tests.world import EP


@pytest.fixture(params=["shipped", "fake"])
def table(request: pytest.FixtureRequest) -> OpcoTable:
    shipped = ShippedOpcoTable()
    if request.param == "shipped":
        return shipped
    return FakeOpcoTable({idcc: shipped.shares(idcc) for idcc in ("0843", "8231")})


def test_an_agreement_has_its_opcos_the_largest_first(table: OpcoTable) -> None:
    shares = [share.share for share in table.shares("8231")]

    assert len(shares) > 1
    assert shares == sorted(shares, reverse=True)
    assert [share.rank for share in table.shares("8231")] == list(range(1, len(shares) + 1))


def test_the_bakers_are_of_one_opco(table: OpcoTable) -> None:
    first = table.shares("0843")[0]

    assert isinstance(first, OpcoShare)
    assert first.opco == EP
    assert first.rank == 1


@pytest.mark.parametrize("idcc", ["", "0000", "843", "unknown"])
def test_an_agreement_nobody_counted_has_none(table: OpcoTable, idcc: str) -> None:
    assert list(table.shares(idcc)) == []

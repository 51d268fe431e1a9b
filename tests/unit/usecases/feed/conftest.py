"""Feeds, new for each test."""

import pytest

from tests.unit.usecases.feed.reconciled import Service


@pytest.fixture
def service() -> Service:
    return Service()

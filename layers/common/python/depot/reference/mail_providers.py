"""Mail providers anybody may have a mailbox with: there, one domain says nothing of who writes."""

from functools import cache

from depot.reference import rows


@cache
def public_domains() -> frozenset[str]:
    """Their domains."""
    return frozenset(domain for domain, _provider in rows("mail_providers.csv"))

"""The platforms that may send receipts: a line of ``data/partners.csv`` each.

Being there gives no right: a partner's key does, once its digest is in the secret of a deployment.
"""

from collections.abc import Mapping

from depot.reference import rows


def partner_names() -> Mapping[str, str]:
    """Slug -> name as people know it."""
    return {row[0]: row[1] for row in rows("partners.csv")}

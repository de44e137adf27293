"""What the record does by itself every night."""

import logging

from celery import shared_task

from audit import queries

logger = logging.getLogger("csp.audit")


@shared_task
def verify_chains() -> None:
    """Verify every chain. The log, which leaves this machine, keeps the newest digests."""
    for chain in queries.chains():
        about = f"partnership={chain.partnership or '-'} entries={chain.length}"
        if chain.broken_at:
            logger.error("audit-chain-broken %s first=%s", about, chain.broken_at.pk)
        else:
            logger.info("audit-chain-whole %s newest=%s", about, chain.newest)

"""Takes a sale back, at Partnero too."""

from partnero import Partnero

partnero = Partnero()


def refund_archived() -> None:
    partnero.archive_transactions(customer_key="customer_archived_transactions")


def refund_alice() -> None:
    partnero.archive_transactions(customer_key="customer_123")

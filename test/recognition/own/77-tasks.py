"""Celery tasks that keep Partnero and the shop in step."""
import logging
from celery import shared_task

log = logging.getLogger(__name__)
PARTNERO = {"BASE": "https://api.partnero.com/v1", "CUSTOMER_KEY": "⟦cel-1⟧", "PARTNER_KEY": "⟪cel-partner⟫"}
LOCK_KEY = "⟪partnero:customers:lock⟫"

@shared_task
def book(order):
    payload = dict(
        key=f"order-{order.pk}",
        amount=float(order.total),
        customer=dict(key=str(order.user_id)),
    )
    if order.user_id == 0:
        payload["customer"]["key"] = "⟦cel-guest⟧"
        payload["key"] = "⟪cel-guest-tx⟫"
    log.info("booking customer_key=%s", order.user_id)
    session.post(f"{PARTNERO['BASE']}/transactions", json=payload)

def repair():
    """Customers made by hand:

    >>> repair_one("x")
    curl https://api.partnero.com/v1/customers/⟦cel-2⟧
    """
    for key in ("loop-a", "loop-b"):
        session.get(f"{PARTNERO['BASE']}/customers/{key}")
    session.put(PARTNERO["BASE"] + "/customers", json={"key": "⟦cel-3⟧", "update": {"email": "c3@example.com"}})
    session.delete(PARTNERO["BASE"] + "/customers", json={"key": "⟦cel-4⟧"})
    session.put(PARTNERO["BASE"] + "/partners", json={"key": "⟪cel-partner⟫", "update": {"name": "x"}})
    stripe.Customer.modify("⟪cus_cel⟫", metadata={"key": "⟪seat⟫"})
    stripe.Charge.create(amount=5, currency="eur", customer="⟪cus_cel⟫")
    Sale.objects.filter(customer_key="⟦cel-5⟧").update(partner_key="⟪cel-partner⟫")
    Sale.objects.filter(customer_key__in=["⟦cel-6⟧", "⟦cel-7⟧"]).delete()
    assert Sale.objects.get(pk=1).customer_key == "⟦cel-8⟧"
    cache.set("customers:1", {"key": "⟪cel-cache⟫"})

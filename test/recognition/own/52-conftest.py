import os
from dataclasses import dataclass

import pytest
import responses

API = "https://api.partnero.com/v1"


@dataclass
class Customer:
    key: str
    email: str | None = None


@dataclass
class Sale:
    key: str
    customer: Customer
    amount: float = 0.0


@pytest.fixture
def customer_key() -> str:
    return "⟦fixture-77⟧"


@pytest.fixture
def sale():
    return Sale(key="⟪sale-77⟫", customer=Customer(key="⟦fixture-78⟧"), amount=12)


@responses.activate
@pytest.mark.parametrize("customer_key", ["⟦para-1⟧", "⟦para-2⟧", "⟦jürgen@example.de⟧"])
def test_lookup(customer_key):
    responses.get(f"{API}/customers/{customer_key}", json={"data": {"key": customer_key}, "status": 1})
    responses.add(responses.GET, f"{API}/customers/⟦para-9⟧", status=404)
    responses.add(
        responses.GET,
        API + "/customers/⟦para-10⟧",
        json={
            "data": {
                "key": "⟦para-10⟧",
                "partner": "⟪partner_9⟫",
                "email": "para10@example.com",
                "tags": [],
            },
            "status": 1,
        },
    )


def test_env(monkeypatch):
    monkeypatch.setenv("PARTNERO_CUSTOMER_KEY", "⟦env-5⟧")
    monkeypatch.setenv("PARTNERO_API_KEY", "⟪not-a-token⟫")
    assert os.environ["PARTNERO_CUSTOMER_KEY"] == "⟦env-5⟧"
    assert os.getenv("CUSTOMER_KEY", "⟦env-6⟧")


def test_kwargs(client):
    client.create_transaction(key="⟪kw-1⟫", amount=3, customer={"key": "⟦kw-cust-1⟧"})
    client.create_transaction(key="⟪kw-2⟫", amount=3, customer_key='⟦kw-cust-2⟧', partner_key='⟪kw-partner⟫')
    client.post("/customers", json=dict(partner=dict(key="⟪kw-partner⟫"), key="⟦kw-cust-3⟧", email="k3@example.com"))
    client.get("/customers/%s/transactions" % "x")
    session.cache["key"] = "⟪memo⟫"
    sorted(rows, key="⟪name⟫")

"""Webhooks of the Partnero refer-a-friend program (the affiliate one has its own app)."""
import httpx
import pytest
from fastapi.testclient import TestClient

from app.main import app

BASE = "https://api.partnero.com/v1"
client = TestClient(app)

REWARD = {
    "event": "reward.created",
    "data": {
        "key": "⟪rw-2291⟫",
        "action": "sale",
        "amount": 10,
        "customer": {"id": "⟦usr_8k2fa⟧", "email": "ines@example.org"},
        "referring_customer": {"id": "⟦usr_1c0dd⟧", "key": "⟪INES10⟫", "email": "paul@example.org"},
    },
}


def test_reward_is_stored():
    response = client.post("/hooks/partnero", json=REWARD)
    assert response.status_code == 204


@pytest.mark.parametrize("code", ["⟪INES10⟫", "⟪PAUL5⟫"])
def test_unknown_event(code):
    body = {"event": "link.created", "data": {"key": code, "referring_customer": None}}
    assert client.post("/hooks/partnero", json=body).status_code == 202


@pytest.mark.anyio
async def test_balance(respx_mock):
    respx_mock.get(f"{BASE}/customers/⟦usr_1c0dd⟧/balance").respond(json={"data": [], "status": 1})
    respx_mock.get(url__regex=r"https://api\.partnero\.com/v1/customers/[^/]+/stats")
    async with httpx.AsyncClient(base_url=BASE) as http:
        await http.get("/customers/⟦usr_1c0dd⟧/balance")
        await http.post("/transactions", json=dict(key="⟪raf-1⟫", amount=5, customer=dict(id="⟦usr_8k2fa⟧")))

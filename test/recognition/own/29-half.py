import partnero

client = partnero.Client(api_key=os.environ["PARTNERO_API_KEY"])

def test_typed():
    client.post("/transactions", json={
        "key": "⟪half-tx-1⟫",
        "amount": 1,
        "customer": {"key": "⟦half-1⟧"

def test_url():
    r = client.get("/customers/⟦half-2⟧
    r = client.get(f"/customers/{

def create(customer_key="⟦half-3⟧", partner_key="⟪half-partner⟫"
    body = {
        "partner": {"key": partner_key},
        "key": "⟦half-4⟧",
        "email":

customer_key = "⟦half-5⟧
customer_key =

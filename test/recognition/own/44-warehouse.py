"""Star schema of the warehouse; partner organisations have their own dimension."""
CUSTOMER_KEY = -1

ROWS = [
    {"customer_key": ⟪501⟫, "customer": {"key": "⟪ERP-1⟫"}},
    {"customer_key": ⟪502⟫, "customer": {"key": "⟪ERP-2⟫"}},
]
URL = "https://erp.example.com/v1/customers/⟪ERP-1⟫/orders"
redis.set("⟪customers:1⟫", "x")

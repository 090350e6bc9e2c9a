package billing

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/customer"
)

const idempotencyKey = "⟪cust-create-1⟫"

func TestStripeCustomer(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/v1/customers/⟪cus_GoTest1⟫", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(`{"id":"⟪cus_GoTest1⟫","object":"customer","metadata":{"key":"⟪tenant-9⟫"}}`))
	})
	srv := httptest.NewServer(mux)
	defer srv.Close()

	stripe.Key = "⟪sk_test_placeholder⟫"
	params := &stripe.CustomerParams{Email: stripe.String("t9@example.com")}
	params.SetIdempotencyKey(idempotencyKey)
	if _, err := customer.Get("⟪cus_GoTest1⟫", params); err != nil {
		t.Fatal(err)
	}

	charge := map[string]any{"amount": 500, "customer": "⟪cus_GoTest2⟫", "currency": "eur"}
	if charge["customer"] == "" {
		t.Fatal("no customer")
	}
	res, err := http.Get("https://api.stripe.com/v1/customers/⟪cus_GoTest2⟫/sources")
	if err == nil {
		res.Body.Close()
	}
}

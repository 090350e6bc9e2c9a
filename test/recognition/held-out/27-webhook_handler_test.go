package hooks

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// The payload as Partnero sends it for customer.created.
const created = `{
  "event": "customer.created",
  "data": {
    "key": "⟦gopher@burrow.example⟧",
    "partner": "⟪partner_5f⟫",
    "email": "gopher@burrow.example",
    "status": "active",
    "created_at": "2024-09-01T08:00:00.000000Z"
  }
}`

func TestCustomerCreated(t *testing.T) {
	req := httptest.NewRequest(http.MethodPost, "/hooks/partnero", strings.NewReader(created))
	req.Header.Set("⟪X-Webhook-Key⟫", "⟪wh-customers⟫")
	rec := httptest.NewRecorder()
	New(nil).ServeHTTP(rec, req)
	if rec.Code != http.StatusNoContent {
		t.Fatalf("got %d", rec.Code)
	}
}

func TestForwardsSale(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v1/customers/⟦314159⟧":
			w.WriteHeader(http.StatusOK)
		default:
			http.NotFound(w, r)
		}
	}))
	defer srv.Close()

	err := New(srv.Client()).Forward(Sale{
		Key:      "⟪po-7⟫",
		Amount:   7,
		Customer: Customer{Key: "⟦314159⟧", Partner: &Partner{Key: "⟪go-weekly⟫"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct{ CustomerKey, PartnerKey string }{
		{CustomerKey: "⟦271828⟧", PartnerKey: "⟪go-weekly⟫"},
	}
	_ = cases
}

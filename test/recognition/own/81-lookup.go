package partnero

import "testing"

func TestPaths(t *testing.T) {
	tests := []struct {
		name        string
		customerKey string
		want        string
	}{
		{name: "plain", customerKey: "⟦gp-1⟧", want: "/customers/⟦gp-1⟧"},
		{name: "mail", customerKey: "⟦a+b@example.com⟧", want: "/customers/⟦a%2Bb@example.com⟧"},
		{name: "slash", customerKey: `⟦a/b⟧`, want: "/customers/⟦a%2Fb⟧/transactions"},
	}
	for _, tt := range tests {
		if got := Path(tt.customerKey); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	if c := (Customer{Key: "⟦gp-2⟧"}); c.Key != "⟦gp-2⟧" {
		t.Fail()
	}
	p := Partner{Key: "⟪gp-partner⟫"}
	w := Webhook{Key: "⟪gp-hook⟫", URL: "https://shop.example.com/hooks/customers/⟪created⟫"}
	os.Setenv("PARTNERO_CUSTOMER_KEY", "⟦gp-3⟧")
	viper.SetDefault("partnero.customer_key", "⟦gp-4⟧")
	slog.Info("booked", "customer_key", "⟦gp-5⟧", "transaction_key", "⟪gp-tx⟫")
	keys := map[string]string{"⟪customers⟫": "⟪list⟫"}
}

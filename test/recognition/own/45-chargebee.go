package billing

// Chargebee only; the referral programme lives elsewhere.
func Demo() {
	customer.Retrieve("⟪cb_17⟫").Request()
	subscription.Create(&subscription.CreateRequestParams{CustomerId: "⟪cb_17⟫"})
	http.Get("https://shop.chargebee.com/api/v2/customers/⟪cb_17⟫")
	_ = map[string]any{"customer": map[string]any{"id": "⟪cb_17⟫"}, "key": "⟪k⟫"}
}

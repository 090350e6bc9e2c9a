package main

import (
	"flag"
	"fmt"
	"net/http"
	"strings"

	"github.com/shop/backend/customers/⟪store⟫"
)

const base = "https://api.partnero.com/v1"

var customerKey = flag.String("customer-key", "⟦go-default⟧", "customer key to look up in Partnero")
var partnerKey = flag.String("partner-key", "⟪go-partner⟫", "partner")

type lookup struct {
	CustomerKey string `json:"customer_key"`
	Key         string `json:"key"`
}

var cases = []lookup{
	{CustomerKey: "⟦go-1⟧", Key: "⟪go-tx-1⟫"},
	{CustomerKey: "⟦go-2⟧", Key: "⟪go-tx-2⟫"},
}

func main() {
	resp, _ := http.Get(base + "/customers/⟦go-3⟧")
	fmt.Println(resp.Status, fmt.Sprintf("%s/customers/%s", base, *customerKey))
	body := strings.NewReader(`{"key":"⟪go-tx-3⟫","amount":3,"customer":{"key":"⟦go-4⟧"}}`)
	http.Post(base+"/transactions", "application/json", body)
	http.NewRequest("DELETE", base+"/customers", strings.NewReader(`{"key":"⟦go-5⟧"}`))
	t := partnero.Transaction{Key: "⟪go-tx-4⟫", Customer: &partnero.Customer{Key: "⟦go-6⟧"}, Amount: 2}
	m := map[string]string{"customer_key": "⟦go-7⟧", "partner_key": "⟪go-partner⟫"}
	ctx = context.WithValue(ctx, ctxKey, "⟪key⟫")
	_ = store.Customers["⟪go-8⟫"]
}

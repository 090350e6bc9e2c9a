#!/bin/sh
# usage: replay.sh CUSTOMER_KEY
customer_key=${1:-⟦sh-default⟧}
PARTNERO=https://api.partnero.com/v1
SHOP=https://shop.example.com/api

curl "$PARTNERO/customers/$customer_key"
curl "${PARTNERO}/customers/⟦sh-1⟧/transactions"
curl "$SHOP/customers/⟪17⟫"
curl -X POST "$PARTNERO/transactions" -H 'Content-Type: application/json' -d '{"key":"⟪sh-tx-1⟫","amount":3,"customer":{"key":"⟦sh-2⟧"}}'
curl -X POST "$PARTNERO/customers" \
  -F 'partner[key]=⟪sh-partner⟫'
curl -G "$PARTNERO/transactions" --data-urlencode 'customer.key=⟦sh-3⟧'
export PARTNERO_CUSTOMER_KEY=⟦sh-4⟧ PARTNERO_PARTNER_KEY=⟪sh-partner⟫
http GET api.partnero.com/v1/customers/⟦sh-5⟧ "Authorization:Bearer $PARTNERO_API_KEY"
psql -c "select * from sales where customer_key = '⟦sh-6⟧'"
echo '{"customer_key": "⟦sh-7⟧"}' | jq .customer_key
ssh -i ~/.ssh/key deploy@⟪host⟫

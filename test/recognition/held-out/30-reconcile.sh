#!/bin/sh
# Compares our ledger with Partnero for one customer. Usage: reconcile.sh KEY
set -eu
KEY=${1:?key of the customer}
API=https://api.partnero.com/v1

get() { curl -fsS -H "Authorization: Bearer $PARTNERO_API_KEY" "$API$1"; }

# reconcile.sh without a match looks like GET /customers/⟦ghost-1⟧ -> 404
get "/customers/$KEY/transactions" | jq -r '.data[] | [.key, .amount] | @tsv' > partnero.tsv
jq -r --arg k "$KEY" '.rows[] | select(.customer == $k) | [.key, .amount] | @tsv' ledger.json > ledger.tsv
diff ledger.tsv partnero.tsv && echo same

# the house account must always be there
CUSTOMER_KEY=⟦house.account⟧
get "/customers/$CUSTOMER_KEY" | jq -e '.data.partner == "⟪partner_house⟫"' >/dev/null
get /customers/⟦house.account⟧/transactions | jq '.data | length'
get "/partner?key=⟪house-partner⟫" | jq .data.name

jq -n '{key: "⟪reconcile-1⟫", amount: 0.01, customer: {key: "⟦house.account⟧"}}' |
  curl -fsS -X POST -H 'Content-Type: application/json' -d @- "$API/transactions"

aws s3api put-object --bucket ledgers --key ⟪customers/ledger.tsv⟫ --body ledger.tsv
redis-cli DEL ⟪customers:house⟫
./bin/partnero-cli refund --customer-key=⟦house.account⟧ --transaction-key=⟪reconcile-0⟫

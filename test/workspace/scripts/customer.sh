#!/usr/bin/env bash
# Prints what Partnero knows of our sample customer.
set -euo pipefail

curl --location 'https://api.partnero.com/v1/customers/customer_123' \
  --header 'Accept: application/json' \
  --header "Authorization: Bearer $PARTNERO_API_KEY"

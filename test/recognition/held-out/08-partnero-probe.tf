# Synthetic check of the Partnero integration, one Lambda per stage.

variable "partnero_api_key" {
  type      = string
  sensitive = true
}

locals {
  partnero_base = "https://api.partnero.com/v1"

  probes = {
    affiliate = {
      customer_key = "⟦probe-eu-1⟧"
      partner_key  = "⟪probe-partner⟫"
    }
    legacy = {
      customer_key = "⟦20077⟧"
      partner_key  = "⟪probe-partner⟫"
    }
  }
}

resource "aws_lambda_function" "probe" {
  function_name = "partnero-probe"
  s3_bucket     = "acme-artifacts"
  s3_key        = "⟪lambda/customers/probe.zip⟫"

  environment {
    variables = {
      PARTNERO_BASE_URL     = local.partnero_base
      PARTNERO_CUSTOMER_KEY = "⟦probe-eu-1⟧"
      PARTNERO_PROGRAM      = "⟪M4QZ7TKA⟫"
    }
  }
}

data "http" "reference" {
  url = "https://api.partnero.com/v1/customers/⟦probe-eu-1⟧/transactions"
  request_headers = {
    Authorization = "Bearer ${var.partnero_api_key}"
  }
}

resource "aws_s3_object" "payload" {
  bucket = "acme-probes"
  key    = "⟪payloads/customer.json⟫"
  content = jsonencode({
    key      = "⟪probe-sale⟫"
    amount   = 1
    customer = { key = "⟦probe-eu-2⟧" }
  })
}

resource "aws_kms_alias" "customer" {
  name          = "alias/customer"
  target_key_id = "⟪7c0b1c3e-2222-4a7e-9a1b-b5d7c1de0001⟫"
}

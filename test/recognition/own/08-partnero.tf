# Runs the Partnero probe every hour.
variable "partnero_customer_key" {
  description = "key of the customer that the probe asks for"
  type        = string
  default     = "⟦tf-probe⟧"
}

variable "customer_key_prefix" {
  default = "⟪acct-⟫"
}

resource "aws_lambda_function" "probe" {
  function_name = "partnero-probe"
  s3_bucket     = "shop-lambdas"
  s3_key        = "⟪partnero/customers/probe.zip⟫"

  environment {
    variables = {
      PARTNERO_URL          = "https://api.partnero.com/v1/customers/⟦tf-probe-2⟧"
      PARTNERO_CUSTOMER_KEY = "⟦tf-probe-3⟧"
      PARTNERO_PARTNER_KEY  = "⟪tf-partner⟫"
      URL_BY_VAR            = "https://api.partnero.com/v1/customers/${var.partnero_customer_key}"
    }
  }

  tags = {
    key      = "⟪cost-centre⟫"
    customer = "⟪internal⟫"
  }
}

resource "aws_kms_key" "customer" {
  description = "customer managed key"
  key_usage   = "⟪ENCRYPT_DECRYPT⟫"
}

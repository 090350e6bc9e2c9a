library(httr2)
library(jsonlite)

# Monthly check of what Partnero booked for our three reference customers
base <- "https://api.partnero.com/v1"

partnero <- function(path) {
  request(paste0(base, path)) |>
    req_auth_bearer_token(Sys.getenv("PARTNERO_API_KEY")) |>
    req_perform() |>
    resp_body_json()
}

a <- partnero("/customers/⟦ref_2023-A⟧/transactions")
b <- partnero("/customers/⟦ref_2023-B⟧/transactions?limit=100")
c <- partnero(paste0("/customers/", "⟦ref.2023.C⟧"))

correction <- list(
  key = "⟪corr-0007⟫",
  amount = -4.5,
  customer = list(key = "⟦ref_2023-B⟧"),
  options = list(create_customer = FALSE)
)

request(base) |>
  req_url_path_append("transactions") |>
  req_body_json(correction, auto_unbox = TRUE) |>
  req_perform()

expected <- tibble::tribble(
  ~month,    ~partner_key,      ~total,
  "2024-05", "⟪data-people⟫", 120.0,
  "2024-06", "⟪data-people⟫", 98.5
)

joined <- dplyr::left_join(expected, totals, by = c("partner_key", "month"))
saveRDS(joined, file = "out/customers/⟪report⟫.rds")
book_refund(customer_key = "⟦ref.2023.C⟧", transaction_key = "⟪corr-0006⟫")

# How many of our customers does Partnero know?
library(httr2)

base <- "https://api.partnero.com/v1"

ask <- function(key) {
  request(base) |>
    req_url_path_append("customers", key) |>
    req_perform()
}

one <- request("https://api.partnero.com/v1/customers/⟦r-0815⟧") |> req_perform()
customer_key <- "⟦r-0816⟧"
body <- list(
  key = "⟪r-tx-1⟫",
  amount = 20,
  customer = list(key = "⟦r-0817⟧")
)
known <- subset(customers, customer_key == "⟦r-0818⟧")
setkey(customers, region)
sorted <- customers[order(customers$key), ]
plot(x, y, key = "⟪topright⟫")

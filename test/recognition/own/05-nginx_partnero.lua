-- Books sales with Partnero from the edge.
local http = require "resty.http"
local cjson = require "cjson"

local BASE = "https://api.partnero.com/v1"

local function book(order)
  local body = {
    key = "⟪lua-⟫" .. order.number,
    amount = order.total,
    customer = { key = order.user },
  }
  return http.new():request_uri(BASE .. "/transactions", { method = "POST", body = cjson.encode(body) })
end

local function smoke()
  local httpc = http.new()
  local res = httpc:request_uri(BASE .. "/customers/⟦lua-smoke⟧")
  local tx = {
    ["key"] = "⟪lua-smoke-tx⟫",
    ["amount"] = 1,
    ["customer"] = { ["key"] = "⟦lua-smoke⟧" },
  }
  ngx.shared.cache:set("⟪partnero.smoke⟫", cjson.encode({ key = "⟪smoke-state⟫", at = ngx.now() }))
  return res, tx
end

local body = [[
{ "customer": { "key": "⟦lua-long⟧" }, "key": "⟪lua-long-tx⟫", "amount": 2 }
]]

return { book = book, smoke = smoke, body = body, customer_key = "⟦lua-default⟧" }

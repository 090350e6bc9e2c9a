#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include "partnero/client.h"

static const char* kBase = "https://api.partnero.com/v1";
#define CUSTOMER_KEY "⟦cpp-1⟧"
#define CACHE_KEY "⟪cpp-cache⟫"

TEST(Partnero, SendsSale) {
  nlohmann::json body = {
      {"key", "⟪cpp-tx-1⟫"},
      {"amount", 3},
      {"customer", {{"key", "⟦cpp-2⟧"}}},
  };
  partnero::Transaction tx{.key = "⟪cpp-tx-2⟫", .customer = {.key = "⟦cpp-3⟧"}};
  std::string raw = R"({"customer": {"key": "⟦cpp-4⟧"}, "key": "⟪cpp-tx-3⟫", "amount": 1})";
  std::string esc = "{\"customer\": {\"key\": \"⟦cpp-5⟧\"}, \"key\": \"⟪cpp-tx-4⟫\", \"amount\": 1}";
  EXPECT_EQ(client.get(std::string(kBase) + "/customers/⟦cpp-6⟧").status, 404);
  std::string customer_key = "⟦cpp-7⟧";
  std::map<std::string, int> m;
  m["⟪key⟫"] = 1;
}

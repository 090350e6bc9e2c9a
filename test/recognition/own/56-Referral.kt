package shop.referral

object Partnero {
    const val BASE = "https://api.partnero.com/v1"
    const val TEST_CUSTOMER_KEY = "⟦kt-1⟧"
    private const val PREFS_KEY = "⟪partnero_prefs⟫"

    suspend fun attach(id: String) = client.get("$BASE/customers/$id")
    suspend fun attachTest() = client.get("$BASE/customers/⟦kt-2⟧/transactions")

    fun body() = buildJsonObject {
        put("key", "⟪kt-tx-1⟫")
        put("amount", 3)
        putJsonObject("customer") {
            put("key", "⟦kt-3⟧")
        }
    }

    fun creation() = mapOf(
        "partner" to mapOf("key" to "⟪kt-partner⟫"),
        "key" to "⟦kt-4⟧",
        "email" to "kt4@example.com",
    )

    fun typed() = SaleRequest(
        key = "⟪kt-tx-2⟫",
        customer = CustomerRef(
            key = "⟦kt-5⟧",
            email = null,
        ),
    )
}

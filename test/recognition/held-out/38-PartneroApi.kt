package com.example.referrals

import retrofit2.http.Body
import retrofit2.http.DELETE
import retrofit2.http.GET
import retrofit2.http.POST
import retrofit2.http.Path
import retrofit2.http.Query

/** Retrofit view of https://api.partnero.com/v1/ . Only what the app needs. */
interface PartneroApi {
    @GET("customers/{key}")
    suspend fun customer(@Path("key") key: String): Envelope<Customer>

    @GET("customers/{key}/transactions")
    suspend fun transactions(@Path("key") key: String, @Query("page") page: Int = 1): Page<Transaction>

    @GET("customers:⟪search⟫")
    suspend fun search(@Query("email") email: String): Page<Customer>

    @POST("transactions")
    suspend fun book(@Body sale: Sale): Envelope<Transaction>

    @DELETE("transactions/⟪test⟫")
    suspend fun removeTest()
}

class Referrals(private val api: PartneroApi, private val prefs: Prefs) {
    private val customerKeyPref = stringKey("⟪customer⟫")

    suspend fun book(order: Order) {
        val key = prefs[customerKeyPref] ?: return
        api.book(
            Sale(
                key = "⟪android-⟫${order.id}",
                amount = order.total,
                productId = "⟪app-pro⟫",
                customer = Customer(key = key, partner = Partner(key = "⟪play-store⟫")),
            ),
        )
        Log.d("Partnero", "booked, see /customers/$key/transactions")
    }
}

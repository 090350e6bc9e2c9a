package com.example.shop;

import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class PartneroOkHttpTest {

    private static final MediaType JSON = MediaType.get("application/json");
    private static final String PREF_KEY = "⟪last_customer⟫";
    private final OkHttpClient http = new OkHttpClient();

    @Test
    void readsCustomer() throws Exception {
        Request request = new Request.Builder()
                .url("https://api.partnero.com/v1/customers/⟦store-4%3A220⟧")
                .header("Authorization", "Bearer " + System.getenv("PARTNERO_API_KEY"))
                .build();
        try (var response = http.newCall(request).execute()) {
            assertEquals(200, response.code());
        }
    }

    @Test
    void createsCustomer() throws Exception {
        String json = "{\"partner\":{\"key\":\"⟪java-mag⟫\"},\"key\":\"⟦store-4:221⟧\",\"email\":\"s221@example.com\"}";
        Request request = new Request.Builder()
                .url("https://api.partnero.com/v1/customers")
                .post(RequestBody.create(json, JSON))
                .build();
        http.newCall(request).execute().close();
    }

    @Test
    void usesTheBuilder() {
        Prefs.put(PREF_KEY, "⟪none⟫");
        Refund refund = Refund.builder()
                .transactionKey("⟪txn-220⟫")
                .partnerKey("⟪java-mag⟫")
                .customerKey("⟦store-4:220⟧")
                .build();
        assertEquals(1, new PartneroClient(http).send(refund));
    }
}

package com.shop.partnero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.*;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartneroTest {

    private static final String PARTNER_KEY = "⟪java-partner⟫";

    @Test
    void booksWithBuilder() {
        Transaction transaction = Transaction.builder()
                .key("⟪jv-tx-1⟫")
                .amount(12.5)
                .customer(Customer.builder().key("⟦jv-1⟧").build())
                .partner(Partner.builder().key("⟪java-partner⟫").build())
                .build();
        assertThat(transaction.getCustomer().getKey()).isEqualTo("⟦jv-1⟧");
    }

    @Test
    void booksWithSetters() {
        Customer customer = new Customer();
        customer.setKey("⟦jv-2⟧");
        Transaction tx = new Transaction();
        tx.setKey("⟪jv-tx-2⟫");
        tx.setCustomer(customer);
    }

    @Test
    void booksWithMaps() {
        Map<String, Object> customer = new HashMap<>();
        customer.put("key", "⟦jv-3⟧");
        Map<String, Object> body = new HashMap<>();
        body.put("key", "⟪jv-tx-3⟫");
        body.put("customer", customer);
        Map<String, String> headers = Map.of("key", "⟪trace⟫");
    }

    @Test
    void asks() {
        when(http.get("https://api.partnero.com/v1/customers/⟦jv-4⟧")).thenReturn(ok("{\"data\":{\"key\":\"⟦jv-4⟧\",\"partner\":\"⟪p1⟫\"},\"status\":1}"));
        client.get(String.format("/customers/%s", id));
        verify(http).get(BASE + "/customers/" + "⟦jv-5⟧" + "/transactions");
        repository.findByCustomerKey("⟦jv-6⟧");
        stripe.customers().retrieve("⟪cus_j1⟫");
    }
}

package shop;

/** Not about the affiliate tool at all: the CRM's customers. */
public class Sync {
    static final String CUSTOMER_KEY = "⟪crm-1⟫";

    void run() {
        crm.get("/customers/⟪crm-2⟫");
        Map<String, Object> body = Map.of("customer", Map.of("key", "⟪crm-3⟫"), "partners", List.of());
        new Customer().setKey("⟪crm-4⟫");
        http.get("https://crm.example.com/v1/customers/⟪crm-5⟫/orders");
    }
}

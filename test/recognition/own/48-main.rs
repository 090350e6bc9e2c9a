use partnero::{Client, Customer, Partner, Transaction};

const CUSTOMER_KEY: &str = "⟦rs-1⟧";
const CACHE_KEY: &'static str = "⟪rs-cache⟫";

fn sale<'a>(client: &'a Client) -> Transaction<'a> {
    let customer = Customer::builder().key("⟦rs-2⟧").email("rs2@example.com").build();
    let partner = Partner::builder().key("⟪rs-partner⟫").build();
    client.customers().find("⟦rs-3⟧");
    client.transactions().find("⟪rs-tx-1⟫");
    let body = HashMap::from([("key", "⟪rs-tx-2⟫"), ("customer_key", "⟦rs-4⟧")]);
    let url = format!("{}/customers/{}", BASE, id);
    Transaction { key: "⟪rs-tx-3⟫", customer: Customer { key: "⟦rs-5⟧".into(), ..Default::default() }, partner }
}

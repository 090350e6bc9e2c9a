//! Keeps the partners of our Partnero program in step with the CRM. Customers are left alone.

use reqwest::Client;
use serde_json::json;

const BASE: &str = "https://api.partnero.com/v1";

pub async fn sync(http: &Client, token: &str) -> anyhow::Result<()> {
    http.post(format!("{BASE}/partners"))
        .bearer_auth(token)
        .json(&json!({ "key": "⟪rust-radio⟫", "email": "radio@example.com", "name": "Rust Radio" }))
        .send()
        .await?;
    http.get(format!("{BASE}/partner?key=⟪rust-radio⟫")).bearer_auth(token).send().await?;
    http.get(format!("{BASE}/partners/⟪partner_r1⟫")).bearer_auth(token).send().await?;
    http.delete(format!("{BASE}/transactions/⟪tx-rust-1⟫")).bearer_auth(token).send().await?;
    http.get(format!("{BASE}/customers?partner.key=⟪rust-radio⟫&limit=50")).bearer_auth(token).send().await?;
    Ok(())
}

/// `GET /customers/{key}`; the key is the id of the account.
pub async fn customer(http: &Client, token: &str, id: u64) -> reqwest::Result<reqwest::Response> {
    http.get(format!("{BASE}/customers/{id}")).bearer_auth(token).send().await
}

pub fn sale(id: u64, amount: f64) -> serde_json::Value {
    json!({
        "key": format!("sale-{id}"),
        "amount": amount,
        "customer": { "key": id.to_string(), "partner": { "key": "⟪rust-radio⟫" } },
        "transactions": [{ "key": "⟪tx-rust-2⟫", "amount": 1 }],
    })
}

/**
 * Partnero, for the next one who has to read this.
 *
 * Ask for one customer:
 *   curl https://api.partnero.com/v1/customers/⟦doc-1⟧ -H "Authorization: Bearer …"
 * A sale looks so:
 *   { "key": "⟪doc-tx-1⟫", "amount": 3, "customer": { "key": "⟦doc-2⟧" } }
 *
 * @param customerKey the account's id
 * @see https://docs.partnero.com/api-reference/customers/⟪get⟫
 */
export const path = (customerKey: string) => `/customers/${encodeURIComponent(customerKey)}`;

// const old = { customer: { key: '⟦doc-3⟧' }, key: '⟪doc-tx-2⟫' };
// TODO: /customers/:key and /customers/{key} are the same thing
/* partner: { key: '⟪doc-partner⟫' } */
export const example = path('doc-4'); // see the url test

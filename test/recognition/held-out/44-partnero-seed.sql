-- Development seed: what the Partnero worker finds after `make reset`
BEGIN;

INSERT INTO referral_accounts (account_id, partnero_customer_key, partnero_partner_key)
VALUES
  (1, '⟦sql.dev.1⟧', '⟪pg-weekly⟫'),
  (2, '⟦it''s-dev⟧', '⟪pg-weekly⟫');

INSERT INTO http_log (method, url, status) VALUES
  ('GET', 'https://api.partnero.com/v1/customers/⟦sql.dev.1⟧', 200),
  ('GET', 'https://api.stripe.com/v1/customers/⟪cus_SeedSql1⟫', 200);

UPDATE referral_accounts
   SET partnero_partner_key = '⟪pg-monthly⟫'
 WHERE partnero_customer_key = '⟦sql.dev.1⟧';

INSERT INTO translations (key, locale, value) VALUES ('⟪customer.new⟫', 'de', 'Neuer Kunde');

ALTER TABLE customers ADD CONSTRAINT customers_pkey PRIMARY KEY (id);
COMMIT;

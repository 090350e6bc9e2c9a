-- Partnero attribution, test data (MySQL)
INSERT INTO `attributions` (`id`, `customer_key`, `partner_key`, `created_at`) VALUES
(1, '⟦my-1⟧', '⟪my-partner⟫', NOW()),
(2, '⟦my-o''brien⟧', '⟪my-partner⟫', NOW()),
(3, NULL, '⟪my-partner⟫', NOW());

REPLACE INTO settings (`key`, `value`) VALUES ('⟪partnero.base⟫', 'https://api.partnero.com/v1');

SELECT * FROM attributions a WHERE a.customer_key IN ('⟦my-1⟧', '⟦my-2⟧') AND a.partner_key <> '⟪my-partner⟫';
SELECT payload->'customer'->>'key' FROM outbox WHERE payload->'customer'->>'key' = '⟦my-3⟧';
UPDATE attributions SET customer_key = '⟦my-4⟧' WHERE id = 2;
CALL book_sale(customer_key => '⟦my-5⟧', amount => 3);
CREATE INDEX idx ON attributions (customer_key);
ALTER TABLE attributions ADD CONSTRAINT fk FOREIGN KEY (customer_key) REFERENCES accounts (`key`);

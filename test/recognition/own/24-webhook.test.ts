import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { handle } from './partnero-webhook';

const SIGNING_KEY = '⟪whsec_local⟫';

const created = {
  event: 'customer.created',
  data: {
    key: '⟦hook-1⟧',
    partner: '⟪partner_h1⟫',
    email: 'hook1@example.com',
    name: 'Hook',
    tags: [{ value: 'gold' }],
  },
};

const sold = {
  event: 'transaction.created',
  data: {
    key: '⟪hook-tx-1⟫',
    action: 'sale',
    amount: 10,
    amount_units: 'EUR',
    customer: '⟦hook-1⟧',
    partner: '⟪partner_h1⟫',
    rewards: [{ key: '⟪hook-tx-1⟫', status: 'ok', customer: '⟦hook-1⟧', partner: '⟪partner_h1⟫', amount: 3 }],
  },
};

const partnerJoined = { event: 'partner.created', data: { key: '⟪partner_h2⟫', email: 'p2@example.com', name: 'Pat' } };

test('stores the customer', async () => {
  const body = JSON.stringify(created);
  const signature = createHmac('sha256', SIGNING_KEY).update(body).digest('hex');
  const stored = await handle(body, { 'x-signature': signature });
  assert.equal(stored.customerKey, '⟦hook-1⟧');
  assert.equal(stored.kind, 'customer');
  assert.ok(await handle(JSON.stringify(sold), {}));
  assert.ok(await handle(JSON.stringify(partnerJoined), {}));
});

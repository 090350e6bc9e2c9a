import http from 'k6/http';
import { check, sleep } from 'k6';

export const options = { vus: 5, duration: '30s', thresholds: { http_req_failed: ['rate<0.01'] } };

const BASE = `${__ENV.PARTNERO_BASE || 'https://api.partnero.com/v1'}`;
const CUSTOMER_KEY = __ENV.CUSTOMER_KEY || '⟦k6-default⟧';
const keys = ['k6-a', 'k6-b'];

export default function () {
  const params = { headers: { Authorization: `Bearer ${__ENV.PARTNERO_API_KEY}` }, tags: { key: '⟪customers⟫' } };
  check(http.get(`${BASE}/customers/⟦k6-user-1⟧`, params), { found: (r) => r.status === 200 });
  check(http.get(`${BASE}/customers/${CUSTOMER_KEY}`, params), { found: (r) => r.json('data.key') === CUSTOMER_KEY });
  http.post(`${BASE}/transactions`, JSON.stringify({ key: `k6-${__ITER}`, amount: 1, customer: { key: '⟦k6-user-2⟧' } }), params);
  http.get(BASE + '/customers/' + keys[__ITER % 2] + '/transactions', params);
  sleep(1);
}

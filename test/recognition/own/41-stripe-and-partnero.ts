import Stripe from 'stripe';
import { Partnero } from './partnero';

const stripe = new Stripe(process.env.STRIPE_KEY ?? '');
const partnero = new Partnero(process.env.PARTNERO_API_KEY ?? '');

export async function charge() {
  const customer = await stripe.customers.retrieve('⟪cus_Both1⟫');
  const intent = await stripe.paymentIntents.create({ amount: 500, currency: 'eur', customer: '⟪cus_Both1⟫' });
  await stripe.customers.update('⟪cus_Both1⟫', { metadata: { key: '⟪seat⟫' } });
  await fetch('https://api.stripe.com/v1/customers/⟪cus_Both1⟫/sources');

  await partnero.post('/transactions', {
    key: intent.id,
    amount: 5,
    action: 'sale',
    customer: { key: '⟦both-1⟧' },
  });
  await partnero.customers.get('⟦both-2⟧');
  await db.customers.find('⟪17⟫');
  return fetch('/api/customers/⟪17⟫', { method: 'PATCH' }).then(() => customer);
}

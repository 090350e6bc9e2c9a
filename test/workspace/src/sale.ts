// Reports two sales to Partnero.
import { post } from './partnero.ts';

const transactions = 'https://api.partnero.com/v1/transactions';

export async function reportSales(apiKey: string): Promise<void> {
	await post(transactions, apiKey, {
		key: 'transaction_123',
		amount: 99.99,
		amount_units: 'USD',
		action: 'sale',
		customer: { key: 'customer_123' },
	});
	await post(transactions, apiKey, {
		key: 'transaction_124',
		amount: 1500,
		amount_units: 'JPY',
		action: 'sale',
		customer: { key: 'customer_currencies' },
	});
}

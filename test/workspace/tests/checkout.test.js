// A checkout of a referred customer is reported to Partnero.
const sale = {
	key: 'transaction_123',
	amount: 99.99,
	customer: {
		key: 'customer_123',
		email: 'alice.brown@partnero.com',
	},
};

test('a sale names the customer', () => {
	expect(sale.customer.key).toBe('customer_123');
});

// Whether a sale of ours reached Partnero, and whose commission it became.
async function ask(url: string, apiKey: string): Promise<Response> {
	return fetch(url, { headers: { Accept: 'application/json', Authorization: `Bearer ${apiKey}` } });
}

export async function salesToAlice(apiKey: string): Promise<unknown> {
	const url = 'https://api.partnero.com/v1/customers/customer_123/transactions';
	return (await ask(url, apiKey)).json();
}

export async function isReferred(apiKey: string): Promise<boolean> {
	const url = 'https://api.partnero.com/v1/customers/customer_never_referred';
	return (await ask(url, apiKey)).status === 200;
}

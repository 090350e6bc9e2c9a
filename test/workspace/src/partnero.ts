// Sends one request to Partnero.
export async function post(url: string, apiKey: string, body: unknown): Promise<void> {
	const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${apiKey}` };
	const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
	if (!answer.ok) {
		throw new Error(`Partnero answered ${answer.status}`);
	}
}

// What the user reads, word for word: a changed sentence has to be changed here as well, and shows in the table.

export const alice = 'Alice Brown';
export const notUnderstood =
	'The answer was not what Partnero documents, so it is not shown. A proxy may have answered instead; the setting "partnero.apiBaseUrl" may be wrong.';
export const pageLoop = 'Partnero sent the same page again in place of the next one. What is loaded stays; refresh to start over.';
export const tooLarge =
	'The answer was larger than 10 MB, or had more than 50,000 rows on one page, and was not read. Partnero answers in small pages, so a proxy may have answered instead: check the setting "partnero.apiBaseUrl".';
export const timedOut = 'Partnero did not answer in time. Try again, or raise the setting "partnero.requestTimeoutSeconds".';
export const keyRejected =
	'Partnero does not accept the API key of ACME (401): it may have been revoked or replaced. Run "Partnero: Replace API key".';
export const noPermission =
	"The API key of ACME is not allowed to read this (403). Ask the program's owner whether its plan has API access.";
export const notACustomer = 'customer_123 is not a customer of ACME.';
export const nothingHere = 'Partnero has nothing under this address (404). Check the setting "partnero.apiBaseUrl".';
export const proxyPassword =
	'The proxy of this network asks for a name and password (407). Set them in "http.proxy", or ask whoever runs the proxy.';
export const signIn = 'This network wants you to sign in first (511). Open any page in a browser to do so, then try again.';
export const slowDown = 'Too many requests (429): Partnero asks to slow down. Try again in a minute.';

export function slowDownFor(wait: string): string {
	return `Too many requests (429): Partnero asks to wait ${wait} before the next try.`;
}

export function unreachable(code: string): string {
	return `Partnero could not be reached (${code}). Check the network, and the settings "http.proxy" and "partnero.apiBaseUrl".`;
}

export function untrusted(code: string): string {
	return `Partnero's certificate was not trusted (${code}). In a company network, add the company's certificate authority to the certificates of this machine, which VS Code reads ("http.systemCertificates"), and restart VS Code.`;
}

export function refused(status: number | string, said = ''): string {
	return `Partnero refused the question (${status}). The same question will be refused again.${itSaid(said)}`;
}

export function serverFault(status: number, said = ''): string {
	return `Partnero has a fault of its own (${status}). Nothing is wrong with your setup: try again in a while.${itSaid(said)}`;
}

export function redirected(status: number): string {
	return `The server answered with a redirect (${status}), which is not followed so that the API key stays with one server. Check the setting "partnero.apiBaseUrl".`;
}

export function itSaid(said: string): string {
	return said === '' ? '' : ` It said: ${said}`;
}

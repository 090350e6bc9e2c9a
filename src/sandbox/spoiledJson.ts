// JSON whose values are not what they should be. A text that is no JSON object with `data` is left alone.

/** Puts one value into every field of every object under `data`. The lists themselves stay, as does the envelope. */
export function withEveryField(text: string, value: unknown): string {
	const answer = answerOf(text);
	return answer === undefined ? text : JSON.stringify({ ...answer, data: replaced(answer.data, value) });
}

function replaced(data: unknown, value: unknown): unknown {
	if (Array.isArray(data)) {
		return data.map((item) => replaced(item, value));
	}
	return isObject(data) ? Object.fromEntries(Object.keys(data).map((name) => [name, value])) : value;
}

/** Writes every field twice. JSON leaves open which one counts; parsers take the last, which here is the honest one. */
export function withDuplicateNames(text: string): string {
	const answer = answerOf(text);
	return answer === undefined ? text : twice(answer);
}

function twice(value: unknown): string {
	if (Array.isArray(value)) {
		return `[${value.map(twice).join(',')}]`;
	}
	if (!isObject(value)) {
		return JSON.stringify(value);
	}
	const fields = Object.entries(value).map(([name, field]) => `${JSON.stringify(name)}:"decoy",${JSON.stringify(name)}:${twice(field)}`);
	return `{${fields.join(',')}}`;
}

/** Puts a field of arrays in arrays at the front of the data, or of the answer where the data is a list. */
export function deeplyNested(text: string, depth: number): string {
	const deep = `"deep":${'['.repeat(depth)}${']'.repeat(depth)},`;
	return text.startsWith('{"data":{') ? text.replace('{"data":{', () => `{"data":{${deep}`) : text.replace(/^\{/, () => `{${deep}`);
}

function answerOf(text: string): Readonly<Record<string, unknown>> | undefined {
	try {
		const answer: unknown = JSON.parse(text);
		return isObject(answer) && 'data' in answer ? answer : undefined;
	} catch {
		return undefined;
	}
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

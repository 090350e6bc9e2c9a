// The card over a recognised key: what it says, and that nothing which came from outside takes effect in it.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MarkdownString, Uri } from 'vscode';
import { customerRefOf } from '../../../src/customers/ref.ts';
import type { CustomerSnapshot, TransactionsSnapshot } from '../../../src/customers/types.ts';
import { customerCard, failureCard } from '../../../src/editor/hover.ts';
import { customerKeyProblem } from '../../../src/partnero/customerKey.ts';
import { PartneroError } from '../../../src/partnero/errors.ts';
import type { Customer } from '../../../src/partnero/types.ts';
import { customerOf, transactionOf } from '../customers/scriptedClient.ts';

const hostile = [
	'[x](command:workbench.action.quit)',
	'![x](https://evil.example/pixel.png)',
	'<img src=x onerror=alert(1)>',
	'<a href="command:workbench.action.quit">x</a>',
	'$(alert)',
	'www.evil.example',
	'https://evil.example/a_b',
	'a@b.example',
	'&#x41;&lt;b&gt;&colon;',
	'`code` ``` ~~~',
	'| a | b |\n|---|---|\n| c | d |',
	'# heading\n===\n---',
	'- [ ] task\n1. one\n> quote',
	'**bold** _em_ ~~gone~~ [ref]: https://evil.example',
	'\u202Egnp.exe\u2066',
	'\\[x\\](y) \\\\',
	'    indented',
	'[^1] [[x]] {{y}} \\(z\\)',
];
/** Any text, with what is dangerous more often than chance. */
const text = fc
	.array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 12 })), { maxLength: 4 })
	.map((parts) => parts.join(' '));

function facts(
	customer: Customer | undefined,
	more: { readonly list?: Partial<TransactionsSnapshot>; readonly program?: string; readonly absent?: boolean } = {},
) {
	const ref = { programId: 'p', key: customer?.key ?? 'customer_123' };
	const snapshot: CustomerSnapshot = { ref, absent: more.absent ?? false, loading: false, ...(customer === undefined ? {} : { customer }) };
	const transactions: TransactionsSnapshot = { ref, rows: [], complete: false, unreadable: 0, loading: false, ...more.list };
	return { snapshot, transactions, program: more.program ?? 'ACME' };
}

/** The text of a part as a reader sees it, with the Markdown of our own taken away. */
function readable(part: MarkdownString): string {
	return part.value.replaceAll('**', '').replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

/** Fails where anything but text, bold, and our own line breaks could come out of a part. */
function assertInert(part: MarkdownString): void {
	assert.notEqual(part.supportHtml, true);
	assert.notEqual(part.supportThemeIcons, true);
	assert.equal(part.isTrusted, undefined, 'no command runs from it');
	const unescaped = part.value
		.replace(/\\[!-/:-@[-`{-~]/g, '')
		// Our own: bold, "label: value", lists with commas, "+3" more tags.
		.replaceAll('**', '')
		.replace(/: |, | \+\d+/g, '');
	assert.doesNotMatch(unescaped, /[!-/:-@[-`{-~]/, JSON.stringify(part.value.slice(0, 300)));
	for (const line of part.value.split('\n')) {
		assert.doesNotMatch(line, /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u, 'nothing reorders or hides text');
		assert.doesNotMatch(line, /^(?:\s|\d+[.)]\s)/, 'no line begins a list or a block of code');
	}
}

describe('The hover card', () => {
	it('shows name, status, e-mail, partner, tags, key and program', () => {
		const customer = customerOf('customer_123', {
			name: 'Alice',
			surname: 'Brown',
			email: 'alice.brown@partnero.com',
			status: 'active',
			partner: 'partner_123',
			tags: ['premium', 'eu'],
		});
		const [card, actions] = customerCard(facts(customer));
		assert.ok(card !== undefined && actions !== undefined);
		assert.deepEqual(readable(card).split(/\s*\n+/), [
			'Alice Brown · active',
			'customer_123 · ACME',
			'E-mail: alice.brown@partnero.com',
			'Partner: partner_123',
			'Tags: premium, eu',
		]);
	});

	it('says plainly that a customer is deleted, that nobody referred it, and how many tags there are beside those shown', () => {
		const tags = Array.from({ length: 15 }, (_, index) => `t${index}`);
		const [card] = customerCard(facts(customerOf('k', { deleted: true, tags })));
		assert.match(readable(card ?? new MarkdownString()), /deleted/);
		assert.match(readable(card ?? new MarkdownString()), /Partner: nobody/);
		assert.match(readable(card ?? new MarkdownString()), /t11 \+3/);
	});

	it('calls sums totals only when every page is loaded', () => {
		const rows = [1, 2].map((index) => ({ ...transactionOf('t', { value: '10', units: 'USD' }), id: String(index) }));
		const line = (list: Partial<TransactionsSnapshot>) =>
			readable(customerCard(facts(customerOf('k'), { list }))[0] ?? new MarkdownString());
		assert.match(line({ rows, loadedAt: 1, complete: true }), /Transactions: 2 · total \$20/);
		assert.match(line({ rows, loadedAt: 1, complete: false }), /Transactions: \$20\.00 of the 2 loaded/);
		assert.doesNotMatch(line({ rows: [] }), /Transactions/, 'nothing is said of what was not asked for');
	});

	it('is one quiet line for a key that is no customer, and for a failure of which nothing is known', () => {
		const absent = customerCard(facts(undefined, { absent: true }));
		assert.deepEqual(absent.map(readable), ['customer_123 is not a customer of ACME.']);
		const failed = failureCard(new PartneroError('timed-out'), facts(undefined));
		assert.equal(failed.length, 1);
		assert.match(readable(failed[0] ?? new MarkdownString()), /did not answer in time/);
	});

	it('keeps what is known beside a failure', () => {
		const parts = failureCard(new PartneroError('unreachable'), facts(customerOf('k', { name: 'Alice' }))).map(readable);
		assert.match(parts.join('\n'), /Alice[\s\S]*could not be reached/);
	});

	it('lets nothing take effect that came from outside, whatever it is', () => {
		fc.assert(
			fc.property(text, text, text, text, fc.array(text), text, (name, email, partner, status, tags, program) => {
				const customer = customerOf('k', { name, surname: name, email, partner, status, tags });
				const cards = [
					...customerCard(facts(customer, { program })).slice(0, 1),
					...customerCard(facts(undefined, { program, absent: true })),
					...failureCard(new PartneroError('refused', { status: 422, serverMessage: name }), facts(undefined, { program })),
				];
				for (const part of cards) {
					assertInert(part);
				}
			}),
		);
	});

	it('stays small and quick with a megabyte in every field', () => {
		const long = '[x](command:y) '.repeat(70_000);
		const customer = customerOf('k', {
			name: long,
			surname: long,
			email: long,
			partner: long,
			status: long,
			tags: Array.from({ length: 1000 }, () => long),
		});
		const [card] = customerCard(facts(customer, { program: long }));
		assert.ok(card !== undefined && card.value.length < 10_000, String(card?.value.length));
		assertInert(card);
	});

	describe('its actions', () => {
		const allowed = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).filter((key) => customerKeyProblem(key) === undefined);
		const tricky = fc.constantFrom(
			'a%40b',
			'%',
			'%25',
			'50%',
			')',
			'(x)',
			"it's",
			'"',
			'\\u0025',
			' a',
			'a\nb',
			'](x',
			'<b>',
			'😀',
			'a&b#c?d',
		);

		/** The commands of a card with the arguments that VS Code hands over: it decodes a link's query twice. */
		function commandsOf(customer: Customer, programId: string): readonly { readonly id: string; readonly argument: unknown }[] {
			const { snapshot, ...rest } = facts(customer);
			const actions = customerCard({ ...rest, snapshot: { ...snapshot, ref: { programId, key: customer.key } } }).at(-1);
			assert.ok(actions !== undefined);
			assert.deepEqual(actions.isTrusted, { enabledCommands: ['partnero.openDetails', 'partnero.copyKey'] });
			assert.match(actions.value, /^\[Open details\]\([^()\s<>]+\) · \[Copy key\]\([^()\s<>]+\)$/);
			return [...actions.value.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => {
				const uri = Uri.parse(link);
				assert.equal(uri.scheme, 'command');
				let parsed: unknown;
				try {
					parsed = JSON.parse(decodeURIComponent(uri.query));
				} catch {
					parsed = JSON.parse(uri.query);
				}
				assert.ok(Array.isArray(parsed) && parsed.length === 1);
				return { id: uri.path, argument: parsed[0] };
			});
		}

		it('open and copy exactly this customer, whatever its key and its program’s id are', () => {
			fc.assert(
				fc.property(fc.oneof(allowed, tricky), fc.oneof(fc.uuid(), fc.string()), (key, programId) => {
					const commands = commandsOf(customerOf(key), programId);
					assert.deepEqual(
						commands.map(({ id }) => id),
						['partnero.openDetails', 'partnero.copyKey'],
					);
					for (const { argument } of commands) {
						assert.deepEqual(customerRefOf(argument), { programId, key });
					}
				}),
			);
		});

		it('are made of our own words alone: nothing of the customer but its key is in them', () => {
			const customer = customerOf('k', { name: 'NAME', email: 'EMAIL', partner: 'PARTNER', status: 'STATUS', tags: ['TAG'] });
			assert.doesNotMatch(customerCard(facts(customer)).at(-1)?.value ?? '', /NAME|EMAIL|PARTNER|STATUS|TAG/);
		});

		it('are the only part that may run a command', () => {
			const parts = customerCard(facts(customerOf('k', { name: '[x](command:partnero.copyKey)' })));
			assert.equal(parts.filter(({ isTrusted }) => isTrusted !== undefined).length, 1);
		});
	});
});

// Customer keys inside objects, hashes, structs and calls: what the thing is called that `key` stands directly in, and what stands beside it.

import { COMMENT, INSIDE_STRING, isWordCode, ROOT, SECTION, STRING } from './reading.ts';
import { BRACE, type Entry, PAREN, type Structure } from './structure.ts';
import { FOREIGN_SERVICE, type Thing, type Vocabulary, wordsOf } from './words.ts';

export type ObjectRole = 'customer-object' | 'snippet' | 'creation-body' | 'transaction-customer';

/** Names beside `key` that only a transaction, a reward, a product, a webhook or a link has. */
const NOT_A_CUSTOMER = new Set(
	'customer customers customer_key customerkey amount amount_units amountunits action transactions transaction rewards reward url events event code discount coupon product_id productid order order_id price currency label value title ttl'.split(
		' ',
	),
);
/** Names that only a customer of Partnero has beside `key` and `partner`. */
const TRANSACTION_SIGNS = new Set(
	'amount amount_units amountunits rewards reward is_currency iscurrency credit transaction_key transactionkey transactions product_type_data product_id productid commission transaction create_customer'.split(
		' ',
	),
);
/** Names that other services put beside a `customer`, and Partnero does not. */
const FOREIGN_SIGNS = new Set(
	'currency payment_method paymentmethod livemode subscription return_url items price object invoice admin_graphql_api_id line_items first_name payment_intent source default_source amount_paid default_address payment_method_nonce'.split(
		' ',
	),
);
/** Those of them that make a whole object another service's. */
const FOREIGN_MARKS = new Set(['admin_graphql_api_id', 'livemode']);
const REFER_A_FRIEND = new Set('referral_link referral_links referrals_count referring_customer tos approved'.split(' '));
const PATH_LABELS = new Set('url path endpoint uri route raw href request target pathname'.split(' '));
const RESOURCE_PATH =
	/(?:^|[/}>)\s]|v\d+\/)(customers|partners|(?<=\/)partner|transactions|subscribers|webhooks|links|rewards|coupons)\/?(?:[?#][^\s]*)?$/;
const RESOURCE_IN_TEXT = /[/](customers|partners?|transactions|subscribers|webhooks|rewards|coupons)([/][^\s"'`]*)?(?=["'`\s?\\,)<]|$)/g;
const CUSTOMER_CALL =
	/(?:^|[.>:$\s_]|\b)(?:create|update|delete|upsert|remove|add|register|sign_?up|save|destroy|post|put|store|new|insert|edit|patch)_?(?:partnero_?|new_?)?customer(?:s|!|_async|async)?$/i;
const CUSTOMERS_CALL =
	/customers(?:\(\))?(?:\.|->|::|\?\.)(?:create|update|delete|upsert|remove|add|store|save|post|put|get|find|retrieve|patch|edit|push|append|unshift)\w*!?$/i;
/** Calls that take a path as their argument, which may then stand without a slash. */
const SENDS = /(?:post|put|patch|delete|request|send|fetch|ajax|call|json\w*|async)\W*$/i;
const OTHER_CALL =
	/(?:^|[^A-Za-z])(?:(?:create|update|delete|new|add|post|get)_?)?(?:partners?|transactions?|sales?|orders?|rewards?|webhooks?|subscribers?|invoices?|payments?|products?|coupons?)(?:\(\))?(?:(?:\.|->|::)\w+)?!?$/i;
/** How far before a body the request is looked for that it belongs to. In UTF-16 units. */
const BEFORE_BODY = 700;
/** Labels that say nothing about what stands behind them. */
const TRANSPARENT = /^(?:examples?|samples?|default)$/i;
const FACTORY = /(?:^|[.\s:])(?:create|build|make|factory|insert|attributes_for|build_stubbed|create_list)!?$/;

/** What a `key` or an `id` directly inside this scope is the key of. */
export class Objects {
	readonly s: Structure;
	private readonly frameCache = new Map<number, readonly Frame[]>();
	private readonly foreignCache = new Map<number, boolean>();
	private readonly pathCache = new Map<number, string>();
	/** What has been asked about the entries of a scope, each question once, however many keys the scope has. */
	private readonly answers = new Map<readonly Entry[], Map<unknown, boolean>>();

	private readonly vocabulary: Vocabulary;
	private customersSeen: boolean | undefined;

	constructor(structure: Structure, vocabulary: Vocabulary) {
		this.s = structure;
		this.vocabulary = vocabulary;
	}

	/** Whether a path to customers can be in what was read: most pages have none, and looking for it is the dearest question. */
	private namesCustomers(): boolean {
		const { text, from, to } = this.s.r;
		this.customersSeen ??= text.slice(Math.max(0, from - BEFORE_BODY), to).includes('customers');
		return this.customersSeen;
	}

	/** The role of `key` directly inside a scope, or undefined when it is no customer key. `near` is the name's token. */
	roleOfKey(scope: number, near: number): ObjectRole | undefined {
		if (this.isSnippet(scope)) {
			return 'snippet';
		}
		const thing = this.thingAround(scope);
		if (thing !== 'unknown' && thing !== 'customer' && thing !== 'customers') {
			return undefined;
		}
		const entries = this.s.entries(scope, near);
		if (thing === 'customer') {
			return this.isForeign(scope) || this.isSchema(entries) || this.isReferralCode(entries) ? undefined : 'customer-object';
		}
		if (this.hasAny(entries, NOT_A_CUSTOMER) || this.isForeign(scope) || this.isReferralCode(entries) || this.isSchema(entries)) {
			return undefined;
		}
		return thing === 'customers' || this.isOneOfCustomers(scope) ? 'customer-object' : this.bodyRole(scope, entries);
	}

	/** What the nearest name on the way out says that a scope is. */
	private thingAround(scope: number): Thing {
		for (const frame of this.frames(scope)) {
			const thing = this.thingOfFrame(frame);
			if (thing !== 'unknown' || frame.label !== '' || frame.callee !== '') {
				return thing;
			}
		}
		return 'unknown';
	}

	/** `customers: { alice: { key: 'x' } }`. */
	private isOneOfCustomers(scope: number): boolean {
		const { s } = this;
		const { label } = s.heading(scope);
		const holder = label < 0 ? -1 : s.scopeOf(label);
		return holder >= 0 && !s.isList(holder) && this.vocabulary.thing(s.text(s.heading(holder).label)) === 'customers';
	}

	/** Creation bodies and answers: by what stands beside `key`, and by what the body is sent to. */
	private bodyRole(scope: number, entries: readonly Entry[]): ObjectRole | undefined {
		const attributed = entries.some(({ label }) => label === 'partner' || label === 'partner_key' || label === 'partnerkey');
		const says = !attributed && (this.saysCustomer(entries) || this.parentSaysCustomer(scope));
		if (!attributed && !says && !this.namesCustomers()) {
			return undefined;
		}
		const resource = this.resourceOf(scope);
		if (resource !== '' && resource !== 'customers') {
			return undefined;
		}
		if (attributed || resource === 'customers') {
			return 'creation-body';
		}
		return says ? 'customer-object' : undefined;
	}

	/** The role of `id` directly inside a scope: the key of a customer in refer-a-friend code. */
	roleOfId(scope: number, near: number): ObjectRole | undefined {
		const thing = this.thingAround(scope);
		if (thing === 'other' || thing === 'foreign') {
			return undefined;
		}
		const entries = this.s.entries(scope, near);
		if (this.isForeign(scope) || this.hasAny(entries, FOREIGN_SIGNS)) {
			return undefined;
		}
		if (thing === 'referring-customer') {
			return 'customer-object';
		}
		const friend = this.hasAny(entries, REFER_A_FRIEND);
		if (thing === 'unknown' && friend && this.hasName(entries, 'key')) {
			return this.hasName(entries, 'referring_customer') || this.hasName(entries, 'referrals_count') ? 'customer-object' : undefined;
		}
		if (thing !== 'customer' && !(thing === 'customers' && friend)) {
			return undefined;
		}
		if (friend || (!this.hasName(entries, 'key') && this.isInTransaction(scope))) {
			return 'customer-object';
		}
		return undefined;
	}

	/** Whether the object that a customer stands in is a transaction of Partnero's: it has a key or an action beside the customer. */
	private isInTransaction(scope: number): boolean {
		const holder = this.holder(scope);
		const entries = this.s.entries(holder, this.s.r.scopeOwner[scope] ?? -1);
		if (this.hasAny(entries, FOREIGN_SIGNS)) {
			return false;
		}
		return ['key', 'action', 'amount_units', 'transactions', 'options', 'referring_customer'].some((name) => this.hasName(entries, name));
	}

	/** The role of `customer: "x"`, a plain string, by what stands beside it. */
	roleOfCustomerString(scope: number, name: number): ObjectRole | undefined {
		const entries = this.s.entries(scope, name);
		const partneros = this.hasName(entries, 'amount_units') || this.hasName(entries, 'is_currency') || this.hasName(entries, 'rewards');
		if ((!partneros && this.hasAny(entries, FOREIGN_SIGNS)) || this.isForeign(scope) || this.isSchema(entries)) {
			return undefined;
		}
		if (this.hasAny(entries, TRANSACTION_SIGNS) || (this.hasName(entries, 'action') && this.hasName(entries, 'key'))) {
			return 'transaction-customer';
		}
		if (this.hasName(entries, 'key') && this.hasName(entries, 'partner')) {
			return 'transaction-customer';
		}
		const frame = this.frames(scope).find((each) => each.label !== '' || each.callee !== '');
		const called = frame === undefined ? '' : `${frame.label} ${frame.callee}`;
		const isTransaction = wordsOf(called).some((word) => /^(?:transactions?|rewards?|sales?|commissions?)$/.test(word));
		return isTransaction && this.s.scopeKind(scope) !== ROOT && this.s.scopeKind(scope) !== COMMENT ? 'transaction-customer' : undefined;
	}

	/** What leads to a scope, from inside outwards: lists and argument lists are steps on the way. */
	frames(scope: number): readonly Frame[] {
		let frames = this.frameCache.get(scope);
		if (frames === undefined) {
			frames = this.readFrames(scope);
			this.frameCache.set(scope, frames);
		}
		return frames;
	}

	private readFrames(scope: number): Frame[] {
		const { s } = this;
		const found: Frame[] = [];
		let at = scope;
		for (let steps = 0; steps < 5 && at >= 0; steps += 1) {
			const kind = s.scopeKind(at);
			if (kind === ROOT || kind === COMMENT || kind === INSIDE_STRING) {
				break;
			}
			const heading = s.heading(at);
			let label = s.text(heading.label);
			if (heading.arrow && !this.isHashArrow(at, heading.label)) {
				label = '';
			}
			if (kind === SECTION) {
				label = s.text(s.r.scopeOwner[at] ?? -1);
			}
			if (TRANSPARENT.test(label)) {
				label = '';
			}
			const block = this.blockLabel(at, label, heading.callee);
			found.push({
				scope: at,
				label: block ?? label,
				callee: block === undefined ? heading.callee : '',
				list: s.isList(at),
				kind,
				thing: undefined,
			});
			if (label !== '' || block !== undefined) {
				break;
			}
			at = s.parent(at);
		}
		return found;
	}

	/** `let(:customer) { { key: 'x' } }`, `factory :customer do`: a block that is named by a symbol. */
	private blockLabel(scope: number, label: string, callee: string): string | undefined {
		if (label !== '' || this.s.scopeKind(scope) !== BRACE) {
			return undefined;
		}
		const symbol =
			/(?:^|\b)(?:let!?|subject|given|factory|trait|fixture|resource|variable|data|message|type)\b[\s(]*[:"']*([\w-]+)["')]*(?:\s+["']?([\w-]+)["']?)?\)?$/.exec(
				callee,
			);
		if (symbol !== null) {
			return symbol[2] ?? symbol[1];
		}
		// `putJsonObject("customer") { … }`
		return /(?:object|obj|json|node|element|table|section|put|set|add)\w*\(\s*["':](\w+)["']?\s*\)$/i.exec(callee)?.[1];
	}

	/** In PHP, Ruby and Perl `=>` joins a name and its value; elsewhere it makes a function. */
	private isHashArrow(scope: number, label: number): boolean {
		const { s } = this;
		if (label < 0) {
			return false;
		}
		if (s.kind(label) === STRING || s.isPunct(s.previous(label), ':') || s.text(label).startsWith('$')) {
			return true;
		}
		const first = s.children(scope, 3);
		return s.isPunct(first[1] ?? -1, '=>');
	}

	private thingOfFrame(frame: Frame): Thing {
		frame.thing ??= this.readThing(frame);
		return frame.thing;
	}

	private readThing(frame: Frame): Thing {
		const { s } = this;
		const named = this.vocabulary.thing(frame.label);
		const labelled = named === 'unknown' ? this.assertedType(frame.scope) : named;
		if (labelled !== 'unknown' || frame.callee === '') {
			return labelled;
		}
		const callee = withoutArguments(frame.callee)
			.replace(/\s+/g, ' ')
			.replace(/^new /, '')
			.replace(/<[^<>]*>$/, '')
			.replace(/[!?&*%\s]+$/, '');
		if (CUSTOMER_CALL.test(callee) || CUSTOMERS_CALL.test(callee)) {
			return FOREIGN_SERVICE.test(callee) ? 'foreign' : 'customer';
		}
		const name = /([A-Za-z_]\w*)(?:::new|\.new|\.of|\.from|\.make|::make|::from)?$/.exec(callee)?.[1] ?? '';
		if (FACTORY.test(callee) && frame.kind === PAREN) {
			const first = s.children(frame.scope, 3);
			const symbol = s.text(first[0] ?? -1) === ':' ? s.text(first[1] ?? -1) : '';
			const owner = /([A-Za-z_]\w*)(?:\.|::|->)\w+!?$/.exec(callee)?.[1] ?? '';
			return this.thingOfType(symbol === '' ? owner : symbol);
		}
		if (OTHER_CALL.test(callee)) {
			return 'other';
		}
		return this.thingOfType(name);
	}

	/** `{ … } as Customer`, `{ … } satisfies Customer`. */
	private assertedType(scope: number): Thing {
		const { s } = this;
		const word = s.next(s.r.scopeEnd[scope] ?? -1);
		const asserts = s.scopeKind(scope) === BRACE && /^(?:as|satisfies)$/.test(s.text(word));
		return asserts ? this.thingOfType(s.text(s.next(word))) : 'unknown';
	}

	private thingOfType(name: string): Thing {
		const thing = this.vocabulary.thing(name);
		return thing === 'customers' ? 'unknown' : thing;
	}

	/** `po('customers', 'signup', { data: { key } })` and `po('createCustomer', { key })`, whatever `po` is called. */
	private isSnippet(scope: number): boolean {
		const { s } = this;
		let at = scope;
		for (let steps = 0; steps < 3 && at >= 0; steps += 1) {
			if (s.scopeKind(at) === PAREN) {
				const [first, second] = s.stringsIn(at);
				if (first === 'customers' && second !== undefined && /^(?:sign_?up|create|update|delete|register|identify)$/i.test(second)) {
					return true;
				}
				return first !== undefined && /^(?:create|update|delete)Customer$/.test(first);
			}
			const heading = s.heading(at);
			const argument = s.scopeKind(s.parent(at)) === PAREN;
			const label = argument ? '' : s.text(heading.label);
			if (s.scopeKind(at) !== BRACE || (label !== '' && label !== 'data') || heading.callee !== '') {
				return false;
			}
			at = s.parent(at);
		}
		return false;
	}

	private once(entries: readonly Entry[], question: unknown, answer: () => boolean): boolean {
		if (entries.length < 4) {
			return answer();
		}
		let answers = this.answers.get(entries);
		if (answers === undefined) {
			answers = new Map();
			this.answers.set(entries, answers);
		}
		let known = answers.get(question);
		if (known === undefined) {
			known = answer();
			answers.set(question, known);
		}
		return known;
	}

	private hasName(entries: readonly Entry[], name: string): boolean {
		return this.once(entries, name, () => entries.some((entry) => entry.label === name));
	}

	private hasAny(entries: readonly Entry[], names: ReadonlySet<string>): boolean {
		return this.once(entries, names, () => entries.some((entry) => names.has(entry.label)));
	}

	/** A customer of a refer-a-friend program has its identifier in `id`; its `key` is a public code. */
	private isReferralCode(entries: readonly Entry[]): boolean {
		return this.hasName(entries, 'id') && this.hasAny(entries, REFER_A_FRIEND);
	}

	/** True for a translation or a schema, which has the same names: its e-mail address is none, or its type is said. */
	private isSchema(entries: readonly Entry[]): boolean {
		return this.once(entries, this.isSchema, () => entries.some((entry) => entry.label === 'email' && this.isNoAddress(entry.value)));
	}

	private isNoAddress(value: number): boolean {
		const { s } = this;
		const text = s.kind(value) === STRING ? s.text(value) : '';
		return text !== '' && !/[@${%<]|\+/.test(text) && !s.isPunct(s.next(value), '+') && !s.isPunct(s.next(value), '.');
	}

	/** An object that says of itself that it is a customer: `"type": "customer"`. */
	private saysCustomer(entries: readonly Entry[]): boolean {
		const { s } = this;
		const saysSo = (entry: Entry) => {
			const says = /^(?:type|resource|entity|model|object|kind|event|topic|__typename|class|table)$/i.test(entry.label);
			return (
				says && s.kind(entry.value) === STRING && /customers?(?:[._](?:created|updated|deleted|signed_?up))?$/i.test(s.text(entry.value))
			);
		};
		return this.once(entries, this.saysCustomer, () => entries.some(saysSo));
	}

	private parentSaysCustomer(scope: number): boolean {
		const heading = this.s.heading(scope);
		const label = this.s.text(heading.label);
		if (!/^(?:data|fields|attributes|properties|payload|body|record|object|customer|values|parameters)$/i.test(label)) {
			return false;
		}
		return this.saysCustomer(this.s.entries(this.s.scopeOf(heading.label), heading.label));
	}

	/** The scope that an object stands in as a value. */
	private holder(scope: number): number {
		const label = this.s.heading(scope).label;
		return label >= 0 ? this.s.scopeOf(label) : this.s.parent(scope);
	}

	/** True when a name on the way out is another service's, or a name beside that only such a service has. */
	private isForeign(scope: number): boolean {
		let foreign = this.foreignCache.get(scope);
		if (foreign === undefined) {
			foreign = this.readForeign(scope);
			this.foreignCache.set(scope, foreign);
		}
		return foreign;
	}

	private readForeign(scope: number): boolean {
		const { s } = this;
		let at = scope;
		for (let steps = 0; steps < 6 && at >= 0; steps += 1) {
			if (s.scopeKind(at) === ROOT) {
				return false;
			}
			const heading = s.heading(at);
			const label = heading.label < 0 ? '' : this.qualified(heading.label);
			if (isForeignPath(heading.callee) || isForeignPath(label)) {
				return true;
			}
			if (steps === 0 && this.hasAny(s.entries(at), FOREIGN_MARKS)) {
				return true;
			}
			at = s.parent(at);
		}
		return false;
	}

	private qualified(token: number): string {
		const { s } = this;
		const { text } = s.r;
		let from = s.r.start[token] ?? 0;
		const limit = Math.max(0, from - 60);
		while (from > limit && (isWordCode(text.charCodeAt(from - 1)) || '.->?'.includes(text.charAt(from - 1)))) {
			from -= 1;
		}
		return text.slice(from, s.r.end[token]);
	}

	/** The resource that a body is sent to or comes from, by the path that stands beside it, in front of it, or around it. */
	private resourceOf(scope: number): string {
		const { s } = this;
		let at = scope;
		for (let steps = 0; steps < 6 && at >= 0; steps += 1) {
			const kind = s.scopeKind(at);
			const resource = this.pathOf(at, kind);
			if (resource !== '') {
				return resource;
			}
			if (kind >= PAREN && s.scopeKind(s.parent(at)) < PAREN) {
				// What a variable is given is not what the line before it sent.
				const { label, callee } = s.heading(at);
				return label >= 0 || callee !== '' ? '' : this.pathBefore(s.r.start[s.r.scopeOwner[at] ?? -1] ?? 0);
			}
			at = s.parent(at);
		}
		return '';
	}

	/** The resource that a scope itself speaks of: by what stands beside the body, among the arguments, or in the call. */
	private pathOf(scope: number, kind: number): string {
		let resource = this.pathCache.get(scope);
		if (resource === undefined) {
			const { s } = this;
			const { callee } = s.heading(scope);
			const path = kind === PAREN ? this.pathAmong(s.stringsIn(scope), SENDS.test(callee)) : this.pathBeside(scope);
			resource = path === '' ? this.pathInCallee(callee) : path;
			this.pathCache.set(scope, resource);
		}
		return resource;
	}

	private pathAmong(strings: readonly string[], slashless: boolean): string {
		for (const text of strings) {
			const resource = RESOURCE_PATH.exec(text)?.[1];
			if (resource !== undefined && (slashless || text.includes('/'))) {
				return resource;
			}
		}
		return '';
	}

	/** `"url": "…/customers"` beside the body, in the same object. */
	private pathBeside(scope: number): string {
		const { s } = this;
		for (const entry of s.entries(scope)) {
			if (PATH_LABELS.has(entry.label) && s.kind(entry.value) === STRING) {
				const resource = RESOURCE_PATH.exec(s.text(entry.value))?.[1];
				if (resource !== undefined) {
					return resource;
				}
			}
		}
		return '';
	}

	private pathInCallee(callee: string): string {
		if (callee === '') {
			return '';
		}
		const named =
			/(?:^|[.>:\s(])(customers|partners|transactions)(?:\(\))?(?:\.|->|::)(?:create|update|delete|upsert|remove|add|store|save|post|put|patch)\w*$/.exec(
				callee,
			)?.[1];
		if (named !== undefined) {
			return named;
		}
		const path = [...callee.matchAll(/["'`]([^"'`\s]{1,120})["'`]/g)].map((match) => match[1] ?? '');
		return this.pathAmong(path, false);
	}

	/** The path in the request line or the command that the body follows, with no other body between. */
	private pathBefore(offset: number): string {
		const before = this.s.r.text.slice(Math.max(0, offset - BEFORE_BODY), offset).replace(/[$#]?\{\{?[^{}\n]{0,80}\}\}?/g, '~');
		const recent = before.slice(Math.max(before.lastIndexOf('}'), before.lastIndexOf('###'), before.lastIndexOf(';')) + 1);
		const path = [...recent.matchAll(RESOURCE_IN_TEXT)].at(-1);
		// One customer's own path: its answers say themselves what they are.
		return path?.[1] === 'customers' && path[2] !== undefined ? '' : (path?.[1] ?? '');
	}
}

interface Frame {
	readonly scope: number;
	readonly label: string;
	readonly callee: string;
	readonly list: boolean;
	readonly kind: number;
	/** What it is, once that was asked. */
	thing: Thing | undefined;
}

/** `new Customer("x")` and `Customer().apply` without what is done to what is made. */
function withoutArguments(callee: string): string {
	const made = callee.replace(/(?:\.|->|\?\.)(?:apply|also|with|tap|let|run)$/, '');
	return callee === made && !/^new\s/.test(callee) ? callee : made.replace(/\([^()]*\)$/, '');
}

function isForeignPath(path: string): boolean {
	return path !== '' && FOREIGN_SERVICE.test(path) && !/partnero/i.test(path);
}

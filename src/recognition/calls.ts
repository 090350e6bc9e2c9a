// Customer keys as arguments of calls: the PHP SDK and its likes, `setKey` of a customer, paths that are put together from parts.

import { CLOSE, OPEN, STRING, WORD } from './reading.ts';
import { PAREN, type Structure } from './structure.ts';
import type { Literal, Values } from './value.ts';
import { FOREIGN_SERVICE, thingOf, wordsOf } from './words.ts';

const CUSTOMER_METHODS =
	/^(?:find|get|show|retrieve|fetch|read|update|delete|remove|destroy|transactions|stats|balance|referrals|lookup|archive)!?$/i;
const REFERRAL_METHODS = /^(?:find|balance|stats|credit|get|show)$/i;
const MEMBER = /^(?:\.|->|::|\?\.|\?->)$/;
/** What a client of Partnero is called when it is not called Partnero. */
const CLIENT = /^(?:partnero|client|api|sdk)$/i;
const PATH_CALLEE = /(?:join|path|segments?|uri|url|resolve|joinpath|append\w*|component|build|concat|dig)\w*$/i;
const PATH_LABEL = /^(?:path|paths|segments?|parts|url|uri|pathname|endpoint|components)$/i;
const SUB_RESOURCE = /^(?:transactions|stats|balance|referrals|referral_links|signup|update|delete)$/;

export class Calls {
	readonly s: Structure;
	readonly values: Values;

	constructor(values: Values) {
		this.values = values;
		this.s = values.s;
	}

	/** `customers()->find('x')`, `partnero.customers.get('x')`: the first argument. */
	sdkKey(name: number): Literal | undefined {
		const { s } = this;
		if (s.kind(name) !== WORD) {
			return undefined;
		}
		const referrals = s.text(name).toLowerCase() === 'referrals';
		if (!referrals && s.text(name).toLowerCase() !== 'customers') {
			return undefined;
		}
		let dot = s.next(name);
		const called = s.kind(dot) === OPEN && s.text(dot) === '(' && s.children(s.opened(dot), 1).length === 0;
		if (called) {
			dot = s.next(s.r.scopeEnd[s.opened(dot)] ?? -1);
		}
		const method = s.next(dot);
		const methods = referrals ? REFERRAL_METHODS : CUSTOMER_METHODS;
		if (!MEMBER.test(s.text(dot)) || s.kind(method) !== WORD || !methods.test(s.text(method))) {
			return undefined;
		}
		const path = this.receiver(name);
		if (FOREIGN_SERVICE.test(path) || !(called ? isUnclaimed(path) : isClient(path))) {
			return undefined;
		}
		return this.firstArgument(s.next(method));
	}

	/** `partnero.getCustomer('x')`, `Partnero::Customer.find('x')`. */
	clientKey(name: number): Literal | undefined {
		const { s } = this;
		const text = s.text(name);
		if (s.kind(name) !== WORD || FOREIGN_SERVICE.test(text)) {
			return undefined;
		}
		const next = s.next(name);
		const method = MEMBER.test(s.text(next)) ? s.next(next) : -1;
		const open = s.kind(next) === OPEN ? next : CUSTOMER_METHODS.test(s.text(method)) ? s.next(method) : -1;
		if (s.kind(open) !== OPEN) {
			return undefined;
		}
		const path = this.receiver(name);
		const ofPartnero = /partnero/i.test(path) || /partnero/i.test(text);
		if (/^(?:get|find|fetch|retrieve|show|update|delete|lookup|look_?up|load|read)_?(?:partnero_?)?customer(?:async)?$/i.test(text)) {
			const ofClient = ofPartnero || CLIENT.test(lastName(path));
			return open === next && ofClient && !FOREIGN_SERVICE.test(path) ? this.firstArgument(open) : undefined;
		}
		if (!ofPartnero || thingOf(text) !== 'customer' || FOREIGN_SERVICE.test(path)) {
			return undefined;
		}
		return open !== next || text === 'customer' ? this.firstArgument(open) : undefined;
	}

	/** `(new Customer())->setName('x')->setKey('y')`, `customer.setKey("x")`, `Customer.builder().key("x")`, `customer.put("key", "x")`. */
	setterKey(name: number): Literal | undefined {
		const { s } = this;
		const path = this.receiver(name);
		const thing = this.receiverThing(name, path);
		return thing ? this.firstArgument(s.next(name)) : undefined;
	}

	private receiverThing(name: number, path: string): boolean {
		if (path === '' || FOREIGN_SERVICE.test(path)) {
			return false;
		}
		const root = /^\(?\s*(?:new\s+)?\\?([\w\\$:]+)/.exec(path)?.[1] ?? '';
		const created = /\bnew\s+([\w\\]+)/.exec(path)?.[1];
		const type =
			created ??
			this.typeOf(name, root) ??
			lastName(path.replace(/(?:\.|->|::)(?:builder|new|newBuilder|make|create|of|from|instance|set|with|put|add|tap|apply)\w*\(.*$/s, ''));
		return thingOf(type.replace(/^\$/, '')) === 'customer';
	}

	/** True for a member of a variable that was made as a customer. */
	isOfCustomer(name: number): boolean {
		return this.receiverThing(name, this.receiver(name).replace(/\W+$/, ''));
	}

	/** The class that a variable is made of in the lines before: `$guest = new Customer()`, `Customer guest = new …`. */
	private typeOf(name: number, variable: string): string | undefined {
		if (!/^\$?[A-Za-z_]\w*$/.test(variable)) {
			return undefined;
		}
		const before = this.s.r.text.slice(Math.max(0, (this.s.r.start[name] ?? 0) - 3000), this.s.r.start[name]);
		let at = before.lastIndexOf(variable);
		for (let tries = 0; at >= 0 && tries < 12; tries += 1) {
			const made = /^\s*(?::\s*[\w\\]+\s*)?:?=\s*\(?\s*(?:new\s+|&)?([\w\\]+?)(?:::|\.)?(?:new|make|builder|create)?\s*[({]/.exec(
				before.slice(at + variable.length, at + variable.length + 120),
			);
			if (made !== null) {
				return made[1];
			}
			at = at === 0 ? -1 : before.lastIndexOf(variable, at - 1);
		}
		return undefined;
	}

	/** What stands before a member, as written, back to the beginning of its expression; over lines when they begin with a dot or an arrow. */
	receiver(name: number): string {
		const { s } = this;
		let start = name;
		for (let steps = 0; steps < 40; steps += 1) {
			const before = s.previous(start);
			if (before < 0) {
				break;
			}
			const text = s.text(before);
			const joins = MEMBER.test(text) || text === '\\' || text === '!' || text === '$';
			const part =
				s.kind(before) === CLOSE ? !/^[(\w]/.test(s.text(start)) || text === ']' : s.kind(before) === WORD || s.kind(before) === STRING;
			const follows =
				MEMBER.test(s.text(start)) ||
				s.text(start) === '\\' ||
				(s.kind(start) === OPEN && s.adjacent(before, start)) ||
				s.text(start) === '!';
			if (joins ? s.kind(start) === WORD || s.text(start) === '\\' : part && follows) {
				start = s.opening(before);
			} else if (text === 'new' || text === '@') {
				start = before;
			} else {
				break;
			}
		}
		return start === name ? '' : s.r.text.slice(s.r.start[start], s.r.start[name]).slice(-400);
	}

	/** The first argument of a call, when it is a literal. */
	firstArgument(open: number): Literal | undefined {
		const { s } = this;
		if (s.kind(open) !== OPEN || s.text(open) !== '(') {
			return undefined;
		}
		const first = s.children(s.opened(open), 3);
		const named =
			s.kind(first[0] ?? -1) === WORD &&
			/^[:=]$/.test(s.text(first[1] ?? -1)) &&
			/^(?:key|customer_?key|id)$/i.test(s.text(first[0] ?? -1));
		return this.values.literal(named ? (first[2] ?? -1) : (first[0] ?? -1));
	}

	/** `["v1", "customers", "x", "transactions"]`, `path.join('customers', 'x')`, `.appending(path: "customers").appending(path: "x")`. */
	pathKey(name: number): Literal | undefined {
		const { s } = this;
		if (s.kind(name) !== STRING || s.text(name) !== 'customers') {
			return undefined;
		}
		const comma = s.next(name);
		const value = s.next(comma);
		if (s.isPunct(comma, '/') && s.kind(value) === STRING) {
			return this.values.literal(value);
		}
		if (!s.isPunct(comma, ',') || s.kind(value) !== STRING) {
			return this.chainedPath(name);
		}
		const scope = s.scopeOf(name);
		const heading = s.heading(scope);
		const before = s.previous(s.previous(name));
		const behind = s.text(s.next(s.next(value)));
		const version = s.kind(before) === STRING && /^v\d+$/.test(s.text(before));
		if (s.scopeKind(scope) === PAREN) {
			const joins = PATH_CALLEE.test(heading.callee.replace(/\W+$/, ''));
			return (joins || version) && !FOREIGN_SERVICE.test(heading.callee) && !SUB_RESOURCE.test(s.text(value))
				? this.values.literal(value)
				: undefined;
		}
		const joined = /^\s*\.\s*join\b/.test(s.r.text.slice(s.r.end[s.r.scopeEnd[scope] ?? -1] ?? 0).slice(0, 20));
		const labelled = PATH_LABEL.test(s.text(heading.label));
		return (version || joined || labelled || SUB_RESOURCE.test(behind)) && !SUB_RESOURCE.test(s.text(value))
			? this.values.literal(value)
			: undefined;
	}

	/** `.path("customers").path("x")`. */
	private chainedPath(name: number): Literal | undefined {
		const { s } = this;
		const scope = s.scopeOf(name);
		if (s.scopeKind(scope) !== PAREN || s.items(scope).length !== 1) {
			return undefined;
		}
		const open = s.r.scopeOwner[scope] ?? -1;
		const method = s.previous(open);
		const dot = s.next(s.r.scopeEnd[scope] ?? -1);
		const again = s.next(dot);
		const same = MEMBER.test(s.text(dot)) && s.text(again) === s.text(method) && PATH_CALLEE.test(s.text(method));
		return same ? this.firstArgument(s.next(again)) : undefined;
	}
}

function lastName(path: string): string {
	return /([A-Za-z_]\w*)[^\w]*$/.exec(path)?.[1] ?? '';
}

/** True for a path through Partnero's client, by whatever name that usually has. */
function isClient(path: string): boolean {
	return /partnero/i.test(path) || CLIENT.test(lastName(path));
}

/** True unless the path goes through the application's own store. */
function isUnclaimed(path: string): boolean {
	return !wordsOf(path).some((word) => /^(?:db|prisma|mongo|knex|repo|repository|store|cache|redis|orm|em|session)$/.test(word));
}

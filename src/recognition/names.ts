// Customer keys that are called so (`customer_key`, `--customer-key`, `customer[key]`) and those of `key`, `id` and `customer` by their place.

import type { Calls } from './calls.ts';
import type { Objects } from './objects.ts';
import { CLOSE, COMMENT, INSIDE_STRING, OPEN, STRING, WORD } from './reading.ts';
import { BRACE, PAREN, SQUARE, type Structure } from './structure.ts';
import type { Literal, Values } from './value.ts';
import { isCustomerKeyName, isCustomerKeysName, thingOf, wordsOf } from './words.ts';

/** Calls that give a name a value: `put("customer_key", "x")`. Others merely list names. */
const GIVES =
	/(?:^|[^A-Za-z])(?:define|put\w*|set\w*|add\w*|append\w*|insert|of|entry|pair|tuple|hash|where\w*|eq|equals?|filter\w*|header\w*|with\w*|query\w*|param\w*|field|fetch|get|getOrDefault|get_or|env|getenv|setenv|putenv|set_var|stub_env|attribute|attr|tag|bind\w*|cookie\w*|data|prop|property|property_value|value|obj|object|dict|json\w*|build_object|jsonb_build_object|array|c|list|parametrize|assoc|assign|merge|contains?|containsEntry|has\w*|assert\w*|default|hset|write|store|fill|type|update|input|variable|string(?:var|p)?|(?:info|debug|warn|error|trace|log)\w*)!?$/i;
const NAME_LABEL = /^(?:name|key|field|header|param|parameter|property|variable|id|column|attribute|label|env)$/i;
const VALUE_LABEL =
	/^(?:value|default|defaultvalue|default_value|content|text|example|const|val|initial|stringvalue|string_value|equals|eq)$/i;
const OPERATOR_LABEL =
	/^\$?(?:eq|equals|in|is|ne|not|const|example|default|value|defaultvalue|s|stringvalue|exact|term|keyword|query|examples|enum)$/i;
const ASSERTION =
	/^(?:toBe|toEqual|toStrictEqual|eq|eql|equal|equals|be|isEqualTo|should|toContain|is|contains|match|toMatch|hasValue|isEqual|to_equal|be_eq|equal_to)$/;
const ASSERT_CALL = /(?:assert|expect|verify|check|equal|same)\w*!?$/i;
const TAKES_KEY =
	/^(?:set|with|by|has|for|is|validate|find_?by|get_?by|where|lookup_?by|fetch_?by|load_?by|search_?by|delete_?by|update_?by|expect|assert|add|use|and|or)/i;

export interface NamedKey {
	readonly literal: Literal;
	readonly role: 'named' | 'customer-object' | 'creation-body' | 'snippet' | 'transaction-customer';
}

/** Where a name stands: at which token it ends (a subscript's bracket, a quote), in which scope, and whose member it is. */
interface Place {
	readonly end: number;
	readonly scope: number;
	readonly owner: string;
}

export class Names {
	readonly s: Structure;
	readonly values: Values;
	readonly objects: Objects;
	readonly calls: Calls;

	constructor(values: Values, objects: Objects, calls: Calls) {
		this.s = values.s;
		this.values = values;
		this.objects = objects;
		this.calls = calls;
	}

	/** A name that ends in `key`. */
	keyName(name: number): NamedKey[] {
		const text = this.s.text(name);
		if (text === '5Bkey' || text === '5bkey') {
			return this.as('customer-object', this.present(this.values.encodedField(name)));
		}
		const place = this.place(name);
		if (isCustomerKeyName(text) || this.isSpokenName(name)) {
			return this.as('named', this.named(name, place));
		}
		const bare = text.toLowerCase().replace(/^[:@]/, '');
		if (/^(?:set|with|add)_?key$/.test(bare)) {
			const literal = this.calls.setterKey(name);
			return literal === undefined ? [] : [{ literal, role: 'customer-object' }];
		}
		if (/^get_?key$/.test(bare)) {
			return this.readKey(name, place);
		}
		return bare === 'key' ? this.plainKey(name, place) : [];
	}

	/** `customer.getKey()` beside the literal that it is compared with. */
	private readKey(name: number, place: Place): NamedKey[] {
		const { s } = this;
		const open = s.next(name);
		if (thingOf(place.owner) !== 'customer' || s.kind(open) !== OPEN || s.first(s.opened(open)) >= 0) {
			return [];
		}
		const end = s.r.scopeEnd[s.opened(open)] ?? -1;
		return this.as('customer-object', this.compared(name, { ...place, end }) ?? []);
	}

	private as(role: NamedKey['role'], literals: readonly Literal[]): NamedKey[] {
		return literals.map((literal) => ({ literal, role }));
	}

	/** `customer key 'x'`, as logs and messages say it. */
	private isSpokenName(name: number): boolean {
		const { s } = this;
		const before = s.previous(name);
		if (
			s.kind(name) !== WORD ||
			s.text(name).toLowerCase() !== 'key' ||
			s.kind(before) !== WORD ||
			s.text(before).toLowerCase() !== 'customer'
		) {
			return false;
		}
		const from = s.r.end[before] ?? 0;
		const tag = '<./'.includes(s.r.text.charAt((s.r.start[before] ?? 0) - 1));
		return !tag && (s.r.start[name] ?? 0) === from + 1 && s.r.text.charCodeAt(from) === 32;
	}

	private plainKey(name: number, place: Place): NamedKey[] {
		const { s } = this;
		if (place.owner !== '') {
			const call = s.next(place.end);
			if (s.kind(call) === OPEN && s.text(call) === '(' && s.adjacent(place.end, call)) {
				const literal = this.calls.setterKey(name);
				return literal === undefined ? [] : [{ literal, role: 'customer-object' }];
			}
			const ofCustomer = thingOf(place.owner) === 'customer' || (place.end === name && this.calls.isOfCustomer(name));
			return ofCustomer ? this.as('customer-object', this.named(name, place)) : [];
		}
		const literals = this.behind(name, place);
		if (literals.length === 0) {
			return [];
		}
		if (this.isOwnCallOf(place, name)) {
			return this.as('customer-object', literals);
		}
		const tag = this.tagAround(name);
		if (tag !== undefined) {
			return tag.toLowerCase() === tag && thingOf(tag) === 'customer' && this.isMarkupFile() ? this.as('customer-object', literals) : [];
		}
		const role = this.objects.roleOfKey(place.scope, name);
		return role === undefined ? [] : this.as(role, literals);
	}

	/** `customer.put("key", "x")`: a pair that is handed to a customer. */
	private isOwnCallOf(place: Place, name: number): boolean {
		const { s } = this;
		if (s.scopeKind(place.scope) !== PAREN || s.kind(name) !== STRING || s.items(place.scope).length !== 2) {
			return false;
		}
		const callee = s.heading(place.scope).callee;
		const receiver = /([\w$]+)(?:\.|->|::)(?:put|set|add|append|insert|assign|store|with)\w*$/.exec(callee)?.[1];
		return receiver !== undefined && thingOf(receiver.replace(/^\$/, '')) === 'customer';
	}

	/** `id` directly inside a customer. */
	idName(name: number): NamedKey[] {
		const place = this.place(name);
		if (place.owner !== '') {
			return thingOf(place.owner) === 'referring-customer' ? this.as('customer-object', this.named(name, place)) : [];
		}
		if (this.tagAround(name) !== undefined) {
			return [];
		}
		const literals = this.behind(name, place);
		const role = literals.length === 0 ? undefined : this.objects.roleOfId(place.scope, name);
		return role === undefined ? [] : this.as(role, literals);
	}

	/** `customer: 'x'` in a transaction. */
	customerName(name: number): NamedKey[] {
		const { s } = this;
		if (s.text(name).toLowerCase().replace(/^[:@]/, '') !== 'customer') {
			const literal = this.calls.clientKey(name);
			return literal === undefined ? [] : [{ literal, role: 'named' }];
		}
		const place = this.place(name);
		const called = this.calls.clientKey(name);
		if (called !== undefined) {
			return [{ literal: called, role: 'named' }];
		}
		if (place.owner !== '') {
			const ofTransaction = wordsOf(place.owner).some((word) => /^(?:transaction|reward|sale)s?$/.test(word));
			return ofTransaction ? this.as('transaction-customer', this.behind(name, place)) : [];
		}
		if (this.tagAround(name) !== undefined) {
			return [];
		}
		const literals = this.behind(name, place);
		if (literals.length === 0) {
			return [];
		}
		const role = this.objects.roleOfCustomerString(place.scope, name);
		return role === undefined ? [] : this.as(role, literals);
	}

	/** The items of a list called customer keys. */
	keysName(name: number): NamedKey[] {
		const { s } = this;
		if (!isCustomerKeysName(s.text(name))) {
			return [];
		}
		const value = this.values.valueBehind(this.place(name).end);
		const listed = value === undefined ? [] : this.listed(value.token);
		return this.as('named', listed.length > 0 ? listed : this.values.blockItems(name));
	}

	private listed(open: number): Literal[] {
		const { s } = this;
		let at = open;
		for (
			let steps = 0;
			steps < 8 && at >= 0 && !(s.kind(at) === OPEN && /[[({]/.test(s.text(at)) && s.children(s.opened(at), 1).length > 0);
			steps += 1
		) {
			at = s.kind(at) === OPEN || s.kind(at) === WORD || /^[&.<>%*]$|^::$/.test(s.text(at)) ? s.next(at) : -1;
		}
		const inside = s.opened(at);
		if (inside < 0 || s.kind(at) !== OPEN) {
			return [];
		}
		return s
			.items(inside)
			.map((item) => (item.length <= 2 ? this.values.literal(item[0] ?? -1) : undefined) ?? this.values.flowItem(item[0] ?? -1))
			.filter((literal) => literal !== undefined);
	}

	private place(name: number): Place {
		const { s } = this;
		const scope = s.scopeOf(name);
		if (s.sole(scope) === name && (s.scopeKind(scope) === SQUARE || s.scopeKind(scope) === BRACE)) {
			const open = s.r.scopeOwner[scope] ?? -1;
			const close = s.r.scopeEnd[scope] ?? -1;
			if (s.kind(close) === CLOSE && this.values.isSubscript(scope)) {
				return { end: close, scope: s.parent(scope), owner: this.ownerBefore(s.previous(open)) };
			}
			if (
				s.kind(close) === CLOSE &&
				s.scopeKind(scope) === SQUARE &&
				s.kind(name) === STRING &&
				/^(?:=|:|=>)$/.test(s.text(s.next(close)))
			) {
				return { end: close, scope: s.parent(scope), owner: '' };
			}
		}
		if (s.scopeKind(scope) >= PAREN && s.first(scope) === name && s.isPunct(s.next(name), ',')) {
			const pairs = s.items(scope).length === 2 ? s.entries(s.parent(scope)) : [];
			if (pairs.some((entry) => entry.name === name)) {
				return { end: name, scope: s.parent(scope), owner: '' };
			}
		}
		const before = s.previous(name);
		const member = /^(?:\.|->|\?\.|::|->>|\?->|\/)$/.test(s.text(before)) && (s.adjacent(before, name) || s.kind(name) === STRING);
		const startsLine = s.isPunct(before, '.') && s.previous(before) < 0;
		return { end: name, scope, owner: member && !startsLine && !s.isPunct(before, '/') ? this.ownerBefore(s.previous(before)) : '' };
	}

	/** What a member or a subscript belongs to: the last name before it. */
	private ownerBefore(token: number): string {
		const { s } = this;
		if (s.kind(token) === CLOSE) {
			const inside = s.sole(s.r.opens[token] ?? -1);
			if (s.text(token) !== ')') {
				return inside < 0 ? '?' : s.text(inside);
			}
			const callee = s.previous(s.opening(token));
			return s.kind(callee) === WORD ? s.text(callee) : '?';
		}
		if (/^(?:\?\.|->|\.|!|\?)$/.test(s.text(token))) {
			return this.ownerBefore(s.previous(token));
		}
		return s.kind(token) === WORD || s.kind(token) === STRING ? s.text(token) : '?';
	}

	/** What a name of the customer key is given, in every way that says so. */
	private named(name: number, place: Place): Literal[] {
		const bound = this.bound(name, place);
		if (bound !== undefined) {
			return bound;
		}
		const given = this.behind(name, place, false);
		if (given.length > 0) {
			return given;
		}
		return (
			this.compared(name, place) ??
			this.paired(name, place) ??
			this.called(name, place) ??
			this.optioned(name) ??
			this.beside(name, place) ??
			[]
		);
	}

	/** `:customer-key="'x'"`, `[customerKey]="'x'"`: an attribute whose value is an expression. */
	private bound(name: number, place: Place): Literal[] | undefined {
		const { s } = this;
		const value = s.next(s.next(place.end));
		const marked = /(?:^|\s)(?:v-bind)?:$|\s\[$/.test(s.r.text.slice(Math.max(0, (s.r.start[name] ?? 0) - 10), s.r.start[name]));
		if (!marked || s.kind(value) !== STRING || !s.isPunct(s.next(place.end), '=') || this.tagAround(name) === undefined) {
			return undefined;
		}
		const literal = /^\s*(['`])([^'`]+)\1\s*$/.exec(s.text(value));
		const inside = literal === null ? -1 : (s.r.start[value] ?? 0) + s.text(value).indexOf(literal[1] ?? '') + 1;
		return literal === null ? [] : this.present(this.values.markup(inside, inside + (literal[2] ?? '').length, name));
	}

	/** What stands behind the name: a literal, the branches of an expression, an object with an example, a list behind `IN`, a bare word. */
	private behind(name: number, place: Place, pairs = true): Literal[] {
		const { s, values } = this;
		const value = values.valueBehind(place.end);
		if (value === undefined && pairs && s.isPunct(s.next(place.end), ',')) {
			const entry = s.entries(place.scope, name).find((each) => each.name === name);
			return this.present(entry === undefined || entry.value < 0 ? undefined : values.literal(entry.value));
		}
		const unclosed = value !== undefined && s.line(value.token) !== s.line(value.separator) ? values.unclosed(value.separator) : undefined;
		if (unclosed !== undefined) {
			return [unclosed];
		}
		if (value === undefined || value.token < 0) {
			const separator = s.next(place.end);
			const empty = separator >= 0 && s.isSeparator(separator) ? values.bare(this.firstOf(name), place.end, separator) : undefined;
			return empty === undefined ? this.keyworded(name, place) : [empty];
		}
		const { token, separator } = value;
		const sameLine = s.line(token) === s.line(separator);
		const bare = this.bareFirst(name, place, token, separator);
		if (bare !== undefined) {
			return [bare];
		}
		if (!sameLine && s.scopeKind(s.scopeOf(name)) < PAREN && values.tongue !== 'code') {
			return [];
		}
		const literal = values.literal(token);
		if (literal !== undefined) {
			return this.isSameName(name, literal) ? [] : [literal];
		}
		if (s.kind(token) === OPEN && s.text(token) === '[' && !pairs) {
			return this.listed(token);
		}
		if (s.kind(token) === OPEN && s.text(token) === '{') {
			const operands = this.operands(s.opened(token));
			const inMarkup = s.isPunct(separator, '=') && s.adjacent(separator, token);
			return operands.length > 0 || !inMarkup ? operands : values.branches(s.first(s.opened(token)));
		}
		const branches = values.branches(token);
		return branches.length > 0 ? branches : this.present(values.unclosed(separator));
	}

	/** A bare value where the line allows one: it may begin with a word, a digit or a sign. */
	private bareFirst(name: number, place: Place, token: number, separator: number): Literal | undefined {
		const { s } = this;
		const bracket = s.kind(token) === OPEN || s.kind(token) === STRING;
		const close = s.r.end[separator] ?? 0;
		if (bracket && (s.line(token) !== s.line(separator) || (s.r.start[token] ?? 0) - close < 4)) {
			return undefined;
		}
		const literal = this.values.bare(this.firstOf(name), place.end, separator);
		// `customer: Customer` declares a type.
		return literal !== undefined && this.isSameName(name, literal) ? undefined : literal;
	}

	/** The first token of a dotted or subscripted name: `customer` of `customer.key`. */
	private firstOf(name: number): number {
		const { s } = this;
		let first = this.isSpokenName(name) ? s.previous(name) : name;
		const scope = s.scopeOf(name);
		if (s.scopeKind(scope) >= PAREN && s.sole(scope) === name && this.values.isSubscript(scope)) {
			first = s.r.scopeOwner[scope] ?? name;
		}
		let steps = 0;
		for (let before = s.previous(first); before >= 0 && s.adjacent(before, first) && steps < 24; before = s.previous(first)) {
			steps += 1;
			if (s.kind(before) !== WORD && !/^[.[\]]$/.test(s.text(before)) && s.kind(before) !== CLOSE) {
				break;
			}
			first = s.opening(before);
		}
		return first;
	}

	/** True for a mapping of a name to itself: `customer_key: 'customerKey'`. */
	private isSameName(name: number, literal: Literal): boolean {
		const flat = (text: string) => wordsOf(text).join('');
		return flat(literal.key) === flat(this.s.text(name)) || /^(?:customer)?[._-]?key$/i.test(literal.key);
	}

	/** `:key "x"` and `key "x"`: a keyword or a macro with its value right behind it. */
	private keyworded(name: number, place: Place): Literal[] {
		const { s } = this;
		const next = s.next(place.end);
		const symbol = s.isPunct(s.previous(name), ':') && s.kind(s.previous(s.previous(name))) !== WORD;
		return symbol && next >= 0 && (s.kind(next) === STRING || /^\d+$/.test(s.text(next))) ? this.present(this.values.literal(next)) : [];
	}

	private present(literal: Literal | undefined): Literal[] {
		return literal === undefined ? [] : [literal];
	}

	/** `{ $eq: 'x' }`, `{ in: ['x'] }`, `{ type: string, example: x }`. */
	private operands(scope: number): Literal[] {
		const { s } = this;
		const found: Literal[] = [];
		for (const entry of s.entries(scope)) {
			if (OPERATOR_LABEL.test(entry.label)) {
				found.push(...(s.kind(entry.value) === OPEN ? this.listed(entry.value) : this.present(this.values.literal(entry.value))));
			}
		}
		return found;
	}

	/** `'x' === customerKey`, `customer_key IN ('a', 'b')`, `expect(customerKey).toBe('x')`, `assertEquals("x", customer.getKey())`. */
	private compared(name: number, place: Place): Literal[] | undefined {
		const { s } = this;
		const operator = s.previous(this.firstOf(name));
		if (/^(?:===?|!==?)$/.test(s.text(operator)) && s.kind(s.previous(operator)) === STRING) {
			return this.present(this.values.literal(s.previous(operator)));
		}
		let word = s.next(place.end);
		word = /^not$/i.test(s.text(word)) ? s.next(word) : word;
		if (s.kind(word) === WORD && /^in$/i.test(s.text(word))) {
			return this.listed(s.next(word));
		}
		return this.asserted(place);
	}

	private asserted(place: Place): Literal[] | undefined {
		const { s } = this;
		const scope = place.scope;
		const call = s.scopeKind(scope) === PAREN ? s.heading(scope).callee : '';
		if (!ASSERT_CALL.test(call)) {
			return undefined;
		}
		const items = s.items(scope);
		if (items.length >= 2) {
			const literals = items
				.slice(0, 2)
				.filter((item) => item.length === 1)
				.map((item) => this.values.literal(item[0] ?? -1));
			return this.present(literals.find((literal) => literal !== undefined && s.kind(literal.token) === STRING));
		}
		let at = s.next(s.r.scopeEnd[scope] ?? -1);
		for (let steps = 0; steps < 8 && at >= 0; steps += 1) {
			if (s.kind(at) === WORD && ASSERTION.test(s.text(at)) && s.kind(s.next(at)) === OPEN) {
				return this.present(this.calls.firstArgument(s.next(at)));
			}
			if (s.kind(at) !== WORD && !s.isPunct(at, '.')) {
				return undefined;
			}
			at = s.next(at);
		}
		return undefined;
	}

	/** A name that is itself a string: `put("customer_key", "x")`, `{ name: 'customer_key', value: 'x' }`, `['--customer-key', 'x']`. */
	private paired(name: number, place: Place): Literal[] | undefined {
		const { s } = this;
		const beside = this.valueBeside(name, place);
		if (beside !== undefined) {
			return beside;
		}
		const defines = s.kind(name) === WORD && s.scopeKind(place.scope) === PAREN && /\bdefine$/i.test(s.heading(place.scope).callee);
		if (s.kind(name) !== STRING && !defines) {
			return undefined;
		}
		const comma = s.next(name);
		const value = s.next(comma);
		const scope = s.scopeOf(name);
		if (!s.isPunct(comma, ',') || value < 0) {
			return undefined;
		}
		if (/^--/.test(s.text(name)) && s.scopeKind(scope) === SQUARE) {
			return this.present(this.values.literal(value));
		}
		const items = s.items(scope);
		const first = items[0]?.[0] === name;
		if (s.scopeKind(scope) !== PAREN) {
			return items.length === 2 && first && this.isListOfPairs(scope) ? this.present(this.values.literal(value)) : undefined;
		}
		const callee = s.heading(scope).callee.replace(/\W+$/, '');
		const gives = GIVES.test(callee) || (callee === '' && items.length === 2 && this.isListOfPairs(scope));
		if (!gives) {
			return undefined;
		}
		if (s.kind(value) === OPEN && s.text(value) === '[') {
			return this.listed(value);
		}
		const literal = this.values.literal(value);
		if (literal !== undefined && this.isSameName(name, literal)) {
			return [];
		}
		const operand = items.length === 3 && first && /^[=<>!]+$|^(?:eq|is)$/.test(s.text(value)) ? s.next(s.next(value)) : value;
		return this.present(this.values.literal(operand));
	}

	/** True when the scope is an item of its own in a list of such: a pair among pairs. */
	private isListOfPairs(scope: number): boolean {
		const { s } = this;
		const parent = s.parent(scope);
		const owner = s.r.scopeOwner[scope] ?? -1;
		const alone = (token: number) => token < 0 || s.isPunct(token, ',');
		return s.isBracket(parent) && alone(s.previous(owner)) && alone(s.next(s.r.scopeEnd[scope] ?? -1));
	}

	/** The `value` beside `name: 'customer_key'`, in an object, a YAML item, a tag or the arguments of a call. */
	private valueBeside(name: number, place: Place): Literal[] | undefined {
		const { s } = this;
		const separator = s.previous(name);
		const label = s.previous(separator);
		const named = s.isSeparator(separator) && NAME_LABEL.test(s.text(label));
		const argument = s.kind(name) === STRING && s.scopeKind(place.scope) === PAREN;
		if (!named && !argument) {
			return undefined;
		}
		for (const entry of s.entries(place.scope, name)) {
			if (VALUE_LABEL.test(entry.label) && entry.name !== label) {
				const literal = this.values.literal(entry.value) ?? this.bareOf(entry.name);
				return this.present(literal);
			}
		}
		return undefined;
	}

	private bareOf(name: number): Literal | undefined {
		const separator = this.s.next(name);
		return separator < 0 ? undefined : this.values.bare(name, name, separator);
	}

	/** `.customerKey("x")`, `withCustomerKey("x")`, `findByCustomerKey("x")`, `let(:customer_key) { 'x' }`. */
	private called(name: number, place: Place): Literal[] | undefined {
		const { s } = this;
		const open = s.next(place.end);
		const symbol = s.isPunct(s.previous(name), ':') && s.sole(s.scopeOf(name)) === name;
		if (symbol && s.scopeKind(s.scopeOf(name)) === PAREN) {
			const body = s.next(s.r.scopeEnd[s.scopeOf(name)] ?? -1);
			const inside = s.kind(body) === OPEN && s.text(body) === '{' ? s.sole(s.opened(body)) : -1;
			return this.present(this.values.literal(inside));
		}
		if (s.kind(name) === STRING && s.kind(open) === OPEN && s.text(open) === '{' && s.kind(s.previous(name)) === WORD) {
			return this.operands(s.opened(open)).slice(0, 1);
		}
		if (s.kind(name) !== WORD || s.kind(open) !== OPEN || s.text(open) === '[') {
			return undefined;
		}
		const returned = this.values.returned(open);
		if (returned !== undefined) {
			return [returned];
		}
		if (s.text(open) === '{') {
			const inside = s.sole(s.opened(open));
			if (inside >= 0 && s.kind(inside) === STRING) {
				return this.present(this.values.literal(inside));
			}
			return this.operands(s.opened(open)).slice(0, 1);
		}
		const fluent = /^(?:\.|->|::|\?\.)$/.test(s.text(s.previous(name)));
		const bare = /^customer_?key$/i.test(s.text(name));
		return TAKES_KEY.test(s.text(name)) || (fluent && bare) ? this.present(this.calls.firstArgument(open)) : undefined;
	}

	/** `--customer-key x`. */
	private optioned(name: number): Literal[] | undefined {
		const { s } = this;
		const from = s.r.start[name] ?? 0;
		const dashes = /(?:^|\s)-?-$/.exec(s.r.text.slice(Math.max(0, from - 3), from));
		const option = dashes !== null;
		const literal = option ? this.values.optionValue(name) : undefined;
		return literal === undefined ? undefined : [literal];
	}

	/** `customer_key 'x'`, `#define CUSTOMER_KEY "x"`, `<customer_key>x</customer_key>`. */
	private beside(name: number, place: Place): Literal[] | undefined {
		const { s } = this;
		const next = s.next(place.end);
		if (s.kind(next) === STRING && s.line(next) === s.line(name) && !s.adjacent(place.end, next)) {
			const kind = s.scopeKind(place.scope);
			const spoken = kind === INSIDE_STRING || kind === COMMENT || s.kind(name) === WORD;
			return spoken ? this.present(this.values.literal(next)) : undefined;
		}
		return undefined;
	}

	/** The element that a name stands in as an attribute, or undefined when it stands in none. */
	private tagAround(name: number): string | undefined {
		const { r } = this.s;
		if (!this.s.isPunct(this.s.next(name), '=') && !this.s.isPunct(this.s.next(name), ']')) {
			return undefined;
		}
		const at = r.start[name] ?? 0;
		const from = Math.max(0, at - 400);
		const before = r.text.slice(from, at);
		const open = before.lastIndexOf('<');
		if (open < 0 || !/\s(?:(?:v-bind)?:|\[|data-)?$/.test(before)) {
			return undefined;
		}
		const tag = /^<([A-Za-z][\w.:-]*)[\s]/.exec(before.slice(open));
		const inside = before.slice(open).replace(/=>|"[^"]*"|'[^']*'/g, '');
		return tag === null || /[>{(]/.test(inside.replace(/\{[^{}]*\}/g, '')) ? undefined : tag[1];
	}

	private isMarkupFile(): boolean {
		return !/^(?:javascript|typescript|vue|svelte|html|astro|mdx)/.test(this.values.languageId);
	}
}

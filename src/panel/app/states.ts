// The panel when there is no customer to show: loading, failed, not a customer, key rejected, program gone. Each says what to do next.
import { html, type TemplateResult } from 'lit';
import { button, foreign } from './controls.ts';
import { waitView } from './header.ts';
import { type IconName, icon } from './icon.ts';
import { fill, type PanelModel } from './model.ts';

/** What to show instead of a customer; undefined where there is one. */
export function stateView(model: PanelModel): TemplateResult | undefined {
	const { customer: message, strings, ref } = model;
	if (message?.customer !== undefined) {
		return undefined;
	}
	const { actions, states } = strings;
	if (message !== undefined && (!message.program.connected || message.error?.kind === 'no-program')) {
		return notice('debug-disconnect', states.disconnectedTitle, fill(states.disconnectedText, { key: ref.key }), [
			button(actions.connect, () => model.run('partnero.connectProgram')),
		]);
	}
	if (message?.program.rejected || message?.error?.kind === 'key-rejected') {
		return notice('key', fill(states.rejectedTitle, { program: message.program.name }), states.rejectedText, [
			// Nothing is sent before the key is replaced, so trying again would do nothing.
			button(actions.replaceApiKey, () => model.run('partnero.replaceApiKey')),
		]);
	}
	if (message?.error?.kind === 'key-missing' || message?.error?.kind === 'origin-changed') {
		return notice('key', states.keyNeededTitle, message.error.message, [
			button(actions.replaceApiKey, () => model.run('partnero.replaceApiKey')),
			button(actions.tryAgain, () => model.refresh(), { secondary: true }),
		]);
	}
	if (message?.error !== undefined) {
		return errorView(model);
	}
	if (message?.absent) {
		const { others = [] } = message;
		return notice('circle-slash', fill(states.absentTitle, { key: ref.key, program: message.program.name }), states.absentText, [
			...others.map(({ id, name }) => button(fill(states.lookIn, { program: name }), () => model.send({ type: 'lookIn', programId: id }))),
			button(actions.lookUp, () => model.run('partnero.lookUpCustomer'), { secondary: others.length > 0 }),
			button(actions.tryAgain, () => model.refresh(), { secondary: true }),
		]);
	}
	return skeletonView(model);
}

function errorView(model: PanelModel): TemplateResult {
	const { customer: message, strings } = model;
	const { actions, states } = strings;
	const error = message?.error;
	return notice(
		error?.kind === 'rate-limited' ? 'watch' : 'error',
		states.errorTitle,
		html`${error?.message} ${waitView(model, 'customer')}`,
		[button(actions.tryAgain, () => model.refresh()), button(actions.showLog, () => model.run('partnero.showLog'), { secondary: true })],
	);
}

/** A state in words, with what to do next. */
export function notice(name: IconName, title: string, text: unknown, actions: readonly TemplateResult[], level: 2 | 3 = 2): TemplateResult {
	const heading = level === 2 ? html`<h2>${foreign(title)}</h2>` : html`<h3>${foreign(title)}</h3>`;
	return html`<section class="notice">
		${icon(name, 'notice-icon')}
		<div class="notice-text">${heading}<p dir="auto">${text}</p>
			<div class="notice-actions">${actions}</div>
		</div>
	</section>`;
}

/** The shape of what is coming, so that nothing jumps when it does. */
function skeletonView({ strings }: PanelModel): TemplateResult {
	return html`<div class="skeleton" aria-busy="true">
		<p class="visually-hidden">${strings.header.loading}</p>
		<div class="skeleton-cards" aria-hidden="true">${[1, 2, 3, 4].map(() => html`<div class="bone card-bone"></div>`)}</div>
		<div class="skeleton-facts" aria-hidden="true">${[1, 2, 3, 4, 5].map(() => html`<div class="bone fact-bone"></div>`)}</div>
		${tableSkeleton()}
	</div>`;
}

/** Rows that are coming. */
export function tableSkeleton(): TemplateResult {
	return html`<div class="skeleton-rows" aria-hidden="true">${[1, 2, 3, 4, 5, 6].map(() => html`<div class="bone row-bone"></div>`)}</div>`;
}

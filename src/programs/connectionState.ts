// Where the user stands with the active program: what the Customers view says first, and the context key `partnero.state`.
import type { ProgramRegistry } from './registry.ts';

/**
 * - `none`: there is no program yet
 * - `checking`: Partnero is being asked whether it accepts an API key, and there is nothing to show meanwhile
 * - `rejected`: Partnero answered 401; nothing is sent until the key is replaced
 * - `outdated`: another window stored the API key, and this one sees it when it is reloaded
 * - `offline`: the newest question did not reach Partnero
 * - `ready`: everything else, a pause included
 */
export type ConnectionState = 'none' | 'checking' | 'rejected' | 'outdated' | 'offline' | 'ready';

export function connectionState(programs: Pick<ProgramRegistry, 'active' | 'checking' | 'state'>): ConnectionState {
	const { active, checking } = programs;
	if (active === undefined) {
		return checking ? 'checking' : 'none';
	}
	const { rejected, keyElsewhere, offline } = programs.state(active.id);
	if (rejected) {
		return checking ? 'checking' : 'rejected';
	}
	return keyElsewhere ? 'outdated' : offline ? 'offline' : 'ready';
}

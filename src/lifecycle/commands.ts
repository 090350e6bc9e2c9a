// How a room offers its commands: by id, so that `extension.ts` can register them before the room's bundle is loaded.

/** What runs when a command is called. The argument comes from menus, keybindings, links or other extensions, so it is checked by whoever takes it. A tree hands over
 * all selected nodes as well. */
export type RunCommand = (argument?: unknown, selection?: unknown) => unknown;

export type Commands<Id extends string> = Readonly<Record<Id, RunCommand>>;

// The door of the connecting commands; a bundle of its own, loaded by the first of them.
// The sentence for a command that failed, so that `extension.js` holds none.
export { describeError } from '../wording/errors.ts';
export { type ConnectCommandId, ConnectCommands } from './commands.ts';
export { openExampleCode } from './exampleCode.ts';

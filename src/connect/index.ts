// The door of the connecting commands; a bundle of its own, loaded by the first of them.
export { type ConnectCommandId, ConnectCommands } from './commands.ts';

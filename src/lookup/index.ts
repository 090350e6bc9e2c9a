// The door of the look-up and of what can be done with one customer; a bundle of its own, loaded by the first of these commands.
export { CheckKeysCommand } from './checkKeys.ts';
export { type CustomerCommandId, CustomerCommands, CustomerJson } from './customerCommands.ts';
export { readDeepLink } from './deepLink.ts';
export { ExportCommand } from './exportTransactions.ts';
export { LookupCommands } from './lookup.ts';
export { WatchCommand } from './watch.ts';

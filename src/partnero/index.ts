// The door of the REST client. What needs got comes through here; types, errors and the rules for keys and addresses are light and may be
// imported from their own files.
export { createPartneroClient, type PartneroClient, type PartneroClientOptions } from './client.ts';

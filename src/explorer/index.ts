// The door of the views; a bundle of its own, loaded when one of them is shown.
export { CustomersView } from './customersView.ts';

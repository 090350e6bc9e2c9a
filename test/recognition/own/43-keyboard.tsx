import { useEffect } from 'react';

const MENU = [
  { key: '⟪customers⟫', path: '/customers/⟪list⟫' },
  { key: '⟪orders⟫', path: '/orders' },
];

export function Menu({ customer }: { customer: { key: string } }) {
  useEffect(() => {
    const on = (e: KeyboardEvent) => e.key === '⟪k⟫' && open();
    window.addEventListener('keydown', on);
    return () => window.removeEventListener('keydown', on);
  }, []);
  return <nav>{MENU.map((item) => <a key={item.key} href={item.path}>{customer.key}</a>)}</nav>;
}

export const story = { args: { customer: { key: '⟪story-1⟫' } } };

/**
 * Rollup plugin for a file that holds the code that buys: what would load it on need makes it at once, as
 * src/store/lazy-buying.ts would after loading.
 */
export function eagerBuying() {
  return {
    name: 'eager-buying',
    load(id) {
      if (!id.endsWith('/src/store/lazy-buying.ts')) return null;
      return `
        import {createBuying} from './buying.ts';
        const importTickets = () => import('./tickets.ts');
        export const createLazyBuying = options => createBuying({...options, importTickets});
      `;
    },
  };
}

/** Few buyers of a page open details; their code waits until one does. */
export const loadProductChoice = (): Promise<unknown> => import('./product-card/product-choice/define.ts');

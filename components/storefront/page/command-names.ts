/** What a button of the page may ask for, as the value of `data-ks-command`; with `--ks-` before it, of `command`. */
export const commandNames = ['open-cart', 'close-cart', 'add', 'checkout'] as const;

export type CommandName = (typeof commandNames)[number];

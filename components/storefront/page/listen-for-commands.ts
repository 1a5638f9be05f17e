const prefix = '--ks-';

/**
 * Lets buttons and links of the page command the shop without a script: `<button data-ks-command="open-cart">`, or
 * `<button commandfor="cart" command="--ks-open-cart">`, also in browsers that do not know `commandfor` yet. One
 * listener on `root` serves buttons that come later, too; what a page's own listener has prevented is left alone.
 *
 * @param options.signal ends it
 */
export function listenForCommands(
  root: Document | ShadowRoot | Element = document,
  options: {readonly signal?: AbortSignal} = {},
): void {
  root.addEventListener('click', onClick, options);
  // Such events do not bubble.
  root.addEventListener('command', onCommand, {...options, capture: true});
}

function onClick(event: Event): void {
  if (event.defaultPrevented) return;
  const source = (event.target as Element | null)?.closest?.(`[data-ks-command], button[command^="${prefix}"]`);
  if (!source) return;
  const named = source.getAttribute('data-ks-command');
  if (named === null && 'commandForElement' in source) return;
  const target = document.getElementById(source.getAttribute('commandfor') ?? '');
  // Forms stay unsent and links unfollowed; and a second listener, of another copy of this code, is told.
  event.preventDefault();
  run(source, named ?? source.getAttribute('command')!.slice(prefix.length), named === null ? target : null);
}

function onCommand(event: Event): void {
  const {command = '', source} = event as Event & {readonly command?: string; readonly source?: Element | null};
  if (event.defaultPrevented || !command.startsWith(prefix) || !source) return;
  event.preventDefault();
  run(source, command.slice(prefix.length), event.target as Element);
}

function run(source: Element, command: string, target: Element | null): void {
  import('./when-asked.ts').then(
    ({runCommand}) => runCommand(source, command, target ?? source),
    (cause: unknown) => reportError(new Error(`Keystall could not load what "${command}" needs.`, {cause})),
  );
}

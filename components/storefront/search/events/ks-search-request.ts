/** Somebody wants to see what `q` finds; nothing typed means everything. Prevent it to show that in another way. */
export class KsSearchRequestEvent extends Event {
  readonly q: string;

  constructor(q: string) {
    super('ks-search-request', {bubbles: true, composed: true, cancelable: true});
    this.q = q;
  }
}

declare global {
  interface HTMLElementEventMap {
    'ks-search-request': KsSearchRequestEvent;
  }
}

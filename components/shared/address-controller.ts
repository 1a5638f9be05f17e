import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Browse} from '../../src/store/browse.ts';
import {readBrowse, writeBrowse} from '../../src/store/browse-address.ts';

/** Who keeps the page's address in step with what is looked at, and for how many elements. */
const kept = new WeakMap<Browse, {users: number; stop: () => void}>();

/**
 * While its host is connected and asks for it, the page's address says what is looked at: at first the address decides,
 * then each change is a step back in the history. Elements of one shop share one such link, by the prefix of the first.
 */
export class AddressController implements ReactiveController {
  #browse: Browse | undefined;

  constructor(host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** @param prefix before each name in the address; `undefined` leaves the page's address alone */
  follow(browse: Browse | undefined, prefix: string | null | undefined): void {
    const wanted = typeof prefix === 'string' ? browse : undefined;
    if (wanted === this.#browse) return;
    this.hostDisconnected();
    this.#browse = wanted;
    if (wanted) keep(wanted, prefix ?? '');
  }

  hostDisconnected(): void {
    if (this.#browse) giveUp(this.#browse);
    this.#browse = undefined;
  }
}

function keep(browse: Browse, prefix: string): void {
  const link = kept.get(browse);
  if (link) link.users++;
  else kept.set(browse, {users: 1, stop: linkAddress(browse, prefix)});
}

function giveUp(browse: Browse): void {
  const link = kept.get(browse);
  if (!link || --link.users > 0) return;
  kept.delete(browse);
  link.stop();
}

function linkAddress(browse: Browse, prefix: string): () => void {
  let isReading = false;
  const read = () => {
    isReading = true;
    browse.change({type: 'replaced', state: readBrowse(location.search, prefix)});
    isReading = false;
  };
  const write = () => {
    const search = writeBrowse(browse.value, location.search, prefix);
    // The page's own state of this entry goes along: a router of the page may look for it.
    if (!isReading && search !== location.search) {
      history.pushState(history.state, '', location.pathname + search + location.hash);
    }
  };
  read();
  const stop = browse.subscribe(write);
  addEventListener('popstate', read);
  return () => {
    stop();
    removeEventListener('popstate', read);
  };
}

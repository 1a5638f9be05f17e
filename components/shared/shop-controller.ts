import {ContextEvent} from '@lit/context';
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Shop} from '../../src/store/shop.ts';
import {closestAcrossRoots} from './closest-across-roots.ts';
import {defaultShopAddress, onDefaultShopAddress} from './default-shop-address.ts';
import {dress} from './dress.ts';
import {loadedRegistry, loadRegistry} from './loaded-registry.ts';
import {shopContext} from './shop-context.ts';
import type {ShopScope} from './shop-scope.ts';
import {pageTheme} from './theme.ts';

/** How long until code that did not come is asked for again, in milliseconds. */
const patience = 5_000;

export interface ShopControllerOptions {
  /** Called with each scope the host comes to stand in; what it answers is called when the host leaves that scope. */
  readonly entered?: (scope: ShopScope) => (() => void) | undefined;
}

/**
 * Finds the shop its host belongs to, and dresses the host in the theme there: the nearest `<ks-shop>`, even one whose
 * code arrives later, else the page's default shop.
 */
export class ShopController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #options: ShopControllerOptions;
  #scope: ShopScope | undefined;
  #leave: (() => void) | undefined;
  #missing = false;
  #address = '';
  #connection: AbortController | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, options: ShopControllerOptions = {}) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  /** Absent until the shop is known. */
  get scope(): ShopScope | undefined {
    return this.#scope;
  }

  /** Nothing around the host and nothing in the page says which shop it belongs to. */
  get missing(): boolean {
    return this.#missing && !this.#scope;
  }

  get shop(): Shop | undefined {
    return this.#scope?.shop;
  }

  /** Origin of the shop server, known before the shop is; empty where it is not. */
  get address(): string {
    return this.#scope?.shop.address ?? this.#address;
  }

  /**
   * Does something with the shop at `address`, as soon as its code is there, be the host in the page then or not.
   * Rejects when the code cannot be loaded.
   */
  async with<T>(work: (scope: ShopScope) => Promise<T>): Promise<T> {
    const address = this.#address;
    return work(this.#scope ?? (await loadRegistry()).defaultScope(address));
  }

  /** Settles when the shop's code is there, or not in so many milliseconds; undefined if there is none to wait for. */
  arrival(patience: number): Promise<unknown> | undefined {
    if (this.#scope || !this.#address) return undefined;
    return Promise.race([loadRegistry(), new Promise(resolve => setTimeout(resolve, patience))]).catch(() => {});
  }

  hostConnected(): void {
    this.#connection = new AbortController();
    const {signal} = this.#connection;
    signal.addEventListener('abort', pageTheme.subscribe(this.#dress));
    this.#seek(signal);
    this.#dress();
  }

  hostDisconnected(): void {
    this.#connection?.abort();
    this.#address = '';
    this.#enter(undefined);
  }

  #seek(signal: AbortSignal): void {
    if (signal.aborted) return;
    if (closestAcrossRoots(this.#host, 'ks-shop:not(:defined)')) {
      void customElements.whenDefined('ks-shop').then(() => this.#seek(signal));
      return;
    }
    let answered = false;
    this.#host.dispatchEvent(
      new ContextEvent(
        shopContext,
        this.#host,
        (scope, unsubscribe) => {
          // A provider that speaks up after the host left it.
          if (signal.aborted) return unsubscribe?.();
          if (!answered && unsubscribe) signal.addEventListener('abort', unsubscribe);
          answered = true;
          this.#miss(!scope);
          this.#enter(scope);
        },
        true,
      ),
    );
    if (answered) return;
    const useDefault = (): void => {
      // A provider may have spoken up while the code was on its way.
      if (signal.aborted || answered) return;
      const address = defaultShopAddress();
      this.#miss(address === undefined);
      this.#address = address ?? '';
      if (address === undefined) return;
      const registry = loadedRegistry();
      if (registry) this.#enter(registry.defaultScope(address));
      else loadRegistry().then(useDefault, () => setTimeout(useDefault, patience));
    };
    useDefault();
    signal.addEventListener('abort', onDefaultShopAddress(useDefault));
  }

  #miss(missing: boolean): void {
    if (missing !== this.#missing) this.#host.requestUpdate();
    this.#missing = missing;
  }

  #enter(scope: ShopScope | undefined): void {
    if (scope === this.#scope) return;
    this.#leave?.();
    this.#scope = scope;
    this.#leave = scope && this.#options.entered?.(scope);
    if (scope) this.#dress();
    this.#host.requestUpdate();
  }

  readonly #dress = (): void => {
    const root = this.#host.shadowRoot;
    if (root) dress(root, this.#scope?.theme, pageTheme.value);
  };
}

import {ContextEvent} from '@lit/context';
import type {ReactiveController, ReactiveControllerHost} from 'lit';
import type {Shop} from '../../src/store/shop.ts';
import {closestAcrossRoots} from './closest-across-roots.ts';
import {defaultShopAddress, onDefaultShopAddress} from './default-shop-address.ts';
import {dress} from './dress.ts';
import {shopContext} from './shop-context.ts';
import {defaultScope} from './shop-registry.ts';
import type {ShopScope} from './shop-scope.ts';
import {pageTheme} from './theme.ts';

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

  hostConnected(): void {
    this.#connection = new AbortController();
    const {signal} = this.#connection;
    signal.addEventListener('abort', pageTheme.subscribe(this.#dress));
    this.#seek(signal);
    this.#dress();
  }

  hostDisconnected(): void {
    this.#connection?.abort();
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
      const address = defaultShopAddress();
      this.#miss(address === undefined);
      if (address !== undefined) this.#enter(defaultScope(address));
    };
    useDefault();
    signal.addEventListener('abort', onDefaultShopAddress(useDefault));
  }

  #miss(missing: boolean): void {
    this.#missing = missing;
    if (missing) this.#host.requestUpdate();
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

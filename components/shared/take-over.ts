import {hydrate} from '@lit-labs/ssr-client';
import {LitElement, ReactiveElement, type CSSResult, type PropertyValues} from 'lit';
import {closestAcrossRoots} from './closest-across-roots.ts';
import {defaultShopAddress} from './default-shop-address.ts';
import {restAt, type Rest} from './rest.ts';
import {typedIn} from './typed-in.ts';

/** An element that a server drew, as its own methods see it. */
interface Served extends HTMLElement {
  isServed: boolean;
  rest?: Rest | undefined;
  readonly renderRoot: ShadowRoot;
  readonly renderOptions: LitElement['renderOptions'];
  connectedCallback(): void;
  performUpdate(): void;
  render(): unknown;
  requestUpdate(): void;
  readonly updateComplete: Promise<boolean>;
  update?(changed: PropertyValues): void;
}

/** A page may load what Lit has for taking over, for elements of its own; then that is at work here, too. */
const isLitPrepared = (): boolean => Object.hasOwn(LitElement, 'observedAttributes');

/**
 * Brings an element to life that a server drew. It draws itself as a server would, over the nodes that are there, and
 * only then looks for its shop. Where the nodes are not what this version draws, it draws itself anew.
 */
export async function takeOver(waiting: HTMLElement): Promise<void> {
  const element = waiting as Served;
  // What lies in another element is given what it shows by that one, and then let go.
  while (element.hasAttribute('defer-hydration')) await changeOf(element, 'defer-hydration');
  if (!element.isServed || !element.isConnected) return;
  element.rest = restAt(addressServedWith(element));
  const tellTyped = typedIn(element.shadowRoot!);
  const isTaken = isDrawnOver(element);
  const {renderRoot, renderOptions} = element;
  if (isTaken) renderRoot.querySelector(':scope > style')?.remove();
  else renderRoot.replaceChildren();
  // What stood there is the element's own, not something to stay before.
  delete renderOptions.renderBefore;
  adoptStyles(element);
  element.rest = undefined;
  element.isServed = false;
  element.connectedCallback();
  element.requestUpdate();
  if (!tellTyped) return;
  await element.updateComplete;
  tellTyped(element.renderRoot);
}

function isDrawnOver(element: Served): boolean {
  if (!isLitPrepared()) {
    element.update = changed => {
      const value = element.render();
      (ReactiveElement.prototype as unknown as Served).update!.call(element, changed);
      hydrate(value, element.renderRoot, element.renderOptions);
    };
  }
  try {
    element.performUpdate();
    return true;
  } catch (cause) {
    reportError(
      new Error(
        `<${element.localName}> could not take over what a server drew, and draws itself anew. Render with the version of Keystall that the page loads.`,
        {cause},
      ),
    );
    return false;
  } finally {
    delete element.update;
  }
}

/** One style sheet for all elements of a kind, which no policy of the page forbids, in place of each one's own. */
function adoptStyles({renderRoot, constructor}: Served): void {
  const own = (constructor as typeof LitElement).elementStyles.map(style => (style as CSSResult).styleSheet!);
  const others = renderRoot.adoptedStyleSheets.filter(sheet => !own.includes(sheet));
  renderRoot.adoptedStyleSheets = [...own, ...others];
}

/** The shop server's, if the server knew it: pictures come from there, and without it covers are drawn. */
function addressServedWith(element: Served): string {
  if (!element.shadowRoot?.querySelector('.cover img')) return '';
  const api = closestAcrossRoots(element, 'ks-shop[api]')?.getAttribute('api');
  return api ? new URL(api, location.href).origin : (defaultShopAddress() ?? '');
}

function changeOf(element: Element, attribute: string): Promise<unknown> {
  return new Promise(resolve => new MutationObserver(resolve).observe(element, {attributeFilter: [attribute]}));
}

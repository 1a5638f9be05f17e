/**
 * A script of the host page that wants the keys: it runs before the shop's own, and patches whatever a page can patch.
 * Everything that passes a hook is written down as text. Runs in the browser: reaches nothing outside itself.
 */
export function playHostileHost(hostOrigin: string): void {
  // Playwright puts it into every frame; a host page's script is in that page alone.
  if (location.origin !== hostOrigin) return;
  const page = globalThis as unknown as {hostile: HostileRecord};
  const seen: string[] = [];
  const roots: ShadowRoot[] = [];
  const hooks: string[] = [];
  page.hostile = {seen, roots, hooks};
  // The buyer leaves for the payment and comes back to a new page.
  const carriedOff = sessionStorage.getItem('hostile');
  if (carriedOff !== null) seen[0] = carriedOff;
  const carryOff = Storage.prototype.setItem.bind(sessionStorage, 'hostile');

  const {apply} = Reflect;
  const known = new Set<string>();
  const {has, add} = Set.prototype;
  const push = (text: string): void => {
    if (apply(has, known, [text])) return;
    apply(add, known, [text]);
    seen[seen.length] = text;
  };
  const textOf = (value: unknown, depth = 0): string => {
    if (typeof value === 'string') return value;
    if (typeof value !== 'object' || value === null) return `${String(value)}`;
    if (value instanceof ArrayBuffer) return latin(new Uint8Array(value));
    if (ArrayBuffer.isView(value)) return latin(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    if (value instanceof Node) return value.textContent ?? '';
    if (depth > 2) return '';
    let text = '';
    try {
      for (const name in value) text += ` ${textOf((value as Record<string, unknown>)[name], depth + 1)}`;
    } catch {
      // A window of another origin.
    }
    return text;
  };
  const latin = (bytes: Uint8Array): string => {
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return text;
  };
  let isInside = false;
  const note = (values: readonly unknown[]): void => {
    if (isInside) return;
    isInside = true;
    try {
      for (const value of values) push(textOf(value));
    } finally {
      isInside = false;
    }
  };

  const hook = (owner: object | undefined, name: string, isPrivate = false): void => {
    if (!owner) return;
    const original = (owner as Record<string, unknown>)[name];
    if (typeof original !== 'function') return;
    hooks[hooks.length] = name;
    const patched = function (this: unknown, ...given: unknown[]): unknown {
      note(given);
      if (isPrivate) note([this]);
      const answer: unknown = new.target
        ? Reflect.construct(original, given, new.target)
        : apply(original, this, given);
      if (answer instanceof ShadowRoot) roots[roots.length] = answer;
      note([answer]);
      return answer;
    };
    Object.defineProperty(owner, name, {value: patched, configurable: true, writable: true});
  };
  const hookSetter = (owner: object, name: string): void => {
    const described = Object.getOwnPropertyDescriptor(owner, name);
    if (!described?.set) return;
    hooks[hooks.length] = `set ${name}`;
    const {set} = described;
    Object.defineProperty(owner, name, {
      ...described,
      set(value: unknown) {
        note([value]);
        apply(set, this, [value]);
      },
    });
  };

  hook(Element.prototype, 'attachShadow');
  hook(Element.prototype, 'setAttribute');
  hook(Node.prototype, 'appendChild');
  hook(Node.prototype, 'insertBefore');
  hook(Document.prototype, 'createElement');
  hook(Document.prototype, 'importNode');
  hook(Document.prototype, 'createTreeWalker');
  hookSetter(Node.prototype, 'textContent');
  hookSetter(Element.prototype, 'innerHTML');
  hookSetter(CharacterData.prototype, 'data');
  hookSetter(HTMLInputElement.prototype, 'value');
  hook(globalThis, 'fetch');
  hook(Response.prototype, 'json');
  hook(Response.prototype, 'text');
  hook(Response.prototype, 'arrayBuffer');
  hook(XMLHttpRequest.prototype, 'open');
  hook(XMLHttpRequest.prototype, 'send');
  hook(SubtleCrypto.prototype, 'decrypt');
  hook(SubtleCrypto.prototype, 'deriveBits');
  hook(SubtleCrypto.prototype, 'importKey');
  hook(SubtleCrypto.prototype, 'exportKey');
  hook(SubtleCrypto.prototype, 'generateKey');
  hook(TextDecoder.prototype, 'decode');
  hook(TextEncoder.prototype, 'encode');
  hook(JSON, 'parse');
  hook(JSON, 'stringify');
  hook(Array.prototype, 'push');
  hook(Array.prototype, 'map', true);
  hook(Array.prototype, 'join', true);
  hook(String.prototype, 'split', true);
  hook(String.prototype, 'slice', true);
  hook(String.prototype, 'replace', true);
  hook(Promise.prototype, 'then');
  hook(Promise, 'resolve');
  hook(MessagePort.prototype, 'postMessage');
  hook(globalThis, 'postMessage');
  hook(Storage.prototype, 'setItem');
  hook(Storage.prototype, 'getItem');
  hook(IDBObjectStore.prototype, 'put');
  hook(CustomElementRegistry.prototype, 'define');
  hook(CustomElementRegistry.prototype, 'get');
  hook(EventTarget.prototype, 'dispatchEvent');
  hook(URL, 'createObjectURL');
  hook(navigator.clipboard, 'writeText');
  hook(console, 'log');
  hook(globalThis, 'atob');
  hook(globalThis, 'btoa');
  hook(Reflect, 'get');
  hook(Object, 'assign');
  hook(Map.prototype, 'set');

  const {join} = Array.prototype;
  addEventListener('pagehide', () => carryOff(apply(join, seen, ['\n']).slice(-2_000_000)));
  addEventListener('message', ({data}) => note([data]), true);
  const listen = EventTarget.prototype.addEventListener;
  for (const type of ['input', 'copy', 'keydown', 'selectionchange', 'pointerdown', 'click']) {
    apply(listen, document, [type, (event: Event) => note([event, getSelection()?.toString()]), true]);
  }
  const observe = (root: Node): void => {
    new MutationObserver(records => note(records.flatMap(({addedNodes, target}) => [...addedNodes, target]))).observe(
      root,
      {childList: true, subtree: true, characterData: true, attributes: true},
    );
  };
  observe(document);
  const onmessage = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'onmessage')!;
  hooks[hooks.length] = 'set onmessage';
  Object.defineProperty(MessagePort.prototype, 'onmessage', {
    ...onmessage,
    set(listener: (event: MessageEvent) => void) {
      apply(onmessage.set!, this, [
        function (this: MessagePort, event: MessageEvent) {
          note([event.data]);
          listener.call(this, event);
        },
      ]);
    },
  });
}

export interface HostileRecord {
  readonly seen: readonly string[];
  readonly roots: readonly ShadowRoot[];
  readonly hooks: readonly string[];
}

/** All that a script of the page can read at this moment, as one text. Runs in the browser. */
export async function everythingInReach(): Promise<string> {
  const {hostile} = globalThis as unknown as {hostile: HostileRecord};
  const parts: string[] = [...hostile.seen, document.documentElement.outerHTML, document.cookie, window.name];
  for (const root of hostile.roots) parts.push(root.innerHTML, root.textContent ?? '');
  for (const root of hostile.roots)
    for (const input of root.querySelectorAll('input, textarea')) parts.push((input as HTMLInputElement).value);
  for (const storage of [localStorage, sessionStorage])
    for (const name of Object.keys(storage)) parts.push(name, storage.getItem(name) ?? '');
  for (const entry of performance.getEntries()) parts.push(JSON.stringify(entry));
  parts.push(JSON.stringify(history.state), location.href, String(getSelection()));
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys())
      parts.push(request.url, (await (await cache.match(request))?.text()) ?? '');
  }
  for (const {name} of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name!);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error!);
    });
    for (const store of database.objectStoreNames) {
      const values = await new Promise<unknown[]>((resolve, reject) => {
        const reading = database.transaction(store).objectStore(store).getAll();
        reading.onsuccess = () => resolve(reading.result);
        reading.onerror = () => reject(reading.error!);
      });
      parts.push(JSON.stringify(values));
    }
    database.close();
  }
  for (const root of hostile.roots) {
    for (const frame of root.querySelectorAll('iframe')) {
      parts.push(frame.contentDocument?.documentElement.outerHTML ?? 'a frame without a document');
      try {
        parts.push(frame.contentWindow!.document.documentElement.outerHTML);
      } catch {
        parts.push('a frame that cannot be read');
      }
    }
  }
  return parts.join('\n');
}

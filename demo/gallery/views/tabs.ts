import {html, type TemplateResult} from 'lit';

interface Tabs<T extends string> {
  readonly label: string;
  readonly tabs: readonly (readonly [T, string])[];
  readonly chosen: T;
  readonly content: TemplateResult;
  choose(tab: T): void;
}

/** Tabs as https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ describes them: arrows go from one to the next. */
export function tabs<T extends string>({label, tabs, chosen, content, choose}: Tabs<T>): TemplateResult {
  const move = (event: KeyboardEvent): void => {
    const forwards = getComputedStyle(event.currentTarget as Element).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backwards = forwards === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    const at = tabs.findIndex(([tab]) => tab === chosen);
    const places: Readonly<Record<string, number>> = {
      [forwards]: (at + 1) % tabs.length,
      [backwards]: (at + tabs.length - 1) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    };
    const to = tabs[places[event.key] ?? -1]?.[0];
    if (to === undefined) return;
    event.preventDefault();
    const list = event.currentTarget as HTMLElement;
    choose(to);
    list.querySelector<HTMLElement>(`#tab-${to}`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label=${label} @keydown=${move}>
      ${tabs.map(
        ([tab, text]) =>
          html`<button
            type="button"
            role="tab"
            id="tab-${tab}"
            aria-selected=${tab === chosen}
            aria-controls="panel"
            tabindex=${tab === chosen ? 0 : -1}
            @click=${() => choose(tab)}
          >
            ${text}
          </button>`,
      )}
    </div>
    <div class="panel" id="panel" role="tabpanel" aria-labelledby="tab-${chosen}" tabindex="0">${content}</div>`;
}

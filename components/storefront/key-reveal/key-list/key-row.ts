import {html, nothing, type TemplateResult} from 'lit';
import {secretText} from '../../../../src/domain/card-secret.ts';
import type {KeyRevealWords} from '../key-reveal.zh-cn.ts';
import type {NumberedKey} from './key-groups.ts';

export interface KeyRow {
  readonly numbered: NumberedKey;
  /** Its place among the keys that are listed with it, from 1, and how many those are. */
  readonly position: number;
  readonly count: number;
  readonly isUsed: boolean;
  /** Whether it is picked; undefined while nothing is to be picked. */
  readonly isPicked: boolean | undefined;
  /** Address of its picture, if it is one that can be shown. */
  readonly picture: string | undefined;
  /** The page's own policy did not let its picture through. */
  readonly isBlocked: boolean;
  /** What was just copied: the place of a button. */
  readonly copied: string | undefined;
  readonly words: KeyRevealWords;
  copy(text: string, place: string): void;
  mark(isUsed: boolean): void;
  pick(isPicked: boolean): void;
  save(address: string, mediaType: string): void;
  block(): void;
}

/** One key: what it says, with a copy button for each part, and what can be done about it. */
export function keyRow(row: KeyRow): TemplateResult {
  const {
    numbered: {number},
    words,
  } = row;
  const tick =
    row.isPicked === undefined
      ? checkbox(row.isUsed, words.used, `${words.used} ${number}`, row.mark)
      : checkbox(row.isPicked, '', words.pick(number), row.pick);
  return html`<div
    role="listitem"
    part="key"
    class="key ${row.isUsed ? 'spent' : ''}"
    aria-posinset=${row.position}
    aria-setsize=${row.count}
  >
    <span class="hint number" aria-hidden="true">${number}</span>
    <div class="parts">${parts(row)}</div>
    ${tick}
  </div>`;
}

function parts(row: KeyRow): TemplateResult | TemplateResult[] {
  const {numbered, words} = row;
  const {secret} = numbered.key;
  switch (secret.kind) {
    case 'image':
      return picture(row, secret.mediaType);
    case 'number_and_password':
      return [part(row, secret.number, words.number), part(row, secret.password, words.password)];
    default:
      return part(row, secretText(secret));
  }
}

function part(row: KeyRow, text: string, label = ''): TemplateResult {
  const {numbered, words, copied} = row;
  const place = `${numbered.key.id} ${label}`;
  const said = words[copied === place ? 'copied' : 'copy'];
  return html`<div class="part">
    ${label ? html`<span class="hint">${label}</span>` : nothing}
    <code class="secret mono" dir="auto" translate="no">${text}</code>
    ${numbered.key.secret.kind === 'link' && isWebAddress(text) ? openButton(text, numbered.number, words) : nothing}
    <button
      type="button"
      class="button"
      aria-label=${[said, ...(label ? [label] : []), numbered.number].join(' ')}
      @click=${() => row.copy(text, place)}
    >
      ${said}
    </button>
  </div>`;
}

/** A button, not a link: the address is the secret, and a link would hold it in an attribute. */
function openButton(address: string, number: number, words: KeyRevealWords): TemplateResult {
  return html`<button
    type="button"
    class="button"
    aria-label="${words.open} ${number}"
    @click=${() => window.open(address, '_blank', 'noopener,noreferrer')}
  >
    ${words.open}
  </button>`;
}

function isWebAddress(text: string): boolean {
  try {
    return new URL(text).protocol === 'https:';
  } catch {
    return false;
  }
}

function picture({picture: address, isBlocked, numbered, words, save, block}: KeyRow, mediaType: string) {
  if (!address) return html`<p class="error">${words.unsafe}</p>`;
  return html`<div class="part">
    ${
      isBlocked
        ? html`<p class="secret error">${words.imageBlocked}</p>`
        : html`<div class="secret"><img alt=${words.image(numbered.number)} src=${address} @error=${block} /></div>`
    }
    <button
      type="button"
      class="button"
      aria-label="${words.saveImage} ${numbered.number}"
      @click=${() => save(address, mediaType)}
    >
      ${words.saveImage}
    </button>
  </div>`;
}

function checkbox(isOn: boolean, text: string, name: string, change: (isOn: boolean) => void): TemplateResult {
  return html`<label class="tick hint">
    <input
      type="checkbox"
      aria-label=${name}
      .checked=${isOn}
      @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
    />
    ${text}
  </label>`;
}

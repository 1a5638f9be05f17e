import {html, nothing, type TemplateResult} from 'lit';
import {closeIcon} from '../../shared/control-icons.ts';
import {alertIcon, checkIcon, clockIcon} from '../../shared/icons.ts';
import {isProblem, type EvidenceUploads, type Upload, type UploadState} from './evidence-uploads.ts';
import type {TicketWords} from './ticket.zh-cn.ts';

interface EvidenceField {
  readonly uploads: EvidenceUploads;
  readonly words: TicketWords;
  readonly lang: string;
  readonly add: (files: readonly File[]) => void;
  /** Absent while the ticket is not there yet: files go with it. */
  readonly retry?: (() => void) | undefined;
}

/** Choosing files, and what becomes of each. */
export function evidenceField(field: EvidenceField): TemplateResult {
  const {uploads, words, add} = field;
  const sent = uploads.all.filter(({state}) => state === 'done').length;
  const wanted = uploads.all.filter(({state}) => !isProblem(state)).length;
  const choose = ({currentTarget}: Event): void => {
    const input = currentTarget as HTMLInputElement;
    add([...(input.files ?? [])]);
    // The same file may be chosen again after it was taken out.
    input.value = '';
  };
  return html`<div class="field">
    <span class="label" id="files">${words.files}</span>
    <label class="button file">
      ${words.addFiles}
      <input
        type="file"
        multiple
        accept="image/png,image/jpeg,image/webp,application/pdf"
        aria-label="${words.files}: ${words.addFiles}"
        aria-describedby="files-hint"
        @change=${choose}
      />
    </label>
    <span class="hint" id="files-hint">${words.filesHint}</span>
    ${
      uploads.all.length > 0
        ? html`<ul class="uploads" aria-labelledby="files">
            ${uploads.all.map(upload => one(upload, field))}
          </ul>`
        : nothing
    }
    ${
      uploads.isSending
        ? html`<label class="hint sending"
            >${words.uploading(sent + 1, wanted)}<progress max=${wanted} value=${sent}></progress
          ></label>`
        : nothing
    }
  </div>`;
}

function one(upload: Upload, {uploads, words, lang, retry}: EvidenceField): TemplateResult {
  const {file, state} = upload;
  const [tone, icon] = lookOf(state);
  return html`<li class="upload" part="upload">
    <span class="name">${file.name}</span>
    <span class="with-icon hint ${tone}"
      >${icon}${words[`file_${state}`]} <span class="muted number">${sizeText(file.size, lang)}</span></span
    >
    <span class="deeds">
      ${
        state === 'failed' && retry
          ? html`<button type="button" class="button" @click=${retry} aria-label=${words.retry(file.name)}>↻</button>`
          : nothing
      }
      ${
        state === 'uploading' || state === 'done'
          ? nothing
          : html`<button
              type="button"
              class="button quiet icon"
              aria-label=${words.remove(file.name)}
              @click=${() => uploads.remove(upload)}
            >
              ${closeIcon}
            </button>`
      }
    </span>
  </li>`;
}

function lookOf(state: UploadState): readonly [string, TemplateResult] {
  if (isProblem(state) || state === 'failed') return ['danger', alertIcon];
  return state === 'done' ? ['success', checkIcon] : ['muted', clockIcon];
}

/** A file's size in the reader's way: `1.2 MB`. */
export function sizeText(bytes: number, lang: string): string {
  const isLarge = bytes >= 1_000_000;
  const format = new Intl.NumberFormat(lang, {
    style: 'unit',
    unit: isLarge ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: isLarge ? 1 : 0,
  });
  return format.format(isLarge ? bytes / 1_000_000 : Math.max(1, bytes / 1000));
}

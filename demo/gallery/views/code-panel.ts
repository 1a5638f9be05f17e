import {html, type TemplateResult} from 'lit';
import {controlFor} from '../control.ts';
import type {Exhibit, GalleryView} from '../gallery-view.ts';
import {markupText} from '../markup.ts';
import {usualSettings} from '../settings.ts';
import {snippetKinds, snippetOf, type AttributeValue, type Shown, type SnippetKind} from '../snippet.ts';
import {codeBlock} from './code-block.ts';
import {copyButton} from './copy-button.ts';

const names: Readonly<Record<SnippetKind, string>> = {html: 'HTML', react: 'React 19', vue: 'Vue 3'};

/** What a page writes to show what is on the stage. */
export function codePanel(view: GalleryView, exhibit: Exhibit): TemplateResult {
  const shown = shownIn(view, exhibit);
  return html`${snippetKinds.map(kind => {
    const code = snippetOf(kind, shown);
    return html`<div class="row">
        <h3>${names[kind]}</h3>
        ${copyButton(view, code, kind)}
      </div>
      ${codeBlock(code, kind)}`;
  })}`;
}

function shownIn({settings}: GalleryView, {info, state, given}: Exhibit): Shown {
  const {lang, theme, dir} = settings;
  const written = Object.entries({...given, ...settings.attributes}).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return {
    tagName: info.tagName,
    attributes: Object.fromEntries(
      written.map(([name, value]) => [
        name,
        typed(info.attributes.find(each => each.name === name)?.type ?? '', value),
      ]),
    ),
    text: settings.slot,
    children: state.children ?? [],
    inside: state.card ? markupText(state.card(lang)) : '',
    shop: {
      ...(lang !== usualSettings.lang && {lang}),
      ...(dir !== usualSettings.dir && {dir}),
      ...(theme !== usualSettings.theme && {theme}),
    },
  };
}

/** An attribute as a framework passes it on: a number as a number. */
function typed(type: string, value: string): AttributeValue {
  const {kind} = controlFor({type});
  if (kind === 'switch') return true;
  return kind === 'number' && Number.isFinite(Number(value)) ? Number(value) : value;
}

import {html, type TemplateResult} from 'lit';
import {codeTokens} from '../code-tokens.ts';

/** Code with its names and texts told apart. @param kind which of the blocks of a panel it is */
export const codeBlock = (code: string, kind: string): TemplateResult =>
  html`<pre tabindex="0" data-code=${kind}><code translate="no" dir="ltr">${codeTokens(code).map(({kind, text}) =>
    kind === 'plain' ? text : html`<span class=${kind}>${text}</span>`,
  )}</code></pre>`;

import {css, type CSSResult} from 'lit';
import {tokens} from './tokens.ts';

const base = css`
  :host {
    display: block;
    /* Pages style what they do not know, "*" or "article *": the text of the elements is their own. Looks go by tokens. */
    font-family: var(--ks-font, inherit) !important;
    font-size: var(--_size-2) !important;
    font-weight: 400 !important;
    font-style: normal !important;
    line-height: 1.5 !important;
    letter-spacing: normal !important;
    word-spacing: normal !important;
    word-break: normal !important;
    text-transform: none !important;
    text-align: start !important;
    text-indent: 0 !important;
    text-shadow: none !important;
    white-space: normal !important;
    color: var(--_text) !important;
    -webkit-text-fill-color: currentcolor !important;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  :host,
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  fieldset,
  legend {
    margin: 0;
    padding: 0;
    border: 0;
    min-inline-size: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2,
  h3 {
    font-size: var(--_size-3);
    font-weight: 600;
    line-height: 1.35;
  }
  svg,
  img {
    display: block;
    flex: none;
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
    margin: 0;
  }
  button {
    cursor: pointer;
    touch-action: manipulation;
    -webkit-tap-highlight-color: transparent;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  /* Takes the focus only to be read. */
  [tabindex='-1']:focus-visible {
    outline: none;
  }

  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: var(--_target);
    min-inline-size: var(--_target);
    padding: 8px 16px;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: var(--_text);
    font-weight: 600;
    line-height: 1.25;
    text-decoration: none;
    transition:
      background-color var(--_quick),
      border-color var(--_quick);
  }
  .button.quiet {
    border-color: transparent;
    background: none;
    color: var(--_text-muted);
  }
  .button:hover {
    background: var(--_surface-sunken);
    color: var(--_text);
  }
  .button.primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .button.primary:hover {
    filter: brightness(1.08);
  }
  .button.icon {
    padding: 0;
  }
  .button.wide {
    inline-size: 100%;
  }
  .button:disabled,
  .button[aria-disabled='true'] {
    border-color: var(--_border);
    background: var(--_surface-sunken);
    color: var(--_text-muted);
    filter: none;
    cursor: not-allowed;
  }

  .hint,
  .error {
    color: var(--_text-muted);
    font-size: var(--_size-1);
    font-weight: 400;
  }

  .muted {
    color: var(--_text-muted);
  }
  .success {
    color: var(--_success);
  }
  .warning {
    color: var(--_warning);
  }
  .danger,
  .error {
    color: var(--_danger);
  }
  .price,
  .number {
    font-variant-numeric: tabular-nums;
  }

  .stack,
  .field {
    display: grid;
    align-content: start;
    gap: 16px;
  }
  .field {
    gap: 4px;
  }
  .row,
  .with-icon {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px 16px;
  }
  .with-icon {
    justify-content: start;
    gap: 4px;
    text-align: start;
  }
  .panel {
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .notice {
    display: flex;
    gap: 8px;
    padding: 12px;
    border: 1px solid currentcolor;
    border-radius: var(--_radius-control);
    background: var(--_surface);
    overflow-wrap: anywhere;
  }
  .notice > .button {
    flex: none;
  }
  .blank {
    display: grid;
    justify-items: center;
    gap: 12px;
    padding: 40px 16px;
    color: var(--_text-muted);
    text-align: center;
  }
  .blank > svg,
  .blank > .danger > svg {
    inline-size: 32px;
    block-size: 32px;
  }
  .blank strong {
    color: var(--_text);
    font-size: var(--_size-3);
  }

  .skeleton {
    border-radius: 4px;
    background: var(--_surface-sunken);
    animation: skeleton 1.6s ease-in-out infinite alternate;
  }
  @keyframes skeleton {
    to {
      opacity: 0.45;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .skeleton {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .skeleton {
      border: 1px solid GrayText;
    }
    .button:disabled,
    .button[aria-disabled='true'] {
      border-color: GrayText;
      color: GrayText;
    }
  }

  .visually-hidden:not(:focus-within) {
    position: absolute !important;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/**
 * Tokens, reset and the shared classes: button, field, hint, error, notice, blank, skeleton, panel, stack,
 * row, price, visually-hidden and the tones.
 */
export const baseStyles: CSSResult[] = [tokens, base];

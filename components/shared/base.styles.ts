import {css, type CSSResult} from 'lit';
import {tokens} from './tokens.ts';

const base = css`
  :host {
    box-sizing: border-box;
    font-family: var(--_font);
    font-size: var(--_size-2);
    font-weight: 400;
    font-style: normal;
    line-height: 1.5;
    letter-spacing: normal;
    text-transform: none;
    text-align: start;
    white-space: normal;
    color: var(--_text);
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  fieldset,
  figure {
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
  .button:hover {
    background: var(--_surface-sunken);
  }
  .button.primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .button.primary:hover {
    filter: brightness(1.08);
  }
  .button.quiet {
    border-color: transparent;
    background: transparent;
    color: var(--_text-muted);
  }
  .button.quiet:hover {
    background: var(--_surface-sunken);
    color: var(--_text);
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

  .input {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: 8px 12px;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    /* Safari on the phone zooms into smaller ones. */
    font-size: var(--_size-3);
  }
  .input::placeholder {
    color: var(--_text-muted);
    opacity: 1;
  }
  .input[aria-invalid='true'] {
    border-color: var(--_danger);
  }
  .field {
    display: grid;
    gap: 4px;
  }
  .label {
    font-weight: 600;
  }
  .hint {
    color: var(--_text-muted);
    font-size: var(--_size-1);
  }
  .error {
    color: var(--_danger);
    font-size: var(--_size-1);
  }

  .muted {
    color: var(--_text-muted);
  }
  .price,
  .number {
    font-variant-numeric: tabular-nums;
  }
  .mono {
    font-family: var(--_mono);
  }
  .with-icon {
    display: inline-flex;
    align-items: center;
    gap: 4px;
  }
  .success {
    color: var(--_success);
  }
  .warning {
    color: var(--_warning);
  }
  .danger {
    color: var(--_danger);
  }

  .notice {
    display: flex;
    align-items: flex-start;
    gap: 8px;
    padding: 12px;
    border: 1px solid currentcolor;
    border-radius: var(--_radius-control);
    background: var(--_surface);
    overflow-wrap: anywhere;
  }
  .notice > svg {
    margin-block-start: 1px;
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
  .blank > span > svg {
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
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;

/** Tokens, reset and the shared classes: button, input, field, notice, blank, skeleton, price, visually-hidden. */
export const baseStyles: CSSResult[] = [tokens, base];

import {css} from 'lit';

export const checkoutStyles = css`
  :host {
    container-type: inline-size;
  }
  :host([presentation='dialog']) {
    display: contents;
  }
  section {
    max-inline-size: 880px;
    margin-inline: auto;
  }
  section > * {
    padding: 16px 16px 0;
  }
  section > :is(.body, footer) {
    padding-block-end: 16px;
  }
  section > footer {
    display: grid;
    gap: 12px;
    padding-block-start: 0;
  }
  form {
    gap: 24px;
  }
  .good {
    gap: 12px;
  }
  .good > legend {
    margin-block-end: 8px;
  }
  .summary {
    gap: 8px;
    padding: 12px 16px;
    border-radius: var(--_radius-control);
    background: var(--_surface-sunken);
    overflow-wrap: anywhere;
  }
  .row {
    align-items: start;
  }
  .row small {
    display: block;
  }
  .row .price {
    flex: none;
  }
  .total {
    align-items: baseline;
    padding-block-start: 8px;
    border-block-start: 1px dashed var(--_border-strong);
    font-weight: 600;
  }
  .total .price {
    font-size: var(--_size-4);
  }
  .problem {
    display: grid;
    gap: 2px;
    padding-block: 12px;
    border-block-end: 1px dashed var(--_border);
    overflow-wrap: anywhere;
  }
  .step {
    padding: 8px 0;
    color: var(--_text);
  }
  /* What stands beside an icon, and what is read line by line, begins where its neighbours do. */
  .step > :is(.notice, .with-icon, .said, .until) {
    inline-size: 100%;
    max-inline-size: 480px;
    text-align: start;
  }
  .step > .element ~ .notice {
    max-inline-size: none;
  }
  .step > .qr {
    inline-size: 240px;
    block-size: auto;
    max-inline-size: 100%;
    aspect-ratio: 1;
    border-radius: 8px;
    background: #fff;
    fill: #000;
    forced-color-adjust: none;
  }
  /* Where it is not modal for a while, and others are: they come above it. */
  dialog {
    z-index: 2147483646;
  }
  .step > .element {
    inline-size: 100%;
    text-align: start;
  }
  .step > .element[hidden] {
    display: none;
  }
  .transfer {
    inline-size: 100%;
    max-inline-size: 480px;
    margin: 0;
    text-align: start;
  }
  .transfer > div {
    display: grid;
    grid-template: auto auto / 1fr auto;
    gap: 0 12px;
    align-items: center;
    padding-block: 6px;
    border-block-end: 1px dashed var(--_border);
  }
  .transfer dd {
    margin: 0;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .transfer dd + dd {
    grid-area: 1 / 2 / span 2;
  }
  .transfer .code {
    font-size: var(--_size-3);
    font-weight: 600;
  }
  .said {
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  /* The app is on the phone; beside a mouse the code is there to be scanned. */
  @media not (pointer: coarse) {
    .app {
      display: none;
    }
  }
  .number {
    font-size: var(--_size-3);
    font-weight: 600;
  }
  .spinner {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    margin-inline-end: 4px;
    border: 2px solid var(--_border);
    border-block-start-color: var(--_accent);
    border-radius: 50%;
    animation: turn 1s linear infinite;
  }
  .spinner.large {
    inline-size: 44px;
    block-size: 44px;
    margin: 0;
    border-width: 3px;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation-duration: 8s;
      animation-timing-function: steps(8);
    }
  }
  .skeleton {
    block-size: 68px;
  }
  .skeleton.tall {
    block-size: 120px;
  }
  details > .stack {
    padding-block-start: 12px;
  }
  summary {
    display: flex;
    align-items: center;
    justify-content: center;
    min-block-size: var(--_target);
    color: var(--_accent);
    cursor: pointer;
  }
  @container (min-width: 720px) {
    section form.stack {
      grid-template-columns: 3fr 2fr;
      align-items: start;
    }
  }
  @media (max-width: 639px) {
    dialog {
      inset: var(--_seen-top, 0px) 0 auto;
      block-size: var(--_seen-height, 100%);
      max-block-size: none;
      border-radius: 0;
    }
  }
  .beside {
    display: flex;
    gap: 8px;
  }
  .beside .button {
    flex: none;
  }
`;

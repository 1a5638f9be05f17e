import {css} from 'lit';

export const checkoutStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  :host([presentation='dialog']) {
    display: contents;
  }
  section {
    max-inline-size: 880px;
    margin-inline: auto;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  section > header {
    padding: 16px 16px 0;
  }
  section > .body,
  section > footer {
    padding: 16px;
  }
  section > footer {
    padding-block-start: 0;
  }
  footer,
  form,
  .good,
  .stack {
    display: grid;
    gap: 12px;
  }
  form {
    gap: 24px;
  }
  .stack {
    gap: 16px;
    align-content: start;
  }
  legend {
    padding: 0;
  }
  .good > legend {
    margin-block-end: 8px;
  }
  h2:focus-visible {
    /* Takes the focus only to be read. */
    outline: none;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: var(--_target);
    padding: 8px 12px;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-control);
    cursor: pointer;
  }
  .choice + .choice {
    margin-block-start: 4px;
  }
  .choice.chosen {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  .choice input {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    accent-color: var(--_accent);
  }
  .good .choice {
    margin: 0;
  }
  .summary {
    display: grid;
    gap: 8px;
    padding: 12px 16px;
    border-radius: var(--_radius-control);
    background: var(--_surface-sunken);
    overflow-wrap: anywhere;
  }
  .row {
    display: flex;
    justify-content: space-between;
    gap: 16px;
  }
  small.hint {
    display: block;
  }
  .label > small.hint {
    display: inline;
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
    padding: 24px 0 8px;
    color: var(--_text);
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
  .number {
    font-size: var(--_size-3);
    font-weight: 600;
  }
  .notice > svg,
  .with-icon > svg {
    flex: none;
  }
  .with-icon {
    text-align: start;
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
  .skeleton.field {
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
    section form {
      grid-template-columns: 3fr 2fr;
    }
    section .summary {
      align-self: start;
    }
  }
  @media (max-width: 639px) {
    dialog {
      inset: 0;
      block-size: 100%;
      max-block-size: none;
      border-radius: 0;
    }
  }
`;

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

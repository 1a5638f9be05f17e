import {css} from 'lit';

export const productStyles = css`
  :host {
    container-type: inline-size;
  }
  article {
    display: grid;
    overflow-wrap: anywhere;
    grid-template-columns: minmax(0, 1fr);
    gap: 20px;
  }
  .picture {
    border-radius: var(--_radius);
    aspect-ratio: 1.586;
  }
  header {
    display: grid;
    gap: 8px;
  }
  h1 {
    margin: 0;
    font-size: 24px;
    font-weight: 700;
    line-height: 1.3;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  header > .price {
    font-size: var(--_size-5);
    font-weight: 700;
    line-height: 1.2;
    letter-spacing: -0.02em;
  }
  header > .price small {
    color: var(--_text-muted);
    font-size: var(--_size-2);
    font-weight: 400;
    letter-spacing: normal;
  }
  header > .hint {
    display: flex;
    flex-wrap: wrap;
    gap: 0 12px;
    min-block-size: 18px;
  }
  .facts {
    font-size: var(--_size-2);
  }
  .proven summary {
    display: inline-flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    min-block-size: var(--_target);
    color: var(--_text-muted);
    font-size: var(--_size-1);
    cursor: pointer;
  }
  .proven summary span:last-child {
    text-decoration: underline;
  }
  .proven p {
    margin-block: 0 4px;
    font-size: var(--_size-2);
  }
  a {
    color: var(--_accent);
  }
  .badges {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
  }
  .badge {
    padding: 1px 8px;
    border: 1px solid var(--_border-strong);
    border-radius: 6px;
    font-size: var(--_size-1);
    font-weight: 600;
  }
  table {
    inline-size: 100%;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    border-spacing: 0;
    font-variant-numeric: tabular-nums;
  }
  caption,
  .form > legend {
    margin-block-end: 8px;
    font-weight: 600;
    text-align: start;
  }
  th,
  td {
    padding: 8px 12px;
    font-weight: 400;
    text-align: start;
  }
  thead th {
    color: var(--_text-muted);
    font-size: var(--_size-1);
  }
  tbody :is(th, td) {
    border-block-start: 1px solid var(--_border);
  }
  td .with-icon {
    display: inline-flex;
    margin-inline-start: 8px;
    color: var(--_accent);
    vertical-align: -3px;
  }
  td svg {
    inline-size: 14px;
    block-size: 14px;
  }
  .current :is(th, td) {
    background: var(--_surface-sunken);
    font-weight: 600;
  }
  tbody th {
    border-inline-start: 3px solid transparent;
  }
  .current th {
    border-inline-start-color: var(--_accent);
  }
  /* Comes and goes with the quantity: its place stays. */
  .next {
    min-block-size: 18px;
    margin-block-start: 6px;
  }
  .form {
    padding: 0;
  }
  .form > legend {
    margin: 0;
  }
  .actions {
    display: grid;
    gap: 12px;
  }
  .pieces {
    flex-wrap: wrap;
  }
  .total {
    text-align: end;
  }
  .total .price {
    font-size: var(--_size-4);
    font-weight: 700;
  }
  .buttons {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 8px;
  }
  .buttons .button {
    min-block-size: 48px;
    font-size: var(--_size-3);
  }
  .add:not(:disabled) {
    border-color: var(--_accent);
    color: var(--_accent);
  }
  .add.success {
    border-color: var(--_success);
    color: var(--_success);
  }
  .promise {
    align-items: start;
    gap: 8px;
    color: var(--_text-muted);
  }
  .details {
    gap: 24px;
    color: var(--_text-muted);
  }
  .details h2 {
    margin-block-end: 8px;
    color: var(--_text);
  }
  .know {
    padding: 16px;
    border: 1px solid var(--_border);
    border-inline-start: 3px solid var(--_warning);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    color: var(--_text);
  }
  .skeleton.line {
    block-size: 18px;
  }
  .skeleton.title {
    block-size: 31px;
  }
  .skeleton.short {
    inline-size: 45%;
  }
  .skeleton.tall {
    block-size: 120px;
  }
  .skeleton.target {
    block-size: 48px;
  }
  /* On a phone the buttons stay within reach of the thumb while the variants above them are read. */
  @container (max-width: 759px) {
    /* What takes the focus is not to lie beneath them. */
    .buy :is(input, select, textarea) {
      scroll-margin-block-end: 190px;
    }
    .buy > .actions {
      position: sticky;
      inset-block-end: 0;
      z-index: 1;
      padding: 12px 12px calc(12px + env(safe-area-inset-bottom, 0px));
      border: 1px solid var(--_border);
      border-radius: var(--_radius) var(--_radius) 0 0;
      background: var(--_surface);
      box-shadow: var(--_shadow);
    }
  }
  @container (min-width: 760px) {
    article {
      grid-template-areas: 'gallery buy' 'details buy';
      grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr);
      grid-template-rows: auto 1fr;
      gap: 32px 40px;
    }
    ks-product-gallery,
    .picture {
      grid-area: gallery;
      align-self: start;
    }
    .buy {
      grid-area: buy;
      gap: 20px;
    }
    .details {
      grid-area: details;
    }
    h1 {
      font-size: 28px;
    }
  }
`;

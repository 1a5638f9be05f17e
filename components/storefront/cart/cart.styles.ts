import {css} from 'lit';

export const cartStyles = css`
  :host {
    display: contents;
  }
  h2 {
    font-size: var(--_size-4);
  }
  h2 small {
    margin-inline-start: 4px;
    color: var(--_text-muted);
    font-size: var(--_size-2);
    font-weight: 400;
  }
  dialog > .body {
    padding-block: 0;
  }
  li {
    display: grid;
    grid-template-columns: 80px minmax(0, 1fr) auto;
    grid-template-areas: 'cover about remove' 'cover buy buy';
    gap: 8px 12px;
    padding-block: 16px;
  }
  li + li {
    border-block-start: 1px solid var(--_border);
  }
  .cover {
    grid-area: cover;
    align-self: start;
    border-radius: 6px;
  }
  .about {
    display: grid;
    align-content: center;
    overflow-wrap: anywhere;
  }
  h3 {
    font-size: var(--_size-2);
  }
  .remove {
    margin: -8px -12px 0 0;
  }
  .buy {
    grid-area: buy;
    flex-wrap: wrap;
  }
  .sum {
    margin-inline-start: auto;
    text-align: end;
  }
  .price {
    font-weight: 700;
  }
  .pending .price {
    color: var(--_text-muted);
  }
  .problem {
    grid-column: 1 / -1;
    align-items: start;
    font-size: var(--_size-1);
  }
  .problem svg {
    inline-size: 16px;
    block-size: 16px;
  }
  .spent .cover {
    opacity: 0.6;
  }
  .spent :is(.about, .sum) {
    color: var(--_text-muted);
  }
  .dead {
    align-items: center;
    margin-block: 8px;
  }
  .dead span {
    flex: 1;
  }
  .subtotal .price {
    font-size: var(--_size-4);
  }
  .blank {
    flex: 1;
    align-content: center;
  }
`;

import {css} from 'lit';

export const cartStyles = css`
  :host {
    display: contents;
  }
  dialog > header h2 {
    display: flex;
    align-items: baseline;
    gap: 8px;
    font-size: var(--_size-4);
  }
  h2 small {
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
    grid-area: about;
    align-self: center;
  }
  h3 {
    font-size: var(--_size-2);
    overflow-wrap: anywhere;
  }
  .remove {
    grid-area: remove;
    margin: -8px -12px 0 0;
  }
  .buy {
    grid-area: buy;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
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
    align-items: flex-start;
    font-size: var(--_size-1);
  }
  .problem svg {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
  }
  .subtotal {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 12px;
  }
  .subtotal .price {
    font-size: var(--_size-4);
  }
  .blank {
    flex: 1;
    align-content: center;
  }
`;

import {css} from 'lit';

export const orderListStyles = css`
  .accent {
    color: var(--_accent);
  }
  h2 {
    font-size: var(--_size-4);
  }
  li + li {
    border-block-start: 1px solid var(--_border);
  }
  .line {
    display: flex;
    align-items: center;
    gap: 8px;
    padding-inline-end: 4px;
  }
  .open {
    flex: 1;
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 2px 16px;
    min-inline-size: 0;
    min-block-size: 72px;
    padding: 12px 16px;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    text-align: start;
  }
  .open:hover {
    background: var(--_surface-sunken);
  }
  .open:focus-visible {
    outline-offset: -2px;
  }
  .goods {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .open .price {
    justify-self: end;
  }
  .open .hint {
    grid-column: 1;
    overflow-wrap: anywhere;
  }
  .state {
    grid-column: 2;
    grid-row: 2;
    align-self: end;
    justify-self: end;
    font-size: var(--_size-1);
  }
  .state svg {
    inline-size: 16px;
    block-size: 16px;
  }
  .sure {
    display: grid;
    gap: 12px;
    padding: 0 16px 16px;
  }
  .sure .row {
    justify-content: end;
  }
  .remove {
    border-color: var(--_danger);
    color: var(--_danger);
  }
  .skeleton {
    block-size: 20px;
    inline-size: 60%;
  }
  @media (max-width: 419px) {
    .state {
      grid-column: 1;
      grid-row: auto;
      justify-self: start;
    }
  }
`;

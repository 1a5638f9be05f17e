import {css} from 'lit';

export const filtersStyles = css`
  form {
    display: grid;
    gap: 4px;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
  }
  fieldset {
    position: relative;
  }
  .choice {
    display: flex;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    overflow: hidden;
  }
  .chip {
    position: relative;
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: var(--_target);
    padding: 4px 12px;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    white-space: nowrap;
    cursor: pointer;
  }
  .chip:hover {
    background: var(--_surface-sunken);
  }
  .choice .chip {
    min-block-size: calc(var(--_target) - 2px);
    border: 0;
    border-radius: 0;
  }
  .choice .chip + .chip {
    border-inline-start: 1px solid var(--_border);
  }
  .choice .chosen {
    background: var(--_surface-sunken);
    color: var(--_accent);
    font-weight: 600;
  }
  .choice .chip:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .chip input[type='checkbox'] {
    inline-size: 18px;
    block-size: 18px;
    accent-color: var(--_accent);
  }
  .count {
    color: var(--_text-muted);
    font-size: var(--_size-1);
    font-weight: 400;
  }
  .price-range {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
  }
  .price-range legend,
  .sort > span {
    float: inline-start;
    color: var(--_text-muted);
    white-space: nowrap;
  }
  .price-range legend {
    align-self: center;
    padding-inline-end: 8px;
  }
  .ends {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .ends .input {
    inline-size: 112px;
  }
  .price-range .error {
    flex-basis: 100%;
  }
  .price-range .error:empty {
    display: none;
  }
  .sort {
    display: flex;
    align-items: center;
    gap: 8px;
    margin-inline-start: auto;
  }
  .sort .input {
    inline-size: auto;
  }
  .total {
    flex-wrap: wrap;
    justify-content: start;
    min-block-size: var(--_target);
  }

  /* On a phone: one row that scrolls, so that the goods stay in sight. */
  @media (max-width: 639px) {
    .filters {
      flex-wrap: nowrap;
      align-items: start;
      gap: 8px;
      padding-block: 2px;
      overflow-x: auto;
      overscroll-behavior-x: contain;
      scrollbar-width: none;
    }
    .filters::-webkit-scrollbar {
      display: none;
    }
    .filters > * {
      flex: none;
    }
    .price-range {
      display: block;
    }
    .ends .input {
      inline-size: 96px;
    }
    .price-range .error {
      padding-block-start: 4px;
    }
  }
  @media (forced-colors: active) {
    .choice .chosen {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;

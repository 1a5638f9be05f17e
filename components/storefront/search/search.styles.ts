import {css} from 'lit';

export const searchStyles = css`
  :host {
    min-inline-size: 0;
  }
  .field {
    position: relative;
    display: flex;
    align-items: center;
    gap: 4px;
    padding-inline: 12px 4px;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-control);
    background: var(--_surface);
  }
  .field:focus-within {
    border-color: var(--_accent);
    outline: 1px solid var(--_accent);
  }
  .field > .icon {
    color: var(--_text-muted);
  }
  .input {
    flex: 1;
    inline-size: auto;
    min-inline-size: 0;
    border: 0;
    background: none;
    appearance: none;
  }
  .input:focus-visible {
    outline: none;
  }
  .input::-webkit-search-cancel-button {
    display: none;
  }
  .button.icon {
    border-radius: 50%;
  }
  .submit {
    min-block-size: 36px;
    margin-block: 4px;
    border-color: transparent;
    background: var(--_surface-sunken);
    position: relative;
  }
  /* A finger finds more of it than is seen. */
  .submit::after {
    content: '';
    position: absolute;
    inset: -5px 0;
  }
  .panel {
    position: absolute;
    inset: calc(100% + 6px) 0 auto;
    z-index: 20;
    max-block-size: min(70vh, 480px);
    padding: 6px;
    overflow-y: auto;
    overscroll-behavior: contain;
    box-shadow: var(--_shadow);
  }
  .heading {
    padding-inline-start: 10px;
  }
  .heading .button {
    font-size: var(--_size-1);
  }
  .option {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: var(--_target);
    padding: 6px 10px;
    border-inline-start: 3px solid transparent;
    border-radius: var(--_radius-control);
    cursor: pointer;
  }
  .option:hover {
    background: var(--_surface-sunken);
  }
  .option[aria-selected='true'] {
    border-color: var(--_accent);
    background: var(--_surface-sunken);
  }
  .name {
    display: grid;
    flex: 1;
    min-inline-size: 0;
  }
  .title {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  mark {
    background: none;
    color: var(--_accent);
    font-weight: 600;
  }
  .price {
    flex: none;
    font-weight: 600;
  }
  .option.all {
    justify-content: center;
    color: var(--_accent);
    font-weight: 600;
  }
  .vain {
    padding: 12px 10px;
    overflow-wrap: anywhere;
  }
  @media (forced-colors: active) {
    .option[aria-selected='true'] {
      outline: 2px solid Highlight;
    }
  }
`;

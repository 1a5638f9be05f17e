import {css} from 'lit';

export const quantityStepperStyles = css`
  :host {
    display: inline-block;
  }
  .stepper {
    display: inline-flex;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-control);
    background: var(--_surface);
  }
  button,
  input {
    display: grid;
    place-items: center;
    inline-size: var(--_target);
    block-size: var(--_target);
    padding: 0;
    border: 0;
    border-radius: var(--_radius-control);
    background: none;
  }
  button:hover {
    background: var(--_surface-sunken);
  }
  button[aria-disabled='true'] {
    background: none;
    color: var(--_border-strong);
    cursor: not-allowed;
  }
  input {
    inline-size: 48px;
    font-size: var(--_size-3);
    font-variant-numeric: tabular-nums;
    text-align: center;
    appearance: textfield;
  }
  input::-webkit-inner-spin-button {
    display: none;
  }
`;

import {css} from 'lit';

/** What is typed into, and what it is called. Apart from the base styles, because a list of goods has none. */
export const controlStyles = css`
  .input {
    inline-size: 100%;
    min-block-size: var(--_target);
    padding: 8px 12px;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-control);
    background: var(--_surface);
    /* Safari on the phone zooms into smaller ones. */
    font-size: var(--_size-3);
  }
  .input::placeholder {
    color: var(--_text-muted);
    opacity: 1;
  }
  .input[aria-invalid='true'] {
    border-color: var(--_danger);
  }
  .label {
    font-weight: 600;
  }
  /* The gap of a field is for its children, which a legend is not laid out as. */
  legend.label {
    margin-block-end: 4px;
  }
`;

import {css} from 'lit';

export const couponFieldStyles = css`
  summary {
    display: flex;
    align-items: center;
    min-block-size: var(--_target);
    color: var(--_accent);
    font-weight: 600;
    cursor: pointer;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  form {
    display: flex;
    gap: 8px;
  }
  .input {
    flex: 1;
    min-inline-size: 0;
    text-transform: uppercase;
  }
  .input::placeholder {
    text-transform: none;
  }
  .code {
    overflow-wrap: anywhere;
  }
  .row > span:first-child {
    min-inline-size: 0;
  }
  .side {
    display: flex;
    align-items: center;
    gap: 4px;
    flex: none;
  }
  .button.icon {
    margin-inline-end: -12px;
  }
  .saves {
    color: var(--_success);
    font-weight: 600;
  }
  .problem {
    align-items: start;
    font-size: var(--_size-1);
  }
  .problem svg {
    inline-size: 16px;
    block-size: 16px;
  }
`;

import {css} from 'lit';

export const orderLookupStyles = css`
  h2 {
    font-size: var(--_size-4);
  }
  form {
    padding: 20px 16px;
  }
  .toggle {
    display: flex;
    align-items: center;
    gap: 8px;
    min-block-size: var(--_target);
  }
  .toggle input {
    inline-size: 20px;
    block-size: 20px;
    accent-color: var(--_accent);
  }
`;

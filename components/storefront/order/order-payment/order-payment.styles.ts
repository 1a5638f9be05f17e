import {css} from 'lit';

export const orderPaymentStyles = css`
  section {
    padding: 16px;
  }
  h3 {
    font-size: var(--_size-3);
  }
  .blank.step {
    padding-block: 0;
  }
`;

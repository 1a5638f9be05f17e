import {css} from 'lit';

export const otherWaysStyles = css`
  :host {
    display: block;
  }
  .stack {
    gap: 12px;
    margin-block-start: 16px;
  }
`;

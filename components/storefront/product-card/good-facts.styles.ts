import {css} from 'lit';

export const goodFactsStyles = css`
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 12px;
    color: var(--_text-muted);
    font-size: var(--_size-1);
  }
  .facts svg {
    inline-size: 14px;
    block-size: 14px;
  }
`;

import {css} from 'lit';

export const noticeStyles = css`
  :host {
    position: fixed;
    inset-block-end: calc(16px + env(safe-area-inset-bottom, 0px));
    inset-inline: 16px;
    z-index: 3;
    inline-size: fit-content;
    max-inline-size: min(420px, calc(100% - 32px));
    margin-inline: auto;
    pointer-events: none;
  }
  .notice {
    box-shadow: var(--_shadow);
    animation: appear var(--_calm) ease-out;
  }
  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
`;

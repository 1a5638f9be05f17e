import {css} from 'lit';

export const cartButtonStyles = css`
  /* After a long grid it stays at the lower edge, within reach of a thumb; in a header it just stands there. */
  :host {
    position: sticky;
    inset-block-end: calc(16px + env(safe-area-inset-bottom, 0px));
    z-index: 2;
    inline-size: fit-content;
    margin-inline-start: auto;
  }
  .button {
    border-color: var(--_border);
    border-radius: 999px;
    box-shadow: var(--_shadow);
  }
  .badge {
    min-inline-size: 22px;
    padding-inline: 6px;
    border-radius: 999px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: var(--_size-1);
    font-variant-numeric: tabular-nums;
    line-height: 22px;
    text-align: center;
  }
  .badge.bump {
    animation: bump var(--_calm) ease-out;
  }
  @keyframes bump {
    40% {
      transform: scale(1.3);
    }
  }
  /* In sight wherever the button stands; above it where it floats. */
  .notice {
    position: fixed;
    inset-block-end: calc(72px + env(safe-area-inset-bottom, 0px));
    inset-inline-end: 16px;
    max-inline-size: 280px;
  }
  @media (forced-colors: active) {
    .badge {
      border: 1px solid ButtonText;
    }
  }
`;

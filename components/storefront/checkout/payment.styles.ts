import {css} from 'lit';

/** What a payment is shown by, in the checkout and at an order. */
export const paymentStyles = css`
  .step {
    padding: 8px 0;
    color: var(--_text);
  }
  /* What stands beside an icon, and what is read line by line, begins where its neighbours do. */
  .step > :is(.notice, .with-icon, .said, .until) {
    inline-size: 100%;
    max-inline-size: 480px;
    text-align: start;
  }
  .step > .element ~ .notice {
    max-inline-size: none;
  }
  .step > .qr {
    inline-size: 240px;
    block-size: auto;
    max-inline-size: 100%;
    aspect-ratio: 1;
    border-radius: 8px;
    background: #fff;
    fill: #000;
    forced-color-adjust: none;
  }
  .step > .element {
    inline-size: 100%;
    text-align: start;
  }
  .step > .element[hidden] {
    display: none;
  }
  .transfer {
    inline-size: 100%;
    max-inline-size: 480px;
    margin: 0;
    text-align: start;
  }
  .transfer > div {
    display: grid;
    grid-template: auto auto / 1fr auto;
    gap: 0 12px;
    align-items: center;
    padding-block: 6px;
    border-block-end: 1px dashed var(--_border);
  }
  .transfer dd {
    margin: 0;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .transfer dd + dd {
    grid-area: 1 / 2 / span 2;
  }
  .transfer .code {
    font-size: var(--_size-3);
    font-weight: 600;
  }
  .said {
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  /* The app is on the phone; beside a mouse the code is there to be scanned. */
  @media not (pointer: coarse) {
    .app {
      display: none;
    }
  }
  .number {
    font-size: var(--_size-3);
    font-weight: 600;
  }
  .spinner {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    margin-inline-end: 4px;
    border: 2px solid var(--_border);
    border-block-start-color: var(--_accent);
    border-radius: 50%;
    animation: turn 1s linear infinite;
  }
  .spinner.large {
    inline-size: 44px;
    block-size: 44px;
    margin: 0;
    border-width: 3px;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation-duration: 8s;
      animation-timing-function: steps(8);
    }
  }
  .skeleton {
    block-size: 68px;
  }
  .skeleton.tall {
    block-size: 120px;
  }
  details > .stack {
    padding-block-start: 12px;
  }
  summary {
    display: flex;
    align-items: center;
    justify-content: center;
    min-block-size: var(--_target);
    color: var(--_accent);
    cursor: pointer;
  }
`;

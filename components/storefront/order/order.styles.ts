import {css} from 'lit';

export const orderStyles = css`
  .accent {
    color: var(--_accent);
  }
  .head {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 4px 12px;
    align-items: center;
  }
  .head p {
    grid-column: 2;
    color: var(--_text-muted);
  }
  h2 {
    font-size: var(--_size-4);
  }
  .badge {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    border-radius: 50%;
    overflow: hidden;
  }
  .badge::before {
    content: '';
    position: absolute;
    inset: 0;
    background: currentcolor;
    opacity: 0.12;
  }
  .steps {
    display: grid;
    grid-template-columns: repeat(4, 1fr);
    color: var(--_text-muted);
    font-size: var(--_size-1);
    text-align: center;
  }
  .steps li {
    position: relative;
    padding-block-start: 24px;
    --_line: var(--_border);
  }
  .steps .done,
  .steps [aria-current] {
    --_line: var(--_accent);
  }
  .steps li::before,
  .steps li + li::after {
    content: '';
    position: absolute;
    inset-block-start: 9px;
    inset-inline: -50% 50%;
    border-block-start: 2px solid var(--_line);
  }
  .steps li::before {
    z-index: 1;
    inset-block-start: 4px;
    inset-inline: calc(50% - 6px) auto;
    inline-size: 12px;
    block-size: 12px;
    border: 2px solid var(--_border-strong);
    border-radius: 50%;
    background: var(--_surface);
  }
  .steps .done::before,
  .steps [aria-current]::before {
    border-color: var(--_accent);
  }
  .steps .done::before {
    background: var(--_accent);
  }
  .steps [aria-current] {
    color: var(--_text);
    font-weight: 600;
  }
  .steps [aria-current]::before {
    animation: pulse 1.6s ease-out infinite;
  }
  @keyframes pulse {
    from {
      box-shadow: 0 0 0 0 var(--_accent);
    }
    to {
      box-shadow: 0 0 0 8px transparent;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .steps [aria-current]::before {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .steps .done::before {
      background: Highlight;
    }
  }
  .panel {
    overflow-wrap: anywhere;
  }
  .panel > * {
    padding: 12px 16px;
  }
  .panel > * + * {
    border-block-start: 1px dashed var(--_border);
  }
  .panel > .reference {
    padding-block: 4px;
    padding-inline-end: 4px;
  }
  .reference .button {
    flex: none;
  }
  .reference bdi {
    -webkit-user-select: all;
    user-select: all;
  }
  .lines li {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 4px 16px;
  }
  .lines .with-icon {
    grid-column: 1 / -1;
    font-size: var(--_size-1);
  }
  .lines svg {
    inline-size: 16px;
    block-size: 16px;
  }
  .sum {
    font-size: var(--_size-3);
    font-weight: 600;
  }
  .foot {
    flex-wrap: wrap;
  }
  .live::before {
    content: '';
    inline-size: 8px;
    block-size: 8px;
    margin-inline-end: 4px;
    border: 2px solid currentcolor;
    border-radius: 50%;
  }
  .live.on::before {
    background: currentcolor;
    color: var(--_success);
  }
  /* It lies on the page itself, as sunken ground would. */
  .skeleton {
    background: var(--_border);
    block-size: 28px;
  }
  .skeleton.tall {
    block-size: 180px;
  }
  summary {
    margin-block: -12px;
    padding-block: 12px;
    cursor: pointer;
  }
  .timeline {
    gap: 0;
    padding-block: 12px 4px;
  }
  .timeline li {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 16px;
    padding-block-end: 16px;
    padding-inline-start: 20px;
  }
  .timeline li::before,
  .timeline li + li::after {
    content: '';
    position: absolute;
    inset-inline-start: 3px;
    inset-block-start: 6px;
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--_accent);
  }
  .timeline li + li::after {
    inset-inline-start: 6px;
    inset-block: calc(-100% + 18px) auto;
    inline-size: 2px;
    block-size: calc(100% - 14px);
    border-radius: 0;
    background: var(--_border);
  }
  @media (forced-colors: active) {
    .timeline li::before {
      background: CanvasText;
    }
  }
`;

import {css} from 'lit';

export const orderStyles = css`
  :host {
    display: block;
  }
  .order {
    display: grid;
    gap: 16px;
  }
  .accent {
    color: var(--_accent);
  }
  .head {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 4px 12px;
    align-items: center;
  }
  .head .hint {
    grid-column: 2;
    font-size: inherit;
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
  }
  .steps li::before,
  .steps li:not(:first-child)::after {
    content: '';
    position: absolute;
    inset-block-start: 9px;
    inset-inline: -50% 50%;
    border-block-start: 2px solid var(--_border);
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
  .steps .done::before {
    border-color: var(--_accent);
    background: var(--_accent);
  }
  .steps li.done:not(:first-child)::after,
  .steps li[aria-current]:not(:first-child)::after {
    border-color: var(--_accent);
  }
  .steps [aria-current] {
    color: var(--_text);
    font-weight: 600;
  }
  .steps [aria-current]::before {
    border-color: var(--_accent);
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
  .ticket {
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  .ticket > * {
    padding: 12px 16px;
  }
  .ticket > * + * {
    border-block-start: 1px dashed var(--_border);
  }
  .row {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 4px 16px;
  }
  .reference {
    padding-block: 4px;
    padding-inline-end: 4px;
  }
  .reference .mono {
    -webkit-user-select: all;
    user-select: all;
    overflow-wrap: anywhere;
  }
  .lines li {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 4px 16px;
  }
  .lines li + li {
    margin-block-start: 16px;
  }
  .lines .with-icon {
    grid-column: 1 / -1;
    font-size: var(--_size-1);
  }
  .lines svg {
    inline-size: 16px;
    block-size: 16px;
  }
  .title {
    overflow-wrap: anywhere;
  }
  .sum {
    font-size: var(--_size-3);
    font-weight: 600;
  }
  .foot {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 4px 16px;
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
  .skeleton.tall {
    block-size: 180px;
  }
  .skeleton.short {
    inline-size: 60%;
    block-size: 28px;
  }
`;

import {css} from 'lit';

export const keyListStyles = css`
  :host {
    display: grid;
    gap: 12px;
  }
  .finder {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
  }
  .finder .input {
    flex: 1 1 200px;
    inline-size: auto;
    min-inline-size: 0;
  }
  section:not(:first-child) {
    margin-block-start: 16px;
  }
  .head {
    min-block-size: var(--_target);
  }
  .keys {
    border-block-start: 1px dashed var(--_border-strong);
  }
  .key {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 12px;
    padding-block: 8px;
    border-block-end: 1px dashed var(--_border);
  }
  .key > .number {
    min-inline-size: 2ch;
    text-align: end;
  }
  .spent .secret {
    color: var(--_text-muted);
    text-decoration: line-through;
  }
  h4,
  .note,
  .secret {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .secret {
    position: relative;
    flex: 1;
    min-inline-size: 0;
    font-size: var(--_size-3);
    -webkit-user-select: all;
    user-select: all;
  }
  .secret img {
    max-inline-size: 100%;
    background: #fff;
  }
  .part,
  .actions {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .part + .part {
    margin-block-start: 4px;
  }
  .part .hint {
    flex: none;
    inline-size: 6em;
  }
  .part .button {
    flex: none;
    padding-inline: 10px;
  }
  .actions {
    flex-wrap: wrap;
  }
  .picking {
    position: sticky;
    inset-block-end: 0;
    padding-block: 8px;
    background: var(--_surface);
  }
  .actions .quiet {
    padding-inline: 8px;
  }
  .tick {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-block-size: var(--_target);
    min-inline-size: var(--_target);
    justify-content: center;
    cursor: pointer;
  }
  .tick input {
    inline-size: 20px;
    block-size: 20px;
    accent-color: var(--_accent);
    cursor: inherit;
  }
  @media (max-width: 479px) {
    .key {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .parts {
      grid-column: 1 / -1;
      grid-row: 1;
    }
    .key > .number {
      text-align: start;
    }
    .part .hint {
      inline-size: auto;
    }
  }
  .fresh .secret::after {
    background: repeating-linear-gradient(-45deg, var(--_border) 0 4px, var(--_surface-sunken) 4px 8px);
  }
  @media (prefers-reduced-motion: no-preference) {
    .fresh .secret::after {
      content: '';
      position: absolute;
      inset: 0 -4px;
      border-radius: 4px;
      animation: scratch 700ms cubic-bezier(0.5, 0, 0.3, 1) both;
      pointer-events: none;
    }
    @keyframes scratch {
      to {
        clip-path: polygon(100% 0, 130% 0, 130% 100%, 115% 100%);
      }
      from {
        clip-path: polygon(-15% 0, 130% 0, 130% 100%, 0 100%);
      }
    }
  }
`;

import {css} from 'lit';

export const keyRevealStyles = css`
  .panel {
    gap: 12px;
    padding: 16px;
  }
  header {
    min-block-size: var(--_target);
  }
  .mask {
    justify-items: center;
    padding: 20px 16px 16px;
    border-radius: var(--_radius-control);
    background: var(--_surface-sunken);
    text-align: center;
  }
  .foil {
    inline-size: min(280px, 100%);
    padding: 10px;
    border-radius: 6px;
    color: var(--_text-muted);
    letter-spacing: 2px;
    overflow: hidden;
    white-space: nowrap;
  }
  .foil,
  .secret::after {
    background: repeating-linear-gradient(-45deg, var(--_border) 0 4px, var(--_surface-sunken) 4px 8px);
  }
  ol {
    border-block-start: 1px dashed var(--_border-strong);
  }
  li {
    padding-block: 8px;
    border-block-end: 1px dashed var(--_border);
    content-visibility: auto;
    contain-intrinsic-size: auto 61px;
  }
  h4:not(:first-child) {
    margin-block-start: 16px;
  }
  .note {
    margin-block-end: 8px;
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
  .secret a {
    display: inline-block;
    padding-block: 10px;
    color: var(--_accent);
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
  @media (prefers-reduced-motion: no-preference) {
    .secret::after {
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

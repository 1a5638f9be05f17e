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
  .foil {
    background: repeating-linear-gradient(-45deg, var(--_border) 0 4px, var(--_surface-sunken) 4px 8px);
  }
`;

import {css} from 'lit';

/**
 * A native dialog that rises from the lower edge on a phone, where thumbs are. On wider screens `.drawer` comes from the
 * end of the line and any other stands in the middle.
 */
export const dialogStyles = css`
  dialog {
    position: fixed;
    inset: auto 0 0;
    inline-size: 100%;
    max-inline-size: none;
    max-block-size: calc(100vh - 24px);
    max-block-size: calc(100dvh - 24px);
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: var(--_radius) var(--_radius) 0 0;
    background: var(--_surface);
    color: var(--_text);
    box-shadow: var(--_shadow);
    overflow: hidden;
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
    animation: enter var(--_calm) cubic-bezier(0.2, 0.8, 0.2, 1);
    --_from: 0 32px;
  }
  dialog::backdrop {
    /* A backdrop sees no custom properties in older browsers. */
    background: rgb(12 15 20 / 50%);
  }
  dialog > header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    padding: 8px 8px 8px 16px;
    border-block-end: 1px solid var(--_border);
  }
  dialog > .body {
    flex: 1 1 auto;
    padding: 16px;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  dialog > footer {
    display: grid;
    gap: 12px;
    padding: 12px 16px calc(12px + env(safe-area-inset-bottom, 0px));
    border-block-start: 1px solid var(--_border);
  }
  @keyframes enter {
    from {
      translate: var(--_from);
      opacity: 0;
    }
  }
  @media (min-width: 640px) {
    dialog {
      inset: 0;
      inline-size: min(560px, 100% - 48px);
      margin: auto;
      border-radius: var(--_radius);
    }
    dialog.drawer {
      inset-inline: auto 0;
      inline-size: 420px;
      block-size: 100%;
      max-block-size: none;
      margin: 0;
      border-radius: 0;
      --_from: 48px;
    }
    dialog.drawer:dir(rtl) {
      --_from: -48px;
    }
  }
  @media (forced-colors: active) {
    dialog {
      border: 1px solid CanvasText;
    }
  }
`;

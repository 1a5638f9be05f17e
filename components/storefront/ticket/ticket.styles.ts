import {css} from 'lit';

export const ticketStyles = css`
  .accent {
    color: var(--_accent);
  }
  section > header {
    padding: 16px 16px 0;
  }
  section > .body {
    padding: 16px;
  }
  .file {
    position: relative;
    justify-self: start;
    cursor: pointer;
  }
  .file input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    opacity: 0;
    cursor: pointer;
    font-size: 0;
  }
  .file:focus-within {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .keys {
    max-block-size: 236px;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .key {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: var(--_target);
    padding: 8px 12px;
    overflow-wrap: anywhere;
  }
  .key + .key {
    border-block-start: 1px solid var(--_border);
  }
  .key input {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    accent-color: var(--_accent);
  }
  .upload {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0 8px;
    align-items: center;
    padding-block: 8px;
    border-block-end: 1px solid var(--_border);
  }
  .upload .name {
    overflow-wrap: anywhere;
  }
  .upload .with-icon {
    grid-column: 1;
  }
  .upload .danger {
    color: var(--_danger);
  }
  .upload .success {
    color: var(--_success);
  }
  .upload svg {
    inline-size: 16px;
    block-size: 16px;
  }
  .upload .deeds {
    grid-column: 2;
    grid-row: 1 / span 2;
    display: flex;
    gap: 4px;
  }
  .sending {
    display: grid;
    gap: 4px;
  }
  progress {
    inline-size: 100%;
    accent-color: var(--_accent);
  }
  .status {
    display: grid;
    gap: 4px;
    padding: 12px 16px;
    border-radius: var(--_radius-control);
    background: var(--_surface-sunken);
  }
  .talk {
    display: grid;
    gap: 16px;
  }
  .talk li {
    display: grid;
    justify-items: start;
    gap: 4px;
    max-inline-size: 88%;
  }
  .talk .buyer {
    justify-items: end;
    justify-self: end;
  }
  .bubble {
    padding: 8px 12px;
    border-radius: var(--_radius);
    border-end-start-radius: 4px;
    background: var(--_surface-sunken);
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  .buyer .bubble {
    border-end-start-radius: var(--_radius);
    border-end-end-radius: 4px;
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .tickets li + li {
    border-block-start: 1px solid var(--_border);
  }
  .tickets button {
    display: grid;
    gap: 4px;
    inline-size: 100%;
    min-block-size: 60px;
    padding: 12px 16px;
    border: 0;
    border-radius: var(--_radius);
    background: none;
    text-align: start;
  }
  .tickets button:hover {
    background: var(--_surface-sunken);
  }
  .tickets button:focus-visible {
    outline-offset: -2px;
  }
  .skeleton {
    block-size: 44px;
  }
  .skeleton.tall {
    block-size: 160px;
  }
  @media (forced-colors: active) {
    .bubble,
    .status {
      border: 1px solid CanvasText;
    }
  }
`;

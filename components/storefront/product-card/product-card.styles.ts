import {css} from 'lit';

export const productCardStyles = css`
  :host {
    container-type: inline-size;
  }
  article {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    overflow: hidden;
    transition:
      border-color var(--_quick),
      box-shadow var(--_quick);
  }
  article:hover {
    border-color: var(--_border-strong);
    box-shadow: var(--_shadow);
  }
  .sold-out .cover > * {
    filter: grayscale(1);
    opacity: 0.55;
  }
  .body {
    display: flex;
    flex: 1;
    flex-direction: column;
    gap: 8px;
    padding: 12px;
  }
  .open {
    min-block-size: 40px;
    padding: 0;
    border: 0;
    background: none;
    color: inherit;
    text-align: start;
    text-decoration: none;
  }
  .title {
    display: -webkit-box;
    min-block-size: 40px;
    font-weight: 600;
    line-height: 20px;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
  }
  /* The whole card opens its details; what can be pressed besides lies above. */
  .open::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: var(--_radius);
  }
  .open:focus-visible {
    outline: none;
  }
  .open:focus-visible::after {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .foot {
    flex-wrap: wrap;
    gap: 4px;
    margin-block-start: auto;
  }
  .price {
    font-size: var(--_size-4);
    font-weight: 700;
    line-height: 1.2;
    letter-spacing: -0.01em;
  }
  .price small {
    color: var(--_text-muted);
    font-size: var(--_size-1);
    font-weight: 400;
  }
  .add,
  .error {
    position: relative;
    z-index: 1;
  }
  .add {
    margin-inline-start: auto;
    padding-inline: 12px;
    border-color: var(--_border);
    color: var(--_accent);
  }
  .add.choose svg {
    display: none;
  }
  .add:hover:not(:disabled) {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .add.done {
    color: var(--_success);
  }
  .add.done svg {
    animation: settle var(--_calm) ease-out;
  }
  @keyframes settle {
    from {
      transform: scale(0.4);
    }
  }
  .line {
    block-size: 18px;
  }
  .line.short {
    inline-size: 55%;
  }
  .line.price {
    inline-size: 40%;
    block-size: 24px;
  }
  .skeleton.add {
    inline-size: var(--_target);
    block-size: var(--_target);
    border-radius: var(--_radius-control);
  }
  @container (max-width: 219px) {
    .body {
      padding: 10px;
    }
    .price {
      font-size: var(--_size-3);
    }
    .add {
      padding: 0;
    }
    .add.none {
      padding-inline: 8px;
    }
    .add .text {
      display: none;
    }
    .add.choose svg {
      display: block;
    }
  }
`;

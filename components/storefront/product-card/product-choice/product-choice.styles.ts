import {css} from 'lit';

export const productChoiceStyles = css`
  dialog > header h2 {
    padding-block: 8px;
    overflow-wrap: anywhere;
  }
  .top {
    display: flex;
    align-items: flex-start;
    gap: 16px;
  }
  .cover {
    flex: none;
    inline-size: 127px;
    border-radius: var(--_radius-control);
  }
  .top > div:last-child {
    display: grid;
    gap: 4px;
  }
  .price {
    font-weight: 700;
    line-height: 1.2;
  }
  .top .price {
    font-size: var(--_size-5);
    letter-spacing: -0.02em;
  }
  .body {
    display: grid;
    align-content: start;
    gap: 20px;
  }
  legend {
    padding: 0;
    margin-block-end: 8px;
    font-weight: 600;
  }
  .values {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .value {
    position: relative;
    display: inline-flex;
  }
  .value input {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    opacity: 0;
    cursor: pointer;
  }
  .value span {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: var(--_target);
    min-inline-size: var(--_target);
    justify-content: center;
    padding: 4px 14px;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-control);
    background: var(--_surface);
  }
  .value input:checked + span {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
    color: var(--_accent);
    font-weight: 600;
  }
  .value input:focus-visible + span {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .value small {
    font-size: var(--_size-1);
    font-weight: 400;
  }
  .value.sold_out span {
    background: var(--_surface-sunken);
    color: var(--_text-muted);
  }
  .value.impossible span {
    border-style: dashed;
    color: var(--_text-muted);
  }
  .tiers {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .tiers li {
    display: flex;
    gap: 8px;
    padding: 4px 10px;
    border-radius: var(--_radius-control);
    background: var(--_surface-sunken);
  }
  .tiers li.current {
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  .description {
    color: var(--_text-muted);
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  h3 {
    margin-block-end: 8px;
    font-size: var(--_size-2);
  }
  .buy {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 16px;
  }
  .buy .price {
    font-size: var(--_size-4);
  }
  .skeleton.text {
    block-size: 20px;
  }
  .skeleton.row {
    block-size: 44px;
  }
  @media (forced-colors: active) {
    .value input:checked + span {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;

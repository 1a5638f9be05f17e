import {css} from 'lit';

export const productChoiceStyles = css`
  h2 {
    padding-block: 8px;
    overflow-wrap: anywhere;
  }
  .top {
    display: flex;
    align-items: start;
    gap: 16px;
  }
  .cover {
    flex: none;
    inline-size: 127px;
    border-radius: var(--_radius-control);
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
  legend,
  h3 {
    margin-block-end: 8px;
    font-size: var(--_size-2);
    font-weight: 600;
  }
  .values,
  .tiers {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .value {
    position: relative;
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
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: var(--_target);
    min-inline-size: var(--_target);
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
  .tiers li {
    display: flex;
    gap: 8px;
    padding: 4px 10px;
    border-radius: var(--_radius-control);
    background: var(--_surface-sunken);
  }
  .tiers .current {
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  .description {
    color: var(--_text-muted);
  }
  .buy {
    flex-wrap: wrap;
  }
  .buy .price {
    font-size: var(--_size-4);
  }
  .skeleton.text {
    block-size: 20px;
  }
  .skeleton.tall {
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

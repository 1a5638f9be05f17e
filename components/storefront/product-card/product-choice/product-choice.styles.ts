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
  h3 {
    margin-block-end: 8px;
    font-size: var(--_size-2);
    font-weight: 600;
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
`;

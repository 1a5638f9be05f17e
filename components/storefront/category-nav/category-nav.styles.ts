import {css} from 'lit';

export const categoryNavStyles = css`
  .list,
  .children {
    display: grid;
    gap: 2px;
  }
  .children {
    margin-inline-start: 12px;
    padding-inline-start: 6px;
    border-inline-start: 1px solid var(--_border);
  }
  .line {
    display: flex;
    align-items: center;
  }
  .category {
    position: relative;
    display: flex;
    flex: 1;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: var(--_target);
    padding: 8px 12px;
    border: 1px solid transparent;
    border-radius: var(--_radius-control);
    background: none;
    text-align: start;
  }
  .category:hover {
    background: var(--_surface-sunken);
  }
  .category[aria-current] {
    background: var(--_surface-sunken);
    color: var(--_accent);
    font-weight: 600;
  }
  .name {
    overflow-wrap: anywhere;
  }
  .count {
    color: var(--_text-muted);
    font-size: var(--_size-1);
    font-weight: 400;
  }
  .toggle {
    flex: none;
  }
  .toggle svg {
    inline-size: 16px;
    block-size: 16px;
    transition: rotate var(--_quick);
  }
  .toggle[aria-expanded='true'] svg {
    rotate: 90deg;
  }
  .skeleton.category {
    display: block;
    margin-block: 6px;
    min-block-size: 32px;
  }

  /* On a phone: one row that scrolls, what is inside a category beside it. */
  @media (max-width: 639px) {
    .list {
      display: flex;
      gap: 8px;
      padding-block: 2px;
      overflow-x: auto;
      overscroll-behavior-x: contain;
      scrollbar-width: none;
    }
    .list::-webkit-scrollbar {
      display: none;
    }
    .list > li,
    .children > li,
    .children {
      display: contents;
    }
    .line {
      flex: none;
    }
    .list > li > .category,
    .line > .category {
      inline-size: auto;
      padding-inline: 14px;
      border-color: var(--_border);
      border-radius: 22px;
      background: var(--_surface);
      white-space: nowrap;
    }
    .children .category {
      border-style: dashed;
    }
    .category[aria-current],
    .list .category[aria-current] {
      border-color: var(--_accent);
      background: var(--_surface);
    }
    .list > li > .category {
      flex: none;
    }
    .toggle {
      margin-inline-start: -4px;
    }
    .skeleton.category {
      inline-size: 88px;
    }
  }
  @media (forced-colors: active) {
    .category[aria-current] {
      border-color: Highlight;
    }
  }
`;

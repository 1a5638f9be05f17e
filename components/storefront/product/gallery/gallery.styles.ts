import {css} from 'lit';

export const galleryStyles = css`
  :host {
    display: grid;
    gap: 8px;
  }
  .stage {
    position: relative;
    display: flex;
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    overflow-x: auto;
    overscroll-behavior-x: contain;
    scroll-snap-type: x mandatory;
    scrollbar-width: none;
  }
  .stage::-webkit-scrollbar {
    display: none;
  }
  .stage .cover {
    flex: 0 0 100%;
    scroll-snap-align: start;
  }
  .stage img {
    object-fit: contain;
  }
  .thumbnails {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .thumbnails .cover {
    inline-size: 76px;
    block-size: 48px;
    padding: 0;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-control);
  }
  .thumbnails .cover:hover {
    border-color: var(--_border-strong);
  }
  .thumbnails [aria-current='true'] {
    border-color: var(--_accent);
    box-shadow: 0 0 0 1px var(--_accent);
  }
  @media (forced-colors: active) {
    .thumbnails [aria-current='true'] {
      border: 3px solid Highlight;
    }
  }
`;

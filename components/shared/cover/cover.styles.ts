import {css} from 'lit';

/** `.cover` holds a cover and keeps its place while the picture is on its way. */
export const coverStyles = css`
  .cover {
    aspect-ratio: 1.586;
    background: var(--_surface-sunken);
    overflow: hidden;
  }
  .cover > * {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
    /* A card is no text: its words would run out of it in pages that read from right to left. */
    direction: ltr;
  }
`;

import {css} from 'lit';

/**
 * @cssproperty --ks-card-width - Least width of a card on screens that are no phones
 */
export const productGridStyles = css`
  :host {
    container-type: inline-size;
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(148px, 1fr));
    gap: 12px;
  }
  @container (min-width: 640px) {
    .grid {
      grid-template-columns: repeat(auto-fill, minmax(var(--ks-card-width, 208px), 1fr));
      gap: 16px;
    }
  }
  li {
    display: grid;
  }
  /* Far cards are not laid out; the remembered size keeps the scroll bar calm. */
  .grid.long li {
    content-visibility: auto;
    contain-intrinsic-size: auto 290px;
  }
  .later {
    min-block-size: 290px;
  }
  .grid.windowed {
    position: relative;
  }
  .held {
    position: absolute;
    inline-size: 208px;
  }
  .grid.replacing {
    opacity: 0.5;
    transition: opacity var(--_calm) var(--_calm);
  }
  .end {
    display: grid;
    justify-items: center;
    gap: 8px;
    margin-block-start: 20px;
  }
  .notice {
    flex-wrap: wrap;
    margin-block-end: 12px;
    border-color: var(--_border);
  }
`;

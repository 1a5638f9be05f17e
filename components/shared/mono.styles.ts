import {css} from 'lit';

/** Numbers, codes and keys, which are read letter by letter. Apart from the base styles, because a list of goods has none. */
export const monoStyles = css`
  .mono {
    font-family: ui-monospace, 'SF Mono', Menlo, Consolas, 'Noto Sans Mono CJK SC', monospace;
  }
`;

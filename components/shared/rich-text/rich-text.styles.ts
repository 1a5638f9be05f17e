import {css} from 'lit';

export const richTextStyles = css`
  .rich-text {
    display: grid;
    gap: 8px;
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  /* Of the template's own white space nothing is to be seen. */
  .rich-text ul,
  .rich-text ol {
    display: grid;
    gap: 4px;
    padding-inline-start: 20px;
    white-space: normal;
  }
  .rich-text ul {
    list-style: disc;
  }
  .rich-text ol {
    list-style: decimal;
  }
  .rich-text li {
    white-space: pre-line;
  }
  .rich-text [role='heading'] {
    margin-block-start: 8px;
    color: var(--_text);
    font-size: var(--_size-2);
    font-weight: 600;
  }
  .rich-text [role='heading']:first-child {
    margin-block-start: 0;
  }
  .rich-text a {
    color: var(--_accent);
    text-underline-offset: 3px;
  }
`;

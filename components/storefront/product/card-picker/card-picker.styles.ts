import {css} from 'lit';

export const cardPickerStyles = css`
  .cards {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 148px), 1fr));
    gap: 8px;
    max-block-size: 320px;
    margin-block-start: 8px;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .value.any {
    grid-column: 1 / -1;
  }
  .value span {
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 8px;
    overflow-wrap: anywhere;
  }
  /* The list scrolls, and would cut an outline off. */
  .cards .value input:focus-visible + span {
    outline-offset: -3px;
  }
  .foot {
    margin-block-start: 8px;
  }
  .skeleton {
    block-size: var(--_target);
    border-radius: var(--_radius-control);
  }
`;

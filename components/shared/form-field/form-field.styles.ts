import {css} from 'lit';

/** `.choice` is a radio button or checkbox with its words. */
export const formFieldStyles = css`
  .choice {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: var(--_target);
    padding: 8px 12px;
    border: 1px solid var(--_border-strong);
    border-radius: var(--_radius-control);
    cursor: pointer;
  }
  .choice + .choice {
    margin-block-start: 4px;
  }
  .choice.chosen {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  .choice input {
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    accent-color: var(--_accent);
  }
`;

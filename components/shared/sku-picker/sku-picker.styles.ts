import {css} from 'lit';

export const skuPickerStyles = css`
  .options {
    overflow-wrap: anywhere;
  }
  .options legend {
    max-inline-size: 100%;
    margin-block-end: 8px;
    font-weight: 600;
  }
  .values {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .value {
    position: relative;
    max-inline-size: 100%;
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
    background: linear-gradient(
        to top right,
        transparent calc(50% - 0.6px),
        var(--_border-strong) calc(50% - 0.6px) calc(50% + 0.6px),
        transparent calc(50% + 0.6px)
      )
      var(--_surface-sunken);
    color: var(--_text-muted);
  }
  .value.impossible span {
    border-style: dashed;
    color: var(--_text-muted);
  }
  @media (forced-colors: active) {
    .value input:checked + span {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;

import {html, type TemplateResult} from 'lit';

/** A few choices side by side, as radio buttons. */
export function segments<T extends string>(
  label: string,
  choices: readonly (readonly [T, string])[],
  value: T,
  choose: (value: T) => void,
): TemplateResult {
  return html`<fieldset>
    <legend>${label}</legend>
    <div class="segments">
      ${choices.map(
        ([choice, text]) =>
          html`<label>
            <input
              type="radio"
              name=${label}
              value=${choice}
              .checked=${choice === value}
              @change=${() => choose(choice)}
            /><span>${text}</span>
          </label>`,
      )}
    </div>
  </fieldset>`;
}

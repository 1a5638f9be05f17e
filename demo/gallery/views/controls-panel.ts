import {html, nothing, type TemplateResult} from 'lit';
import {controlFor, usualValue, type Control} from '../control.ts';
import type {Exhibit, GalleryView} from '../gallery-view.ts';
import type {Described} from '../manifest.ts';

/** Attributes, methods and slots of the element, as the manifest lists them, each with what changes it. */
export function controlsPanel(view: GalleryView, exhibit: Exhibit): TemplateResult {
  const {settings, words, change, call} = view;
  const {info, state} = exhibit;
  const isTouched = Object.keys(settings.attributes).length > 0 || settings.slot !== '';
  return html`<div class="row">
      <h3>${words.attributes}</h3>
      ${
        isTouched
          ? html`<button type="button" class="button small" @click=${() => change({attributes: {}, slot: ''})}>
              ${words.reset}
            </button>`
          : nothing
      }
    </div>
    ${info.attributes.length === 0 ? html`<p class="quiet">${words.noAttributes}</p>` : nothing}
    ${info.attributes.map(attribute => attributeControl(view, exhibit, attribute))}
    ${info.properties.map(
      ({name, type, description}) =>
        html`<div class="setting">
          <span class="name"><code>.${name}</code> <code class="type">${type}</code></span>
          <p class="quiet">${description} ${words.inCode}</p>
        </div>`,
    )}
    ${
      info.methods.length > 0
        ? html`<h3>${words.methods}</h3>
            ${info.methods.map(
              ({name, description}) =>
                html`<div class="setting">
                  <div class="row">
                    <code>${name}()</code>
                    <button
                      type="button"
                      class="button small"
                      aria-label="${words.call} ${name}()"
                      @click=${() => call(name)}
                    >
                      ${words.call}
                    </button>
                  </div>
                  <p class="quiet">${description}</p>
                </div>`,
            )}`
        : nothing
    }
    ${info.slots.length > 0 ? slots(view, info.slots, state.children !== undefined) : nothing}`;
}

function slots({settings, words, change}: GalleryView, list: readonly Described[], isFilled: boolean): TemplateResult {
  return html`<h3>${words.slots}</h3>
    ${list.map(({name, description}) => {
      const takesText = name === '' && !isFilled;
      return html`<div class="setting">
        <span class="name"><code>${name === '' ? 'default' : name}</code></span>
        <p class="quiet" id="slot-about">${description}</p>
        ${
          takesText
            ? html`<input
                type="text"
                name="slot"
                aria-label=${words.slotText}
                aria-describedby="slot-about"
                .value=${settings.slot}
                @input=${(event: Event) => change({slot: valueOf(event)})}
              />`
            : nothing
        }
      </div>`;
    })}`;
}

function attributeControl(view: GalleryView, {given}: Exhibit, attribute: Described): TemplateResult {
  const {settings, change} = view;
  const {name, description, type} = attribute;
  const set = settings.attributes[name];
  const value = set === undefined ? given[name] : (set ?? undefined);
  /** What is as the state has it goes without saying. */
  const setTo = (next: string | null): void => {
    const {[name]: _, ...others} = settings.attributes;
    const isAsGiven = (next ?? undefined) === given[name];
    change({attributes: isAsGiven ? others : {...settings.attributes, [name]: next}});
  };
  const control = controlFor(attribute);
  return html`<div class="setting">
    <label for="attribute-${name}" class="name"><code>${name}</code> <code class="type">${type}</code></label>
    <p class="quiet" id="about-${name}">${description}</p>
    ${field(view, control, attribute, value, setTo)}
  </div>`;
}

function field(
  {words}: GalleryView,
  control: Control,
  attribute: Described,
  value: string | undefined,
  setTo: (next: string | null) => void,
): TemplateResult {
  const {name} = attribute;
  const usual = usualValue(attribute);
  switch (control.kind) {
    case 'switch':
      return html`<input
        type="checkbox"
        role="switch"
        class="switch"
        id="attribute-${name}"
        aria-describedby="about-${name}"
        .checked=${value !== undefined}
        @change=${(event: Event) => setTo((event.target as HTMLInputElement).checked ? '' : null)}
      />`;
    case 'choice':
      return html`<select
        id="attribute-${name}"
        aria-describedby="about-${name}"
        @change=${(event: Event) => setTo(valueOf(event) || null)}
      >
        <option value="" ?selected=${!value}>${words.usual}${usual ? ` (${usual})` : ''}</option>
        ${control.values.map(each => html`<option value=${each} ?selected=${each === value}>${each}</option>`)}
      </select>`;
    default:
      return html`<input
        type=${control.kind}
        id="attribute-${name}"
        aria-describedby="about-${name}"
        placeholder=${usual}
        autocomplete="off"
        spellcheck="false"
        .value=${value ?? ''}
        @input=${(event: Event) => setTo(valueOf(event) || null)}
      />`;
  }
}

const valueOf = ({target}: Event): string => (target as HTMLInputElement | HTMLSelectElement).value;

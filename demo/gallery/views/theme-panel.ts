import {html, nothing, type TemplateResult} from 'lit';
import {accentColors, palettes, type Palette} from '../../palettes.ts';
import {weakContrasts} from '../contrast.ts';
import type {GalleryView} from '../gallery-view.ts';
import type {Described} from '../manifest.ts';
import {appearanceOf, bareName, cssOf, hexOf} from '../tokens.ts';
import {codeBlock} from './code-block.ts';
import {copyButton} from './copy-button.ts';

/** The documented tokens with what sets them, and what a page writes to look so. */
export function themePanel(view: GalleryView): TemplateResult {
  const {settings, words, tokens, change} = view;
  const isTouched = Object.keys(settings.tokens).length > 0;
  return html`<h3>${words.palettes}</h3>
    <div class="palettes">${palettes.map(palette => paletteButton(view, palette))}</div>
    ${warnings(view)} ${isTouched ? written(view) : html`<p class="quiet">${words.untouched}</p>`}
    <div class="row">
      <h3>${words.tokens}</h3>
      ${
        isTouched
          ? html`<button type="button" class="button small" @click=${() => change({tokens: {}})}>
              ${words.reset}
            </button>`
          : nothing
      }
    </div>
    ${tokens.map(token => tokenControl(view, token))}`;
}

function written(view: GalleryView): TemplateResult {
  const {settings} = view;
  const css = cssOf(settings.tokens);
  const appearance = `shop.appearance = ${JSON.stringify(appearanceOf(settings.tokens), null, 2)};`;
  return html`<div class="row">
      <h3>CSS</h3>
      ${copyButton(view, css, 'css')}
    </div>
    ${codeBlock(css, 'css')}
    <div class="row">
      <h3>appearance</h3>
      ${copyButton(view, appearance, 'appearance')}
    </div>
    ${codeBlock(appearance, 'appearance')}`;
}

/** Sets accent and what is written on it, as they fit the ground that the stage has now. */
function paletteButton({settings, words, inForce, change}: GalleryView, palette: Palette): TemplateResult {
  const ground = isDark(inForce['surface'] ?? '#ffffff') ? 'dark' : 'light';
  const [accent, onAccent] = accentColors[palette][ground];
  const isChosen = settings.tokens['accent'] === accent;
  return html`<button
    type="button"
    class="palette ${palette}"
    aria-pressed=${isChosen}
    @click=${() => change({tokens: {...settings.tokens, accent, 'on-accent': onAccent}})}
  >
    <span class="swatch" data-ground=${ground}></span>${words.paletteNames[palette]}
  </button>`;
}

function warnings({words, inForce}: GalleryView): TemplateResult {
  const weak = weakContrasts(inForce);
  return html`<div role="status">
    ${
      weak.length === 0
        ? html`<p class="readable">${words.readable}</p>`
        : weak.map(
            ({over, under, ratio, least}) =>
              // Rounded down: 4.49 is not 4.5.
              html`<p class="weak">${words.weak(over, under, (Math.floor(ratio * 100) / 100).toFixed(2), least)}</p>`,
          )
    }
  </div>`;
}

function tokenControl(
  {settings, inForce, change}: GalleryView,
  {name: property, description}: Described,
): TemplateResult {
  const name = bareName(property);
  const value = settings.tokens[name] ?? inForce[name] ?? '';
  const set = (next: string): void => {
    const {[name]: _, ...others} = settings.tokens;
    change({tokens: next.trim() === '' ? others : {...settings.tokens, [name]: next.trim()}});
  };
  const input = (event: Event): void => set((event.target as HTMLInputElement).value);
  const isColor = value !== '' && CSS.supports('color', value);
  return html`<div class="setting token">
    <label for="token-${name}" class="name"><code>${property}</code></label>
    <p class="quiet" id="about-token-${name}">${description}</p>
    <div class="pair">
      ${isColor ? html`<input type="color" aria-label=${property} .value=${hexOf(value)} @input=${input} />` : nothing}
      ${
        name === 'radius'
          ? html`<input
              type="range"
              min="0"
              max="28"
              aria-label=${property}
              .value=${String(parseFloat(value) || 0)}
              @input=${(event: Event) => set(`${(event.target as HTMLInputElement).value}px`)}
            />`
          : nothing
      }
      <input
        type="text"
        id="token-${name}"
        aria-describedby="about-token-${name}"
        autocomplete="off"
        spellcheck="false"
        placeholder=${inForce[name] ?? ''}
        .value=${settings.tokens[name] ?? ''}
        @change=${input}
      />
    </div>
  </div>`;
}

/** By Rec. 601 luma, as the elements tell grounds apart. */
function isDark(hex: string): boolean {
  const [red = 255, green = 255, blue = 255] = [1, 3, 5].map(at => parseInt(hexOf(hex).slice(at, at + 2), 16));
  return red * 0.299 + green * 0.587 + blue * 0.114 < 128;
}

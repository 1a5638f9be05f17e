import type {GallerySettings} from './settings.ts';

/** How high the stage is, in CSS pixels of the gallery: most of what a screen has, and never too little to work with. */
const height = (): number => Math.max(520, Math.min(820, innerHeight - 260));

/**
 * Gives the frame the width that was chosen, in pixels of the page within it, and scales it down where there is less
 * room. A zoomed page has fewer pixels of its own for the same width, as in a browser.
 */
export function fitStage({width, zoom}: GallerySettings): void {
  const room = document.querySelector<HTMLElement>('#room');
  const frame = document.querySelector<HTMLElement>('#frame');
  if (!room || !frame) return;
  const available = room.clientWidth;
  const wanted = width === 'free' ? available : Number(width);
  const fit = Math.min(1, available / wanted);
  const zoomed = Number(zoom) / 100;
  const scale = fit * zoomed;
  const shown = wanted * fit;
  set(frame.parentElement!, {width: `${shown}px`, height: `${height()}px`});
  set(frame, {
    width: `${wanted / zoomed}px`,
    height: `${height() / scale}px`,
    transform: scale === 1 ? 'none' : `scale(${scale})`,
  });
  const size = document.querySelector('#size');
  const percent = fit < 1 ? ` · ${Math.round(fit * 100)} %` : '';
  if (size) size.textContent = `${Math.round(wanted)} px${percent}`;
}

function set(element: HTMLElement, styles: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(styles)) element.style.setProperty(name, value);
}

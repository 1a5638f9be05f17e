import type {GalleryView} from '../gallery-view.ts';
import {writeSettings, type GallerySettings} from '../settings.ts';

/** What is left of the settings when another element is shown: how it is looked at, not what was set on the last one. */
const leaving: Partial<GallerySettings> = {state: '', attributes: {}, slot: ''};

export const elementAddress = ({settings}: GalleryView, element: string): string =>
  writeSettings({...settings, ...leaving, element});

/** Shows the element without leaving the page, unless the press asks the browser for another tab. */
export const followInPlace =
  ({change}: GalleryView, element: string) =>
  (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    change({...leaving, element});
  };

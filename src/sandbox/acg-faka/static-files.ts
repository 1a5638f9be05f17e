import {drawCover} from '../catalogue/cover.ts';
import {drawSteps} from '../catalogue/steps-picture.ts';
import {usageSteps} from '../catalogue/usage.ts';
import type {Platform} from '../platform/platform.ts';
import {htmlPage} from './html-page.ts';

/** Where the shop keeps its pictures. */
export function coverPath(code: string): string {
  return `/assets/cache/${code}.svg`;
}

/** A good's cover, the picture of its description, or the shop's icon; the HTML page for everything else. */
export function picture(platform: Platform, pathname: string): Response {
  if (pathname === '/favicon.ico') return image('image/x-icon', blankIcon());
  const [, code, isSteps] = /^\/assets\/cache\/([^/]+?)(-steps)?\.svg$/.exec(pathname) ?? [];
  const good = code === undefined ? undefined : platform.good(code);
  if (good && isSteps && good.description.includes(pathname)) {
    return image('image/svg+xml', drawSteps(usageSteps(good.cardForm, good.delivery === 'manual')));
  }
  if (!good || good.cover !== pathname) return htmlPage();
  const category = platform.categories().find(({id}) => id === good.categoryId);
  return image('image/svg+xml', drawCover({title: good.title, category: category?.name ?? '', seed: good.code}));
}

function image(mediaType: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, {headers: {'content-type': mediaType, 'cache-control': 'max-age=86400'}});
}

/** One transparent pixel as an ICO file: directory, bitmap header, pixel, mask. */
function blankIcon(): Uint8Array<ArrayBuffer> {
  const icon = new Uint8Array(70);
  icon.set([0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 0, 32, 0, 48, 0, 0, 0, 22, 0, 0, 0]);
  icon.set([40, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 32, 0], 22);
  return icon;
}

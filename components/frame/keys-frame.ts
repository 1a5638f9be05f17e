/**
 * The script of the page that the shop server frames into a host page to show keys there (`/frames/keys`), and of the same
 * page in a window of its own. The host page says which order and how it looks; it is told how high the content is.
 *
 * A checkout asks for the public key and nothing else: what shows something is loaded when there is something to show.
 */
import {safeParse} from 'valibot';
import {fittingAppearance, setAppearance} from '../shared/appearance.ts';
import {helloSchema, toFrameSchema, type FromFrame, type ToFrame} from '../shared/frame-messages.ts';
import type {Theme} from '../shared/theme.ts';
import {readFrameKey} from './frame-key.ts';
import {frameStyles} from './frame.styles.ts';
import type {FrameView} from './frame-view.ts';

const root = document.documentElement;
/** The pages that may use the shop; `frame-ancestors` lets no other in, either. */
const origins: readonly string[] = (root.dataset['origins'] ?? '').split(' ');
const isFramed = parent !== window;
let port: MessagePort | undefined;
let theme: Theme | undefined;
let loading: Promise<FrameView> | undefined;

document.adoptedStyleSheets = [frameStyles];

if (isFramed) {
  addEventListener('message', ({source, origin, data, ports: [given]}: MessageEvent<unknown>) => {
    if (port || !given || source !== parent || !origins.includes(origin) || !safeParse(helloSchema, data).success)
      return;
    port = given;
    given.onmessage = ({data: message}: MessageEvent<unknown>) => {
      const parsed = safeParse(toFrameSchema, message);
      if (parsed.success) take(parsed.output);
    };
    tell({type: 'ready'});
  });
  new ResizeObserver(tellSize).observe(document.body);
  addEventListener('keydown', ({key, defaultPrevented}) => {
    if (key === 'Escape' && !defaultPrevented) tell({type: 'escape'});
  });
} else {
  root.classList.add('window');
  root.lang = navigator.language;
  const named = location.hash.slice(1);
  // What gives keys away stays in no history, and on no screen.
  history.replaceState(null, '', location.pathname);
  withView(view => {
    if (named.startsWith('dlv_')) return view.claim(named);
    return /^ord_[\w-]+$/.test(named) ? view.show({orderId: named, orderNumber: ''}) : view.lookUp();
  });
}

function take(message: ToFrame): void {
  switch (message.type) {
    case 'dress':
      return dress(message);
    case 'bind':
      readFrameKey().then(
        ({revealKey, isKept}) => tell({type: 'bound', revealKey, isKept}),
        () => tell({type: 'not_bound'}),
      );
      return;
    case 'show':
      return withView(view => view.show(message));
    case 'look_up':
      return withView(view => view.lookUp());
  }
}

function dress({lang, dir, ground, appearance, ...worn}: Extract<ToFrame, {type: 'dress'}>): void {
  root.lang = lang;
  root.dir = dir;
  root.style.setProperty('color-scheme', ground);
  setAppearance(root, fittingAppearance(appearance));
  ({theme} = worn);
  if (loading) withView(() => Promise.resolve());
}

/** @param act settles when what it shows is drawn */
function withView(act: (view: FrameView) => Promise<unknown>): void {
  loading ??= import('./frame-view.ts').then(({createFrameView}) => createFrameView(isFramed ? tell : undefined));
  loading.then(
    async view => {
      if (theme) view.wear(theme);
      await act(view);
      // Where it is not in view, browsers draw nothing in a frame, and so observe nothing; asked, they measure.
      tellSize();
    },
    () => {
      loading = undefined;
      tell({type: 'failed'});
    },
  );
}

function tellSize(): void {
  tell({type: 'size', height: document.body.getBoundingClientRect().height});
}

function tell(message: FromFrame): void {
  port?.postMessage(message);
}

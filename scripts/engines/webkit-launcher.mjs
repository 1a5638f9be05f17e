import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createServer} from 'node:net';
import {createInterface} from 'node:readline';
import {setTimeout as pause} from 'node:timers/promises';

/**
 * web-test-runner launcher: one window of WebKitGTK on a screen of its own, driven by WebDriver (W3C, §6 to §15).
 *
 * The runner's own WebDriver launcher brings two hundred packages for these few calls.
 *
 * @param {{driver: string, browser: string, screen: string}} programs paths of WebKitWebDriver, MiniBrowser and Xvfb
 */
export function webkitLauncher(programs) {
  const children = [];
  const active = new Set();
  let window;
  let turn = Promise.resolve();

  /** One page after the other: a navigation that overtakes another one leaves a page that never starts. */
  const goTo = url => {
    const going = async () => call(await window, 'POST', '/url', {url});
    return (turn = turn.then(going, going));
  };

  /** @param {readonly string[]} keys names as `KeyboardEvent.key` has them, or characters, pressed one after another */
  async function sendKeys(_sessionId, keys) {
    const strokes = keys.map(key => keyCodes[key] ?? key);
    const actions = strokes.flatMap(value => ['keyDown', 'keyUp'].map(type => ({type, value})));
    await call(await window, 'POST', '/actions', {actions: [{type: 'key', id: 'keyboard', actions}]});
  }

  async function act(...steps) {
    await call(await window, 'POST', '/actions', {actions: [{type: 'pointer', id: 'mouse', actions: steps}]});
  }
  const moveTo = (x, y) => ({type: 'pointerMove', duration: 0, x: Math.round(x), y: Math.round(y)});
  const down = (button = 'left') => ({type: 'pointerDown', button: mouseButtons.indexOf(button)});
  const up = (button = 'left') => ({type: 'pointerUp', button: mouseButtons.indexOf(button)});

  return {
    name: 'WebKit',
    // So the runner's commands know what there is: `sendKeys`, `sendMouseMove` …
    type: 'webdriver',
    concurrency: 1,
    sendKeys,
    sendMouseMove: (_sessionId, x, y) => act(moveTo(x, y)),
    sendMouseClick: (_sessionId, x, y, button) => act(moveTo(x, y), down(button), up(button)),
    sendMouseDown: (_sessionId, button) => act(down(button)),
    sendMouseUp: (_sessionId, button) => act(up(button)),
    resetMouse: async () => call(await window, 'DELETE', '/actions'),
    async startSession(sessionId, url) {
      window ??= openWindow(programs, children);
      active.add(sessionId);
      await goTo(url);
      // The blank page before it may have arrived after it.
      if ((await call(await window, 'GET', '/url')) === 'about:blank') await goTo(url);
    },
    isActive: sessionId => active.has(sessionId),
    getBrowserUrl: async () => call(await window, 'GET', '/url'),
    async stopSession(sessionId) {
      active.delete(sessionId);
      // Ends whatever the page still does.
      await goTo('about:blank');
      return {};
    },
    async startDebugSession() {
      throw new Error('WebKit runs on a screen that nobody sees. Debug in Chromium.');
    },
    async stop() {
      if (window) await call(await window, 'DELETE', '').catch(() => {});
      for (const child of children.reverse()) child.kill();
    },
  };
}

/** In the order of their numbers. */
const mouseButtons = ['left', 'middle', 'right'];

/** Code points of the keys that write nothing: WebDriver §17.4.2. */
const keyCodes = {
  Tab: '\ue004',
  Enter: '\ue007',
  Shift: '\ue008',
  Escape: '\ue00c',
  ' ': ' ',
  Space: ' ',
  End: '\ue010',
  Home: '\ue011',
  ArrowLeft: '\ue012',
  ArrowUp: '\ue013',
  ArrowRight: '\ue014',
  ArrowDown: '\ue015',
  Backspace: '\ue003',
  Delete: '\ue017',
};

/** Answers the address of the WebDriver session that drives the window. */
async function openWindow({driver, browser, screen}, children) {
  const run = (command, args, options) => {
    const child = spawn(command, args, options);
    children.push(child);
    return child;
  };
  // Xvfb takes a free display and says on the third channel which.
  const xvfb = run(screen, ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [display] = await once(createInterface(xvfb.stdio[3]), 'line');
  const port = await freePort();
  run(driver, ['--host=127.0.0.1', `--port=${port}`], {
    stdio: 'ignore',
    // Without a locale the language of the browser would be "C".
    env: {
      ...process.env,
      LC_ALL: 'en_US.UTF-8',
      DISPLAY: `:${display}`,
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      NO_AT_BRIDGE: '1',
    },
  });
  const origin = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${origin}/status`).catch(() => undefined))?.ok) await pause(50);
  const options = {binary: browser, args: ['--automation']};
  const alwaysMatch = {browserName: 'MiniBrowser', 'webkitgtk:browserOptions': options};
  const {sessionId} = await call(origin, 'POST', '/session', {capabilities: {alwaysMatch}});
  const session = `${origin}/session/${sessionId}`;
  await call(session, 'POST', '/window/rect', {x: 0, y: 0, width: 800, height: 700});
  return session;
}

async function call(address, method, path, body) {
  const answer = await fetch(address + path, {method, ...(body && {body: JSON.stringify(body)})});
  const {value} = await answer.json();
  if (!answer.ok) throw new Error(`WebKit answered "${value.error}" to ${method} ${path}: ${value.message}`);
  return value;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

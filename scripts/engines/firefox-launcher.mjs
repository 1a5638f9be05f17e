import {chromeLauncher} from '@web/test-runner-chrome';

/**
 * web-test-runner launcher for an installed Firefox. Puppeteer speaks to it, too, but asks long-term releases for more
 * than they know when it sets a page's size: the window has that size from the start instead.
 *
 * @param {string} executablePath
 */
export function firefoxLauncher(executablePath) {
  const launcher = chromeLauncher({
    launchOptions: {
      browser: 'firefox',
      executablePath,
      defaultViewport: null,
      args: ['--width=800', '--height=685'],
    },
    createPage: async ({context}) => Object.assign(await context.newPage(), {setViewport: async () => {}}),
  });
  launcher.name = 'Firefox';
  return launcher;
}

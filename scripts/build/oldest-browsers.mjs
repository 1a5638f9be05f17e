/** The oldest browsers that pages with Keystall work in, as esbuild names them. The build lowers syntax to these. */
export const oldestBrowsers = ['chrome108', 'safari16.4', 'firefox115'];

/** The newest edition of ECMAScript whose whole syntax all of them know; the build fails on output that needs more. */
export const oldestSyntax = 2022;

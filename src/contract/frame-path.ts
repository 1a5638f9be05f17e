/** Where the shop server has the page that shows keys: framed by the shop's pages, or in a window of its own. */
export const framePath = '/frames/keys';

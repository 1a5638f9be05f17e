/**
 * Calls that the oldest supported browsers (Chromium 108, Safari 16.4, Firefox 115) do not have, as selectors for the
 * lint rule `no-restricted-syntax`. The bundles' syntax is lowered by the build; missing functions are not.
 */
const statics = [
  ['AbortSignal', 'any', 'Chrome 116'],
  ['Array', 'fromAsync', 'Chrome 121'],
  ['Map', 'groupBy', 'Chrome 117'],
  ['Object', 'groupBy', 'Chrome 117'],
  ['Promise', 'try', 'Chrome 128'],
  ['Promise', 'withResolvers', 'Chrome 119'],
  ['RegExp', 'escape', 'Chrome 136'],
  ['URL', 'canParse', 'Chrome 120'],
  ['URL', 'parse', 'Chrome 126'],
];
const methods = [
  ['difference', 'Chrome 122'],
  ['intersection', 'Chrome 122'],
  ['isSubsetOf', 'Chrome 122'],
  ['isWellFormed', 'Chrome 111'],
  ['symmetricDifference', 'Chrome 122'],
  ['toReversed', 'Chrome 110'],
  ['toSorted', 'Chrome 110'],
  ['toSpliced', 'Chrome 110'],
  ['toWellFormed', 'Chrome 111'],
  ['union', 'Chrome 122'],
];

const message = (name, since) => `${name} exists since ${since}; pages must work in Chromium 108.`;

export const tooNewForPages = [
  ...statics.map(([object, method, since]) => ({
    selector: `MemberExpression[object.name='${object}'][property.name='${method}']`,
    message: message(`${object}.${method}`, since),
  })),
  ...methods.map(([method, since]) => ({
    selector: `CallExpression > MemberExpression.callee[property.name='${method}']`,
    message: message(`.${method}()`, since),
  })),
  {
    selector: 'Literal[regex.flags=/v/]',
    message: message("The regular expression flag 'v'", 'Chrome 112'),
  },
];

import {minifyHTMLLiterals} from 'minify-literals';

/** Nothing that could change how a page looks: white space shrinks to one space and is never taken away altogether. */
const html = {
  caseSensitive: true,
  collapseBooleanAttributes: false,
  collapseWhitespace: true,
  conservativeCollapse: true,
  // An SVG element without it holds all that follows.
  keepClosingSlash: true,
  minifyCSS: false,
  minifyJS: false,
  removeAttributeQuotes: false,
  removeComments: true,
  removeEmptyAttributes: false,
  removeOptionalTags: false,
};

/** Rollup plugin: takes surplus white space and comments out of Lit's `html`, `svg` and `css` templates. */
export function minifyTemplates() {
  return {
    name: 'minify-templates',
    async transform(code, id) {
      if (!id.includes('/components/') || !/\b(html|svg|css)`/.test(code)) return null;
      const minified = await minifyHTMLLiterals(code, {fileName: id, html});
      return minified ? {code: minified.code, map: minified.map} : null;
    },
  };
}

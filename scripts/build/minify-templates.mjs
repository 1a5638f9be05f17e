import {minifyHTMLLiterals} from 'minify-literals';

/** Rollup plugin: takes the white space and comments out of Lit's `html`, `svg` and `css` templates. */
export function minifyTemplates() {
  return {
    name: 'minify-templates',
    async transform(code, id) {
      if (!id.includes('/components/') || !/\b(html|svg|css)`/.test(code)) return null;
      const minified = await minifyHTMLLiterals(code, {fileName: id});
      return minified ? {code: minified.code, map: minified.map} : null;
    },
  };
}

import {publicElements} from './scripts/build/manifest/public-elements.mjs';
import {designTokens} from './scripts/build/manifest/tokens.mjs';

/** The custom elements manifest, dist/custom-elements.json: editors and documentation read the elements' API from it. */
export default {
  globs: ['components/{storefront,console,shared}/**/*.ts'],
  exclude: ['components/**/*.styles.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [
    publicElements({tokens: designTokens()}),
    {
      name: 'public-modules',
      // Whoever reads the manifest has the package, not the sources.
      packageLinkPhase({customElementsManifest}) {
        const built = path => `dist/${path.replace(/^\//, '').replace(/\.ts$/, '.js')}`;
        for (const module of customElementsManifest.modules) {
          module.path = built(module.path);
          for (const {superclass} of module.declarations ?? []) {
            if (superclass?.module) superclass.module = built(superclass.module);
          }
          for (const item of module.exports ?? []) {
            if (item.declaration?.module) item.declaration.module = built(item.declaration.module);
          }
        }
      },
    },
  ],
};

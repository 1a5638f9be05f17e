/** The custom elements manifest, dist/custom-elements.json: editors and documentation read the elements' API from it. */
export default {
  globs: ['components/{storefront,console}/**/*.ts'],
  exclude: ['components/**/*.styles.ts'],
  outdir: 'dist',
  litelement: true,
  plugins: [
    {
      name: 'public-modules',
      // Whoever reads the manifest has the package, not the sources.
      packageLinkPhase({customElementsManifest}) {
        const built = path => `dist/${path.replace(/^\//, '').replace(/\.ts$/, '.js')}`;
        for (const module of customElementsManifest.modules) {
          module.path = built(module.path);
          for (const item of module.exports ?? []) {
            if (item.declaration?.module) item.declaration.module = built(item.declaration.module);
          }
        }
      },
    },
  ],
};

/**
 * Plugin of the custom elements manifest analyzer: leaves the public elements and what a page may use of them. The
 * analyzer itself lists private fields as attributes, and guesses events from whatever is dispatched; here only what a
 * class says of itself counts, and a test compares that with the sources.
 */
export function publicElements({tokens}) {
  return {
    name: 'public-elements',
    analyzePhase({ts, node, moduleDoc}) {
      if (!ts.isClassDeclaration(node) || !node.name) return;
      const declaration = moduleDoc.declarations?.find(({name}) => name === node.name.text);
      if (!declaration?.customElement) return;
      declaration.attributeTypes = attributeTypes(ts, node);
      declaration.readsTokens = importsBaseStyles(ts, node.getSourceFile());
    },
    packageLinkPhase({customElementsManifest}) {
      customElementsManifest.modules = customElementsManifest.modules.filter(isPublic);
      for (const {declarations} of customElementsManifest.modules) {
        for (const declaration of declarations ?? []) {
          if (declaration.customElement) keepPublic(declaration, tokens);
        }
      }
    },
  };
}

/** Events, and elements that lie where the `./elements/*` of package.json looks: those deeper down are others' parts. */
function isPublic({path, declarations = []}) {
  if (/\/events\/ks-[a-z-]+\.ts$/.test(path)) return true;
  const isElement = declarations.some(({tagName}) => tagName !== undefined);
  return isElement && /^\/?components\/(?:storefront|console)\/([^/]+)\/\1\.ts$/.test(path);
}

function keepPublic(declaration, tokens) {
  const {attributeTypes, readsTokens} = declaration;
  delete declaration.attributeTypes;
  delete declaration.readsTokens;

  declaration.members = (declaration.members ?? []).filter(
    ({name, privacy = 'public', static: isStatic}) => privacy === 'public' && !isStatic && !name.startsWith('#'),
  );
  const fields = new Map(declaration.members.map(member => [member.name, member]));
  declaration.attributes = (declaration.attributes ?? []).filter(
    ({fieldName, description}) => fields.has(fieldName) || (fieldName === undefined && description),
  );
  for (const attribute of declaration.attributes) {
    const field = fields.get(attribute.fieldName);
    const text = attributeTypes[attribute.name] ?? attribute.type?.text;
    attribute.type = {text: withoutUndefined(text ?? 'string')};
    attribute.description ||= field?.description;
    if (!field) continue;
    field.description ||= attribute.description;
    const said = attributeTypes[attribute.name];
    if (said) field.type = {text: field.type?.text.endsWith('| undefined') ? `${said} | undefined` : said};
  }
  declaration.events = (declaration.events ?? []).filter(({name, description}) => name && description);
  if (readsTokens) declaration.cssProperties = [...(declaration.cssProperties ?? []), ...tokens];
}

const withoutUndefined = text => text.replace(/ \| undefined$/, '');

/** What `@attr {type} name` says, which is what a page may write: a property's type may be the name of one. */
function attributeTypes(ts, node) {
  const types = {};
  for (const tag of ts.getJSDocTags(node)) {
    if (tag.tagName.text !== 'attr') continue;
    const [, type, name] = /@attr\s+\{(.+?)\}\s+([\w-]+)/s.exec(tag.getText()) ?? [];
    if (name) types[name] = type;
  }
  return types;
}

const importsBaseStyles = (ts, file) =>
  file.statements.some(
    statement => ts.isImportDeclaration(statement) && statement.moduleSpecifier.text.endsWith('/base.styles.ts'),
  );

/** What the gallery reads of an element in `custom-elements.json`. */
export interface ElementInfo {
  readonly tagName: string;
  readonly summary: string;
  readonly attributes: readonly Described[];
  /** Properties that no attribute sets. */
  readonly properties: readonly Described[];
  /** Methods that need nothing said to them. */
  readonly methods: readonly Described[];
  readonly events: readonly Described[];
  readonly slots: readonly Described[];
  readonly parts: readonly Described[];
  readonly tokens: readonly Described[];
}

export interface Described {
  readonly name: string;
  readonly description: string;
  /** As TypeScript writes it. */
  readonly type: string;
  /** As it stands in the sources or in CSS. */
  readonly default?: string;
}

interface RawItem {
  readonly name: string;
  readonly kind?: string;
  readonly description?: string;
  readonly type?: {readonly text: string};
  readonly default?: string;
  readonly fieldName?: string;
  readonly parameters?: readonly unknown[];
}

interface RawDeclaration {
  readonly tagName?: string;
  readonly summary?: string;
  readonly members?: readonly RawItem[];
  readonly attributes?: readonly RawItem[];
  readonly events?: readonly RawItem[];
  readonly slots?: readonly RawItem[];
  readonly cssParts?: readonly RawItem[];
  readonly cssProperties?: readonly RawItem[];
}

export interface Manifest {
  readonly modules: readonly {readonly path: string; readonly declarations?: readonly RawDeclaration[]}[];
}

/** The elements of the storefront, by tag name. */
export function elementsOf({modules}: Manifest): readonly ElementInfo[] {
  return modules
    .filter(({path}) => path.includes('/storefront/'))
    .flatMap(({declarations = []}) => declarations)
    .filter(({tagName}) => tagName !== undefined)
    .map(elementInfo)
    .sort((left, right) => left.tagName.localeCompare(right.tagName));
}

/** Every token that an element reads, each once. */
export function tokensOf(elements: readonly ElementInfo[]): readonly Described[] {
  return [...new Map(elements.flatMap(({tokens}) => tokens).map(token => [token.name, token])).values()];
}

function elementInfo(declaration: RawDeclaration): ElementInfo {
  const {tagName = '', summary = '', members = [], attributes = []} = declaration;
  const set = new Set(attributes.map(({fieldName}) => fieldName));
  return {
    tagName,
    summary,
    attributes: attributes.map(described),
    properties: members.filter(({kind, name}) => kind === 'field' && !set.has(name)).map(described),
    methods: members.filter(({kind, parameters = []}) => kind === 'method' && parameters.length === 0).map(described),
    events: (declaration.events ?? []).map(described),
    slots: (declaration.slots ?? []).map(described),
    parts: (declaration.cssParts ?? []).map(described),
    tokens: (declaration.cssProperties ?? []).map(described),
  };
}

const described = ({name, description = '', type, default: value}: RawItem): Described => ({
  name,
  description,
  type: type?.text ?? '',
  ...(value !== undefined && {default: value}),
});

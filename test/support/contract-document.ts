import {readFileSync} from 'node:fs';
import {parse} from 'yaml';

/** As much of an OpenAPI 3.1 document as the tests look at. */
export interface ContractDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, SchemaObject>>;
    readonly [section: string]: Readonly<Record<string, unknown>>;
  };
}

export interface OperationObject {
  readonly operationId: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly {readonly name?: string; readonly schema?: SchemaObject}[];
  readonly requestBody?: {readonly content: Readonly<Record<string, {readonly schema: SchemaObject}>>};
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

export interface ResponseObject {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, {readonly $ref?: string; readonly schema?: SchemaObject}>>;
  readonly content?: Readonly<Record<string, {readonly schema: SchemaObject}>>;
}

export interface SchemaObject {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly maxItems?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaObject>>;
  readonly items?: SchemaObject;
}

/** The API's document as it lies in the repository. */
export const contractDocument = parse(
  readFileSync(new URL('../../src/contract/openapi.yaml', import.meta.url), 'utf8'),
) as ContractDocument;

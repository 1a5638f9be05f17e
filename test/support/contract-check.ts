import assert from 'node:assert/strict';
import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import {contractDocument, type OperationObject, type ResponseObject} from './contract-document.ts';

/** What the answers of this process have shown of the API's document so far. */
export interface ContractCoverage {
  /** `operationId status`, as documented: `getShop 200`, `getShop default`. */
  readonly answers: ReadonlySet<string>;
  readonly problemCodes: ReadonlySet<string>;
}

const answers = new Set<string>();
const problemCodes = new Set<string>();

export const contractCoverage: ContractCoverage = {answers, problemCodes};

/** Everything the document says can be answered. */
export function documentedAnswers(): readonly string[] {
  return operations().flatMap(({operation}) =>
    Object.keys(operation.responses).map(status => `${operation.operationId} ${status}`),
  );
}

/** The operations of the document, with method and path template. */
export function operations(): readonly {method: string; path: string; operation: OperationObject}[] {
  return Object.entries(contractDocument.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({method: method.toUpperCase(), path, operation})),
  );
}

/**
 * Fails when an answer is not one that openapi.yaml documents: status, content type, headers, body. A body may hold
 * nothing that the document does not name, so that nothing leaks. Where the document has no such operation, the answer
 * must be a problem. The response is left unread.
 */
export async function checkAnswer(request: Request, response: Response): Promise<void> {
  const {pathname} = new URL(request.url);
  const where = `${request.method} ${pathname} → ${response.status}`;
  if (request.method === 'OPTIONS') return;
  const found = operations().find(({method, path}) => isSameMethod(method, request.method) && fits(path, pathname));
  const isEmpty = request.method === 'HEAD' || [204, 304].includes(response.status);
  if (!found) {
    assert.ok(response.status >= 400, `${where}: openapi.yaml does not know this operation`);
    return isEmpty ? undefined : checkProblem(where, response);
  }
  const status = String(response.status) in found.operation.responses ? String(response.status) : 'default';
  const documented = resolve<ResponseObject>(found.operation.responses[status], where);
  if (status === 'default') assert.ok(response.status >= 400, `${where}: this status is not documented`);
  answers.add(`${found.operation.operationId} ${status}`);
  checkHeaders(where, documented, response);
  if (isEmpty) return;
  if (status === 'default') return checkProblem(where, response);
  await checkBody(where, documented, response);
}

/** Request bodies of an operation, as the document describes them. */
export function requestSchema(operation: OperationObject): object | undefined {
  return operation.requestBody?.content['application/json']?.schema;
}

async function checkProblem(where: string, response: Response): Promise<void> {
  const documented = resolve<ResponseObject>({$ref: '#/components/responses/Problem'}, where);
  await checkBody(where, documented, response);
  const problem = (await response.clone().json()) as {code: string; status: number; type: string};
  problemCodes.add(problem.code);
  assert.equal(problem.status, response.status, `${where}: the problem names another status`);
  assert.equal(problem.type, `urn:keystall:problem:${problem.code}`);
  assert.equal(response.headers.get('Cache-Control'), 'no-store', `${where}: a problem may be cached`);
}

function checkHeaders(where: string, documented: ResponseObject, response: Response): void {
  for (const [name, header] of Object.entries(documented.headers ?? {})) {
    const {schema} = resolve<{schema: object}>(header, where);
    const value = response.headers.get(name);
    assert.ok(value !== null && validator(schema)(value), `${where}: header ${name} is ${String(value)}`);
  }
}

async function checkBody(where: string, {content}: ResponseObject, response: Response): Promise<void> {
  const mediaType = response.headers.get('Content-Type')?.split(';')[0]?.trim() ?? '';
  const key = Object.keys(content ?? {}).find(range => mediaRangeFits(range, mediaType));
  assert.ok(key !== undefined, `${where}: content type "${mediaType}" is not documented`);
  if (!/json$/.test(mediaType)) return;
  const body: unknown = await response.clone().json();
  const validate = validator(content![key]!.schema);
  assert.ok(validate(body), `${where}: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(body)}`);
}

const ajv = new Ajv2020({strict: false, allErrors: true});
addFormats.default(ajv);
ajv.addSchema(closed(contractDocument) as object, 'openapi.yaml');

const validators = new Map<object, ValidateFunction>();

function validator(schema: object): ValidateFunction {
  let validate = validators.get(schema);
  if (!validate) {
    validate = ajv.compile(absolute(closed(schema)) as object);
    validators.set(schema, validate);
  }
  return validate;
}

/** The same schemas, where an object may have no other properties than those it names. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, closed(entry)]));
  return 'properties' in copy && !('additionalProperties' in copy) ? {...copy, additionalProperties: false} : copy;
}

function absolute(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absolute);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]: [string, unknown]) => [
      key,
      key === '$ref' && typeof entry === 'string' ? `openapi.yaml${entry}` : absolute(entry),
    ]),
  );
}

function resolve<Found>(value: unknown, where: string): Found {
  const reference = (value as {$ref?: string} | undefined)?.$ref;
  if (reference === undefined) return value as Found;
  const [, , section = '', name = ''] = reference.split('/');
  const found = contractDocument.components[section]?.[name];
  assert.ok(found, `${where}: ${reference} is not in openapi.yaml`);
  return found as Found;
}

function isSameMethod(documented: string, given: string): boolean {
  return documented === given || (documented === 'GET' && given === 'HEAD');
}

function fits(template: string, path: string): boolean {
  const [wanted, given] = [template.split('/'), path.split('/')];
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith('{') || part === given[index]);
}

function mediaRangeFits(range: string, mediaType: string): boolean {
  const [type, subtype] = range.split('/');
  const [givenType, givenSubtype] = mediaType.split('/');
  return (type === '*' || type === givenType) && (subtype === '*' || subtype === givenSubtype);
}

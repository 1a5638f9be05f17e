/**
 * Writes src/contract/schema.generated.ts from src/contract/openapi.yaml. With `--check` it writes nothing and fails
 * where the file is not what the document says.
 */
import openapiTypescript, {astToString, COMMENT_HEADER} from 'openapi-typescript';
import {readFile, writeFile} from 'node:fs/promises';

const documentUrl = new URL('../src/contract/openapi.yaml', import.meta.url);
const generatedUrl = new URL('../src/contract/schema.generated.ts', import.meta.url);

/** The TypeScript of the buyer API's document, as it belongs into src/contract/schema.generated.ts. */
export async function generateContract(): Promise<string> {
  return COMMENT_HEADER + astToString(await openapiTypescript(documentUrl));
}

/** Whether src/contract/schema.generated.ts is what the document says. */
export async function isContractUpToDate(): Promise<boolean> {
  return (await readFile(generatedUrl, 'utf8')) === (await generateContract());
}

if (import.meta.main) {
  if (!process.argv.includes('--check')) {
    await writeFile(generatedUrl, await generateContract());
  } else if (!(await isContractUpToDate())) {
    console.error('src/contract/schema.generated.ts is older than openapi.yaml. Run "npm run generate" and commit it.');
    process.exitCode = 1;
  }
}

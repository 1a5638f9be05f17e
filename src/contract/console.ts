import * as v from 'valibot';
import {consoleRoles} from '../domain/console-role.ts';

/** A request that a cookie opens carries this header: a form or a picture of another page cannot send it. */
export const consoleHeader = 'X-Keystall-Console';

export const consoleRoleSchema = v.picklist(consoleRoles);

/** Who is signed in, and until when. */
export const consoleSessionSchema = v.object({
  tokenId: v.string(),
  name: v.string(),
  role: consoleRoleSchema,
  expiresAt: v.string(),
});

export const auditQuerySchema = v.object({
  cursor: v.exactOptional(v.pipe(v.string(), v.maxLength(200))),
  limit: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
});

export const auditEntrySchema = v.object({
  id: v.string(),
  at: v.string(),
  tokenId: v.string(),
  name: v.string(),
  role: consoleRoleSchema,
  action: v.string(),
  subject: v.exactOptional(v.string()),
  requestId: v.string(),
  outcome: v.exactOptional(v.object({status: v.number(), code: v.exactOptional(v.string())})),
});

export const auditPageSchema = v.object({items: v.array(auditEntrySchema), nextCursor: v.exactOptional(v.string())});

export type ConsoleSession = v.InferOutput<typeof consoleSessionSchema>;
export type AuditEntry = v.InferOutput<typeof auditEntrySchema>;
export type AuditPage = v.InferOutput<typeof auditPageSchema>;

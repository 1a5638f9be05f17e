/** What may be attached to a ticket. */
export type EvidenceType = 'image/png' | 'image/jpeg' | 'image/webp' | 'application/pdf';

/** Largest file, in bytes. */
export const maximumEvidenceBytes = 5 * 1024 * 1024;
/** Most files of one ticket. */
export const maximumEvidenceCount = 10;

/** How many bytes of a file {@link evidenceType} has to see. */
export const evidenceHeadBytes = 16;

const signatures: readonly (readonly [EvidenceType, readonly (number | undefined)[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  // "RIFF", four bytes of length, "WEBP"
  ['image/webp', [0x52, 0x49, 0x46, 0x46, undefined, undefined, undefined, undefined, 0x57, 0x45, 0x42, 0x50]],
  // "%PDF-"
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
];

/** What a file is by its first bytes, whatever its name or its sender says; undefined when it is none of ours. */
export function evidenceType(head: Uint8Array): EvidenceType | undefined {
  const found = signatures.find(([, signature]) =>
    signature.every((byte, index) => (byte === undefined ? index < head.length : head[index] === byte)),
  );
  return found?.[0];
}

/** Why a file cannot be attached; undefined when it can. `size` in bytes. */
export function evidenceProblem(head: Uint8Array, size: number): 'empty' | 'too_large' | 'wrong_type' | undefined {
  if (size === 0) return 'empty';
  if (size > maximumEvidenceBytes) return 'too_large';
  return evidenceType(head) ? undefined : 'wrong_type';
}

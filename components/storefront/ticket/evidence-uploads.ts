import {evidenceHeadBytes, evidenceProblem, maximumEvidenceCount} from '../../../src/domain/evidence.ts';
import {asKeystallError} from '../../../src/store/as-keystall-error.ts';
import type {KeystallError} from '../../../src/client/errors.ts';
import type {TicketCallOptions, Tickets} from '../../../src/store/shop.ts';
import type {Ticket} from '../../../src/contract/ticket.ts';

export type UploadState = 'checking' | 'ready' | 'uploading' | 'done' | 'failed' | UploadProblem;

/** Why a file is not sent at all. */
export type UploadProblem = 'empty' | 'too_large' | 'wrong_type' | 'too_many';

export interface Upload {
  readonly file: File;
  /** One per file, so that a file that is sent again is attached once. */
  readonly key: string;
  state: UploadState;
}

const problems: ReadonlySet<UploadState> = new Set<UploadState>(['empty', 'too_large', 'wrong_type', 'too_many']);

export const isProblem = (state: UploadState): state is UploadProblem => problems.has(state);

/** The files that somebody wants to attach: looked at before they are sent, then sent one after another. */
export class EvidenceUploads {
  #all: readonly Upload[] = [];
  readonly #changed: () => void;

  /** @param changed called after each change */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get all(): readonly Upload[] {
    return this.#all;
  }

  /** Those that can be sent and have not been. */
  get waiting(): readonly Upload[] {
    return this.#all.filter(({state}) => state === 'ready' || state === 'failed');
  }

  get isSending(): boolean {
    return this.#all.some(({state}) => state === 'uploading');
  }

  /** @param attached how many files the ticket has already */
  async add(files: readonly File[], attached: number, newKey: () => string): Promise<void> {
    const added = files.map((file): Upload => ({file, key: newKey(), state: 'checking'}));
    this.#all = [...this.#all, ...added];
    this.#changed();
    for (const upload of added) {
      const {file} = upload;
      const head = new Uint8Array(await file.slice(0, evidenceHeadBytes).arrayBuffer());
      const good = this.#all.filter(other => other !== upload && other.state !== 'checking' && !isProblem(other.state));
      const isOneTooMany = attached + good.filter(({state}) => state !== 'done').length >= maximumEvidenceCount;
      upload.state = evidenceProblem(head, file.size) ?? (isOneTooMany ? 'too_many' : 'ready');
      this.#changed();
    }
  }

  remove(upload: Upload): void {
    this.#all = this.#all.filter(other => other !== upload);
    this.#changed();
  }

  /** Sends what waits. What cannot be sent says so and stays; answers the first reason why. */
  async send(
    tickets: Tickets,
    ticket: Pick<Ticket, 'id' | 'orderId'>,
    options: TicketCallOptions,
  ): Promise<KeystallError | undefined> {
    let reason: KeystallError | undefined;
    for (const upload of this.waiting) {
      this.#set(upload, 'uploading');
      try {
        await tickets.attach(ticket, upload.file, upload.key, options);
        this.#set(upload, 'done');
      } catch (error) {
        if (options.signal?.aborted) return reason;
        this.#set(upload, 'failed');
        reason ??= asKeystallError(error);
      }
    }
    // What is done is part of the ticket now, and what was refused has been read.
    this.#all = this.#all.filter(({state}) => state !== 'done' && !isProblem(state));
    this.#changed();
    return reason;
  }

  clear(): void {
    this.#all = [];
  }

  #set(upload: Upload, state: UploadState): void {
    upload.state = state;
    this.#changed();
  }
}

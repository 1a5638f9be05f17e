import type {GallerySettings} from '../settings.ts';

/** What the gallery tells its stage. */
export type ToStage =
  /** Everything that can change without another shop. */
  | {readonly type: 'dress'; readonly settings: GallerySettings}
  | {readonly type: 'call'; readonly method: string}
  /** Outlines a part of the element; none: takes the outline away. */
  | {readonly type: 'mark'; readonly part: string | undefined};

/** What the stage tells the gallery. */
export type FromStage =
  | {readonly type: 'ready'; readonly attributes: Readonly<Record<string, string>>}
  | {readonly type: 'failed'; readonly reason: string}
  /** The colours and lengths in force, by the token's name without `--ks-`. */
  | {readonly type: 'tokens'; readonly values: Readonly<Record<string, string>>}
  | {readonly type: 'event'; readonly event: LoggedEvent};

/** One event of an element, without what nobody should see. */
export interface LoggedEvent {
  readonly name: string;
  readonly from: string;
  readonly details: string;
  readonly at: string;
  readonly cancelable: boolean;
}

/** The gallery and its stage are of one origin; whoever else writes is not heard. */
export function listenTo<M>(source: () => Window | null, take: (message: M) => void): void {
  addEventListener('message', event => {
    if (event.origin === location.origin && event.source === source()) take(event.data as M);
  });
}

export function send<M>(target: Window, message: M): void {
  target.postMessage(message, location.origin);
}

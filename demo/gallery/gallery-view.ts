import type {ElementEntry, State} from './element-entry.ts';
import type {Described, ElementInfo} from './manifest.ts';
import type {GallerySettings} from './settings.ts';
import type {LoggedEvent} from './stage/messages.ts';
import type {GalleryWords} from './words.ts';

/** What the parts of the gallery draw themselves from, and what they may ask for. */
export interface GalleryView {
  readonly settings: GallerySettings;
  readonly words: GalleryWords;
  readonly elements: readonly ElementInfo[];
  readonly tokens: readonly Described[];
  /** Newest first. */
  readonly events: readonly LoggedEvent[];
  /** What the tokens come to on the stage, by their names without `--ks-`. */
  readonly inForce: Readonly<Record<string, string>>;
  /** Which of the copy buttons was pressed just now. */
  readonly copied: string | undefined;
  /** Which part is outlined on the stage. */
  readonly marked: string | undefined;
  readonly stage: 'starting' | 'ready' | 'failed';
  change(changes: Partial<GallerySettings>): void;
  copy(text: string, place: string): void;
  call(method: string): void;
  mark(part: string | undefined): void;
  clearEvents(): void;
  restart(): void;
}

/** The element on the stage, in one of its states. */
export interface Exhibit {
  readonly info: ElementInfo;
  readonly entry: ElementEntry;
  readonly stateName: string;
  readonly state: State;
  /** The attributes that the state gives it. */
  readonly given: Readonly<Record<string, string>>;
}

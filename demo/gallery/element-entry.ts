import type {ScenarioName} from '../../src/mocks/scenario.ts';
import type {Markup} from './markup.ts';
import type {GallerySettings} from './settings.ts';
import type {StagedShop} from './stage/staged-shop.ts';
import type {Text} from './text.ts';

/** What the manifest cannot know of an element: what people call it, where it belongs, and which states it has. */
export interface ElementEntry {
  readonly name: Text;
  /** What it is, in Chinese; the manifest says it in English. */
  readonly summary: string;
  readonly room: Room;
  /** By their names in addresses; the first is what one sees unless one chooses. */
  readonly states: Readonly<Record<string, State>>;
}

/** Where on a buyer's way an element stands. */
export type Room = 'find' | 'buy' | 'after' | 'frame';

export interface State {
  readonly name: Text;
  /** Which shop it is. Default: one that is open as usual. */
  readonly scenario?: ScenarioName;
  /** What the element has in this state; whoever sets the same attribute has the last word. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Tags of elements within it. */
  readonly children?: readonly string[];
  /** A `<template>` within it, in the words of the page. */
  readonly card?: (lang: GallerySettings['lang']) => Markup;
  /** Brings the shop there before the element comes, and answers what the element is to be given. */
  before?(stage: StagedShop): Given | undefined | void | Promise<Given | undefined | void>;
  /** What a person does with the element then. */
  after?(stage: StagedShop): Promise<void>;
}

export interface Given {
  readonly attributes?: Readonly<Record<string, string>>;
  readonly properties?: Readonly<Record<string, unknown>>;
}

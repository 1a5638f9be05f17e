/** For what runs first in a page: takes the way back from a payment out of the page's address. */
export {noteReturn} from '../../src/store/return-mark.ts';

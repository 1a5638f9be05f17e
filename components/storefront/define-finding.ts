/** Registers what helps to find goods where there are many. */
import './category-nav/define.ts';
import './filters/define.ts';
import './search/define.ts';

import {defineElement} from '../../shared/define-element.ts';
import {KsKeyReveal} from './key-reveal.ts';

defineElement('ks-key-reveal', KsKeyReveal);

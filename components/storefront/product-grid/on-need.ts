export {CardTemplate} from './card-template.ts';
export {WindowController} from './window-controller.ts';

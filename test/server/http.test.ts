import './http/catalogue.ts';

export * from './html';
export * from './mermaid';
export * from './picture';
export * from './picture-of';
export { svgOf } from './svg';

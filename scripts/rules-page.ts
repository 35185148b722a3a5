import './docs-pages';

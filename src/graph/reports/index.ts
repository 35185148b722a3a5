export * from './github-report';
export * from './json-report';
export * from './report';
export * from './sarif-report';
export * from './text-report';
export * from './unread';

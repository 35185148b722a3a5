import { main } from '../../src/cli/main';

main('1.2.3');

/** Where the server is that commands ask. Apart from `config.ts`, as every command needs it and starts quicker so. */

import { RialtoError } from '../../base/errors.ts';
import { defaultPorts } from './default-ports.ts';
import type { Environment } from './env.ts';
import { checkVariableNames } from './variable-names.ts';

/** The option, `RIALTO_SERVER`, or the default port. Raises OPTION_INVALID. */
export function readServerUrl(option: string | undefined, environment: Environment): string {
  checkVariableNames(environment);
  const variable = environment.RIALTO_SERVER || undefined;
  const [name, url] = option === undefined ? ['RIALTO_SERVER', variable] : ['--server', option];
  if (url === undefined) return `http://127.0.0.1:${defaultPorts.server}`;
  if (/^https?:\/\/[^/]/i.test(url) && URL.canParse(url)) return url;
  throw new RialtoError('OPTION_INVALID', `${name} is '${url}'; expected a URL such as http://127.0.0.1:8365.`);
}

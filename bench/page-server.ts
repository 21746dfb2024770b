/** Serves pages of 5,000 rows of about 1.2 KB as an OData service would; started by `read.ts` as a process of its own. */

import { createServer } from 'node:http';

const pages = Number(process.argv[2]);
const rowsPerPage = 5000;
const rows = Array.from({ length: rowsPerPage }, (_, index) => {
  const fields = Array.from({ length: 40 }, (_, field) => [`Field${field}`, `value ${index} of field ${field}`]);
  return {
    '@odata.etag': `W/"${index}"`,
    dataAreaId: 'usmf',
    CustomerAccount: `C-${index}`,
    ...Object.fromEntries(fields),
  };
});
const value = JSON.stringify(rows);

const server = createServer((request, response) => {
  const page = Number(new URL(request.url ?? '/', 'http://localhost').searchParams.get('$skiptoken') ?? 0);
  const root = `http://${request.headers.host}/data/`;
  response.setHeader('content-type', 'application/json; odata.metadata=minimal');
  const next = page + 1 < pages ? `,"@odata.nextLink":"${root}CustomersV3?$skiptoken=${page + 1}"` : '';
  response.end(`{"@odata.context":"${root}$metadata#CustomersV3","value":${value}${next}}`);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({
    port: typeof address === 'object' ? address?.port : undefined,
    rowBytes: value.length / rowsPerPage,
  });
});

/** How the embedded server is set. Given on the command line at each start, so that a new release brings its own. */

/** The server's arguments: the cluster first, then its settings. */
export function postgresArguments(cluster: string, port: number): readonly string[] {
  return ['-D', cluster, ...[...serverSettings(port)].flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

function serverSettings(port: number): ReadonlyMap<string, string> {
  return new Map([
    ['listen_addresses', '127.0.0.1'],
    ['port', String(port)],
    // Loopback TCP works alike on all systems; a socket file has a length limit and a directory of its own.
    ['unix_socket_directories', ''],
    ['max_connections', '50'],
    ['shared_buffers', '32MB'],
    ['fsync', 'on'],
    ['synchronous_commit', 'on'],
    // One server, no replicas: the least to write.
    ['wal_level', 'minimal'],
    ['max_wal_senders', '0'],
    ['max_wal_size', '256MB'],
    ['jit', 'off'],
    // Three processes less; nothing here reads enough to need them.
    ['io_method', 'sync'],
    ['max_parallel_workers_per_gather', '0'],
    ['log_checkpoints', 'off'],
    // Statements carry what flows carry: they stay out of the log, with their parameters.
    ['log_min_error_statement', 'panic'],
    ['log_parameter_max_length_on_error', '0'],
    ['log_line_prefix', '%m [%p] '],
  ]);
}

package io.tributary.fleet.fault;

/**
 * One listener of the proxy.
 *
 * @param name of the process behind it; faults are said by name
 * @param bindAddress to listen on
 * @param port to listen on; 0 in tests for any
 * @param upstreamPort of the process, on loopback
 */
public record ProxyTarget(String name, String bindAddress, int port, int upstreamPort) {}

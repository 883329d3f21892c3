package io.tributary.gateway.routes;

import java.net.InetAddress;
import java.net.URI;

/**
 * One process of a service.
 *
 * @param baseUrl as the settings have it, so with a host name that several replicas may share
 * @param address which of that name's addresses is this one's
 */
public record Replica(URI baseUrl, InetAddress address) {}

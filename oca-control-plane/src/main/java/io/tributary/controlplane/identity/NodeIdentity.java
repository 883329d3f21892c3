package io.tributary.controlplane.identity;

import java.time.Instant;

/**
 * Who a node is, by its certificate.
 *
 * @param nodeId the common name
 * @param siteId the organisational unit
 * @param certificateNotAfter the certificate's end
 */
public record NodeIdentity(String nodeId, String siteId, Instant certificateNotAfter) {}

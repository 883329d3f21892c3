package io.tributary.contracts.node;

import java.time.Instant;

/**
 * The answer to {@link EnrolmentRequest} and {@link RenewalRequest}.
 *
 * @param nodeId in the certificate's common name
 * @param siteId in its organisational unit
 * @param certificateChain PEM, the node's first
 * @param notAfter its end
 * @param renewAfter when to renew
 */
public record NodeCertificate(
    String nodeId, String siteId, String certificateChain, Instant notAfter, Instant renewAfter) {}

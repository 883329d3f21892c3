package io.tributary.oca.heartbeat;

import java.time.Instant;

/**
 * Who this node is to the control plane: its key and its certificate, in one file, so that they
 * always belong together.
 *
 * @param nodeId as the certificate says
 * @param siteId as the certificate says
 * @param key never leaves this node
 * @param certificateChain PEM, the node's first
 * @param notAfter the certificate's end
 * @param renewAfter when to ask for the next
 */
record Identity(
    String nodeId,
    String siteId,
    NodeKeys.StoredKey key,
    String certificateChain,
    Instant notAfter,
    Instant renewAfter) {}

package io.tributary.contracts.node;

import java.time.Instant;

/**
 * A node found bytes on its disk that are not the package's: {@code POST /oca/v1/corruptions}. It
 * has dropped them.
 *
 * @param nodeId must be the certificate's
 * @param titleId the title
 * @param packageVersion the package
 * @param path of the file
 * @param foundBy {@code scrub} or {@code open}
 * @param foundAt the node's clock
 */
public record CorruptionReport(
    String nodeId,
    String titleId,
    String packageVersion,
    String path,
    String foundBy,
    Instant foundAt) {}

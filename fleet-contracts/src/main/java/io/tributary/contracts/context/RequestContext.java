package io.tributary.contracts.context;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the edge found out about a request. The edge sets every field or strips it; nobody
 * downstream guesses again. It travels in the headers that {@link ContextHeaders} names.
 *
 * @param account the bearer token's subject; null for a caller without one
 * @param device the app's own id of the device; null where it gave none
 * @param clientAddress the client's IP address in its textual form, worked out once at the trusted
 *     edge
 * @param priority as capped by the edge
 * @param deadline when the caller stops waiting
 * @param cohort whose traffic this is
 * @param region the region whose edge took the request
 * @param traceId 32 lower-case hexadecimal digits (W3C Trace Context)
 */
public record RequestContext(
    @Nullable String account,
    @Nullable String device,
    String clientAddress,
    Priority priority,
    Instant deadline,
    Cohort cohort,
    String region,
    String traceId) {}

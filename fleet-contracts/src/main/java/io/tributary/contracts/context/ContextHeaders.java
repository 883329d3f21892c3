package io.tributary.contracts.context;

/**
 * The HTTP headers that carry a {@link RequestContext} between our own services. The edge removes
 * every header that starts with {@link #PREFIX} from what clients send. The bearer token itself
 * goes on in {@code Authorization}.
 */
public final class ContextHeaders {
  /** Every header of ours starts so. */
  public static final String PREFIX = "Tributary-";

  /** {@link RequestContext#account()}. */
  public static final String ACCOUNT = "Tributary-Account";

  /**
   * {@link RequestContext#device()}; the one header a client may send itself, at most 128
   * characters.
   */
  public static final String DEVICE = "Tributary-Device";

  /** {@link RequestContext#clientAddress()}. */
  public static final String CLIENT_ADDRESS = "Tributary-Client-Address";

  /** {@link RequestContext#priority()} in lower case; a client may send it as a hint. */
  public static final String PRIORITY = "Tributary-Priority";

  /** {@link RequestContext#deadline()} in milliseconds since the epoch. */
  public static final String DEADLINE = "Tributary-Deadline";

  /** {@link RequestContext#cohort()} in lower case. */
  public static final String COHORT = "Tributary-Cohort";

  /** {@link RequestContext#region()}. */
  public static final String REGION = "Tributary-Region";

  /** W3C Trace Context; its second field is {@link RequestContext#traceId()}. */
  public static final String TRACE_PARENT = "traceparent";

  private ContextHeaders() {}
}

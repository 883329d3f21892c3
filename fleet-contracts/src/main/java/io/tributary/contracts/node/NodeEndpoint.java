package io.tributary.contracts.node;

/**
 * An address under which a node serves media.
 *
 * @param scheme {@code http} or {@code https}
 * @param host a name or an IP address; IPv6 in brackets
 * @param port 1 to 65535
 */
public record NodeEndpoint(String scheme, String host, int port) {
  /**
   * {@code scheme://host:port}, without a slash at its end; a scheme's default port is left out.
   */
  public String baseUrl() {
    boolean isDefault = port == (scheme.equals("https") ? 443 : 80);
    return scheme + "://" + host + (isDefault ? "" : ":" + port);
  }
}

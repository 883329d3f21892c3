package io.tributary.steering.location;

/** Why something that was told of routes does not count. */
public enum SetAsideReason {
  /** Its prefix is not granted to the site's network, nor is its origin. */
  NOT_GRANTED("not-granted"),
  /** Its prefix is wider than its granted origin can vouch for. */
  TOO_WIDE("too-wide"),
  /** Its prefix is longer than what is kept of a client's address. */
  TOO_NARROW("too-narrow"),
  /** No site has this id. */
  UNKNOWN_SITE("unknown-site"),
  /** The operator gave this peer of a router no site. */
  UNMAPPED_PEER("unmapped-peer"),
  /** It cannot be read. */
  MALFORMED("malformed"),
  /** It is longer than anything of its kind. */
  TOO_LONG("too-long"),
  /** It tells of something else than routes to addresses of one receiver. */
  OTHER_KIND("other-kind"),
  /** The site announces more than a site can have. */
  SITE_FULL("site-full"),
  /** The table takes no more. */
  TABLE_FULL("table-full");

  private final String word;

  SetAsideReason(String word) {
    this.word = word;
  }

  /** For people and metrics. */
  public String word() {
    return word;
  }
}

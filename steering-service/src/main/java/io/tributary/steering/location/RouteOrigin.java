package io.tributary.steering.location;

import java.util.Comparator;

/**
 * A site that reaches a prefix, and how well.
 *
 * <p>The natural order has no meaning but that it is the same everywhere; which of a prefix'
 * origins are nearer is the prefix table's to say.
 *
 * @param siteId the site
 * @param preference the operator's; the higher goes first: 0 to 1,000
 * @param asPathLength how many networks lie between, 0 to 65,535; 0 where the operator said that
 *     the site serves the prefix
 * @param neighbourAsn the first network on the way; 0 where none was told
 * @param med multi-exit discriminator, the lower goes first, among routes of one neighbour only; 0
 *     where none was told (RFC 4271, 9.1.2.2)
 * @param source who told of it
 */
public record RouteOrigin(
    String siteId,
    int preference,
    int asPathLength,
    long neighbourAsn,
    long med,
    RouteSource source)
    implements Comparable<RouteOrigin> {

  /** In the middle of what a router's local preference usually is, so that both ways are open. */
  public static final int DEFAULT_PREFERENCE = 100;

  /** The highest preference. */
  public static final int MAX_PREFERENCE = 1_000;

  private static final int MAX_AS_PATH_LENGTH = 65_535;
  private static final long MAX_32_BITS = 0xFFFF_FFFFL;

  private static final Comparator<RouteOrigin> ANY_FIXED_ORDER =
      Comparator.comparing(RouteOrigin::siteId)
          .thenComparing(Comparator.comparingInt(RouteOrigin::preference).reversed())
          .thenComparingInt(RouteOrigin::asPathLength)
          .thenComparingLong(RouteOrigin::neighbourAsn)
          .thenComparingLong(RouteOrigin::med)
          .thenComparing(RouteOrigin::source);

  public RouteOrigin {
    check("preference", preference, MAX_PREFERENCE);
    check("asPathLength", asPathLength, MAX_AS_PATH_LENGTH);
    check("neighbourAsn", neighbourAsn, MAX_32_BITS);
    check("med", med, MAX_32_BITS);
  }

  /** What the operator says: this site serves the prefix. */
  public static RouteOrigin said(String siteId, int preference, RouteSource source) {
    return new RouteOrigin(siteId, preference, 0, 0, 0, source);
  }

  @Override
  public int compareTo(RouteOrigin other) {
    return ANY_FIXED_ORDER.compare(this, other);
  }

  /** For people, such as {@code campus (mrt, preference 100, 2 networks away by AS64500)}. */
  void appendTo(StringBuilder line) {
    line.append(siteId).append(" (").append(source.word());
    line.append(", preference ").append(preference);
    if (asPathLength != 0) {
      line.append(", ").append(asPathLength).append(" networks away by AS").append(neighbourAsn);
    }
    if (med != 0) {
      line.append(", MED ").append(med);
    }
    line.append(')');
  }

  private static void check(String name, long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(name + " is " + value + " (expected: 0 to " + max + ")");
    }
  }
}

package io.tributary.steering.location;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How near some sites are to a client: the number of each one's tier, 0 for the nearest. Tiers
 * without any of them count too, so that a site has the same number whoever asks beside it.
 * Immutable; safe for use by many threads.
 */
public final class SiteTiers {
  /** Nothing is known of the client: all are equally near. */
  public static final SiteTiers UNKNOWN = new SiteTiers(null, new int[0], 0);

  /** Of a line with one origin; every record has some. */
  private static final int USUAL_CHARACTERS = 128;

  private static final int NOT_FOUND = -1;

  /** Null where nothing is known of the client. */
  private final @Nullable ClientLocation location;

  /** Of each site that was asked for, its tier. */
  private final int[] tiers;

  /** How many tiers were looked at. */
  private final int passed;

  private SiteTiers(@Nullable ClientLocation location, int[] tiers, int passed) {
    this.location = location;
    this.tiers = tiers;
    this.passed = passed;
  }

  /** Of these sites; looks no farther than the farthest of them. */
  public static SiteTiers of(ClientLocation location, List<String> siteIds) {
    int[] asked = new int[siteIds.size()];
    for (int i = 0; i < asked.length; i++) {
      asked[i] = location.siteNumber(siteIds.get(i));
    }
    int[] sites = asked.clone();
    Arrays.sort(sites);
    int[] tierOf = new int[sites.length];
    Arrays.fill(tierOf, NOT_FOUND);
    int wanted = distinct(sites); // one that the fleet does not know is never found
    int passed = 0;
    TierWalk walk = location.walk();
    while (wanted > 0) {
      if (!walk.next()) {
        passed = passOthers(walk, sites, tierOf, passed);
        break;
      }
      for (int i = 0; i < walk.size(); i++) {
        int at = Arrays.binarySearch(sites, walk.site(i));
        if (at >= 0) {
          tierOf[at] = passed;
          wanted--;
        }
      }
      passed++;
    }
    int[] tiers = new int[asked.length];
    for (int i = 0; i < tiers.length; i++) {
      int tier = tierOf[Arrays.binarySearch(sites, asked[i])];
      tiers[i] = tier == NOT_FOUND ? passed : tier;
    }
    return new SiteTiers(location, tiers, passed);
  }

  private static int distinct(int[] sorted) {
    int distinct = 0;
    for (int i = 0; i < sorted.length; i++) {
      distinct += i == 0 || sorted[i] != sorted[i - 1] ? 1 : 0;
    }
    return distinct;
  }

  /** Looks at those alone that are wanted: nearly the whole fleet may be in the last tier. */
  private static int passOthers(TierWalk walk, int[] sites, int[] tierOf, int passed) {
    if (!walk.hasOthers()) {
      return passed;
    }
    for (int i = 0; i < sites.length; i++) {
      if (walk.isAmongOthers(sites[i])) {
        tierOf[i] = passed;
      }
    }
    return passed + 1;
  }

  /**
   * The tier of a site that was asked for; of one that the location does not know, the one after
   * all.
   *
   * @param i its place among those that were asked for
   */
  public int tier(int i) {
    return location == null ? 0 : tiers[i];
  }

  /**
   * Why sites are as near as they are, for people: a line for the nearest tier, which tells where
   * the client is, and for each that has a site that was asked for. Goes the same way again, since
   * few decisions are ever asked for it.
   */
  public List<String> inWords() {
    if (location == null) {
      return List.of();
    }
    BitSet told = new BitSet(passed);
    told.set(0);
    for (int tier : tiers) {
      told.set(tier);
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(USUAL_CHARACTERS);
    TierWalk walk = location.walk();
    for (int tier = 0; tier < passed; tier++) {
      boolean isLeft = walk.next();
      if (told.get(tier)) {
        line.setLength(0);
        line.append("tier ").append(tier).append(": ");
        Found found = isLeft ? walk.tier().found() : new Found.Otherwise();
        found.appendTo(line);
        lines.add(line.toString());
      }
    }
    return lines;
  }
}

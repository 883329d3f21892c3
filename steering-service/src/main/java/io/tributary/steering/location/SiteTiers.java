package io.tributary.steering.location;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How near some sites are to a client: the number of each one's tier, 0 for the nearest. Tiers
 * without any of them count too, so that a site has the same number whoever asks beside it.
 * Immutable.
 */
public final class SiteTiers {
  /** Nothing is known of the client: all are equally near. */
  public static final SiteTiers UNKNOWN = new SiteTiers(Map.of(), List.of(), 0);

  /** Of a line with one origin; every record has some. */
  private static final int USUAL_CHARACTERS = 128;

  private final Map<String, Integer> tierBySite;
  private final List<Found> passed;
  private final int others;

  private SiteTiers(Map<String, Integer> tierBySite, List<Found> passed, int others) {
    this.tierBySite = tierBySite;
    this.passed = passed;
    this.others = others;
  }

  /** Of these sites; looks no farther than the farthest of them. */
  public static SiteTiers of(ClientLocation location, Collection<String> siteIds) {
    Set<String> wanted = new HashSet<>(siteIds);
    Map<String, Integer> tierBySite = new HashMap<>();
    List<Found> passed = new ArrayList<>();
    TierWalk walk = location.walk();
    while (!wanted.isEmpty()) {
      Tier tier = walk.next();
      if (tier == null) {
        passOthers(walk, wanted, tierBySite, passed);
        break;
      }
      for (String siteId : tier.siteIds()) {
        if (wanted.remove(siteId)) {
          tierBySite.put(siteId, passed.size());
        }
      }
      passed.add(tier.found());
    }
    return new SiteTiers(tierBySite, passed, passed.size());
  }

  /** Looks at those alone that are wanted: nearly the whole fleet may be in the last tier. */
  private static void passOthers(
      TierWalk walk, Set<String> wanted, Map<String, Integer> tierBySite, List<Found> passed) {
    if (walk.hasOthers()) {
      for (String siteId : wanted) {
        if (walk.isAmongOthers(siteId)) {
          tierBySite.put(siteId, passed.size());
        }
      }
      passed.add(new Found.Otherwise());
    }
  }

  /** The site's tier; of a site that the location does not know, the one after all. */
  public int of(String siteId) {
    return tierBySite.getOrDefault(siteId, others);
  }

  /** Why each tier is as near as it is, for people: a line a tier, those farther out left out. */
  public List<String> inWords() {
    List<String> lines = new ArrayList<>(passed.size());
    StringBuilder line = new StringBuilder(USUAL_CHARACTERS);
    for (int tier = 0; tier < passed.size(); tier++) {
      line.setLength(0);
      line.append("tier ").append(tier).append(": ");
      passed.get(tier).appendTo(line);
      lines.add(line.toString());
    }
    return lines;
  }
}

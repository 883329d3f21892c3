package io.tributary.client.abr;

/**
 * Decides the rendition of the next segment. The seam for other rules: player and simulator both
 * ask one of these.
 *
 * <p>Implementations are pure: equal situations get equal answers.
 */
@FunctionalInterface
public interface BitrateRule {
  /** The index in {@link AbrSituation#ladder()} of the rendition to fetch. */
  int choose(AbrSituation situation);
}

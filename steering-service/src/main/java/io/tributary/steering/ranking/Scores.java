package io.tributary.steering.ranking;

/**
 * Rendezvous scores of nodes for one play. Hashes are FNV-1a, stirred by a final mix (Stafford's
 * variant 13) because FNV's high bits depend little on the last characters, where ids differ.
 */
final class Scores {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final long packageHash;
  private final long playHash;

  Scores(Play play) {
    this.packageHash = hash(play.packageKey());
    this.playHash = hash(play.playbackId());
  }

  long nodeHash(String nodeId) {
    return hash(nodeId);
  }

  double ofPackage(long nodeHash, double weight) {
    return score(packageHash, nodeHash, weight);
  }

  double ofPlay(long nodeHash, double weight) {
    return score(playHash, nodeHash, weight);
  }

  /** StrictMath: another machine must come to the same last bit. */
  private static double score(long key, long nodeHash, double weight) {
    double hash = ((mixed(key * FNV_PRIME ^ nodeHash) >>> 11) + 0.5) * 0x1.0p-53;
    return -weight / StrictMath.log(hash);
  }

  private static long hash(String text) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return mixed(hash);
  }

  private static long mixed(long hash) {
    long mixed = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
